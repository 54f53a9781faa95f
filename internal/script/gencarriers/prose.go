package main

import "strings"

const (
	title = "云杉宽带客服话术库"
	intro = "本手册供热线坐席使用，禁止对客户说“我不知道”。"
)

// headings is the library as Markdown: a heading for each scene and each script,
// and a list below it.
func headings(scripts []entry) string {
	var out strings.Builder
	out.WriteString("# " + title + "\n\n" + intro + "\n")
	scene := ""
	for _, e := range scripts {
		if e.Scene != scene {
			out.WriteString("\n## " + e.Scene + "\n")
		}
		scene = e.Scene
		out.WriteString("\n### " + e.ID + " " + e.Step + "\n\n")
		out.WriteString(item("触发", e.Trigger) + item("必说", e.Required) + e.items() + item("禁用", e.Forbidden.list()) + item("类型", e.Kind) + item("备注", e.Remark))
	}
	return out.String()
}

// items is the wordings in a list: several stand in a list of their own.
func (e entry) items() string {
	if len(e.Words) == 1 {
		return "- 话术：" + e.Words[0] + "\n"
	}
	out := "- 话术：\n"
	for _, words := range e.Words {
		out += "  - " + words + "\n"
	}
	return out
}

// item is a labelled item of a list, nothing for an empty text.
func item(label, text string) string {
	if text == "" {
		return ""
	}
	return "- " + label + "：" + text + "\n"
}

// plain is the library as plain text: a line in brackets for each script, its
// wordings below it, one in a line.
func plain(scripts []entry) string {
	var out strings.Builder
	out.WriteString("// " + title + "\n// " + intro + "\n")
	for _, e := range scripts {
		out.WriteString("\n[" + e.ID + " " + e.Scene + "/" + e.Step + "]\n")
		out.WriteString(line("触发", e.Trigger) + line("必说", e.Required) + line("类型", e.Kind))
		for _, words := range e.Words {
			out.WriteString(line("", words))
		}
		out.WriteString(line("禁用", e.Forbidden.list()) + line("备注", e.Remark))
	}
	return out.String()
}

// line is a labelled line, nothing for an empty text.
func line(label, text string) string {
	if text != "" && label != "" {
		label += "："
	}
	if text == "" {
		return ""
	}
	return label + text + "\n"
}
