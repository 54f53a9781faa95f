package report

import (
	"encoding/xml"
	"io"
	"strings"
)

// writeXML writes v as an element on lines of its own. Characters that XML 1.0
// does not allow, even escaped, become �.
func writeXML(w io.Writer, indent string, v any) error {
	text, err := xml.MarshalIndent(v, indent, "  ")
	if err != nil {
		return err
	}
	return writeAll(w, string(text), "\n")
}

// xmlText is s as the text of an element or the value of an attribute.
func xmlText(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder takes everything
	return b.String()
}
