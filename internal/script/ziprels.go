package script

import (
	slashpath "path"
	"strings"
)

// relations are what one part says about others: by id, and by the last word of
// their type ("worksheet", "sharedStrings").
type relations struct {
	byID   map[string]relation
	byType map[string]string // the first part of each type
}

type relation struct {
	kind   string // the last word of its type
	target string // a part
}

// relationsOf reads the relations of a part, "" for those of the archive; a part
// without them has none.
func (a *archive) relationsOf(part string) (relations, error) {
	rels := relations{map[string]relation{}, map[string]string{}}
	name := slashpath.Join(slashpath.Dir(part), "_rels", slashpath.Base(part)+".rels")
	if part == "" {
		name = "_rels/.rels"
	}
	if !a.has(name) {
		return rels, nil
	}
	return rels, a.walkXML(name, func(x *partXML, _ element) error {
		return x.each(func(e element) error {
			rels.add(part, e)
			return nil
		})
	})
}

func (r relations) add(part string, e element) {
	if e.attr("TargetMode") == "External" {
		return
	}
	target := e.attr("Target")
	if rooted, ok := strings.CutPrefix(target, "/"); ok {
		target = rooted
	} else {
		target = slashpath.Join(slashpath.Dir(part), target)
	}
	kind := slashpath.Base(e.attr("Type"))
	r.byID[e.attr("Id")] = relation{kind, target}
	if _, ok := r.byType[kind]; !ok {
		r.byType[kind] = target
	}
}

// mainPart is the part that holds the workbook or the document.
func (a *archive) mainPart(usual string) (string, error) {
	rels, err := a.relationsOf("")
	if err != nil {
		return "", err
	}
	name, ok := rels.byType["officeDocument"]
	if !ok {
		name = usual
	}
	if slashpath.Ext(name) == ".bin" {
		return "", troublef("这是二进制工作簿（.xlsb），读不了；请用 Excel 或 WPS 另存为 %s",
			"this is a binary workbook (.xlsb); save it as %s in Excel or WPS", a.ext)
	}
	if !a.has(usual) && (!ok || !strings.HasPrefix(partName(name), slashpath.Dir(usual)+"/")) {
		return "", troublef("这不是 %[1]s（里面没有 %[2]s）；请检查后缀，或用 Excel、Word 另存为 %[1]s",
			"this is no %[1]s (it holds no %[2]s); check its extension, or save it as %[1]s in Excel or Word", a.ext, usual)
	}
	return name, nil
}
