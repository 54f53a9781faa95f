package corpus

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// sentence is a sentence cut into its fixed words and the slots between them: one
// slot fewer than words.
type sentence struct {
	words []string
	slots []slot
}

// slot appends what fills it to b.
type slot func(m *Maker, b []byte) []byte

// slotNamed is the slot of a name, nil if there is none.
func slotNamed(name string) slot {
	switch name {
	case "number":
		return func(m *Maker, b []byte) []byte { return m.digits(b, 1+m.rng.IntN(4)) }
	case "amount":
		return (*Maker).amount
	case "date":
		return (*Maker).date
	case "time":
		return (*Maker).clock
	}
	of := partyField(name)
	if of == nil {
		return nil
	}
	return func(m *Maker, b []byte) []byte { return append(b, *of(&m.who)...) }
}

// party is who speaks of what in a call: chosen once, so that the call keeps to its matter.
type party struct {
	company, product, place, surname, name, staff, order, phone string
}

// partyField is the field of a party that a slot names, nil if there is none.
func partyField(name string) func(*party) *string {
	switch name {
	case "company":
		return func(p *party) *string { return &p.company }
	case "product":
		return func(p *party) *string { return &p.product }
	case "place":
		return func(p *party) *string { return &p.place }
	case "surname":
		return func(p *party) *string { return &p.surname }
	case "name":
		return func(p *party) *string { return &p.name }
	case "staff":
		return func(p *party) *string { return &p.staff }
	case "order":
		return func(p *party) *string { return &p.order }
	case "phone":
		return func(p *party) *string { return &p.phone }
	}
	return nil
}

func (m *Maker) newParty() party {
	return party{
		company: m.word("brands") + m.word("trades"),
		product: m.word("makes") + m.word("things"),
		place:   m.word("towns") + m.word("roads"),
		surname: m.word("surnames"),
		name:    m.word("names") + m.word("names"),
		staff:   strconv.Itoa(1000 + m.rng.IntN(300)),
		order:   string(m.digits(nil, 6+m.rng.IntN(7))),
		phone:   "1" + strconv.Itoa(30+m.rng.IntN(70)) + strconv.Itoa(10000000+m.rng.IntN(90000000)),
	}
}

// word is one of a list of talk.txt.
func (m *Maker) word(list string) string { return pick(m.rng, m.talk.words[list]) }

// talk is talk.txt: sentences by the part of a call, and words by their list.
type talk struct {
	said  map[string][]sentence
	words map[string][]string
}

// parseTalk reads talk.txt, which is part of the program: a fault in it is a bug.
func parseTalk(file string) talk {
	t, part := talk{map[string][]sentence{}, map[string][]string{}}, ""
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(line)
		list, words := strings.CutPrefix(part, "=")
		switch {
		case line == "" || strings.HasPrefix(line, "# "):
		case strings.HasPrefix(line, "["):
			part = strings.Trim(line, "[]")
		case words:
			t.words[list] = append(t.words[list], strings.Fields(line)...)
		default:
			t.said[part] = append(t.said[part], parseSentence(line))
		}
	}
	return t
}

func parseSentence(line string) sentence {
	var s sentence
	for {
		words, rest, more := strings.Cut(line, "{")
		s.words = append(s.words, words)
		if !more {
			return s
		}
		name, after, _ := strings.Cut(rest, "}")
		fill := slotNamed(name)
		if fill == nil {
			panic(fmt.Sprintf("talk.txt: there is no slot {%s}", name))
		}
		s.slots = append(s.slots, fill)
		line = after
	}
}

// fill appends the sentence with its slots filled.
func (m *Maker) fill(b []byte, s sentence) []byte {
	b = append(b, s.words[0]...)
	for i, fill := range s.slots {
		b = append(fill(m, b), s.words[i+1]...)
	}
	return b
}

// digits appends n digits, one time in four as they are spoken.
func (m *Maker) digits(b []byte, n int) []byte {
	const spoken = "零一二三四五六七八九" // of three bytes each
	aloud := m.chance(25)
	for range n {
		d := m.rng.IntN(10)
		if aloud {
			b = append(b, spoken[3*d:3*d+3]...)
		} else {
			b = append(b, byte('0'+d))
		}
	}
	return b
}

func (m *Maker) amount(b []byte) []byte {
	b = strconv.AppendInt(b, int64(5+m.rng.IntN(3000)), 10)
	if m.chance(40) {
		b = append(b, '.')
		b = strconv.AppendInt(b, int64(10+m.rng.IntN(90)), 10)
	}
	return b
}

func (m *Maker) date(b []byte) []byte {
	if m.chance(30) {
		return append(b, pick(m.rng, []string{"昨天", "前天", "明天", "上周五", "月底", "后天"})...)
	}
	b = strconv.AppendInt(b, int64(1+m.rng.IntN(12)), 10)
	b = append(b, "月"...)
	b = strconv.AppendInt(b, int64(1+m.rng.IntN(28)), 10)
	return append(b, pick(m.rng, []string{"号", "日"})...)
}

func (m *Maker) clock(b []byte) []byte {
	b = append(b, pick(m.rng, []string{"早上", "上午", "下午", "晚上"})...)
	b = strconv.AppendInt(b, int64(1+m.rng.IntN(11)), 10)
	return append(b, pick(m.rng, []string{"点", "点半", "点一刻"})...)
}

// pick chooses one of a list.
func pick[T any](rng *rand.Rand, list []T) T { return list[rng.IntN(len(list))] }
