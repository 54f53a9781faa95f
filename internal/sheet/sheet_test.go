package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// parts are the parts of a workbook with one sheet.
func parts(rows, shared string) Parts {
	all := map[string]string{
		"xl/workbook.xml":            `<x:workbook xmlns:x="m" xmlns:r="r"><x:sheets><x:sheet name="明细" sheetId="1" r:id="rId1"/><x:sheet name="图" sheetId="2" r:id="rId9"/></x:sheets></x:workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="t" Target="/xl/worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<?xml version="1.0"?><worksheet><dimension ref="A1"/><sheetData>` + rows + `</sheetData><mergeCells/></worksheet>`,
		"xl/sharedStrings.xml":       `<sst>` + shared + `</sst>`,
	}
	return func(name string) (io.ReadCloser, error) {
		if text := all[name]; text != "" && text != "<sst></sst>" {
			return io.NopCloser(strings.NewReader(text)), nil
		}
		return nil, fs.ErrNotExist
	}
}

// read reads the first sheet; empty rows are nil.
func read(t *testing.T, p Parts) (rows [][]string, err error) {
	t.Helper()
	b, err := Open(p)
	if err != nil {
		return nil, err
	}
	require.Equal(t, []string{"明细"}, b.Sheets)
	r, err := b.Rows("明细")
	require.NoError(t, err)
	defer func() { assert.NoError(t, r.Close()) }()
	for {
		cells, err := r.Next()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return rows, err
		}
		rows = append(rows, append([]string(nil), cells...))
	}
}

func TestRows(t *testing.T) {
	shared := `<si><t>会话</t></si><si><r><t>分</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 开</t></r><rPh sb="0" eb="1"><t>フン</t></rPh></si><si/>`
	for _, test := range []struct {
		name, rows string
		want       [][]string
	}{
		{"shared and rich", `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>`, [][]string{{"会话", "分 开", ""}}},
		{"gaps", `<row r="2"><c r="C2"><v>46099.58</v></c></row><row r="4"/><row><c><v>1</v></c></row>`, [][]string{nil, {"", "", "46099.58"}, nil, nil, {"1"}}},
		{"inline", `<row><c t="inlineStr"><is><t>甲&amp;乙&#10;&#x4e19;</t><rPh><t>x</t></rPh></is></c><c t="str"><f>A1&amp;"&gt;"</f><v>值_x000D_</v></c></row>`, [][]string{{"甲&乙\n丙", "值\n"}}},
		{"prefix and comment", `<x:row r='1'><!-- <c> --><x:c r='A1' t='b'><x:v>1</x:v></x:c></x:row>`, [][]string{{"1"}}},
		{"CDATA", `<row><c t="inlineStr"><is><t><![CDATA[a>b<c&d]]></t></is></c></row>`, [][]string{{"a>b<c&d"}}},
		{"no rows", ``, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := read(t, parts(test.rows, shared))
			require.NoError(t, err)
			require.Len(t, got, len(test.want))
			for i := range got {
				assert.Equal(t, test.want[i], got[i])
			}
		})
	}
}

func TestBroken(t *testing.T) {
	_, err := read(t, parts(`<row><c t="s"><v>7</v></c></row>`, `<si><t>x</t></si>`))
	assert.EqualError(t, err, `row 1: there is no shared string "7"`)
	_, err = read(t, parts(`<row><c><v>7</v>`+"\x00<", ""))
	assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
	_, err = read(t, parts(`<row><c><v>`+strings.Repeat("x", longest+1<<17), ""))
	assert.ErrorIs(t, err, errLong)
	_, err = Open(func(string) (io.ReadCloser, error) { return nil, fs.ErrNotExist })
	assert.ErrorIs(t, err, fs.ErrNotExist)
}

// What another program wrote is read as that program reads it.
func TestAgainstExcelize(t *testing.T) {
	f := excelize.NewFile()
	want := [][]string{{"会话ID", "内容", "说话时间"}, {"C1", "您好，\n<请>&讲", "46099.58"}, nil, {"", "", "0821"}}
	require.NoError(t, f.SetSheetName("Sheet1", "明细"))
	for i, row := range want {
		for j, v := range row {
			name, err := excelize.CoordinatesToCellName(j+1, i+1)
			require.NoError(t, err)
			if v != "" {
				require.NoError(t, f.SetCellStr("明细", name, v))
			}
		}
	}
	var out bytes.Buffer
	require.NoError(t, f.Write(&out))
	got, err := read(t, zipParts(t, out.Bytes()))
	require.NoError(t, err)
	assert.Equal(t, want, got)
}

// FuzzRows reads anything as a sheet, without panics and without end.
func FuzzRows(f *testing.F) {
	f.Add(`<row r="2"><c r="C2" t="s"><v>0</v></c></row>`, `<si><t>x&#10;</t></si>`)
	f.Add(`<row><c t="inlineStr"><is><t><![CDATA[x]]></t></is></c></row><!-- x -->`, `<si/>`)
	f.Fuzz(func(t *testing.T, rows, shared string) {
		b, err := Open(parts(rows, shared))
		if err != nil {
			return
		}
		r, err := b.Rows("明细")
		if err != nil {
			return
		}
		for range 10_000 {
			if _, err := r.Next(); err != nil {
				return
			}
		}
	})
}

// zipParts are the parts of a workbook in a zip file.
func zipParts(t *testing.T, data []byte) Parts {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	return func(name string) (io.ReadCloser, error) { return z.Open(name) }
}
