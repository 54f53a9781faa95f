package script

import (
	"errors"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// workbook is an Excel file: sheets of cells, whose texts mostly stand in one
// part that all sheets share.
type workbook struct {
	*archive
	sheets  []*sheet
	strings sharedStrings
	uses    []int // of each shared string, by cells of all sheets, the hidden ones included
}

// readXLSX reads the tables of all visible sheets of an Excel workbook.
func readXLSX(source string, data []byte) (*Library, *call.Problem) {
	w, err := openWorkbook(data)
	if err != nil {
		return nil, problemOf(source, err)
	}
	l := &Library{Source: source, Carrier: "xlsx", raw: data}
	l.rewrite = func(edits []Edit) ([]byte, error) {
		if len(edits) == 0 {
			return data, nil
		}
		return w.apply(edits)
	}
	for _, s := range w.sheets {
		l.addSheet(s)
	}
	return l.found()
}

// found is the library, or the problem that it holds no scripts, with all that was
// noted on the way.
func (l *Library) found() (*Library, *call.Problem) {
	if len(l.Entries) > 0 {
		return l, nil
	}
	what := call.Sayf("没有找到话术；表格要有“标准话术”一列", "no scripts were found; a table needs a column 标准话术")
	for _, n := range l.Notes {
		what.ZH, what.EN = what.ZH+"；"+n.What.ZH, what.EN+"; "+n.What.EN
	}
	return nil, &call.Problem{File: l.Source, What: what, Fatal: true, Nothing: true}
}

func problemOf(source string, err error) *call.Problem {
	p := &call.Problem{File: source, What: explained(err.Error()), Fatal: true}
	if t := (trouble{}); errors.As(err, &t) {
		p.What = t.Say
	}
	return p
}

func (l *Library) addSheet(s *sheet) {
	if s.hidden {
		l.noteSheet(s, "工作表“%s”已隐藏，没有检查；要检查请取消隐藏", "sheet %q is hidden and is not checked; unhide it to have it checked")
		return
	}
	rows, err := s.rows()
	if err != nil {
		l.Notes = append(l.Notes, *problemOf(l.Source, err))
		return
	}
	entries, doubts, found := entriesOf(rows, "")
	l.doubt(doubts)
	if !found && len(rows) > 0 && !aboutName(s.name) {
		l.noteSheet(s, "工作表“%s”没有“标准话术”一列，没有检查", "sheet %q has no column 标准话术 and is not checked")
	}
	for _, e := range entries {
		if badName(s.name) {
			e.markBad()
		}
	}
	l.Entries = append(l.Entries, entries...)
}

func (l *Library) noteSheet(s *sheet, zh, en string) {
	l.Notes = append(l.Notes, call.Problem{File: l.Source, What: call.Sayf(zh, en, s.name)})
}

// openWorkbook reads all sheets: which strings can be changed in place depends on
// every cell that uses them.
func openWorkbook(data []byte) (*workbook, error) {
	a, err := openArchive(data, ".xlsx")
	if err != nil {
		return nil, err
	}
	w := &workbook{archive: a}
	main, err := a.mainPart("xl/workbook.xml")
	if err != nil {
		return nil, err
	}
	rels, err := a.relationsOf(main)
	if err != nil {
		return nil, err
	}
	if err := w.readStrings(rels); err != nil {
		return nil, err
	}
	if err := w.readList(main, rels); err != nil {
		return nil, err
	}
	return w, w.readSheets()
}

// readList reads the list of sheets, in the order of the workbook.
func (w *workbook) readList(main string, rels relations) error {
	return w.walkXML(main, func(x *partXML, _ element) error {
		return x.each(func(e element) error {
			if e.Name.Local != "sheets" {
				return nil
			}
			return x.each(func(e element) error { return w.addSheet(e, rels) })
		})
	})
}

func (w *workbook) addSheet(e element, rels relations) error {
	name, rel := e.attr("name"), rels.byID[e.attr("id")]
	if rel.kind != "worksheet" && rel.kind != "" { // a chart or a macro sheet holds no table
		return nil
	}
	if !w.has(rel.target) {
		return w.damaged(orName(rel.target, name), call.Sayf("工作表“%s”没有内容", "the content of sheet %q is missing", name))
	}
	hidden := strings.HasSuffix(strings.ToLower(e.attr("state")), "hidden") // hidden, veryHidden
	w.sheets = append(w.sheets, &sheet{book: w, name: name, part: rel.target, hidden: hidden})
	return nil
}

func (w *workbook) readSheets() error {
	w.uses = make([]int, len(w.strings.items))
	for _, s := range w.sheets {
		if err := s.read(); err != nil {
			return err
		}
		for i := range s.cells {
			if c := &s.cells[i]; c.shared {
				w.uses[c.index]++
			}
		}
	}
	return nil
}
