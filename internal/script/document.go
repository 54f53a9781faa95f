package script

import (
	"bytes"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/intake"
)

// WriteError says why a library cannot be written.
type WriteError struct{ What call.Say }

// Error is the reason in Chinese, the language of libraries.
func (e *WriteError) Error() string { return e.What.ZH }

// In is the reason in a language.
func (e *WriteError) In(lang call.Lang) string { return e.What.In(lang) }

func refused(zh, en string, args ...any) error { return &WriteError{call.Sayf(zh, en, args...)} }

// document is a library that is one text. Positions count in its text, which is
// decoded and has no byte order mark.
type document struct {
	source string
	raw    []byte // as it was read
	text   string
	encode func(string) ([]byte, error)
	starts []int                           // offset where each line starts
	frames []frame                         // in order, without overlap
	torn   []doubt                         // about quotes of cells that do not close
	hollow func(before, after string) bool // whether marks between these have lost their words; nil where there are no marks
}

// frame is a stretch of text that has to be finished as a whole once something in
// it was replaced: what needed no quotes before may need them now.
type frame struct {
	at     extent
	finish func(raw string) (string, error)
}

// newDocument decodes data; the problem says that no encoding makes sense of it.
func newDocument(source string, data []byte) (*document, *call.Problem) {
	text, encode, ok := intake.Decode(data)
	if !ok {
		return nil, &call.Problem{File: source, Fatal: true, What: call.Sayf(
			"认不出文件的编码；请另存为 UTF-8", "the encoding of the file is not known; save it as UTF-8")}
	}
	d := &document{source: source, raw: data, text: text, encode: encode, starts: []int{0}}
	for i := range len(text) {
		if text[i] == '\n' || text[i] == '\r' && !strings.HasPrefix(text[i+1:], "\n") {
			d.starts = append(d.starts, i+1)
		}
	}
	return d, nil
}

// library is the document as a library of these entries.
func (d *document) library(carrier string, entries []*Entry) *Library {
	l := &Library{Source: d.source, Carrier: carrier, Entries: entries, raw: d.raw}
	l.rewrite = func(edits []Edit) ([]byte, error) {
		out, err := d.apply(edits)
		if err != nil || len(edits) == 0 {
			return out, err
		}
		if err := l.verify(out, edits); err != nil {
			return nil, err
		}
		return out, nil
	}
	if at := strings.IndexRune(d.text, utf8.RuneError); at >= 0 || !utf8.ValidString(d.text) {
		if at < 0 {
			at = len(d.text) - len(strings.TrimLeftFunc(d.text, func(r rune) bool { return r != utf8.RuneError }))
		}
		l.Notes = append(l.Notes, d.note(at, "有无法解码的字符，可能漏检；请另存为 UTF-8",
			"there are characters that cannot be decoded, and faults may be missed there; save the file as UTF-8"))
	}
	return l
}

// note is a problem at an offset that does not keep the library from being judged.
func (d *document) note(at int, zh, en string, args ...any) call.Problem {
	return call.Problem{File: d.source, Line: d.lineOf(at), What: call.Sayf(zh, en, args...)}
}

// fail is a problem at an offset that leaves no library.
func (d *document) fail(at int, zh, en string, args ...any) *call.Problem {
	p := d.note(at, zh, en, args...)
	p.Fatal = true
	return &p
}

// lineOf is the 1-based line that the offset is in.
func (d *document) lineOf(at int) int { return sort.SearchInts(d.starts, at+1) }

func (d *document) place(at extent) call.Place {
	line := d.lineOf(at.start)
	return call.Place{Line: line, Column: utf8.RuneCountInString(d.text[d.starts[line-1]:at.start]) + 1}
}

// row is a line, 0-based, without its end.
func (d *document) row(i int) extent {
	end := len(d.text)
	if i+1 < len(d.starts) {
		end = d.starts[i+1]
	}
	return extent{d.starts[i], d.starts[i] + len(strings.TrimRight(d.text[d.starts[i]:end], "\r\n"))}
}

// line is a stretch of the document as it stands.
func (d *document) line(at extent, escape func(string) (string, error)) Line {
	b := builder{doc: d}
	b.copy(at)
	return b.line(at.start, escape)
}

// builder collects the code points of a line.
type builder struct {
	doc   *document
	text  strings.Builder
	bytes []extent
}

// add appends a code point that stands at an extent.
func (b *builder) add(r rune, at extent) {
	b.text.WriteRune(r)
	b.bytes = append(b.bytes, at)
}

// copy appends a stretch of the document as it stands.
func (b *builder) copy(at extent) {
	for i := at.start; i < at.end; {
		r, size := utf8.DecodeRuneInString(b.doc.text[i:at.end])
		b.add(r, extent{i, i + size})
		i += size
	}
}

// line is what was collected; start is where it stands if it is empty.
func (b *builder) line(start int, escape func(string) (string, error)) Line {
	l := Line{Text: b.text.String(), bytes: b.bytes, place: b.doc.place, escape: escape}
	if len(l.bytes) == 0 {
		at := extent{start, start}
		l.place = func(extent) call.Place { return b.doc.place(at) }
	}
	return l
}

// apply is the file with the edits made.
func (d *document) apply(edits []Edit) ([]byte, error) {
	if len(edits) == 0 {
		return d.raw, nil
	}
	if same, err := d.encode(d.text); err != nil || !bytes.Equal(same, d.raw) {
		return nil, refused("文件的编码有损，改写会动到别处；请先另存为 UTF-8",
			"the file is not cleanly encoded and writing it would change other places; save it as UTF-8 first")
	}
	var patches []patch
	for _, e := range edits {
		more, err := e.patches()
		if err != nil {
			return nil, err
		}
		patches = append(patches, more...)
	}
	patches = sorted(patches)
	if d.hollows(patches) {
		return nil, refused("要替换的文字中间有加粗、链接等标记，替换后标记里就没有文字了；请手工修改",
			"marks such as those of bold or a link stand inside the words to replace and would be left empty; change it by hand")
	}
	patches, err := d.finish(patches)
	if err != nil {
		return nil, err
	}
	out, err := splice(d.text, 0, patches)
	if err != nil {
		return nil, err
	}
	return d.written(out)
}

// written is text in the encoding of the file.
func (d *document) written(text string) ([]byte, error) {
	data, err := d.encode(text)
	if err != nil {
		return nil, refused("文件的编码写不出替换的文字（%v）；请先另存为 UTF-8",
			"the encoding of the file has no characters for the replacement (%v); save it as UTF-8 first", err)
	}
	return data, nil
}

// patch replaces a stretch of the document.
type patch struct {
	at   extent
	text string
}

// patches are the replacements an edit makes. Where marks that are no part of the
// text stand between its code points, such as those of bold, the marks stay.
func (e Edit) patches() ([]patch, error) {
	text, err := e.Line.escape(e.Text)
	if err != nil {
		return nil, err
	}
	if e.Start < 0 || e.Start > e.End || e.End > len(e.Line.bytes) || len(e.Line.bytes) == 0 {
		return nil, refused("要替换的位置不在话术里", "the replacement is outside of the wording")
	}
	if e.Start == e.End {
		return []patch{{e.Line.gap(e.Start), text}}, nil
	}
	var out []patch
	for _, at := range e.Line.bytes[e.Start:e.End] {
		if n := len(out) - 1; n >= 0 && out[n].at.end == at.start {
			out[n].at.end = at.end
		} else {
			out = append(out, patch{at: at})
		}
	}
	out[0].text = text
	return out, nil
}

// hollows reports whether sorted patches take all words from between a pair of marks.
func (d *document) hollows(patches []patch) bool {
	for i := 0; i < len(patches) && d.hollow != nil; i++ {
		if patches[i].text != "" {
			continue
		}
		start, end := patches[i].at.start, patches[i].at.end
		for i+1 < len(patches) && patches[i+1].text == "" && patches[i+1].at.start == end {
			i++
			end = patches[i].at.end
		}
		if d.hollow(d.text[:start], d.text[end:]) {
			return true
		}
	}
	return false
}

// gap is the empty stretch before a code point.
func (l *Line) gap(offset int) extent {
	at := l.bytes[len(l.bytes)-1].end
	if offset < len(l.bytes) {
		at = l.bytes[offset].start
	}
	return extent{at, at}
}

// sorted is patches in order, each once: an alias of YAML names one text twice.
func sorted(patches []patch) []patch {
	slices.SortStableFunc(patches, func(a, b patch) int { return a.at.start - b.at.start })
	return slices.Compact(patches)
}

// splice is text, which starts at an offset of the document, with sorted patches made.
func splice(text string, offset int, patches []patch) (string, error) {
	var out strings.Builder
	done := 0
	for _, p := range patches {
		start, end := p.at.start-offset, p.at.end-offset
		if start < done {
			return "", refused("两处替换互相重叠", "two replacements overlap")
		}
		out.WriteString(text[done:start])
		out.WriteString(p.text)
		done = end
	}
	out.WriteString(text[done:])
	return out.String(), nil
}

// finish turns the patches inside a frame into one that replaces all of it.
func (d *document) finish(patches []patch) ([]patch, error) {
	var out []patch
	for len(patches) > 0 {
		f, n := d.framed(patches)
		if n == 0 {
			out, patches = append(out, patches[0]), patches[1:]
			continue
		}
		raw, err := splice(d.text[f.at.start:f.at.end], f.at.start, patches[:n])
		if err != nil {
			return nil, err
		}
		whole, err := f.finish(raw)
		if err != nil {
			return nil, err
		}
		out, patches = append(out, patch{f.at, whole}), patches[n:]
	}
	return out, nil
}

// framed is the frame that the first n patches stand in; n is 0 if the first stands in none.
func (d *document) framed(patches []patch) (f frame, n int) {
	i := sort.Search(len(d.frames), func(i int) bool { return d.frames[i].at.start > patches[0].at.start }) - 1
	if i < 0 {
		return frame{}, 0
	}
	f = d.frames[i]
	for n < len(patches) && patches[n].at.end <= f.at.end {
		n++
	}
	return f, n
}

// verbatim writes a text of one line as it is.
func verbatim(text string) (string, error) {
	if strings.ContainsAny(text, "\r\n") {
		return "", refused("这里写不下换行", "a line break cannot be written here")
	}
	return text, nil
}
