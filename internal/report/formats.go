package report

import (
	"io"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/intake"
)

// Formats writes the formats that are read: name, what it is, extensions, and below
// them what it is known by and how it tells the sides apart.
func Formats(w io.Writer, formats []intake.Info, o Options) error {
	t := tongue(o.Lang)
	g := grid{color: o.Color, width: o.Width, flex: 1, numbers: make([]bool, 3),
		heads: []string{t.say("名称", "name"), t.say("格式、凭什么认出、怎样分角色", "format, what it is known by, how it tells the sides"), t.say("扩展名", "extensions")}}
	for _, f := range formats {
		g.rows = append(g.rows, []span{{f.Name, bold}, {f.Title.In(o.Lang), plain}, {strings.Join(f.Extensions, " "), dim}},
			[]span{{}, {f.Shape, dim}, {}}, []span{{}, {f.Sides.In(o.Lang), dim}, {}})
	}
	_, err := io.WriteString(w, g.String())
	return err
}

// formatEntry is a format in JSON.
type formatEntry struct {
	Name       string   `json:"name"` // for --in-format
	Title      string   `json:"title"`
	Shape      string   `json:"shape"` // what it looks like, or by which keys it is known
	Sides      string   `json:"sides"` // how it tells the agent from the customer
	Extensions []string `json:"extensions"`
}

// FormatsJSON writes the formats as a JSON array, one format per line.
func FormatsJSON(w io.Writer, formats []intake.Info, o Options) error {
	var lines []string
	for _, f := range formats {
		line, err := EncodeLine(formatEntry{f.Name, f.Title.In(o.Lang), f.Shape, f.Sides.In(o.Lang), f.Extensions})
		if err != nil {
			return err
		}
		lines = append(lines, strings.TrimSuffix(string(line), "\n"))
	}
	return writeAll(w, "[\n", strings.Join(lines, ",\n"), "\n]\n")
}
