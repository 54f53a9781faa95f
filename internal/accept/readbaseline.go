package accept

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/strict"
)

// ReadBaseline reads a baseline as Write wrote it. All that is wrong with it
// comes back at once as [strict.Errors].
func ReadBaseline(name string, data []byte) (*Baseline, error) {
	r := &baselineReader{file: strict.NewFile(name, data), data: data, json: json.NewDecoder(bytes.NewReader(data))}
	r.json.DisallowUnknownFields()
	err := r.object()
	var another *strict.Error
	if errors.As(err, &another) {
		return nil, strict.Errors{another}
	}
	if err != nil {
		r.fault(call.Sayf("不是完整的基线（%v）；请用 zhijian baseline 重新生成", "not a whole baseline (%v); write it again with zhijian baseline", err))
	}
	if len(r.errors) > 0 {
		return nil, r.errors
	}
	r.baseline.name = name
	return &r.baseline, nil
}

// baselineReader reads piece by piece, because encoding/json tells the place of
// broken syntax only.
type baselineReader struct {
	file     *strict.File
	data     []byte
	json     *json.Decoder
	baseline Baseline
	version  int
	errors   strict.Errors
	next     int // the byte where what is being read starts
}

// place is the byte where the next value starts.
func (r *baselineReader) place() int {
	at := int(r.json.InputOffset())
	return at + len(r.data[at:]) - len(bytes.TrimLeft(r.data[at:], " \t\r\n,:"))
}

// fault notes what is wrong with the value being read.
func (r *baselineReader) fault(what call.Say) { r.errors = append(r.errors, r.error(what)) }

// error is a fault of the value being read.
func (r *baselineReader) error(what call.Say) *strict.Error {
	before := r.data[:r.next]
	line := before[bytes.LastIndexByte(before, '\n')+1:]
	return r.file.Error(bytes.Count(before, []byte("\n"))+1, utf8.RuneCount(line)+1, what)
}

// object reads the whole file. Its error is that nothing more can be read: a
// strict.Error where the file is of another version, which may look otherwise.
func (r *baselineReader) object() error {
	if err := r.delim('{'); err != nil {
		return err
	}
	for r.json.More() {
		r.next = r.place()
		key, err := r.json.Token()
		if err != nil {
			return err
		}
		if err = r.member(key.(string)); err != nil { // inside an object only a key can come here
			return err
		}
	}
	if err := r.delim('}'); err != nil {
		return err
	}
	if r.next = r.place(); r.next < len(r.data) {
		return errors.New("more after the end")
	}
	r.next = 0
	return r.known()
}

// known refuses the versions of the format that this program does not know.
func (r *baselineReader) known() error {
	if r.version == baselineVersion {
		return nil
	}
	return r.error(call.Sayf("基线的 version 应是 %d，这里是 %d；请用同一版本的 zhijian baseline 重新生成", "the version of a baseline should be %d, here it is %d; write it again with the zhijian that reads it", baselineVersion, r.version))
}

// member reads the value of a key.
func (r *baselineReader) member(key string) error {
	switch key {
	case "version":
		if err := r.json.Decode(&r.version); err != nil {
			return err
		}
		return r.known()
	case "findings":
		return r.entries()
	}
	r.fault(strict.Unknown(call.Say{ZH: "字段", EN: "key"}, key, []string{"version", "findings"}))
	return r.json.Decode(new(json.RawMessage))
}

func (r *baselineReader) entries() error {
	if err := r.delim('['); err != nil {
		return err
	}
	for r.json.More() {
		r.next = r.place()
		var e entry
		if err := r.json.Decode(&e); isSyntax(err) {
			return err
		} else if err != nil {
			r.fault(entryFault(err))
			continue
		}
		r.entry(&e)
	}
	return r.delim(']')
}

// isSyntax reports whether nothing can be read after an error.
func isSyntax(err error) bool {
	var syntax *json.SyntaxError
	return errors.As(err, &syntax) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
}

// entryFault says what is wrong with an entry that is proper JSON.
func entryFault(err error) call.Say {
	if name, ok := strings.CutPrefix(err.Error(), `json: unknown field "`); ok {
		return strict.Unknown(call.Say{ZH: "字段", EN: "key"}, strings.TrimSuffix(name, `"`), []string{"rule", "call", "script", "fingerprint", "count"})
	}
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return call.Sayf("%s 的值不能是 %s", "%s cannot be a %s", kind.Field, kind.Value)
	}
	return call.Sayf("这一条不对：%v", "this entry is wrong: %v", err)
}

// entry takes an entry in, unless it cannot be one of ours.
func (r *baselineReader) entry(e *entry) {
	switch {
	case !validFingerprint.MatchString(e.Fingerprint):
		r.fault(call.Sayf("fingerprint %q 不对，应是 16 位小写十六进制", "fingerprint %q should be 16 hex digits in lower case", e.Fingerprint))
	case e.Rule == "":
		r.fault(call.Sayf("没有写 rule", "there is no rule"))
	case e.Count < 1:
		r.fault(call.Sayf("count 应不小于 1，这里是 %d", "count should be at least 1, here it is %d", e.Count))
	case r.baseline.entries[e.Fingerprint] != nil:
		r.fault(call.Sayf("fingerprint %s 写了两次，多半是合并的结果；请用 zhijian baseline 重新生成", "fingerprint %s is there twice, likely from a merge; write the baseline again with zhijian baseline", e.Fingerprint))
	default:
		r.baseline.put(e)
	}
}

func (r *baselineReader) delim(want json.Delim) error {
	r.next = r.place()
	token, err := r.json.Token()
	if err == nil && token != want {
		err = errors.New("expected " + want.String())
	}
	return err
}
