package rule

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	must "github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/strict"
)

// overlaid loads a pack with settings as a configuration writes them.
func overlaid(t *testing.T, pack, settings string) (*Pack, error) {
	fsys := fstest.MapFS{"pack.yaml": {Data: []byte(pack)}}
	lib := Library(func(name string) (fs.FS, string, error) { return fsys, name, nil })
	var overlay Overlay
	var spec struct {
		Settings strict.Pairs[strict.Items] `yaml:"settings"`
	}
	var errs strict.Errors
	overlay.File = strict.NewFile("config", []byte(settings))
	errs = overlay.File.Decode(&spec, call.Say{})
	must.Empty(t, errs)
	overlay.Settings = spec.Settings
	return lib.LoadWith("pack.yaml", &overlay)
}

const overlayPack = "settings: {hotline: [一二三], channel: phone}\ncues: {in-chat: {any: [在的], setting: {channel: chat}}}\nrules:\n" +
	"  - {id: a/hotline, title: 名称, severity: error, why: 原因, advice: 建议, forbid: {any: ['打{hotline}', <in-chat>]}}\n"

// A configuration sets words of phrases and what leaves cues out.
func TestOverlay(t *testing.T) {
	p, err := overlaid(t, overlayPack, "settings: {hotline: [四五六, 七八九], elsewhere: x}\n")
	must.NoError(t, err)
	assert.Equal(t, map[string][]string{"hotline": {"四五六", "七八九"}, "channel": {"phone"}}, p.Settings())
	assert.Equal(t, []string{"0 打七八九"}, found(p, talk("您打七八九", "您打一二三", "在的")))
	p, err = overlaid(t, overlayPack, "settings: {channel: chat}\n")
	must.NoError(t, err)
	assert.Equal(t, []string{"0 打一二三", "1 在的"}, found(p, talk("您打一二三", "在的")))
}

// A value that no phrase can hold is told where the configuration writes it.
func TestOverlayFaults(t *testing.T) {
	for settings, want := range map[string]string{
		"settings:\n  hotline: [四, '(五']\n":  "config:2:16: phrase \"(五\" is not a regular expression: error parsing regexp: missing closing ): `(?:五`\n     2 |   hotline: [四, '(五']",
		"settings: {hotline: '{hotline}'}\n": "config:1:21: word list \"hotline\" refers to itself\n     1 | settings: {hotline: '{hotline}'}",
		"settings: {channel: Chat}\n":        "config:1:21: phrase \"Chat\" has capital letters; texts are folded to lower case, so write lower case\n     1 | settings: {channel: Chat}",
	} {
		_, err := overlaid(t, overlayPack, settings)
		var errs strict.Errors
		must.ErrorAs(t, err, &errs, settings)
		must.Len(t, errs, 1)
		assert.Contains(t, errs.In(call.EN), want)
	}
}

func TestWithSeverity(t *testing.T) {
	p := oneRule(t, "forbid: {any: [没办法]}")
	milder := p.Rules[0].WithSeverity(Info)
	assert.Equal(t, Error, p.Rules[0].Severity)
	f := p.Check(talk("没办法"), []*Rule{milder}).Findings
	must.Len(t, f, 1)
	assert.Equal(t, Info, f[0].Rule.Severity)
}
