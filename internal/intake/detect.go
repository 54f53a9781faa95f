package intake

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// format is one kind of input. Its functions must be safe for use by many goroutines.
type format struct {
	name     string   // for --in-format
	title    call.Say // what it is
	shape    string   // what it looks like, in one line
	sides    call.Say // how it tells the agent from the customer
	exts     []string // extensions of its files; none for JSON
	json     bool     // it is made of JSON values
	verbatim bool     // its text is no raw output of speech recognition: nothing is removed from it

	// whole reports whether an array at the top of an input that starts like s is one
	// value, not a list of values. nil if it never is.
	whole    func(s *sample) bool
	callless bool // it tells of calls and yields none

	// sniff reports whether an input that starts like s is in this format.
	sniff func(s *sample) bool
	// cut returns after how many bytes data can be cut between calls, as late as
	// possible, 0 if nowhere; and how many JSON values come before, if that
	// matters. A nil cut reads the whole input at once.
	cut func(c *Chunk, data []byte) (end, records int)
	// prepare, if there is one, sees each chunk before it is parsed, in the order of the
	// input: only it can tell a chunk of those before.
	prepare func(c *Chunk)
	// parse yields the calls and problems of c until yield returns false.
	parse func(c *Chunk, yield func(Item) bool)
	// contacts reports whether data may tell who is called by whom, for Options.Contacts; nil: it may.
	contacts func(data []byte) bool
}

// formats lists every format. The order means nothing: sniffs exclude each other.
func formats() []format {
	madeFormats.Do(func() {
		madeFormats.all = []format{canonical(), sereTOD(), jddc(), table(), labelTab(), subRip(), webVTT(), lrc(), tencentText(), tencentForm(), htmlList(), plain()}
		for _, d := range documents() {
			madeFormats.all = append(madeFormats.all, d.format())
		}
	})
	return madeFormats.all
}

// madeFormats is no sync.OnceValue: some formats look among all of them for what they hold,
// which would be a circle.
var madeFormats struct {
	sync.Once
	all []format
}

// documents lists the JSON formats of recognisers, call centres and chat tools.
func documents() []document {
	return []document{
		aliyunFile(), aliyunCallback(), aliyunSecret(), aliyunVoice(), scaUpload(), scaResult(), cccDetail(), dashScope(), tingwu(),
		tencentTask(), tencentFlash(), tencentTalk(), tencentCDR(),
		xfyunOrder(), xfyunLattice(), xfyunOld(), xfyunList(), baiduFile(), baiduInspection(), volcengine(),
		huaweiSIS(), huaweiCEC(), huaweiAICC(), funASR(), funASRServer(), funASRTool(),
		whisper(), whisperX(), fasterWhisper(), whisperCPP(),
		awsTranscribe(), awsAnalytics(), contactLens(), connectChat(),
		azureSpeech(), googleSpeech(), ccai(), ccaiUpload(), deepgram(),
		genesys(), twilio(), vCon(),
		weCom(), udesk(), qiyu(), csds(), chatMessages(),
	}
}

// Info describes a format for help texts.
type Info struct {
	Name       string   // for --in-format
	Title      call.Say // what it is
	Shape      string   // what it looks like, or by which keys it is known, in one line
	Sides      call.Say // how it tells the agent from the customer
	Extensions []string // those that its files have, in lower case with the dot
}

// Formats describes all formats that are read, in the order of the documentation.
func Formats() []Info {
	var infos []Info
	for _, f := range formats() {
		infos = append(infos, f.info())
	}
	return infos
}

func (f *format) info() Info { return Info{f.name, f.title, f.shape, f.sides, f.extensions()} }

// extensions are those that files of the format have: of JSON all of JSON's.
func (f *format) extensions() []string {
	if len(f.exts) == 0 && f.json {
		return []string{".json", ".jsonl", ".ndjson"}
	}
	return f.exts
}

func formatNames() []string {
	var names []string
	for _, f := range formats() {
		names = append(names, f.name)
	}
	return names
}

// sample is the start of an input, which its format is detected from.
type sample struct {
	name  string          // of the file, for its extension
	text  []byte          // up to 64 KB, decoded
	start string          // up to 4 KB of it, which the shapes of text are told by
	json  *fastjson.Value // the first JSON value, repaired where text breaks off; nil if this is not JSON
	lines bool            // one JSON value per line
	array bool            // the JSON values are elements of one array
	plain *section        // of plain text, the call that it was told by; nil otherwise
}

func newSample(name string, text []byte) *sample {
	return sampleUpTo(headSize, name, text)
}

// sampleUpTo makes a sample of at most limit bytes.
func sampleUpTo(limit int, name string, text []byte) *sample {
	s := &sample{name: name, text: text[:min(len(text), limit)], start: string(text[:min(len(text), 4<<10)])}
	var broken int
	s.json, broken = s.firstJSON()
	start := bytes.TrimLeft(s.text, " \t\r\n")
	s.array = s.json != nil && s.json.Type() == fastjson.TypeArray
	s.lines = !s.array && bytes.HasPrefix(start, []byte("{")) && (broken > 0 || s.byLine(start))
	return s
}

// others yields samples that start with the values after the first, which tell the
// format where the first is an error message or of another kind.
func (s *sample) others(yield func(*sample) bool) {
	values := s.lineValues
	if s.array {
		values = s.elements
	}
	for v := range values {
		if v = structured(v); v != nil && !yield(&sample{name: s.name, text: s.text, json: v, lines: s.lines}) {
			return
		}
	}
}

const tries = 20 // values of an input that its format is detected from

func (s *sample) elements(yield func(*fastjson.Value) bool) {
	all := s.json.GetArray()
	for _, v := range all[1:min(tries, len(all))] {
		if !yield(v) {
			return
		}
	}
}

func (s *sample) lineValues(yield func(*fastjson.Value) bool) {
	text := s.text
	for i := 0; s.lines && i < tries; i++ {
		_, text, _ = bytes.Cut(text, []byte{'\n'})
		line, _, _ := bytes.Cut(text, []byte{'\n'})
		if v, err := fastjson.ParseBytes(line); err == nil && !yield(v) {
			return
		}
	}
}

// byLine tells JSON Lines from one object: the first line ends where a value
// ends, or the name says so.
func (s *sample) byLine(start []byte) bool {
	if s.namedLines() {
		return true
	}
	line, rest, more := bytes.Cut(start, []byte{'\n'})
	if !more || len(bytes.TrimSpace(rest)) == 0 {
		return false
	}
	end, ok := valueEnd(line)
	return ok && len(bytes.TrimSpace(line[end:])) == 0
}

// namedLines reports whether the name says JSON Lines.
func (s *sample) namedLines() bool { return s.ext() == ".jsonl" || s.ext() == ".ndjson" }

func (s *sample) ext() string { return strings.ToLower(filepath.Ext(s.name)) }

// object is the JSON value, or the first element where it is an array.
func (s *sample) object() *fastjson.Value {
	if s.array {
		return s.json.Get("0")
	}
	return s.json
}

// firstJSON is the first value of the text that is an object or an array of
// objects, nil if there is none, and the number of broken lines before it.
func (s *sample) firstJSON() (v *fastjson.Value, broken int) {
	text := s.text
	for broken = range 20 {
		text = bytes.TrimLeft(text, " \t\r\n")
		if len(text) == 0 || text[0] != '{' && text[0] != '[' {
			break
		}
		line, rest, more := bytes.Cut(text, []byte{'\n'})
		if !more || !s.namedLines() {
			line = completeValue(text)
		}
		if v, err := fastjson.ParseBytes(line); err == nil {
			return structured(v), broken
		}
		text = rest
	}
	return nil, 0
}

// structured is v if it is an object, an array of objects or an array of such arrays: "[1]"
// starts a line of plain text.
func structured(v *fastjson.Value) *fastjson.Value {
	first := v
	for range 2 {
		if first != nil && first.Type() == fastjson.TypeArray {
			first = first.Get("0")
		}
	}
	if first == nil || first.Type() != fastjson.TypeObject {
		return nil
	}
	return v
}

// breaksOff says that text is the start of a JSON value.
func breaksOff(text []byte) call.Say {
	return call.Sayf("JSON 到 %q 就断了，不是完整的文件；请重新导出或下载", "the JSON breaks off after %q; export or download it again", lastRunes(text, 15))
}

// unknownFormat says what was seen of an input in no known format.
func unknownFormat(s *sample) call.Say {
	start := bytes.TrimSpace(s.text)
	switch {
	case s.json != nil:
		if what, ok := errorIn(unwrap(s.object())); ok {
			return what
		}
		if _, whole := valueEnd(start); !whole && len(s.text) < headSize {
			return breaksOff(start)
		}
		return call.Sayf("认不出这种 JSON，顶层字段有 %s；可读的格式见 zhijian formats（也可用 --in-format 指定）",
			"the JSON is of no known format, its keys are %s; zhijian formats lists those that are read (--in-format names one)", keys(s.object()))
	case start[0] == '[' && json.Valid(start):
		return call.Sayf("认不出这种 JSON，开头是 %q；可读的格式见 zhijian formats（也可用 --in-format 指定）",
			"the JSON is of no known format, it starts with %q; zhijian formats lists those that are read (--in-format names one)", excerpt(start))
	case start[0] == '{' || start[0] == '[' && strings.HasPrefix(s.ext(), ".json"):
		return call.Sayf("不是完整的 JSON：%s", "the JSON is broken: %s", syntaxError(start))
	case s.json == nil && hasTable(s.text):
		_, what := withoutText(s.text)
		return what
	case csvHeader(s.text):
		return call.Sayf("认不出这种表格，开头是 %q；可读的格式见 zhijian formats", "the table is of no known format, it starts with %q; zhijian formats lists those that are read", excerpt(start))
	}
	return call.Sayf("找不到说话人标记，开头是 %q；纯文本每行要像“客服：……”“客户：……”",
		"no speaker labels found, it starts with %q; lines of plain text look like “客服：…” and “客户：…”", excerpt(start))
}

// keys lists the keys of an object, the first ten.
func keys(v *fastjson.Value) string {
	var names []string
	v.GetObject().Visit(func(key []byte, _ *fastjson.Value) {
		if len(names) < 10 {
			names = append(names, excerpt(key))
		}
	})
	return strings.Join(names, ", ")
}

// csvHeader reports whether the first line of text looks like the header of a
// table: at least three short cells, no sentence.
func csvHeader(text []byte) bool {
	line, _, _ := bytes.Cut(bytes.TrimLeft(text, " \r\n"), []byte{'\n'})
	for _, comma := range []string{"\t", ",", ";"} {
		cells := strings.Split(string(bytes.TrimRight(line, "\r")), comma)
		if len(cells) >= 3 && !slices.ContainsFunc(cells, sentence) {
			return true
		}
	}
	return false
}

// sentence reports whether a cell of a table is more than the name of a column.
func sentence(cell string) bool {
	return cell == "" || len(cell) > 60 || strings.ContainsAny(cell, "：:，。？！?!")
}

// excerpt is the start of text for a message, at most 40 characters of one line.
func excerpt(text []byte) string {
	line, _, _ := bytes.Cut(bytes.TrimSpace(text[:min(len(text), 400)]), []byte{'\n'})
	runes := []rune(strings.ToValidUTF8(string(bytes.TrimRight(line, "\r")), "�"))
	if len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return string(runes)
}

// toldNothing is the contacts of a format that knows neither times nor who hung up.
func toldNothing([]byte) bool { return false }
