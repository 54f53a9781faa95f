package intake

import (
	"strconv"
	"strings"

	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// sereTOD is the JSON of the SereTOD (MobileCS) corpus of operator calls: each item of
// content is what both sides say next. Who speaks first in an item is whose key is first:
// the corpus has files of both orders.
func sereTOD() format {
	return format{
		name:  "seretod",
		title: call.Sayf("SereTOD / MobileCS 通话语料", "SereTOD / MobileCS corpus of operator calls"),
		shape: `[{"id":"…","content":[{"用户":"…","客服":"…"}]}]`,
		sides: call.Sayf("键名：客服、用户", "by the keys: 客服 agent, 用户 customer"),
		json:  true,
		sniff: func(s *sample) bool {
			if s.json == nil {
				return false
			}
			pair := s.object().Get("content", "0")
			return pair.Exists("用户") || pair.Exists("客服") || pair.Exists("用户1") || pair.Exists("客服1")
		},
		cut:      cutJSON,
		parse:    parseSereTOD,
		contacts: toldNothing,
	}
}

func parseSereTOD(c *Chunk, yield func(Item) bool) { c.objects((*object).corpusCall, yield) }

func (o *object) corpusCall(p *fastjson.Parser) *call.Call {
	k := &call.Call{Line: o.rec.line}
	o.fields(p, func(key []byte, v *fastjson.Value) {
		switch string(key) {
		case "id":
			k.ID = o.name(key, v)
		case "content":
			for i, pair := range o.elements(key, v) {
				o.visit([]byte("content["+strconv.Itoa(i)+"]"), pair, func(key []byte, v *fastjson.Value) { o.utterance(k, key, v) })
			}
		}
	})
	return k
}

// utterance adds what one side of a pair says; the other fields of a pair are annotations.
func (o *object) utterance(k *call.Call, key []byte, v *fastjson.Value) {
	name := strings.TrimSuffix(strings.TrimRight(string(key), "0123456789"), "-生成") // made by a model, but the agent's
	role, known := roleOf(name)
	if !known || name != "用户" && name != "客服" {
		return
	}
	if text, ok := o.text(key, v); ok && strings.TrimSpace(text) != "" {
		k.Turns = append(k.Turns, call.Turn{Role: role, Text: text, Line: o.rec.line})
	}
}
