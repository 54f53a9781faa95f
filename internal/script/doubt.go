package script

import (
	"strconv"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// doubt is something in a library that was not understood and may hold wordings.
type doubt struct {
	at   call.Place
	what call.Say
}

// doubtAt is a doubt about a text.
func doubtAt(l *Line, zh, en string, args ...any) doubt {
	return doubt{l.Place(0), call.Sayf(zh, en, args...)}
}

// doubt notes doubts, each with its place.
func (l *Library) doubt(doubts []doubt) {
	for _, d := range doubts {
		n := call.Problem{File: l.Source, Line: d.at.Line, What: d.what}
		if d.at.Line == 0 {
			n.What = call.Say{ZH: d.at.In(call.ZH) + "：" + d.what.ZH, EN: d.at.In(call.EN) + ": " + d.what.EN}
		}
		l.Notes = append(l.Notes, n)
	}
}

// columnsUnread says which columns of a table are not understood: those that hold
// prose, or all of them where no column holds wordings.
func (t *table) columnsUnread() []doubt {
	var names []string
	var first *Line
	for i := range t.header {
		if t.column(i) != unknown || unsaid(t.header[i].Text) && t.worded || !t.prose[i] && (t.worded || t.header[i].blank()) {
			continue
		}
		if first == nil {
			first = &t.header[i]
		}
		names = append(names, columnTitle(t.header[i].Text, i))
	}
	if first == nil {
		return nil
	}
	all := strings.Join(names, "、")
	return []doubt{doubtAt(first, "列%s没有检查：不认识列名；如果是话术，请把列名改为“标准话术”", "column %s is not checked: the name is not known; call it 标准话术 if it holds wordings", all)}
}

// unsaid reports whether a name that is not known cannot be that of wordings: 客户反应, 改进说明.
func unsaid(name string) bool {
	bare := bareName(name)
	return hasPrefix(bare, customers) || hasSuffix(bare, []string{"说明", "要点", "要求", "原因", "备注", "目的", "依据", "方式", "步骤"})
}

// columnTitle is how a column is called where it is told of: by its name, else by its number.
func columnTitle(name string, i int) string {
	if name = strings.Join(strings.Fields(name), ""); name == "" {
		return " " + strconv.Itoa(i+1) + " "
	}
	return "“" + name + "”"
}

// prose reports whether a cell may be a wording: a few words of Chinese.
func prose(cell Line) bool { return han(cell.Text) && cell.length() >= 6 }
