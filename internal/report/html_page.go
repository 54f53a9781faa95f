package report

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"strings"
)

//go:embed html
var htmlFiles embed.FS

// htmlPrograms are the parts of the program of the page, in order.
func htmlPrograms() []string {
	return []string{"words.js", "data.js", "dom.js", "table.js", "clock.js", "call.js", "page.js"}
}

// htmlFile is the text of an embedded file.
func htmlFile(name string) string {
	text, err := htmlFiles.ReadFile("html/" + name)
	if err != nil {
		panic(err) // it was there when this program was built
	}
	return string(text)
}

func htmlProgram() string {
	var b strings.Builder
	b.WriteString("'use strict';\n")
	for _, name := range htmlPrograms() {
		b.WriteString(htmlFile(name))
	}
	return b.String()
}

// htmlPolicy lets the page run its own program and style and nothing else, and
// forbids it the network and any way to turn text into markup.
func htmlPolicy(program, style string) string {
	hash := func(text string) string {
		sum := sha256.Sum256([]byte(text))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	return fmt.Sprintf("default-src 'none'; script-src %s; style-src %s; img-src data:; base-uri 'none'; form-action 'none'; "+
		"require-trusted-types-for 'script'; trusted-types 'none'", hash(program), hash(style))
}

// head writes everything before the data. The elements that a reader sees come
// after it, when the counts are known.
func (h *htmlReport) head() error {
	program, style := htmlProgram(), htmlFile("style.css")
	err := htmlTemplate().ExecuteTemplate(h.w, "head.html", map[string]string{
		"Lang": h.say("zh-CN", "en"), "Title": h.title(), "Policy": htmlPolicy(program, style)})
	if err != nil {
		return err
	}
	return writeAll(h.w, "<style>", style, "</style>\n</head>\n<body>\n")
}

// body writes the page itself and its program, which needs all that comes before it.
func (h *htmlReport) body(s *Summary) error {
	if err := htmlTemplate().ExecuteTemplate(h.w, "body.html", h.overview(s)); err != nil {
		return err
	}
	if h.o.SummaryOnly {
		return writeAll(h.w, "</body>\n</html>\n")
	}
	return writeAll(h.w, "<script>", htmlProgram(), "</script>\n</body>\n</html>\n")
}

// htmlTemplate is the templates of the page. They escape all that they are given.
func htmlTemplate() *template.Template {
	return template.Must(template.ParseFS(htmlFiles, "html/*.html"))
}

func (h *htmlReport) title() string {
	if h.o.Scripts {
		return h.say("话术检查报告", "Script library report")
	}
	return h.say("通话质检报告", "Call quality report")
}
