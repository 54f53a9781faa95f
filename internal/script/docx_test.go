package script

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// blocksOf lists the blocks of a document: "1# text" for headings, "4 text" for
// paragraphs, "[4 a | 5 b]" for each row of a table.
func blocksOf(d *wordDocument) (lines []string) {
	at := func(l Line) string { return strings.TrimSpace(fmt.Sprintf("%d %s", l.Place(0).Para, l.Text)) }
	for _, b := range d.blocks {
		if b.table == nil {
			lines = append(lines, at(b.text)+strings.Repeat(" #", b.level))
		}
		for _, row := range b.table {
			var cells []string
			for _, l := range row {
				cells = append(cells, at(l))
			}
			lines = append(lines, "["+strings.Join(cells, " | ")+"]")
		}
	}
	return lines
}

func documentOf(t testing.TB, data []byte) *wordDocument {
	t.Helper()
	d, err := openDocument(data)
	require.NoError(t, err)
	return d
}

func TestDocumentBlocks(t *testing.T) {
	assert.Equal(t, []string{
		"1 话术手册 #",
		"3 开场 # #",
		"4 客服：您好，工号«工号»为您服务，\n请问 有什么可以帮您？",
		"5 客户：你们怎么这么慢？",
		"6 客服：抱歉让您久等。",
		"7",
		"8 等待 # #",
		"9 HS-014 请稍等 # # #",
		"10 触发条件：需要查询时",
		"11 话术：请您稍等，不要挂机。",
		"12 禁用表达：",
		"13 等着；等一下",
		"14",
		"15 反例 # #",
		"16 不知道。",
		"17 投诉 # #",
		"[18 投诉话术 | 18 | 18]",
		"[19 环节 | 20 标准话术 | 21 禁用表达]",
		"[22 安抚 | 23 非常理解您的心情。\n非常抱歉。 | 25]",
		"[22 安抚 | 27 给您添麻烦了。 | 30 没办法]",
		"[28 嵌套]",
		"[31 标准话术]",
		"[32 抱歉让您久等。]",
		"33 客服：会尽快回复您。",
		"34 修订记录 # #",
		"35 2026年改版。",
	}, blocksOf(documentOf(t, office(t, "docx/manual"))))
}

func TestDocumentEntries(t *testing.T) {
	l, problem := readDOCX("a.docx", office(t, "docx/manual"))
	require.Nil(t, problem)
	assert.Equal(t, []string{
		"para 3: 开场 / : [4 您好，工号«工号»为您服务，请问 有什么可以帮您？] [6 抱歉让您久等。]",
		"para 9: HS-014 等待 / 请稍等: [11 请您稍等，不要挂机。] not [13 等着] [13 等一下]",
		"para 15: 反例 / : [16 不知道。] bad",
		"para 17: 投诉 / : [33 会尽快回复您。]",
		"para 22: 投诉 / 安抚: [23 非常理解您的心情。] [24 非常抱歉。]",
		"para 22: 投诉 / 安抚: [27 给您添麻烦了。] not [30 没办法]",
		"para 32: 开场 / : [32 抱歉让您久等。]", // as above, below another heading
	}, listing(l))
	var notes []string
	for _, n := range l.Notes {
		assert.False(t, n.Fatal)
		assert.NotEmpty(t, n.What.EN)
		notes = append(notes, n.What.ZH)
	}
	assert.Equal(t, []string{
		"第 28 段起的表格没有“标准话术”一列，没有检查",
		"文本框里的文字没有检查；请把话术放到正文",
		"脚注、尾注里的文字没有检查；请把话术放到正文",
	}, notes)
}

// listing describes the entries of a library with the places of their wordings.
func listing(l *Library) (out []string) {
	words := func(lines []Line) string {
		var s string
		for _, w := range lines {
			p := w.Place(0)
			s += fmt.Sprintf(" [%s %s]", orName(p.Cell, fmt.Sprint(p.Para)), w.Text)
		}
		return s
	}
	for _, e := range l.Entries {
		at := orName(e.At.Cell, fmt.Sprint("para ", e.At.Para))
		s := at + ": " + strings.TrimSpace(e.ID+" "+e.Scene) + " / " + e.Step + ":" + words(e.Lines)
		if len(e.Forbidden) > 0 {
			s += " not" + words(e.Forbidden)
		}
		if e.Bad {
			s += " bad"
		}
		out = append(out, s)
	}
	return out
}

func TestDocumentIsNotWritten(t *testing.T) {
	data := office(t, "docx/manual")
	l, problem := readDOCX("a.docx", data)
	require.Nil(t, problem)
	out, err := l.Apply(nil)
	require.NoError(t, err)
	assert.Equal(t, data, out)

	_, err = l.Entries[1].Lines[0].escape("稍候")
	assert.ErrorContains(t, err, ".docx 不会被改写")
	_, err = l.Apply([]Edit{replace(&l.Entries[1].Lines[0], "稍等", "稍候")})
	assert.Equal(t, &WriteError{call.Say{
		ZH: ".docx 不会被改写；请按位置在 Word 里修改，第一处在第 11 段",
		EN: ".docx is not rewritten; change it in Word, first in paragraph 11",
	}}, err)
}

func TestDocumentPlaces(t *testing.T) {
	l, problem := readDOCX("a.docx", office(t, "docx/manual"))
	require.Nil(t, problem)
	second := l.Entries[4].Lines[1]
	assert.Equal(t, call.Place{Para: 24}, second.Place(2))
	assert.Equal(t, call.Place{Para: 24}, second.Place(99))
}

func TestHeadingStyles(t *testing.T) {
	d := documentOf(t, office(t, "docx/manual"))
	for id, level := range map[string]int{"1": 1, "2": 2, "af": 2, "ae": 2, "a": 0, "11": 0, "": 0,
		"Heading3": 3, "标题4": 4, "標題 5": 5, "9": 9, "Title": 1, "标题": 1, "Heading10": 0, "Heading": 0, "0": 0, "TOC1": 0} {
		assert.Equal(t, level, d.style(id).level, id)
	}
	for id, contents := range map[string]bool{"11": true, "TOC2": true, "目录 3": true, "TOC": false, "1": false} {
		assert.Equal(t, contents, d.style(id).contents, id)
	}
}

// A first heading that is not alone on its level is no title.
func TestDocumentWithoutTitle(t *testing.T) {
	l, problem := readDOCX("a.docx", office(t, "docx/manual", `<w:pStyle w:val="2"/></w:pPr><w:r><w:t>投诉`, `<w:pStyle w:val="1"/></w:pPr><w:r><w:t>投诉`))
	require.Nil(t, problem)
	assert.Equal(t, "话术手册 / 开场:", strings.Join(strings.Fields(listing(l)[0])[2:5], " "))
}

func TestDocumentProblems(t *testing.T) {
	manual := func(replacements ...string) []byte { return office(t, "docx/manual", replacements...) }
	for name, test := range map[string]struct {
		data []byte
		want string
	}{
		"no zip":       {[]byte("PK\x03\x04 no zip"), "这个 .docx 文件已损坏或不是 .docx"},
		"password":     {[]byte(oleMagic + encryptedPart), "文件有打开密码"},
		"a workbook":   {office(t, "xlsx/rich"), "这不是 .docx（里面没有 word/document.xml）"},
		"no body":      {manual(sheetOf(t, "docx/manual"), ""), "文件里的 word/document.xml 已损坏：没有这个部件"},
		"bad XML":      {manual("</w:body>", ""), "文件里的 word/document.xml 已损坏：XML 写法有误"},
		"bad styles":   {manual("</w:styles>", ""), "文件里的 word/styles.xml 已损坏：文件不完整"},
		"bad notes":    {manual("</w:footnotes>", ""), "文件里的 word/footnotes.xml 已损坏：文件不完整"},
		"nested depth": {manual("<w:sectPr/>", strings.Repeat("<w:tbl><w:tr><w:tc>", 100)+strings.Repeat("</w:tc></w:tr></w:tbl>", 100)), "嵌套太深"},
	} {
		t.Run(name, func(t *testing.T) {
			l, problem := readDOCX("a.docx", test.data)
			require.NotNil(t, problem)
			assert.Nil(t, l)
			assert.True(t, problem.Fatal)
			assert.Contains(t, problem.What.ZH, test.want)
			assert.NotEmpty(t, problem.What.EN)
		})
	}
}

func FuzzDocument(f *testing.F) {
	f.Add(`<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>开场</w:t></w:r></w:p><w:p><w:r><w:t>客服：</w:t><w:br/><w:t>您好&#x20;</w:t></w:r></w:p>`)
	f.Add(`<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="9"/><w:vMerge/></w:tcPr><w:p><w:r><w:t>标准话术</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr></w:tc></w:tr></w:tbl>`)
	f.Fuzz(func(t *testing.T, body string) {
		l, problem := readDOCX("a.docx", office(t, "docx/manual", sheetOf(t, "docx/manual"), `<w:document xmlns:w="w"><w:body>`+body+`</w:body></w:document>`))
		if problem != nil {
			return
		}
		for _, e := range l.Entries {
			for i := range e.Lines {
				assert.Positive(t, e.Lines[i].Place(0).Para)
			}
		}
	})
}

func TestDocumentTables(t *testing.T) {
	tc := func(properties, text string) string {
		return "<w:tc><w:tcPr>" + properties + "</w:tcPr><w:p><w:r><w:t>" + text + "</w:t></w:r></w:p></w:tc>"
	}
	for name, test := range map[string]struct{ rows, want string }{
		"plain":           {"<w:tr>" + tc("", "a") + tc("", "b") + "</w:tr>", "[1 a | 2 b]"},
		"spans":           {"<w:tr>" + tc(`<w:gridSpan w:val="2"/>`, "a") + tc("", "b") + "</w:tr>", "[1 a | 1 a | 2 b]"},
		"endless span":    {"<w:tr>" + tc(`<w:gridSpan w:val="999999999"/>`, "a") + "</w:tr>", "[1 a" + strings.Repeat(" | 1", maxSpan-1) + "]"},
		"no span":         {"<w:tr>" + tc(`<w:gridSpan w:val="x"/>`, "a") + "</w:tr>", "[1 a]"},
		"free before":     {`<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>` + tc("", "a") + "</w:tr>", "[0 | 0 | 1 a]"},
		"merged":          {"<w:tr>" + tc(`<w:vMerge w:val="restart"/>`, "a") + "</w:tr><w:tr>" + tc("<w:vMerge/>", "") + "</w:tr>", "[1 a] [1 a]"},
		"merged on top":   {"<w:tr>" + tc("<w:vMerge/>", "a") + "</w:tr>", "[1 a]"},
		"merged too far":  {"<w:tr>" + tc("", "a") + "</w:tr><w:tr>" + tc("", "b") + tc("<w:vMerge/>", "") + "</w:tr>", "[1 a] [2 b | 3]"},
		"with controls":   {"<w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent>" + tc("", "a") + "</w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt>", "[1 a]"},
		"several lines":   {"<w:tr><w:tc><w:p/><w:p><w:r><w:t>a</w:t></w:r></w:p><w:sdt><w:sdtContent><w:p><w:r><w:t>b</w:t></w:r></w:p></w:sdtContent></w:sdt></w:tc></w:tr>", "[2 a\nb]"},
		"characters":      {"<w:tr>" + tc("", "a&amp;&lt;&gt;&quot;&apos;&#20013;&#x4E2D;\r\n<![CDATA[&lt;]]>") + "</w:tr>", "[1 a&<>\"'中中\n&lt;]"},
		"struck":          {"<w:tr><w:tc><w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>x</w:t></w:r><w:r><w:rPr><w:strike w:val=\"0\"/></w:rPr><w:t>a</w:t></w:r><w:r><w:rPr><w:dstrike/></w:rPr><w:t>y</w:t></w:r></w:p></w:tc></w:tr>", "[1 a]"},
		"moved and fixed": {`<w:tr><w:tc><w:p><w:moveFrom><w:r><w:t>x</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>a</w:t></w:r></w:moveTo><w:fldSimple w:instr="PAGE"><w:r><w:t>b</w:t><w:noBreakHyphen/><w:cr/></w:r></w:fldSimple></w:p></w:tc></w:tr>`, "[1 ab-]"},
	} {
		t.Run(name, func(t *testing.T) {
			d := documentOf(t, office(t, "docx/manual", sheetOf(t, "docx/manual"), `<w:document xmlns:w="w"><w:body><w:tbl>`+test.rows+`</w:tbl></w:body></w:document>`))
			assert.Equal(t, test.want, strings.Join(blocksOf(d), " "))
		})
	}
}
