package call

import "strconv"

// Problem is a diagnostic about the input: what was found, what was expected
// and what to do. It goes to standard error, and into reports that have a place for it.
type Problem struct {
	File    string // as the user named it, "-" for standard input
	Line    int    // 1-based; 0 if unknown
	Call    string // id of the call, if one is concerned
	What    Say
	Nothing bool // the file is sound, but there is nothing in it of the kind looked for
	Fatal   bool // part of the input was lost or could not be judged: the exit code is 3
}

// In is the problem in one line, "file:line: call: what".
func (p Problem) In(lang Lang) string {
	s := p.File
	if p.Line > 0 {
		s += ":" + strconv.Itoa(p.Line)
	}
	if s != "" {
		s += ": "
	}
	if p.Call != "" {
		s += p.Call + ": "
	}
	return s + p.What.In(lang)
}
