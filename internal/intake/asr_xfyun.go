package intake

import (
	"bytes"
	"strings"

	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// xfyunOrder is the answer of iFlytek's recognition, version 2, whose result is JSON in
// a string.
func xfyunOrder() document {
	return document{
		name:  "xfyun-v2",
		title: call.Sayf("讯飞 录音文件转写 v2", "iFlytek recording transcription, version 2"),
		shape: "content.orderResult",
		sides: xfyunSides(),
		claims: func(v *fastjson.Value) bool {
			content := peek(v, "content")
			return holds(content, "orderResult") || holds(content, "orderInfo") || holds(v, "orderResult")
		},
		read: func(d *doc, n node) {
			if content := n.get("content"); content.there() {
				n = content
			}
			if order := n.get("orderResult"); order.v != nil && scalar(order.v) != "" {
				if order.v = unquote(order.v); order.is(fastjson.TypeObject) {
					d.xfyun(order)
					return
				}
				order.wrong(call.Say{ZH: "JSON 文本", EN: "JSON in a string"})
				return
			}
			d.refuse(xfyunState(n).what())
		},
	}
}

// xfyunState is the job of an order without result.
func xfyunState(content node) job {
	j := jobOf(content.get("orderInfo"), "status", "failType", "desc")
	switch j.state {
	case "0":
		j.state = "status 0 created"
	case "3":
		j.state = "status 3 processing"
	case "4":
		j.state = "status 4 finished"
	default:
		j.state = "status " + j.state
	}
	j.code = "failType " + j.code
	return j
}

func xfyunSides() call.Say {
	return call.Sayf("角色编号，双声道时由 label.rl_track 换成 L、R：用 --agent-channel 指定，否则按话术推断",
		"role numbers, which label.rl_track makes L and R of stereo: --agent-channel, else by what is said")
}

// xfyunLattice is the result of an order alone, as people store it, and what the same
// recogniser writes on customers' own machines.
func xfyunLattice() document {
	return document{
		name:  "xfyun-lattice",
		title: call.Sayf("讯飞 转写结果 orderResult", "iFlytek transcription result, orderResult"),
		shape: "lattice[].json_1best",
		sides: xfyunSides(),
		claims: func(v *fastjson.Value) bool {
			return holds(peek(v, "lattice", "0"), "json_1best") || holds(peek(v, "lattice2", "0"), "json_1best")
		},
		read: func(d *doc, n node) { d.xfyun(n) },
	}
}

// xfyun adds the call of a result. Of its two lists the one that keeps fillers is taken,
// which not every customer gets.
func (d *doc) xfyun(n node) {
	t := d.call("")
	list := n.get("lattice2")
	if list.filled() {
		t.note("用 lattice2（保留语气词）", "lattice2 was used, which keeps fillers")
	} else {
		list = n.get("lattice")
		t.note("用 lattice（语气词已被顺滑）", "lattice was used, from which fillers are smoothed")
	}
	tracks := map[string]string{}
	for _, track := range n.at("label", "rl_track").list() {
		tracks[track.get("rl").str()] = track.get("track").str()
	}
	for _, item := range list.list() {
		t.xfyun(item, tracks)
	}
	t.clock("bg", millis)
}

// xfyun adds one sentence.
func (t *talk) xfyun(item node, tracks map[string]string) {
	best := item.get("json_1best")
	st := best.get("st")
	p := piece{}
	p.Start, p.End = st.get("bg").moment(millis), st.get("ed").moment(millis)
	if p.Start.IsZero() {
		p.Start, p.End = item.get("begin").moment(millis), item.get("end").moment(millis)
	}
	p.Speaker = st.get("rl").str()
	if p.Speaker == "" || p.Speaker == "0" { // speakers are not told apart, or elsewhere
		p.Speaker = strings.TrimPrefix(item.get("spk|speaker").str(), "段落-")
	}
	p.channel = tracks[p.Speaker]
	var text spelling
	for _, rt := range st.get("rt").list() {
		rt.xfyunWords(&text)
	}
	p.Text = text.take()
	if inner := unquote(best.v); best.there() && (inner.Type() == fastjson.TypeString || inner.Type() == fastjson.TypeNumber) {
		best.wrong(call.Say{ZH: "JSON 文本", EN: "JSON in a string"})
		return
	}
	t.say(p)
}

// xfyunWords adds the words of n to text: of each the best guess. A guess of kind g marks
// the end of a segment and says nothing.
func (n node) xfyunWords(text *spelling) {
	for _, ws := range n.get("ws").list() {
		if guesses := ws.get("cw").list(); len(guesses) > 0 && guesses[0].get("wp").str() != "g" {
			text.add(guesses[0].get("w").str())
		}
	}
}

// xfyunOld is the answer of version 1, whose data is JSON in a string.
func xfyunOld() document {
	return document{
		name:  "xfyun-v1",
		title: call.Sayf("讯飞 录音文件转写 v1（raasr）", "iFlytek recording transcription, version 1 (raasr)"),
		shape: `data: "[{\"bg\":…,\"onebest\":…}]"`,
		sides: channelsOnly(),
		claims: func(v *fastjson.Value) bool {
			data := v.Get("data")
			return bytes.Contains(data.GetStringBytes(), []byte("onebest")) || holds(peek(data, "0"), "onebest") || v.Exists("err_no") && v.Exists("ok")
		},
		read: func(d *doc, n node) {
			if data := n.get("data"); data.filled() {
				d.call("").onebest(data)
				return
			}
			j := jobOf(n, "status", "err_no", "failed")
			if progress := n.get("data"); unquote(progress.v).GetObject() != nil {
				j.state, j.message = "processing", progress.get("desc").str()
			} else if succeeded(j.code) {
				j.state = "success"
			}
			d.refuse(j.what())
		},
	}
}

// xfyunList is the list of sentences that version 1 has in its data.
func xfyunList() document {
	return document{
		name:   "xfyun-onebest",
		title:  call.Sayf("讯飞 转写句子列表（onebest）", "iFlytek transcription, list of sentences (onebest)"),
		shape:  "[].onebest + bg + ed",
		sides:  channelsOnly(),
		claims: func(*fastjson.Value) bool { return false }, // only such lists: see rows
		rows:   func(v *fastjson.Value) bool { return holds(v, "onebest") && (holds(v, "bg") || holds(v, "begin")) },
		read:   func(d *doc, n node) { d.call("").onebest(n) },
	}
}

// onebest adds the sentences of a list, as iFlytek's older recogniser writes them, also in
// the products of others.
func (t *talk) onebest(list node) {
	t.sentences(list, columns{text: "onebest", speaker: "speaker|spk|rl", start: "bg|begin", end: "ed|end", unit: millis})
}
