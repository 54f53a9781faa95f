package book

import "github.com/xuri/excelize/v2"

// Style is the look of a cell.
type Style int

// The styles. Plain texts stay on one line; wrapped ones take as many as they need.
const (
	Plain Style = iota
	Wrapped
	Dim        // what people rarely look at
	Title      // of a workbook
	Section    // of a sheet that is no table
	Line       // of words that stand by themselves
	Head       // of a column
	NumberHead // of a column of numbers
	Date       // with the time
	Decimal    // with one digit after the point
	Percent    // with one digit after the point
	Bar        // of a chart made of characters
	Input      // to be filled in
	Good
	Bad
	Doubtful
	Error // and the other severities
	Warning
	Info
)

// The colours are those of Excel's own good, bad and neutral cells.
const (
	red, darkRed, lightRed = "C00000", "9C0006", "FFC7CE"
	brown, lightYellow     = "7F6000", "FFEB9C"
	green, lightGreen      = "006100", "C6EFCE"
	blue, lightBlue        = "1F4E79", "DDEBF7"
	grey, rule, cream      = "808080", "D9D9D9", "FFFBE6"
)

const (
	font     = "Microsoft YaHei" // where it is missing, programs take another one
	fontSize = 10
)

// look is a style of a number or of anything else. Numbers keep away from the
// texts on their right.
type look struct {
	Style
	number bool
}

// style is the number that a cell's style has in the file.
func (b *Book) style(c Cell) (int, error) {
	l := look{Style: c.Style}
	switch c.Value.(type) {
	case int, float64:
		l.number = true
	}
	if id, ok := b.styles[l]; ok {
		return id, nil
	}
	e := l.excel()
	if l.number || l.Style == NumberHead {
		e.Alignment.Horizontal, e.Alignment.Indent = "right", 1
	}
	id, err := b.file.NewStyle(e)
	b.styles[l] = id
	return id, err
}

func (s Style) excel() *excelize.Style {
	e := &excelize.Style{Font: &excelize.Font{Family: font, Size: s.size()}, Alignment: &excelize.Alignment{Vertical: "top", WrapText: s.wraps()}}
	switch s {
	case Title, Section, Line:
	default:
		e.Border = []excelize.Border{{Type: "bottom", Color: rule, Style: 1}}
	}
	s.number(e)
	s.letters(e)
	if text, fill := s.colors(); fill != "" {
		e.Font.Color = text
		e.Fill = solid(fill)
	}
	return e
}

// wraps reports whether a text takes as many lines as it needs.
func (s Style) wraps() bool {
	switch s {
	case Wrapped, Head, NumberHead, Input, Good, Bad, Doubtful:
		return true
	}
	return false
}

// size is the size of the letters in points.
func (s Style) size() float64 {
	switch s {
	case Title:
		return 18
	case Section:
		return 12
	}
	return fontSize
}

func solid(color string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
}

// number sets how numbers and times are shown.
func (s Style) number(e *excelize.Style) {
	formats := map[Style]string{Date: "yyyy-mm-dd hh:mm:ss", Decimal: "0.0", Percent: "0.0%"}
	if f, ok := formats[s]; ok {
		e.CustomNumFmt = &f
	}
	if s == Date {
		e.Alignment.Horizontal = "left"
	}
}

// letters sets how letters look.
func (s Style) letters(e *excelize.Style) {
	switch s {
	case Title:
		e.Font.Bold = true
	case Section:
		e.Font.Bold, e.Font.Color = true, blue
	case Head, NumberHead:
		e.Font.Bold, e.Alignment.Vertical = true, "center"
	case Dim:
		e.Font.Color = grey
	case Bar:
		e.Font.Color = blue
	}
}

// colors are the colours of the letters and of the ground; none where they are usual.
func (s Style) colors() (text, fill string) {
	switch s {
	case Head, NumberHead:
		return "FFFFFF", blue
	case Input:
		return "", cream
	case Good:
		return green, lightGreen
	case Bad, Error:
		return darkRed, lightRed
	case Doubtful, Warning:
		return brown, lightYellow
	case Info:
		return blue, lightBlue
	}
	return "", ""
}
