package script

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// office packs the parts of testdata/NAME.txtar, changed by replacements
// (old, new, …), as an Office file. A part that is replaced by nothing is left out.
func office(t testing.TB, name string, replacements ...string) []byte {
	t.Helper()
	parts, err := txtar.ParseFile(filepath.Join("testdata", filepath.FromSlash(name)+".txtar"))
	require.NoError(t, err)
	r := strings.NewReplacer(replacements...)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	require.NoError(t, w.SetComment("话术"))
	for i, f := range parts.Files {
		text := strings.TrimSuffix(r.Replace(string(f.Data)), "\n")
		if text == "" {
			continue
		}
		pack(t, w, &zip.FileHeader{Name: f.Name, Method: zip.Deflate, Extra: []byte{0x20, 0xA2, 2, 0, 1, byte(i)}}, text)
	}
	require.NoError(t, w.Close())
	return out.Bytes()
}

func pack(t testing.TB, w *zip.Writer, header *zip.FileHeader, text string) {
	t.Helper()
	raw, err := packed(header, []byte(text))
	require.NoError(t, err)
	to, err := w.CreateRaw(header)
	require.NoError(t, err)
	_, err = io.Copy(to, raw)
	require.NoError(t, err)
}

// compressed lists the parts of an Office file: header and compressed bytes.
func compressed(t testing.TB, data []byte) (names []string, parts map[string]string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	parts = map[string]string{"comment": z.Comment}
	for _, f := range z.File {
		r, err := f.OpenRaw()
		require.NoError(t, err)
		raw, err := io.ReadAll(r)
		require.NoError(t, err)
		names = append(names, f.Name)
		parts[f.Name] = fmt.Sprintf("%x %d %d %d %x %q", raw, f.CRC32, f.Flags, f.Method, f.Extra, f.Modified)
	}
	return names, parts
}

// sheetOf is the text of the last part of testdata/NAME.txtar.
func sheetOf(t testing.TB, name string) string {
	t.Helper()
	parts, err := txtar.ParseFile(filepath.Join("testdata", filepath.FromSlash(name)+".txtar"))
	require.NoError(t, err)
	return strings.TrimSuffix(string(parts.Files[len(parts.Files)-1].Data), "\n")
}

func TestReadOffice(t *testing.T) {
	ole := []byte(oleMagic + strings.Repeat("\x00", 600))
	for name, test := range map[string]struct {
		source string
		data   []byte
		want   string // the carrier, or the problem
	}{
		"workbook":          {"a.xlsx", office(t, "xlsx/rich"), "xlsx"},
		"with macros":       {"a.XLSM", office(t, "xlsx/rich"), "xlsx"},
		"document":          {"a.docx", office(t, "docx/manual"), "docx"},
		"named otherwise":   {"a.docx", office(t, "xlsx/rich"), "xlsx"},
		"from a pipe":       {"-", office(t, "docx/manual"), "docx"},
		"old workbook":      {"a.xls", ole, "a.xls: 这是旧版 Office 文件（.xls、.doc）；请用 Excel、Word 或 WPS 打开，另存为 .xlsx"},
		"old document":      {"a.doc", ole, "a.doc: 这是旧版 Office 文件（.xls、.doc）；请用 Excel、Word 或 WPS 打开，另存为 .docx"},
		"with a password":   {"a.xlsx", append(ole, encryptedPart...), "a.xlsx: 文件有打开密码，读不了；请去掉密码（文件 → 信息 → 保护），另存为 .xlsx"},
		"another archive":   {"a.xlsx", office(t, "xlsx/other"), "a.xlsx: 这不是 .xlsx（里面没有 xl/workbook.xml）；请检查后缀，或用 Excel、Word 另存为 .xlsx"},
		"text by that name": {"a.xlsx", []byte("话术"), "a.xlsx: 这个 .xlsx 文件已损坏或不是 .xlsx：不是压缩包；请用 Excel、Word 或 WPS 打开，另存为新的 .xlsx"},
	} {
		t.Run(name, func(t *testing.T) {
			l, problem := Read(test.source, test.data)
			if problem != nil {
				assert.Equal(t, test.want, problem.In(call.ZH))
				return
			}
			assert.Equal(t, test.want, l.Carrier)
		})
	}
}
