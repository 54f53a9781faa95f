package main

import "strings"

const word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

// document is the library as a Word file: a heading for each scene, below every
// other one a table, below the rest a heading and paragraphs for each script.
func document(scripts []entry) ([]byte, error) {
	var body strings.Builder
	body.WriteString(paragraph("1", title) + paragraph("", intro))
	for i, scene := range byScene(scripts) {
		body.WriteString(paragraph("2", scene[0].Scene))
		if i%2 == 0 {
			body.WriteString(table(scene))
			continue
		}
		for _, e := range scene {
			body.WriteString(e.paragraphs())
		}
	}
	return packed([]part{
		typed("word/document.xml", "wordprocessingml.document.main", "word/styles.xml", "wordprocessingml.styles"),
		related("_rels/.rels", "officeDocument", "word/document.xml"),
		related("word/_rels/document.xml.rels", "styles", "styles.xml"),
		{"word/document.xml", `<w:document xmlns:w="` + word + `"><w:body>` + body.String() + `<w:sectPr/></w:body></w:document>`},
		{"word/styles.xml", `<w:styles xmlns:w="` + word + `"><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>` +
			headingStyle("1") + headingStyle("2") + headingStyle("3") + `</w:styles>`},
	})
}

// headingStyle is the style of headings of a level, with the id that a Chinese Word gives it.
func headingStyle(level string) string {
	return `<w:style w:type="paragraph" w:styleId="` + level + `"><w:name w:val="heading ` + level + `"/><w:basedOn w:val="a"/>` +
		`<w:pPr><w:outlineLvl w:val="` + string(level[0]-1) + `"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>`
}

func byScene(scripts []entry) (scenes [][]entry) {
	for i, e := range scripts {
		if i == 0 || scripts[i-1].Scene != e.Scene {
			scenes = append(scenes, nil)
		}
		scenes[len(scenes)-1] = append(scenes[len(scenes)-1], e)
	}
	return scenes
}

// table is the scripts of a scene under the columns, without the one of the scene.
func table(scene []entry) string {
	var out strings.Builder
	row := func(cells []string) {
		out.WriteString("<w:tr>")
		for i, cell := range cells {
			if i != 1 {
				out.WriteString("<w:tc><w:tcPr/>" + lines(cell) + "</w:tc>")
			}
		}
		out.WriteString("</w:tr>")
	}
	row(columns)
	for _, e := range scene {
		row(e.row())
	}
	return `<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>` + strings.Repeat(`<w:gridCol/>`, len(columns)-1) + `</w:tblGrid>` + out.String() + `</w:tbl>`
}

// lines is the lines of a cell as paragraphs.
func lines(cell string) string {
	var out strings.Builder
	for _, line := range strings.Split(cell, "\n") {
		out.WriteString(paragraph("", line))
	}
	return out.String()
}

// paragraphs is a script under a heading of its own.
func (e entry) paragraphs() string {
	out := paragraph("3", e.ID+" "+e.Step) + labelled("触发条件", e.Trigger) + labelled("必说", e.Required) + labelled("类型", e.Kind)
	for _, words := range e.Words {
		out += labelled("话术", words)
	}
	return out + labelled("禁用表达", e.Forbidden.list()) + labelled("备注", e.Remark)
}

// labelled is a labelled paragraph, nothing for an empty text.
func labelled(label, text string) string {
	if text == "" {
		return ""
	}
	return paragraph("", label+"："+text)
}

func paragraph(style, text string) string {
	if style != "" {
		return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>` + wordRun(text) + `</w:p>`
	}
	return "<w:p>" + wordRuns(text) + "</w:p>"
}

// wordRuns is a text as Word keeps it: in runs that part words anywhere, and one
// text with a change that somebody has tracked.
func wordRuns(text string) string {
	runes := []rune(text)
	if before, after, ok := strings.Cut(text, "为您服务，请问有什么"); ok {
		return wordRun(before) + `<w:del w:id="1" w:author="质检组" w:date="2026-01-01T00:00:00Z"><w:r><w:delText>等着，让您久等了，</w:delText></w:r></w:del>` +
			`<w:ins w:id="2" w:author="质检组" w:date="2026-01-01T00:00:00Z">` + wordRun("为您服务，") + `</w:ins>` + wordRun("请问有什么"+after)
	}
	if len(runes) < 12 {
		return wordRun(text)
	}
	middle := len(runes) / 2
	return wordRun(string(runes[:5])) + wordRun(string(runes[5:middle])) + wordRun(string(runes[middle:]))
}

func wordRun(text string) string {
	if text == "" {
		return ""
	}
	return `<w:r><w:t xml:space="preserve">` + escaped(text) + `</w:t></w:r>`
}
