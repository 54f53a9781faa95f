package corpus

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
)

// WriteLines writes calls as canonical JSON Lines until they are so many bytes,
// the last call being whole.
func (m *Maker) WriteLines(w io.Writer, size int64) error {
	b := bufio.NewWriterSize(w, 1<<18)
	var line []byte
	for written := int64(0); written < size; written += int64(len(line)) {
		m.next(0)
		line = m.appendCall(line[:0], m.chance(25))
		if _, err := b.Write(line); err != nil {
			return err
		}
	}
	return b.Flush()
}

// WriteCall writes one call of so many turns, at least 10, as a canonical line.
func (m *Maker) WriteCall(w io.Writer, turns int) error {
	m.next(turns)
	_, err := w.Write(m.appendCall(nil, false))
	return err
}

// WriteLongCall writes one call that takes at least so many bytes, as a canonical line.
func (m *Maker) WriteLongCall(w io.Writer, size int64) error {
	m.begin()
	m.opening()
	for int64(len(m.text)+perTurn*len(m.turns)) < size {
		m.exchange()
	}
	m.ending()
	_, err := w.Write(m.appendCall(nil, false))
	return err
}

// perTurn is what a turn of an agent takes in a line besides its text.
const perTurn = len(`{"role":"agent","text":""},`)

// WriteLongTurn writes one call in which the agent speaks so many bytes without a
// break, as a canonical line.
func (m *Maker) WriteLongTurn(w io.Writer, size int) error {
	m.begin()
	m.opening()
	for start := len(m.text); len(m.text)-start < size; {
		m.sentence("answer")
	}
	m.endTurn(true)
	m.ending()
	_, err := w.Write(m.appendCall(nil, false))
	return err
}

// WriteFolder writes so many calls into a folder, a plain text file each.
func (m *Maker) WriteFolder(folder string, calls int) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	var text []byte
	for i := range calls {
		m.next(0)
		text = m.appendPlain(text[:0])
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%06d.txt", i)), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// appendCall appends the call in hand as a canonical line, with times or without.
func (m *Maker) appendCall(b []byte, timed bool) []byte {
	b = fmt.Appendf(b, `{"id":"B%08d","direction":"inbound","agent":{"id":"%s"},"hangup":"agent",`, m.made, m.who.staff)
	if timed {
		b = fmt.Appendf(b, `"started_at":"2026-%02d-%02dT%02d:%02d:00+08:00",`, 1+m.made/28%12, 1+m.made%28, 8+m.made%12, m.made%60)
	}
	b = append(b, `"turns":[`...)
	from, now := 0, 400
	for i, t := range m.turns {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, `{"role":"`...)
		b = append(b, either(t.agent, "agent", "customer")...)
		b = append(b, `","text":"`...)
		b = append(appendEscaped(b, m.text[from:t.end]), '"')
		if timed {
			b, now = m.appendTimes(b, now, t.end-from)
		}
		b = append(b, '}')
		from = t.end
	}
	return append(b, "]}\n"...)
}

// appendTimes appends when a turn of so many bytes starts and ends, and returns when
// the next may start.
func (m *Maker) appendTimes(b []byte, now, size int) ([]byte, int) {
	b = append(b, `,"start_ms":`...)
	b = strconv.AppendInt(b, int64(now), 10)
	now += 300 + 70*size // about four characters a second
	b = append(b, `,"end_ms":`...)
	b = strconv.AppendInt(b, int64(now), 10)
	return b, now + 100 + m.rng.IntN(900)
}

// either is the first word where the agent speaks, else the second.
func either(agent bool, first, second string) string {
	if agent {
		return first
	}
	return second
}

// appendPlain appends the call in hand as plain text.
func (m *Maker) appendPlain(b []byte) []byte {
	b = fmt.Appendf(b, "# 通话ID: P%08d\n# 坐席工号: %s  方向: 呼入  挂机方: 坐席\n", m.made, m.who.staff)
	from := 0
	for _, t := range m.turns {
		b = append(b, either(t.agent, "客服：", "客户：")...)
		b = append(b, bytes.ReplaceAll(m.text[from:t.end], []byte{'\n'}, []byte{' '})...)
		b = append(b, '\n')
		from = t.end
	}
	return b
}

// appendEscaped appends text as it stands in a JSON string; a control character
// becomes a space.
func appendEscaped(b, text []byte) []byte {
	from := 0
	for i, c := range text {
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		b = append(b, text[from:i]...)
		if c < ' ' {
			b = append(b, ' ')
		} else {
			b = append(b, '\\', c)
		}
		from = i + 1
	}
	return append(b, text[from:]...)
}

// WriteText writes what is said in calls, a turn a line, until it is so many bytes.
func (m *Maker) WriteText(w io.Writer, size int64) error {
	b := bufio.NewWriterSize(w, 1<<18)
	for written := int64(0); written < size; written += int64(len(m.text) + len(m.turns)) {
		m.next(0)
		from := 0
		for _, t := range m.turns {
			b.Write(m.text[from:t.end])
			b.WriteByte('\n')
			from = t.end
		}
	}
	return b.Flush()
}
