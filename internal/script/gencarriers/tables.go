package main

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// separated is the table as text, with quotes only where they are needed. The scene
// is in the first row of each only, as where it was a merged cell.
func separated(scripts []entry, comma string) string {
	var out strings.Builder
	line := func(cells []string) {
		for i, cell := range cells {
			if i > 0 {
				out.WriteString(comma)
			}
			out.WriteString(quoted(cell, comma))
		}
		out.WriteString("\n")
	}
	line(columns)
	scene := ""
	for _, e := range scripts {
		row := e.row()
		if e.Scene == scene {
			row[1] = ""
		}
		scene = e.Scene
		line(row)
	}
	return out.String()
}

func quoted(cell, comma string) string {
	if !strings.ContainsAny(cell, "\"\n"+comma) {
		return cell
	}
	return `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
}

// gb18030 is the table as Excel saves it in China: lines end with CRLF, and those
// within a cell with LF.
func gb18030(scripts []entry) ([]byte, error) {
	var out strings.Builder
	inCell := false
	for _, r := range separated(scripts, ",") {
		inCell = inCell != (r == '"')
		if r == '\n' && !inCell {
			out.WriteString("\r")
		}
		out.WriteRune(r)
	}
	return simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(out.String()))
}

// pipes is the table as Markdown has it.
func pipes(scripts []entry) string {
	var out strings.Builder
	out.WriteString("# 云杉宽带客服话术库\n\n| " + strings.Join(columns, " | ") + " |\n|" + strings.Repeat("---|", len(columns)) + "\n")
	for _, e := range scripts {
		row := e.row()
		row[wording] = strings.ReplaceAll(row[wording], "\n", "<br>")
		out.WriteString("| " + strings.Join(row, " | ") + " |\n")
	}
	return out.String()
}

// object is an entry as JSON has it.
type object struct {
	ID        string  `json:"话术编号"`
	Scene     string  `json:"场景"`
	Step      string  `json:"环节"`
	Trigger   string  `json:"触发条件,omitempty"`
	Words     anyText `json:"标准话术"`
	Required  string  `json:"必说,omitempty"`
	Forbidden anyText `json:"禁用表达,omitempty"`
	Kind      string  `json:"类型,omitempty"`
	Remark    string  `json:"备注,omitempty"`
}

// anyText is one text, or a list of several; a text that begins with 不好意思 is
// written in escapes.
type anyText []string

// MarshalJSON writes the text or the list.
func (t anyText) MarshalJSON() ([]byte, error) {
	switch {
	case len(t) > 1:
		return verbatim([]string(t))
	case len(t) == 1 && strings.HasPrefix(t[0], "不好意思"):
		return []byte(strconv.QuoteToASCII(t[0])), nil
	}
	return verbatim(strings.Join(t, ""))
}

// objects is an array of objects.
func objects(scripts []entry) ([]byte, error) {
	var list []object
	for _, e := range scripts {
		list = append(list, object{e.ID, e.Scene, e.Step, e.Trigger, anyText(e.Words), e.Required, anyText(e.Forbidden), e.Kind, e.Remark})
	}
	return verbatim(list)
}

// verbatim is a value as JSON, with < and > as they are.
func verbatim(v any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	err := encoder.Encode(v)
	return out.Bytes(), err
}
