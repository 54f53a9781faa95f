package report

import (
	"fmt"
	"net/url"
	"strconv"
)

// A chart is drawn in percent of its width, so that its letters stay as large
// as the others on any screen.

// htmlBar is a row of a bar chart.
type htmlBar struct {
	Label string
	Note  string // in small letters after the label
	Href  string
	Value string
	Width string // 0% to 100%
	Kind  string // of what it counts, in words, because colours alone do not say it
	Class string // that gives it its colour
}

// htmlColumns is a chart of columns from left to right.
type htmlColumns struct {
	Label   string
	Wide    bool
	Dense   bool // too many columns for numbers above each on a narrow screen
	Columns []htmlColumn
	Legend  []string // what the grave and the light part are; nil where there is one part
}

// htmlColumn is a column of two parts, the grave one below.
type htmlColumn struct {
	Href   string // empty where there is nothing to see
	Title  string // what it says when pointed at
	X      string // left edge of its share of the width
	Share  string // its share
	Bar    string // left edge of what is drawn
	Width  string // of what is drawn
	Middle string
	Label  string // below; empty where there is no room
	Minor  bool   // there is no room for the label on a narrow screen
	Value  string // above; empty for 0, and where there is no room
	Y, H   int    // of the light part, in pixels
	Y2, H2 int    // of the grave part
	ValueY int
}

// The sizes of a chart of columns, in pixels.
const (
	columnsTop   = 20  // above the highest column, for its number
	columnsFloor = 132 // the line on which they stand

	halfChart = 510.0 // the width of a chart where there is room for two beside each other
	wideChart = 1090.0
)

// column is what is known of a column before it is drawn.
type columnData struct {
	name         string // of the filter
	label, title string
	all, grave   int // grave is a part of all
}

const leastColumns = 10 // columns that a chart has room for, drawn or not: a single one is no wall

// columns draws a chart whose columns set a filter of the table.
func (h *htmlReport) columns(label, filter string, wide bool, data []columnData) htmlColumns {
	chart := htmlColumns{Label: label, Wide: wide, Dense: len(data) > leastColumns+2}
	highest := 1
	for _, d := range data {
		highest = max(highest, d.all)
	}
	share := 100 / float64(max(len(data), leastColumns))
	every := (len(data) + 11) / 12 // labels that fit
	width := halfChart
	if wide {
		width = wideChart
	}
	roomy := width*share/100 > 8*float64(len(strconv.Itoa(highest)))
	for i, d := range data {
		x := share * float64(i)
		c := htmlColumn{Title: d.title, X: percent(x), Share: percent(share), Bar: percent(x + share*0.14),
			Width: percent(share * 0.72), Middle: percent(x + share/2)}
		if i%every == 0 {
			c.Label, c.Minor = d.label, i/every%2 == 1
		}
		if d.all > 0 { // nobody wants to see no calls
			c.Href = h.href(filter, d.name)
		}
		if d.all > 0 && (roomy || d.all == highest) {
			c.Value = strconv.Itoa(d.all)
		}
		c.stand(d, highest)
		chart.Columns = append(chart.Columns, c)
	}
	return chart
}

// stand gives a column its height.
func (c *htmlColumn) stand(d columnData, highest int) {
	room := columnsFloor - columnsTop
	height, grave := d.all*room/highest, d.grave*room/highest
	if d.all > 0 {
		height = max(height, 2)
	}
	if d.grave > 0 {
		grave = max(grave, 2)
	}
	height = max(height, grave)
	c.H2, c.Y2 = grave, columnsFloor-grave
	c.H, c.Y = height-grave, columnsFloor-height
	c.ValueY = columnsFloor - height - 5
}

// percent is a part of the width of a chart.
func percent(n float64) string { return strconv.FormatFloat(n, 'f', 2, 64) + "%" }

// share is how long a bar is beside the longest.
func share(n, most int) string { return percent(100 * float64(n) / float64(max(1, most))) }

// href leads to the calls that a filter lets through; there is none without a table.
func (h *htmlReport) href(filter, value string) string {
	if h.o.SummaryOnly {
		return ""
	}
	return fmt.Sprintf("#calls=&%s=%s", filter, url.QueryEscape(value))
}
