package intake

import (
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// vCon is the container for conversations of the IETF. What was said stands in dialogs of the type text, or in an
// analysis of the type transcript, whose body may be in any format. The richer one is read.
func vCon() document {
	return document{
		name:  "vcon",
		title: call.Sayf("IETF vCon 会话容器", "IETF vCon"),
		shape: "vcon + parties + dialog / analysis",
		sides: call.Sayf("由 parties[].role 写明", "stated by parties[].role"),
		claims: func(v *fastjson.Value) bool {
			return has(v, "vcon") && (has(v, "parties") || has(v, "dialog") || has(v, "uuid")) || has(v, "payload") && has(v, "signatures|signature") || has(v, "ciphertext") && has(v, "recipients|protected")
		},
		read: readVCon,
	}
}

func readVCon(d *doc, n node) {
	switch {
	case n.get("ciphertext").there():
		d.refuse(call.Sayf("这个 vCon 是加密的（JWE）；请先解密再检查", "this vCon is encrypted (JWE); decrypt it first"))
		return
	case n.get("payload").there():
		d.refuse(call.Sayf("这个 vCon 是签名的（JWS）；请先验签，再检查取出的 payload", "this vCon is signed (JWS); verify it and check the payload"))
		return
	}
	r := vconReader{node: n, parties: n.get("parties").list(), dialogs: n.get("dialog").list()}
	said, analysed := r.dialogue(d), r.transcript(d)
	best := said
	if analysed != nil && analysed.size() > said.size() {
		best = analysed
		best.note("文字取自 analysis[].body", "the words are from analysis[].body")
	} else {
		best.note("文字取自 dialog[].body", "the words are from dialog[].body")
	}
	if best.size() == 0 {
		d.refuse(r.silence())
		return
	}
	r.about(best)
	d.talks = append(d.talks, best)
}

// vconReader reads one vCon.
type vconReader struct {
	node
	parties, dialogs []node
}

// size is how many bytes are said.
func (t *talk) size() int {
	n := 0
	for i := range t.pieces {
		n += len(t.pieces[i].Text)
	}
	return n
}

// loose is a talk that is not yet among those of d.
func (d *doc) loose() *talk {
	t := d.call("")
	d.talks = d.talks[:len(d.talks)-1]
	return t
}

// dialogue reads the dialogs of the type text.
func (r *vconReader) dialogue(d *doc) *talk {
	t := d.loose()
	t.typed = true
	for _, n := range r.dialogs {
		if !strings.EqualFold(n.get("type").str(), "text") {
			continue
		}
		p := piece{}
		if body := n.get("body"); body.there() && !body.is(fastjson.TypeString) {
			body.wrong(call.Say{ZH: "字符串", EN: "a string"})
			continue
		}
		p.Text = n.body()
		r.speaker(&p, r.party(n))
		p.Start = n.get("start").moment(seconds)
		p.End = after(p.Start, n.get("duration").moment(seconds))
		t.say(p)
	}
	return t
}

// party is the index of the party that speaks a dialog, -1 if that is not told.
func (r *vconReader) party(n node) int {
	speaker := n.get("originator")
	if parties := n.get("parties"); !speaker.there() && parties.there() {
		for speaker = parties; speaker.v.Type() == fastjson.TypeArray && speaker.get("0").there(); {
			speaker = speaker.get("0")
		}
	}
	if i, ok := speaker.num(); ok && i >= 0 && int(i) < len(r.parties) {
		return int(i)
	}
	return -1
}

// speaker sets who says p: the i-th party.
func (r *vconReader) speaker(p *piece, i int) {
	if i < 0 || i >= len(r.parties) {
		return
	}
	who := r.parties[i]
	p.Role, _ = sideOf(who.get("role").str())
	if p.Speaker = who.get("name").str(); p.Speaker == "" {
		p.Speaker = strconv.Itoa(i)
	}
}

// body is the content of a dialog or an analysis as text.
func (n node) body() string {
	body := n.get("body")
	if !body.there() {
		return ""
	}
	if body.v.Type() != fastjson.TypeString {
		return string(body.v.MarshalTo(nil))
	}
	s := body.str()
	switch n.get("encoding").fold() {
	case "base64url":
		decoded, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(s, "="))
		if err != nil {
			body.wrong(call.Say{ZH: "base64url", EN: "base64url"})
			return ""
		}
		return strings.ToValidUTF8(string(decoded), string(replacement()))
	case "json":
		if v, err := fastjson.Parse(s); err == nil && v.Type() == fastjson.TypeString {
			return string(v.GetStringBytes())
		}
	}
	return s
}

// transcript reads the analyses of the type transcript, each in the format that it is
// detected to be in, nil if there is none.
func (r *vconReader) transcript(d *doc) *talk {
	var t *talk
	for _, n := range r.get("analysis").list() {
		if !strings.EqualFold(n.get("type").str(), "transcript") {
			continue
		}
		said := d.inner(n.body())
		mixed := mixedDown(said)
		for _, p := range said {
			if t == nil {
				t = d.loose()
			}
			if mixed {
				p.channel = ""
			}
			r.known(&p, n)
			t.say(p)
		}
	}
	return t
}

// mixedDown reports whether several speakers are on the only channel, which then is no party's.
func mixedDown(said []piece) bool {
	speakers := false
	for i := range said {
		if said[i].channel != said[0].channel {
			return false
		}
		speakers = speakers || said[i].Speaker != said[0].Speaker
	}
	return speakers
}

// known gives a piece of an analysis the role of its party, which is told by the name of the speaker
// or by the channel. A speaker's number is no party's: it was found by listening.
func (r *vconReader) known(p *piece, analysis node) {
	if p.Role != call.Unknown {
		return
	}
	for i, who := range r.parties {
		if p.Speaker != "" && p.Speaker == who.get("name|tel|mailto").str() {
			r.speaker(p, i)
			return
		}
	}
	if i, err := strconv.Atoi(p.channel); err == nil {
		r.speaker(p, r.channel(analysis, i))
	}
}

// channel is the party on the i-th channel of the recording that an analysis is about.
func (r *vconReader) channel(n node, i int) int {
	at, ok := n.get("dialog").num()
	if !ok {
		at, _ = n.at("dialog", "0").num()
	}
	if int(at) < len(r.dialogs) && at >= 0 {
		if party, ok := r.dialogs[int(at)].at("parties", strconv.Itoa(i)).num(); ok {
			return int(party)
		}
	}
	return -1
}

// inner is what is said in a text that is a transcript itself, in whichever format.
func (d *doc) inner(text string) []piece {
	s := newSample("", []byte(text))
	for _, kind := range documents() {
		if kind.name != "vcon" && s.json != nil && kind.fits(unwrap(kind.first(s))) {
			return d.innerJSON(kind, text)
		}
	}
	var said []piece
	for _, f := range formats() {
		if s.json != nil && !f.json || len(s.text) == 0 || f.name == "vcon" || !f.sniff(s) {
			continue
		}
		c := &Chunk{format: &f, opt: d.c.opt, source: d.c.source, name: d.c.name, data: []byte(text), line: d.rec.line, first: true, lines: s.lines, array: s.array, sniffed: s.plain}
		f.parse(c, func(it Item) bool {
			if it.Call == nil {
				d.problems = append(d.problems, it)
				return true
			}
			for _, turn := range it.Call.Turns {
				said = append(said, piece{Turn: turn})
			}
			return true
		})
		break
	}
	return said
}

// innerJSON is what is said in a document of a kind.
func (d *doc) innerJSON(kind document, text string) []piece {
	v, err := fastjson.Parse(text)
	if err != nil {
		d.add("analysis 的 body 是 JSON，但有误：%v", "the body of an analysis is JSON, but broken: %v", err)
		return nil
	}
	r := &doc{object: d.object, kind: kind}
	kind.read(r, node{d: r, v: unwrap(v)})
	var said []piece
	for _, t := range r.talks {
		said = append(said, t.pieces...)
		d.problems = append(d.problems, t.problems...)
	}
	return said
}

// silence says why a vCon holds no words.
func (r *vconReader) silence() call.Say {
	for _, n := range r.dialogs {
		switch n.get("type").fold() {
		case "incomplete":
			return call.Sayf("通话没有接通（%s）", "the call was not completed (%s)", n.get("disposition").str())
		case "recording":
			return call.Sayf("这个 vCon 只有录音，没有可读的转写；请先转写", "this vCon has a recording but no transcript that can be read; transcribe it first")
		}
	}
	return call.Sayf("这个 vCon 里没有文字", "this vCon holds no words")
}

// about takes from the vCon what it tells of the call.
func (r *vconReader) about(t *talk) {
	t.ID = r.get("uuid").str()
	for _, p := range r.parties {
		person := call.Person{ID: p.get("id|sip|mailto").str(), Name: p.get("name").str()}
		switch role, _ := sideOf(p.get("role").str()); {
		case role == call.Agent && t.Agent == (call.Person{}):
			t.Agent = person
		case role == call.Customer && t.Customer == (call.Person{}):
			t.Customer = person
		}
	}
	for _, n := range r.dialogs {
		if !strings.EqualFold(n.get("type").str(), "recording") {
			continue
		}
		if start := n.get("start").str(); t.StartedAt == "" {
			t.StartedAt, _ = rfc3339(start)
		}
		r.ends(t, n)
		break
	}
	t.clock("dialog[].start", seconds)
}

// ends takes direction and hang-up from the recording: who called, who dropped first.
func (r *vconReader) ends(t *talk, n node) {
	switch r.role(n.get("originator")) {
	case call.Customer:
		t.Direction = call.Inbound
	case call.Agent:
		t.Direction = call.Outbound
	}
	for _, e := range n.get("party_history").list() {
		if t.Hangup != "" || e.get("event").fold() != "drop" {
			continue
		}
		switch r.role(e.get("party")) {
		case call.Customer:
			t.Hangup = call.ByCustomer
		case call.Agent:
			t.Hangup = call.ByAgent
		}
	}
}

// role is the role of a party, given by its index.
func (r *vconReader) role(index node) call.Role {
	i, ok := index.num()
	if !ok || i < 0 || int(i) >= len(r.parties) {
		return call.Unknown
	}
	role, _ := sideOf(r.parties[int(i)].get("role").str())
	return role
}
