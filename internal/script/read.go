package script

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// carrier is one kind of file that libraries are kept in.
type carrier struct {
	name       string   // as in Library.Carrier
	extensions []string // with the dot, in lower case
	read       func(source string, data []byte) (*Library, *call.Problem)
}

// carriers lists every carrier.
func carriers() []carrier {
	return []carrier{
		{"csv", []string{".csv"}, readCSV},
		{"tsv", []string{".tsv", ".tab"}, readTSV},
		{"xlsx", []string{".xlsx", ".xlsm"}, readXLSX},
		{"docx", []string{".docx", ".docm"}, readDOCX},
		{"markdown", []string{".md", ".markdown", ".mdown"}, readMarkdown},
		{"yaml", []string{".yaml", ".yml"}, readYAML},
		{"json", []string{".json", ".jsonl", ".ndjson"}, readJSON},
		{"text", []string{".txt", ".text"}, readText},
	}
}

// Extensions lists the extensions of the files that are read, with the dot.
func Extensions() []string {
	var out []string
	for _, c := range carriers() {
		out = append(out, c.extensions...)
	}
	return out
}

// Read reads a library. The carrier is decided by the extension of source, and by
// the content where the extension says nothing or the content contradicts it. A
// problem means that there is no library; what is wrong with parts of one is in its Notes.
func Read(source string, data []byte) (*Library, *call.Problem) {
	problem := func(zh, en string, args ...any) (*Library, *call.Problem) {
		return nil, &call.Problem{File: source, Fatal: true, What: call.Sayf(zh, en, args...)}
	}
	switch {
	case bytes.HasPrefix(data, []byte(oleMagic)):
		return nil, problemOf(source, oleTrouble(data, newer(source)))
	case len(bytes.TrimSpace(data)) == 0:
		return problem("文件是空的；请检查", "the file is empty; check it")
	}
	c, ok := carrierOf(source, data)
	if !ok {
		return problem("不认识这种文件；可读 %s", "files like this are not read; %s are", strings.Join(Extensions(), " "))
	}
	return c.read(source, data)
}

// newer is the extension that an old Office file should be saved with.
func newer(source string) string {
	if strings.HasPrefix(strings.ToLower(filepath.Ext(source)), ".do") {
		return ".docx"
	}
	return ".xlsx"
}

// carrierOf decides what reads data.
func carrierOf(source string, data []byte) (carrier, bool) {
	extension := strings.ToLower(filepath.Ext(source))
	name := ""
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		name = archived(data, named(extension))
	case extension != ".txt" && slices.Contains(Extensions(), extension):
		name = named(extension)
	default:
		name = content(source, data)
	}
	i := slices.IndexFunc(carriers(), func(c carrier) bool { return c.name == name })
	if i < 0 {
		return carrier{}, false
	}
	return carriers()[i], true
}

// named is the carrier with an extension.
func named(extension string) string {
	for _, c := range carriers() {
		if slices.Contains(c.extensions, extension) {
			return c.name
		}
	}
	return ""
}

// archived is the carrier of a zip archive, by the names of its parts, which stand
// in it uncompressed, else by its extension, whose reader says what is missing.
func archived(data []byte, named string) string {
	switch {
	case bytes.Contains(data, []byte("xl/workbook")):
		return "xlsx"
	case bytes.Contains(data, []byte("word/document")):
		return "docx"
	case named == "xlsx" || named == "docx":
		return named
	}
	return ""
}

// content is the carrier that a text looks like; "" for what is no text.
func content(source string, data []byte) string {
	d, problem := newDocument(source, data)
	if problem != nil || strings.ContainsRune(d.text, 0) {
		return ""
	}
	start := strings.TrimLeft(d.text, " \t\r\n")
	switch {
	case strings.HasPrefix(start, "{"), strings.HasPrefix(start, "[") && readable(readJSON(source, data)):
		return "json"
	case d.tabular() && d.comma() == '\t':
		return "tsv"
	case d.tabular():
		return "csv"
	case strings.EqualFold(filepath.Ext(source), ".txt"):
		return "text"
	case d.marked():
		return "markdown"
	case strings.Contains(d.text, ": ") && readable(readYAML(source, data)):
		return "yaml"
	}
	return "text"
}

func readable(l *Library, problem *call.Problem) bool { return problem == nil && len(l.Entries) > 0 }

// tabular reports whether the document has the header of a table.
func (d *document) tabular() bool {
	comma := d.comma()
	_, ok := header(d.cells(comma))
	return ok && strings.ContainsRune(d.text, rune(comma))
}

// marked reports whether the document has a heading or a table of Markdown.
func (d *document) marked() bool {
	for i := range d.starts {
		at := d.row(i)
		if line := d.text[at.start:at.end]; headingLevel(line) > 0 || strings.HasPrefix(line, "|") && strings.HasSuffix(line, "|") {
			return true
		}
	}
	return false
}

// noEntries is the problem with a file that holds no scripts.
func noEntries(d *document) *call.Problem {
	p := d.fail(0, "没有找到话术；表格要有“标准话术”一列，Markdown 要有标题和“- 话术：……”，YAML 和 JSON 要有“标准话术”字段",
		"no scripts were found; a table needs a column 标准话术, Markdown headings and “- 话术：…”, YAML and JSON a key 标准话术")
	p.Nothing = true
	return p
}
