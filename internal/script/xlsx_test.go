package script

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// grid lists the rows of all visible sheets, "B4 等待" for each cell with a text.
func grid(t testing.TB, w *workbook) (rows []string) {
	t.Helper()
	for _, s := range w.sheets {
		if s.hidden {
			continue
		}
		table, err := s.rows()
		require.NoError(t, err)
		for _, row := range table {
			var cells []string
			for _, l := range row {
				text := l.Place(0).Cell
				if l.Text != "" {
					text += " " + l.Text
				}
				cells = append(cells, text)
			}
			rows = append(rows, s.name+": "+strings.Join(cells, " | "))
		}
	}
	return rows
}

func workbookOf(t testing.TB, data []byte) *workbook {
	t.Helper()
	w, err := openWorkbook(data)
	require.NoError(t, err)
	return w
}

// lineAt is what the sheet 话术库, or the sheet before "!", shows in a cell.
func lineAt(t testing.TB, w *workbook, name string) *Line {
	t.Helper()
	sheet, spot, ok := strings.Cut(name, "!")
	if !ok {
		sheet, spot = "话术库", name
	}
	for _, s := range w.sheets {
		rows, err := s.rows()
		require.NoError(t, err)
		for _, row := range rows {
			for i := range row {
				if s.name == sheet && row[i].Place(0).Cell == spot {
					return &row[i]
				}
			}
		}
	}
	require.Fail(t, "no cell "+name)
	return nil
}

// replace is an edit of the first old in a line.
func replace(l *Line, old, text string) Edit {
	start := len([]rune(l.Text[:strings.Index(l.Text, old)]))
	return Edit{l, start, start + len([]rune(old)), text}
}

func TestWorkbookRows(t *testing.T) {
	assert.Equal(t, []string{
		"填写说明: A1 请勿修改表头；带*为必填",
		"话术库: A1 公司标准话术（2026版） | B1 | D1 | E1",
		"话术库: A2 | B2 | D2 | E2",
		"话术库: A3 话术编号 | B3 场景 | D3 标准话术 | E3 禁用表达",
		"话术库: A4 HS-001 | B4 等待 | D4 请您稍等 一下，不要挂机。 | E4 喂；干嘛",
		"话术库: A5 HS-002 | B5 等待 | D5 感谢您的<耐心>等待 & 理解。 | E5",
		"话术库: A6 1003 | B6 等待 | D6 等一下。 | E6",
		"话术库: A7 HS-004 | B7 投诉 | D7 第一行\n第二行_x0041_  | E7",
		"话术库: A8 HS-005 | B8 TRUE | D8 非常抱歉 | E8",
		"话术库: A9 HS-006 | B9 | D9 稍等 | E9",
		"禁用话术: A1 标准话术",
		"禁用话术: A2 等一下。",
	}, grid(t, workbookOf(t, office(t, "xlsx/rich"))))
}

func TestWorkbookEntries(t *testing.T) {
	l, problem := readXLSX("a.xlsx", office(t, "xlsx/rich"))
	require.Nil(t, problem)
	assert.Equal(t, []string{
		"A4: HS-001 等待 / : [D4 请您稍等 一下，不要挂机。] not [E4 喂] [E4 干嘛]",
		"A5: HS-002 等待 / : [D5 感谢您的<耐心>等待 & 理解。]",
		"A6: 1003 等待 / : [D6 等一下。]",
		"A7: HS-004 投诉 / : [D7 第一行] [D7 第二行_x0041_]",
		"A8: HS-005 TRUE / : [D8 非常抱歉]",
		"A9: HS-006 TRUE / : [D9 稍等]",
		"A2:  / : [A2 等一下。] bad",
	}, listing(l))
	assert.Equal(t, []call.Problem{
		{File: "a.xlsx", What: call.Sayf("工作表“%s”已隐藏，没有检查；要检查请取消隐藏", "sheet %q is hidden and is not checked; unhide it to have it checked", "旧版")},
	}, l.Notes)
}

// A sheet that might have been meant as a table of scripts is not passed over silently.
func TestWorkbookWithoutHeader(t *testing.T) {
	l, problem := readXLSX("a.xlsx", office(t, "xlsx/plain"))
	assert.Nil(t, l)
	assert.Equal(t, &call.Problem{File: "a.xlsx", Fatal: true, Nothing: true, What: call.Say{
		ZH: "没有找到话术；表格要有“标准话术”一列；工作表“一”没有“标准话术”一列，没有检查",
		EN: `no scripts were found; a table needs a column 标准话术; sheet "一" has no column 标准话术 and is not checked`,
	}}, problem)

	l, problem = readXLSX("a.xlsx", office(t, "xlsx/rich", "<si><t>话术编号</t></si>", "<si/>", `name="填写说明"`, `name="一"`))
	require.Nil(t, problem)
	assert.Equal(t, "工作表“一”没有“标准话术”一列，没有检查", l.Notes[0].What.ZH)
}

// What is struck out is no text, what was once is; a wording merged over two rows is said once.
func TestWorkbookStruck(t *testing.T) {
	run := func(properties, text string) string { return "<r><rPr>" + properties + "</rPr><t>" + text + "</t></r>" }
	text := run("<strike/>", "等着。") + run(`<strike val="0"/>`, "请稍等。") + run("<b/>", "您好。")
	data := office(t, "xlsx/plain", sheetOf(t, "xlsx/plain"), `<worksheet><sheetData><row><c t="inlineStr"><is><t>话术</t></is></c></row><row><c t="inlineStr"><is>`+text+`</is></c></row></sheetData></worksheet>`)
	l, problem := readXLSX("a.xlsx", data)
	require.Nil(t, problem)
	assert.Equal(t, []string{"A2:  / : [A2 请稍等。您好。]"}, listing(l))
	out, err := l.Apply([]Edit{replace(&l.Entries[0].Lines[0], "稍等。您", "稍候。你")})
	require.NoError(t, err)
	part, err := workbookOf(t, out).read("xl/worksheets/sheet1.xml")
	require.NoError(t, err)
	assert.Contains(t, string(part), "<rPr><strike/></rPr><t>等着。</t>")
}

func TestWorkbookSharedWording(t *testing.T) {
	cell := func(text string) string { return `<c t="str"><v>` + text + `</v></c>` }
	data := office(t, "xlsx/plain", sheetOf(t, "xlsx/plain"), `<worksheet><sheetData><row>`+cell("编号")+cell("必说")+cell("话术")+`</row><row>`+
		cell("1")+cell("是")+cell("您好。")+`</row><row>`+cell("2")+cell("是")+`</row><row>`+cell("3")+cell("是")+cell("您好。")+`</row></sheetData><mergeCells><mergeCell ref="C2:C3"/></mergeCells></worksheet>`)
	l, problem := readXLSX("a.xlsx", data)
	require.Nil(t, problem)
	assert.Equal(t, []string{"A2: 1 / : [C2 您好。]", "A3: 2 / :", "A4: 3 / : [C4 您好。]"}, listing(l))
	assert.True(t, l.Entries[0].Required)
	assert.False(t, l.Entries[1].Required, "it is not empty")
	assert.Empty(t, l.Notes)
}

func TestWorkbookPlaces(t *testing.T) {
	w := workbookOf(t, office(t, "xlsx/rich"))
	l := lineAt(t, w, "D5")
	assert.Equal(t, call.Place{Sheet: "话术库", Cell: "D5"}, l.Place(3))
	part, err := w.read(l.part)
	require.NoError(t, err)
	var raw []string
	for _, at := range l.bytes[4:14] {
		raw = append(raw, string(part[at.start:at.end]))
	}
	assert.Equal(t, []string{"&lt;", "耐", "心", "&gt;", "等", "待", " ", "&amp;", " ", "&#x7406;"}, raw)
}

func TestWorkbookMerges(t *testing.T) {
	for name, test := range map[string]struct{ merges, want string }{
		"none":           {"", "A1 a | B1 | C1 c / A2 | B2 b | C2 / A3 x | B3 | C3"},
		"down":           {"A1:A2", "A1 a | B1 | C1 c / A2 a | B2 b | C2 / A3 x | B3 | C3"},
		"right":          {"A1:B1", "A1 a | B1 a | C1 c / A2 | B2 b | C2 / A3 x | B3 | C3"},
		"a caption":      {"A3:C3", "A1 a | B1 | C1 c / A2 | B2 b | C2 / A3 x | B3 | C3"},
		"over the edges": {"C1:XFD1048576", "A1 a | B1 | C1 c / A2 | B2 b | C2 c / A3 x | B3 | C3 c"},
		"no cell":        {"E1:F9", "A1 a | B1 | C1 c / A2 | B2 b | C2 / A3 x | B3 | C3"},
		"nonsense":       {"B:9", "A1 a | B1 | C1 c / A2 | B2 b | C2 / A3 x | B3 | C3"},
	} {
		t.Run(name, func(t *testing.T) {
			rows := grid(t, workbookOf(t, office(t, "xlsx/plain", "MERGES", test.merges)))
			assert.Equal(t, "一: "+strings.ReplaceAll(test.want, " / ", "\n一: "), strings.Join(rows, "\n"))
		})
	}
}

// Each edit is made, is read back, and changes no part but the one that holds the text.
func TestWorkbookEdits(t *testing.T) {
	const sst, sheet = "xl/sharedStrings.xml", "xl/worksheets/sheet2.xml"
	for name, test := range map[string]struct{ cell, old, text, part, want string }{
		"in place":       {"D5", "感谢", "谢谢", sst, "<si><t>谢谢您的&lt;耐心&gt;等待 &amp; &#x7406;解。</t></si>"},
		"entities":       {"D5", "<耐心>等待 & 理", "A<B>&", sst, "<si><t>感谢您的A&lt;B&gt;&amp;解。</t></si>"},
		"in a run":       {"D4", "稍等 ", "稍候", sst, `<t xml:space="preserve">稍候一下</t>`},
		"across runs":    {"D4", "您稍等 一下，", "您等候", sst, `<si><r><t>请您等候</t></r><r><rPr><b/><color rgb="FFFF0000"/></rPr><t xml:space="preserve"></t></r><r><t>不要挂机。</t></r><rPh`},
		"space":          {"D5", "。", "。 ", sst, `<si><t xml:space="preserve">感谢您的&lt;`},
		"a line end":     {"D5", "您", "您\r\n", sst, "<si><t xml:space=\"preserve\">感谢您_x000D_\n的&lt;"},
		"over a line":    {"D7", "行\n第", "、", sst, `<t xml:space="preserve">第一、二行_x005F_x0041_ </t>`},
		"escape":         {"D7", "_x0041_", "_x0042_", sst, "第二行_x005F_x0042_ </t>"},
		"of its own":     {"D6", "一下", "片刻", sheet, `<c r="D6" s="1" t="inlineStr"><is><t>等片刻。</t></is></c>`},
		"prefixes":       {"禁用话术!A2", "一下", "会儿", "xl/worksheets/sheet4.xml", `<x:c r="A2" s="1" t="inlineStr"><x:is xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><t>等会儿。</t></x:is></x:c>`},
		"inline":         {"B7", "投诉", "抱怨 ", sheet, `<is><t xml:space="preserve">抱怨 </t></is>`},
		"inline rich":    {"D9", "稍等", "稍候", sheet, `<is><r><t>稍候</t></r><r><rPr><i/></rPr><t></t></r></is>`},
		"merged":         {"B5", "等待", "等候", sst, "<si><t>等候</t></si>"},
		"removed":        {"D5", "感谢您的", "", sst, "<si><t>&lt;耐心"},
		"into the front": {"D5", "", "很", sst, "<si><t>很感谢您"},
	} {
		t.Run(name, func(t *testing.T) {
			data := office(t, "xlsx/rich")
			w := workbookOf(t, data)
			l := lineAt(t, w, test.cell)
			out, err := w.apply([]Edit{replace(l, test.old, test.text)})
			require.NoError(t, err)
			assertOnly(t, data, out, test.part)
			again := workbookOf(t, out)
			want := strings.Replace(l.Text, test.old, strings.ReplaceAll(test.text, "\r\n", "\n"), 1)
			assert.Equal(t, want, lineAt(t, again, test.cell).Text)
			changed, err := again.read(test.part)
			require.NoError(t, err)
			assert.Contains(t, string(changed), test.want)
			before, after := grid(t, w), grid(t, again)
			if test.cell != "B5" {
				assert.Equal(t, 1, differences(before, after), "one cell changes")
			}
		})
	}
}

func differences(a, b []string) (n int) {
	for i := range a {
		if a[i] != b[i] {
			n++
		}
	}
	return n
}

// assertOnly checks that no part but the named ones changed, nor any header.
func assertOnly(t *testing.T, before, after []byte, parts ...string) {
	t.Helper()
	names, was := compressed(t, before)
	sameNames, is := compressed(t, after)
	assert.Equal(t, names, sameNames)
	for _, name := range parts {
		assert.NotEqual(t, was[name], is[name], name)
		delete(was, name)
		delete(is, name)
	}
	assert.Equal(t, was, is)
}

func TestWorkbookManyEdits(t *testing.T) {
	data := office(t, "xlsx/rich")
	w := workbookOf(t, data)
	d4 := lineAt(t, w, "D4")
	front, back := d4.slice(0, 4), d4.slice(7, 13) // as two wordings of one cell
	out, err := w.apply([]Edit{
		replace(lineAt(t, w, "禁用话术!A2"), "等", "候"),
		replace(&back, "挂机", "挂断"), replace(&front, "请您", "烦请您"),
		replace(lineAt(t, w, "B6"), "等", "候"), replace(lineAt(t, w, "B4"), "等", "候"), // one text, seen twice
		replace(lineAt(t, w, "D6"), "一下", "片刻"), replace(lineAt(t, w, "D6"), "等", "候"),
	})
	require.NoError(t, err)
	assertOnly(t, data, out, "xl/sharedStrings.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet4.xml")
	again := workbookOf(t, out)
	for cell, want := range map[string]string{
		"D4": "烦请您稍等 一下，不要挂断。", "B4": "候待", "B6": "候待", "D6": "候片刻。", "禁用话术!A2": "候一下。", "旧版!B1": "等一下。", "禁用话术!A1": "标准话术",
	} {
		assert.Equal(t, want, lineAt(t, again, cell).Text, cell)
	}
}

func TestWorkbookWithoutEdits(t *testing.T) {
	data := office(t, "xlsx/rich")
	l, problem := readXLSX("a.xlsx", data)
	require.Nil(t, problem)
	out, err := l.Apply(nil)
	require.NoError(t, err)
	assert.Equal(t, data, out)
}

func TestWorkbookRefusesEdits(t *testing.T) {
	w := workbookOf(t, office(t, "xlsx/rich", "<si><t>HS-001</t></si>", "<si><t><![CDATA[HS-001]]></t></si>"))
	for name, test := range map[string]struct {
		edits []Edit
		want  string
	}{
		"formula":  {[]Edit{replace(lineAt(t, w, "D8"), "抱歉", "对不起")}, "话术库!D8 不能改：这里的文字由公式算出；请改公式或它引用的单元格"},
		"number":   {[]Edit{replace(lineAt(t, w, "A6"), "1003", "1004")}, "话术库!A6 不能改：这里是数值，不是文字"},
		"logical":  {[]Edit{replace(lineAt(t, w, "B8"), "TRUE", "FALSE")}, "话术库!B8 不能改：这里是逻辑值，不是文字"},
		"empty":    {[]Edit{{lineAt(t, w, "E5"), 0, 0, "喂"}}, "话术库!E5 不能改：单元格是空的"},
		"cdata":    {[]Edit{replace(lineAt(t, w, "A4"), "HS", "HT")}, "话术库!A4 不能改：文字写在 CDATA 里；请用 Excel 另存一次再改"},
		"overlaps": {[]Edit{replace(lineAt(t, w, "D5"), "感谢您", "谢"), replace(lineAt(t, w, "D5"), "您的", "")}, "话术库!D5 不能改：两处替换互相重叠"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := w.apply(test.edits)
			var fault *WriteError
			require.ErrorAs(t, err, &fault)
			assert.Equal(t, test.want, fault.What.ZH)
			assert.Regexp(t, `^\S+![A-Z]\d cannot be changed: `, fault.What.EN)
		})
	}
}

func TestWorkbookProblems(t *testing.T) {
	rich := func(replacements ...string) []byte { return office(t, "xlsx/rich", replacements...) }
	for name, test := range map[string]struct {
		data []byte
		want string
	}{
		"no zip":          {[]byte("PK\x03\x04 no zip"), "这个 .xlsx 文件已损坏或不是 .xlsx"},
		"cut off":         {rich()[:2000], "这个 .xlsx 文件已损坏或不是 .xlsx"},
		"password":        {[]byte(oleMagic + strings.Repeat("\x00", 600) + encryptedPart), "文件有打开密码"},
		"old":             {[]byte(oleMagic + strings.Repeat("\x00", 600)), "这是旧版 Office 文件"},
		"binary workbook": {rich(`Target="xl/workbook.xml"`, `Target="xl/workbook.bin"`), "这是二进制工作簿（.xlsb）"},
		"a document":      {office(t, "docx/manual"), "这不是 .xlsx（里面没有 xl/workbook.xml）"},
		"bad XML":         {rich("</sst>", "</sts>"), "文件里的 xl/sharedStrings.xml 已损坏：XML 写法有误"},
		"cut XML":         {rich("</sheetData><mergeCells count=\"2\">", "</sheetData><!-- "), "文件里的 xl/worksheets/sheet2.xml 已损坏：文件不完整"},
		"no string":       {rich(`<c r="A5" t="s"><v>11<`, `<c r="A5" t="s"><v>99<`), "单元格 A5 引用的第 99 个共享字符串不存在"},
		"no strings":      {rich(`Target="sharedStrings.xml"`, `Target="strings.xml"`), "文件里的 xl/strings.xml 已损坏：没有这个部件"},
		"no sheet":        {rich(`Target="worksheets/sheet4.xml"`, `Target="worksheets/sheet9.xml"`), "文件里的 xl/worksheets/sheet9.xml 已损坏：工作表“禁用话术”没有内容"},
		"too deep":        {rich("<sheetData>", strings.Repeat("<b>", 300)+strings.Repeat("</b>", 300)+"<sheetData>"), "嵌套太深"},
		"too large":       {rich("<font/>", "<font/>"+strings.Repeat(" ", 11<<20), `Target="sharedStrings.xml"`, `Target="styles.xml"`), "部件 xl/styles.xml 解压后有 11 MB，超出上限"},
	} {
		t.Run(name, func(t *testing.T) {
			l, problem := readXLSX("a.xlsx", test.data)
			require.NotNil(t, problem)
			assert.Nil(t, l)
			assert.True(t, problem.Fatal)
			assert.Equal(t, "a.xlsx", problem.File)
			assert.Contains(t, problem.What.ZH, test.want)
			assert.NotEmpty(t, problem.What.EN)
		})
	}
}

func TestWorkbookTwice(t *testing.T) {
	data := office(t, "xlsx/rich")
	_, err := openArchive(append(data[:0:0], strings.ReplaceAll(string(data), "xl/worksheets/sheet3.xml", "xl/worksheets/sheet1.xml")...), ".xlsx")
	assert.ErrorContains(t, err, "holds xl/worksheets/sheet1.xml twice")
}

func TestWorkbookLimits(t *testing.T) {
	var rows strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&rows, `<row r="%d"><c r="%s" t="str"><v>x</v></c></row>`, i+9, spot{i + 9, i + 9})
	}
	w := workbookOf(t, office(t, "xlsx/plain", "</sheetData>", rows.String()+"</sheetData>"))
	_, err := w.sheets[0].rows()
	assert.ErrorContains(t, err, "beyond the limit")

	w = workbookOf(t, office(t, "xlsx/plain", `<mergeCell ref="MERGES"/>`, strings.Repeat(`<mergeCell ref="A1:C9"/>`, 2)))
	_, err = w.sheets[0].rows()
	assert.ErrorContains(t, err, "merged cells overlap")
}

func TestSpots(t *testing.T) {
	for name, want := range map[string]spot{"A1": {1, 1}, "Z9": {9, 26}, "AA10": {10, 27}, "XFD1048576": {1048576, 16384}} {
		got, ok := parseSpot(name)
		assert.True(t, ok, name)
		assert.Equal(t, want, got)
		assert.Equal(t, name, got.String())
	}
	for _, name := range []string{"", "A", "1", "A0", "ABCD1", "A99999999", "a1", "A-1"} {
		_, ok := parseSpot(name)
		assert.False(t, ok, name)
	}
}

func FuzzWorkbook(f *testing.F) {
	f.Add(`<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>`, `<sst><si><t>等一下</t></si></sst>`)
	f.Add(`<x:worksheet xmlns:x="u"><x:sheetData><x:row><x:c t='inlineStr' ><x:is><x:t/><x:t>&#x4E2D;_x000D_</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`, `<sst/>`)
	f.Add(`<worksheet><sheetData><row><c t="str"><v><![CDATA[a]]></v></c><c t="b"><v/></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`, `<sst><si><r/></si></sst>`)
	f.Fuzz(func(t *testing.T, sheet, sst string) {
		data := office(t, "xlsx/plain", sheetOf(t, "xlsx/plain"), sheet, "<sst/>", sst)
		w, err := openWorkbook(data)
		if err != nil || w.sheets == nil {
			return
		}
		rows, err := w.sheets[0].rows()
		if err != nil {
			return
		}
		for _, row := range rows {
			for i := range row {
				if n := row[i].length(); n > 0 {
					readsBack(t, w, &row[i], n)
				}
			}
		}
	})
}

// readsBack replaces a whole text and reads the workbook again.
func readsBack(t *testing.T, w *workbook, l *Line, n int) {
	out, err := w.apply([]Edit{{l, 0, n, "请 <稍等>"}})
	if err != nil {
		return
	}
	assert.Equal(t, "请 <稍等>", lineAt(t, workbookOf(t, out), "一!"+l.Place(0).Cell).Text)
}

// Parts that are stored keep being stored, and those with their sizes behind them keep them there.
func TestWorkbookStored(t *testing.T) {
	var out bytes.Buffer
	from, err := openArchive(office(t, "xlsx/rich"), ".xlsx")
	require.NoError(t, err)
	w := zip.NewWriter(&out)
	for i, f := range from.zip.File {
		to, err := w.CreateHeader(&zip.FileHeader{Name: f.Name, Method: []uint16{zip.Store, zip.Deflate}[i%2]})
		require.NoError(t, err)
		text, err := from.read(f.Name)
		require.NoError(t, err)
		_, err = to.Write(text)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	book := workbookOf(t, out.Bytes())
	changed, err := book.apply([]Edit{replace(lineAt(t, book, "D5"), "感谢", "谢谢"), replace(lineAt(t, book, "D6"), "等", "候")})
	require.NoError(t, err)
	assertOnly(t, out.Bytes(), changed, "xl/sharedStrings.xml", "xl/worksheets/sheet2.xml")
	again := workbookOf(t, changed)
	for i, f := range again.zip.File {
		assert.Equal(t, []uint16{zip.Store, zip.Deflate}[i%2], f.Method, f.Name)
		assert.Equal(t, book.zip.File[i].Flags, f.Flags, f.Name)
	}
	assert.Equal(t, "候一下。", lineAt(t, again, "D6").Text)
}
