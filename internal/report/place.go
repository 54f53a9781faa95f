package report

import (
	"net/url"
	"path"
	"path/filepath"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// placeOf is where a range stands in its file. Something missing from a whole
// call is where the call starts.
func placeOf(c *call.Call, at rule.Range) call.Place {
	if at.Turn >= 0 {
		return c.Turns[at.Turn].Place(at.Start)
	}
	if c.Script {
		return c.At
	}
	return call.Place{Line: c.Line}
}

// cell is the part of a place that lines cannot say: 话术!B12, 第 14 段. It is
// empty where there is a line.
func cell(p call.Place, lang call.Lang) string {
	p.Line, p.Column = 0, 0
	return p.In(lang)
}

// lineOf is the line of a place, or 1: formats that point at lines refuse to
// point at cells and paragraphs.
func lineOf(p call.Place) int { return max(1, p.Line) }

// endColumn is the 1-based column after a range, 0 where columns are unknown
// or the range goes on in another line.
func endColumn(c *call.Call, at rule.Range) int {
	start := placeOf(c, at)
	if at.Turn < 0 || start.Column == 0 {
		return 0
	}
	if at.End <= at.Start {
		return start.Column
	}
	last := c.Turns[at.Turn].Place(at.End - 1)
	if last.Line != start.Line || last.Column < start.Column {
		return 0
	}
	return last.Column + 1
}

const stdin = "stdin" // what "-" is called where a path is wanted

// filePath is the source as tools that look for it in a checkout want it: with
// forward slashes, below dir without dir.
func filePath(source, dir string) string {
	switch source {
	case "-":
		return stdin
	case "":
		return ""
	}
	if below, err := filepath.Rel(dir, source); dir != "" && filepath.IsAbs(source) && err == nil && filepath.IsLocal(below) {
		source = below
	}
	return path.Clean(filepath.ToSlash(source))
}

// fileURI is the source as a reference by RFC 3986: relative below dir, with
// the file scheme elsewhere.
func fileURI(source, dir string) string {
	u := url.URL{Path: filePath(source, dir)}
	if filepath.IsAbs(filepath.FromSlash(u.Path)) {
		u.Scheme, u.Path = "file", "/"+strings.TrimPrefix(u.Path, "/") // a drive letter comes after a slash
	}
	return u.String()
}
