package report

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// element is what an element of an XML document may have. A name that ends in !
// must be there.
type element struct {
	attributes string
	children   string
	text       bool
}

// junitGrammar is junit-10.xsd of Jenkins' xUnit plugin, as far as we write it.
func junitGrammar() map[string]element {
	reason := element{attributes: "type message", text: true}
	return map[string]element{
		"":           {children: "testsuites"},
		"testsuites": {attributes: "name time tests failures errors", children: "testsuite"},
		"testsuite": {attributes: "name! tests! failures! errors! group time skipped timestamp hostname id package file log url",
			children: "testsuite properties testcase system-out system-err"},
		"testcase": {attributes: "name! time classname group", children: "skipped error failure system-out system-err"},
		"failure":  reason, "error": reason, "skipped": reason,
		"system-out": {text: true}, "system-err": {text: true},
	}
}

// checkstyleGrammar is what Checkstyle's XMLLogger writes.
func checkstyleGrammar() map[string]element {
	return map[string]element{
		"":           {children: "checkstyle"},
		"checkstyle": {attributes: "version!", children: "file"},
		"file":       {attributes: "name!", children: "error"},
		"error":      {attributes: "line! column severity! message! source!"},
	}
}

// follows wants a well-formed document that keeps to a grammar.
func follows(t *testing.T, grammar map[string]element, text string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	path := []string{""}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err, text)
		of := grammar[path[len(path)-1]]
		switch token := token.(type) {
		case xml.StartElement:
			name := token.Name.Local
			require.Contains(t, strings.Fields(of.children), name)
			require.Contains(t, grammar, name)
			hasAttributes(t, grammar[name], token)
			path = append(path, name)
		case xml.EndElement:
			path = path[:len(path)-1]
		case xml.CharData:
			require.True(t, of.text || strings.TrimSpace(string(token)) == "", "%q in %v", token, path)
		}
	}
	assert.Len(t, path, 1)
}

func hasAttributes(t *testing.T, of element, start xml.StartElement) {
	t.Helper()
	var has []string
	for _, a := range start.Attr {
		has = append(has, a.Name.Local)
	}
	for _, name := range strings.Fields(of.attributes) {
		must := strings.HasSuffix(name, "!")
		name = strings.TrimSuffix(name, "!")
		i := slices.Index(has, name)
		require.False(t, must && i < 0, "%s without %s", start.Name.Local, name)
		if i >= 0 {
			has = slices.Delete(has, i, i+1)
		}
	}
	require.Empty(t, has, start.Name.Local)
}
