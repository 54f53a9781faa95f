package main

import (
	"fmt"
	"strings"
)

// workbook is the library as an Excel file: a sheet that explains how to fill it
// in, the scripts below a title, their scenes in merged cells, and a hidden sheet
// with a wording of last year that shares its string with one of today.
func workbook(scripts []entry) ([]byte, error) {
	s := &sharedStrings{index: map[string]int{}}
	guide := sheet(`<cols><col min="1" max="1" width="80" customWidth="1"/></cols>`,
		sheetRow(1, s.cell("A1", bold, "填写说明"))+sheetRow(2, s.cell("A2", wrapped, "每条话术填一行；同一场景可以合并单元格；反例请在“类型”一栏注明。")), "")
	main := s.scripts(scripts)
	old := sheet("", sheetRow(1, s.cell("A1", bold, columns[0])+s.cell("B1", bold, columns[wording]))+
		sheetRow(2, s.cell("A2", normal, "KD-063")+s.cell("B2", wrapped, wordsOf(scripts, "KD-063"))), "")
	return packed([]part{
		typed("xl/workbook.xml", "spreadsheetml.sheet.main", "xl/styles.xml", "spreadsheetml.styles", "xl/sharedStrings.xml", "spreadsheetml.sharedStrings",
			"xl/worksheets/sheet1.xml", "spreadsheetml.worksheet", "xl/worksheets/sheet2.xml", "spreadsheetml.worksheet", "xl/worksheets/sheet3.xml", "spreadsheetml.worksheet"),
		related("_rels/.rels", "officeDocument", "xl/workbook.xml"),
		{"xl/workbook.xml", `<workbook xmlns="` + spreadsheet + `" xmlns:r="` + relationships + `"><sheets><sheet name="填写说明" sheetId="1" r:id="rId1"/>` +
			`<sheet name="话术库" sheetId="2" r:id="rId2"/><sheet name="历史版本" sheetId="3" state="hidden" r:id="rId3"/></sheets></workbook>`},
		related("xl/_rels/workbook.xml.rels", "worksheet", "worksheets/sheet1.xml", "worksheet", "worksheets/sheet2.xml", "worksheet", "worksheets/sheet3.xml",
			"styles", "styles.xml", "sharedStrings", "sharedStrings.xml"),
		{"xl/worksheets/sheet1.xml", guide}, {"xl/worksheets/sheet2.xml", main}, {"xl/worksheets/sheet3.xml", old},
		{"xl/styles.xml", styles}, {"xl/sharedStrings.xml", s.part()},
	})
}

const spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

// The formats of cells, by their index in styles.
const (
	normal  = iota
	bold    // on a fill
	wrapped // at the top, with line breaks
)

const styles = `<styleSheet xmlns="` + spreadsheet + `"><fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts>` +
	`<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>` +
	`<fill><patternFill patternType="solid"><fgColor rgb="FFDDEBF7"/><bgColor indexed="64"/></patternFill></fill></fills>` +
	`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
	`<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
	`<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1"/>` +
	`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>`

// sheet is a worksheet: widths of columns, rows, and what follows them.
func sheet(cols, rows, after string) string {
	return `<worksheet xmlns="` + spreadsheet + `">` + cols + `<sheetData>` + rows + `</sheetData>` + after + `</worksheet>`
}

func sheetRow(n int, cells string) string { return fmt.Sprintf(`<row r="%d">%s</row>`, n, cells) }

// scripts is the sheet of the scripts. A scene that has several is one merged cell.
func (s *sharedStrings) scripts(scripts []entry) string {
	rows := sheetRow(1, s.cell("A1", bold, title+"（2026年版）"))
	merged := []string{"A1:I1"}
	rows += sheetRow(2, s.cells(2, bold, columns))
	first := 3
	for i, e := range scripts {
		n, row := i+3, e.row()
		if i > 0 && scripts[i-1].Scene == e.Scene {
			row[1] = ""
		} else {
			first = n
		}
		if last := i+1 == len(scripts) || scripts[i+1].Scene != e.Scene; last && n > first {
			merged = append(merged, fmt.Sprintf("B%d:B%d", first, n))
		}
		rows += sheetRow(n, s.cells(n, wrapped, row))
	}
	return sheet(`<cols><col min="1" max="4" width="12" customWidth="1"/><col min="5" max="5" width="60" customWidth="1"/></cols>`, rows,
		fmt.Sprintf(`<mergeCells count="%d"><mergeCell ref="%s"/></mergeCells>`, len(merged), strings.Join(merged, `"/><mergeCell ref="`)))
}

// cells is the cells of a row; empty ones have a format only.
func (s *sharedStrings) cells(n, style int, texts []string) string {
	var out strings.Builder
	for i, text := range texts {
		out.WriteString(s.cell(fmt.Sprintf("%c%d", 'A'+i, n), style, text))
	}
	return out.String()
}

// sharedStrings is the texts of all cells, each once.
type sharedStrings struct {
	items []string
	index map[string]int
	uses  int
}

func (s *sharedStrings) cell(at string, style int, text string) string {
	if text == "" {
		return fmt.Sprintf(`<c r="%s" s="%d"/>`, at, style)
	}
	i, ok := s.index[text]
	if !ok {
		i = len(s.items)
		s.index[text], s.items = i, append(s.items, text)
	}
	s.uses++
	return fmt.Sprintf(`<c r="%s" s="%d" t="s"><v>%d</v></c>`, at, style, i)
}

func (s *sharedStrings) part() string {
	var out strings.Builder
	fmt.Fprintf(&out, `<sst xmlns="%s" count="%d" uniqueCount="%d">`, spreadsheet, s.uses, len(s.items))
	for _, text := range s.items {
		out.WriteString("<si>" + runs(text) + "</si>")
	}
	return out.String() + "</sst>"
}

// runs is a text as the runs of a string: two texts have a part in bold, which
// ends within what is wrong with the first and with what is wrong with the second.
func runs(text string) string {
	for _, strong := range []string{"不好意思", "不归我们管"} {
		if before, after, ok := strings.Cut(text, strong); ok && (before == "" || strings.HasPrefix(after, "，")) {
			return run(before, "") + run(strong, `<rPr><b/><color rgb="FFFF0000"/><sz val="11"/><rFont val="宋体"/></rPr>`) + run(after, "")
		}
	}
	return `<t xml:space="preserve">` + escaped(text) + `</t>`
}

func run(text, format string) string {
	if text == "" {
		return ""
	}
	return "<r>" + format + `<t xml:space="preserve">` + escaped(text) + `</t></r>`
}

// wordsOf is the wording of the script with an id.
func wordsOf(scripts []entry, id string) string {
	for _, e := range scripts {
		if e.ID == id {
			return e.Words.cell()
		}
	}
	return ""
}
