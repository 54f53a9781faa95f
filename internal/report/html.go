package report

import (
	"io"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// htmlFormat is a page for the browser in one file, which needs no network: an
// overview, a table of the calls, and every call annotated.
//
// What is said in the calls stands in the page as blocks of compressed data, so
// that fifty thousand calls can be opened and nothing of a transcript is ever
// taken for markup. The overview is plain HTML: it can be read, and printed,
// before the browser has unpacked anything and where it runs no scripts.
func htmlFormat() format {
	return format{"html", lint.EveryTurn, func(w io.Writer, o Options) Writer { return newHTMLReport(w, o) }}
}

// htmlReport keeps counts, names of rules, agents and tags, and two blocks that
// are not full yet; no call.
type htmlReport struct {
	tongue
	w        io.Writer
	o        Options
	text     *textReport // its sentences
	begun    bool
	lists    htmlLists
	calendar htmlCalendar
	rows     *htmlBlocks // the table
	details  *htmlBlocks // what was said
	row      int         // calls so far
	room     int         // bytes of the page that details may take
	left     int         // calls whose details are not in the page
	problems []string
	hidden   int // problems beyond those kept
}

const (
	htmlRoom     = 16 << 20 // bytes of the page for what is said, so that browsers and mail take it
	htmlRows     = 2000     // calls in a block of the table
	htmlDetails  = 200      // calls in a block of details
	htmlProblems = 200      // problems of the input that are told one by one
)

func newHTMLReport(w io.Writer, o Options) *htmlReport {
	return &htmlReport{tongue: tongue(o.Lang), w: w, o: o, text: &textReport{o: o, tongue: tongue(o.Lang)}, room: htmlRoom,
		rows: newHTMLBlocks(w, "rows", htmlRows), details: newHTMLBlocks(w, "calls", htmlDetails)}
}

// Call writes a call into the blocks, which go out when they are full.
func (h *htmlReport) Call(r *lint.Result) error {
	h.calendar.add(r)
	if h.o.SummaryOnly {
		return nil
	}
	if err := h.begin(); err != nil {
		return err
	}
	row := h.newRow(r)
	if h.keeps(r) {
		row.Block = h.details.next() + 1
		if err := h.details.add(h.newDetail(r)); err != nil {
			return err
		}
	} else {
		h.left++
	}
	h.row++
	return h.rows.add(row)
}

// keeps decides whether what was said in a call goes into the page. Nobody knows
// what is still to come, so the first half of the room is for all calls, the
// next quarter for those with an error or a warning, and the last for errors.
func (h *htmlReport) keeps(r *lint.Result) bool {
	switch used := h.details.written; {
	case used < h.room/2:
		return true
	case used < h.room/4*3:
		return gravest(r) >= rule.Warning
	case used < h.room:
		return gravest(r) == rule.Error
	}
	return false
}

// gravest is the highest severity of the findings, 0 where there is none.
func gravest(r *lint.Result) rule.Severity {
	var worst rule.Severity
	for i := range r.Verdict.Findings {
		worst = max(worst, r.Verdict.Findings[i].Rule.Severity)
	}
	return worst
}

// Problem keeps a problem of the input for the overview.
func (h *htmlReport) Problem(p *call.Problem) error {
	if len(h.problems) == htmlProblems {
		h.hidden++
		return nil
	}
	h.problems = append(h.problems, Clean(h.inputProblem(p)+h.say("：", ": ")+p.In(h.o.Lang)))
	return nil
}

// begin writes what comes before the first call.
func (h *htmlReport) begin() error {
	if h.begun {
		return nil
	}
	h.begun = true
	return h.head()
}

// Close writes the blocks that are not full, the overview, and the program.
func (h *htmlReport) Close(s *Summary) error {
	if err := h.begin(); err != nil {
		return err
	}
	if err := h.rows.flush(); err != nil {
		return err
	}
	if err := h.details.flush(); err != nil {
		return err
	}
	lists := newHTMLBlocks(h.w, "lists", 1)
	if err := lists.add(h.listsObject()); err != nil {
		return err
	}
	return h.body(s)
}
