package main

import (
	"archive/zip"
	"bytes"
	"strings"
)

// part is a file of an Office document.
type part struct{ name, content string }

const (
	head          = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	contentTypes  = "application/vnd.openxmlformats-officedocument."
)

// packed is the document that the parts make. No part has a time, so that the
// same parts are the same bytes.
func packed(parts []part) ([]byte, error) {
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, p := range parts {
		w, err := archive.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write([]byte(head + p.content)); err != nil {
			return nil, err
		}
	}
	err := archive.Close()
	return out.Bytes(), err
}

// related is the relationships of a part: pairs of a type and a target.
func related(name string, pairs ...string) part {
	var out strings.Builder
	out.WriteString(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i := 0; i+1 < len(pairs); i += 2 {
		out.WriteString(`<Relationship Id="rId` + string(rune('1'+i/2)) + `" Type="` + relationships + "/" + pairs[i] + `" Target="` + pairs[i+1] + `"/>`)
	}
	return part{name, out.String() + `</Relationships>`}
}

// typed is the content types of a document: pairs of a part and a type.
func typed(pairs ...string) part {
	var out strings.Builder
	out.WriteString(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`)
	for i := 0; i+1 < len(pairs); i += 2 {
		out.WriteString(`<Override PartName="/` + pairs[i] + `" ContentType="` + contentTypes + pairs[i+1] + `+xml"/>`)
	}
	return part{"[Content_Types].xml", out.String() + `</Types>`}
}

// escaped is a text as XML writes it.
func escaped(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}
