package script

import (
	"strconv"
	"strings"
)

// wordStyle is what a style of paragraphs says about them.
type wordStyle struct {
	level    int  // of a heading, from 1; 0 for other paragraphs
	contents bool // lines of a table of contents
	based    string
	own      bool // it says itself what level it has
}

// wordStyles reads the styles of a document by their ids; a document without them has none.
func (a *archive) wordStyles(main string) (map[string]wordStyle, error) {
	styles := map[string]wordStyle{}
	rels, err := a.relationsOf(main)
	part, ok := rels.byType["styles"]
	if err != nil || !ok || !a.has(part) {
		return styles, err
	}
	return styles, a.walkXML(part, func(x *partXML, _ element) error {
		return x.each(func(e element) error {
			if e.Name.Local != "style" {
				return nil
			}
			style, err := x.style()
			styles[e.attr("styleId")] = style
			return err
		})
	})
}

func (x *partXML) style() (s wordStyle, err error) {
	named := 0
	err = x.each(func(e element) error {
		switch e.Name.Local {
		case "name":
			named, s.contents = headingName(e.attr("val")), contentsName(e.attr("val"))
		case "basedOn":
			s.based = e.attr("val")
		case "pPr":
			return x.each(func(e element) error {
				if e.Name.Local == "outlineLvl" {
					s.level, s.own = outlineLevel(e.attr("val")), true
				}
				return nil
			})
		}
		return nil
	})
	if named > 0 {
		s.level, s.own = named, true
	}
	return s, err
}

// style is what an id says, by the styles it is based on; an id without a style is
// read as a name, as documents of other programs leave the styles out.
func (d *wordDocument) style(id string) wordStyle {
	s, ok := d.styles[id]
	if !ok {
		return wordStyle{level: headingName(id), contents: contentsName(id)}
	}
	for range 10 { // as deep as Word goes
		base, ok := d.styles[s.based]
		if s.own || !ok {
			break
		}
		s.level, s.own, s.based = base.level, base.own, base.based
	}
	return s
}

// headingName is the level of a heading by the name of its style: "heading 1",
// 标题 1, Heading1, 1; 1 for the title of the document; 0 for other paragraphs.
func headingName(name string) int {
	bare := strings.ToLower(strings.ReplaceAll(name, " ", ""))
	for _, word := range []string{"heading", "标题", "標題", ""} {
		digit, ok := strings.CutPrefix(bare, word)
		if ok && len(digit) == 1 && digit >= "1" && digit <= "9" {
			return int(digit[0] - '0')
		}
	}
	if bare == "title" || bare == "标题" || bare == "標題" {
		return 1
	}
	return 0
}

// contentsName reports whether lines of a table of contents have a style of this name.
func contentsName(name string) bool {
	bare := strings.ToLower(strings.ReplaceAll(name, " ", ""))
	for _, word := range []string{"toc", "目录", "目錄"} {
		if rest, ok := strings.CutPrefix(bare, word); ok && rest >= "1" && rest <= "9" {
			return true
		}
	}
	return false
}

// outlineLevel is the level of a heading that Word writes from 0; 0 for text, which is 9 there.
func outlineLevel(val string) int {
	n, err := strconv.Atoi(val)
	if err != nil || n < 0 || n > 8 {
		return 0
	}
	return n + 1
}
