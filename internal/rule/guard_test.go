package rule

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// Each scope looks where it says, as unless and as with.
func TestGuards(t *testing.T) {
	for scope, cases := range map[string]map[bool][][]string{
		"over": {
			true:  {{"没办法抱歉"}},
			false: {{"没办法，抱歉"}, {"抱歉，没办法"}},
		},
		"before": {
			true:  {{"抱歉没办法"}},
			false: {{"抱歉，没办法"}, {"没办法抱歉"}, {"抱歉", "没办法"}},
		},
		"after": {
			true:  {{"没办法抱歉"}},
			false: {{"抱歉没办法"}, {"没办法，抱歉"}},
		},
		"clause": {
			true:  {{"没办法抱歉"}, {"抱歉没办法"}, {"好的，抱歉没办法"}},
			false: {{"抱歉，没办法"}, {"没办法。抱歉"}},
		},
		"sentence": {
			true:  {{"抱歉，没办法"}, {"没办法，真的，抱歉"}, {"没办法抱歉"}},
			false: {{"抱歉。没办法"}, {"没办法！抱歉"}, {"抱歉", "没办法"}},
		},
		"earlier": {
			true:  {{"抱歉。没办法"}, {"抱歉没办法"}},
			false: {{"没办法。抱歉"}, {"抱歉", "没办法"}},
		},
		"later": {
			true:  {{"没办法。抱歉"}, {"没办法抱歉"}},
			false: {{"抱歉。没办法"}, {"没办法", "抱歉"}},
		},
		"turn": {
			true:  {{"没办法。抱歉"}, {"抱歉。好的。没办法"}},
			false: {{"抱歉", "没办法"}, {"没办法", "抱歉"}},
		},
		"heard": {
			true:  {{"抱歉", "没办法"}, {"客：抱歉", "好的", "客：嗯", "没办法"}},
			false: {{"抱歉没办法"}, {"没办法", "抱歉"}},
		},
		"previous": {
			true:  {{"抱歉", "没办法"}, {"客：抱歉", "没办法"}},
			false: {{"抱歉", "客：嗯", "没办法"}, {"抱歉没办法"}},
		},
	} {
		guard := "抱歉"
		if scope == "over" {
			guard = "没办法抱歉"
		}
		unless := oneRule(t, "forbid: {any: [没办法], unless: {"+scope+": ["+guard+"]}}")
		with := oneRule(t, "forbid: {any: [没办法], with: {"+scope+": ["+guard+"]}}")
		for holds, calls := range cases {
			for _, turns := range calls {
				assert.Equal(t, holds, len(found(unless, talk(turns...))) == 0, "unless %s %q", scope, turns)
				assert.Equal(t, holds, len(found(with, talk(turns...))) == 1, "with %s %q", scope, turns)
			}
		}
	}
}

// A list without a scope means over.
func TestGuardWithoutScope(t *testing.T) {
	p := oneRule(t, "forbid: {any: [没办法], unless: [没办法联系]}")
	assert.Empty(t, found(p, talk("没办法联系您")))
	assert.NotEmpty(t, found(p, talk("没办法，联系您")))
}

// All guards of with must hold, one of unless is enough.
func TestSeveralGuards(t *testing.T) {
	p := oneRule(t, "forbid: {any: [没办法], with: {turn: [真的], sentence: [现在]}, unless: {earlier: [抱歉], later: [对不起]}}")
	assert.NotEmpty(t, found(p, talk("真的。现在没办法")))
	assert.Empty(t, found(p, talk("真的。没办法")))
	assert.Empty(t, found(p, talk("抱歉。真的。现在没办法")))
	assert.Empty(t, found(p, talk("真的。现在没办法。对不起")))
}

// Where both have a slot, heard asks for the same one.
func TestHeardComparesSlots(t *testing.T) {
	p := oneRule(t, "forbid: {any: ['打(?P<body>工信部|消协)'], unless: {heard: [<named>]}}",
		"cues: {named: {speaker: customer, any: ['(?P<body>工信部|消协)']}}")
	assert.Empty(t, found(p, talk("客：我要去工信部", "坐：您打工信部")))
	assert.Equal(t, []string{"1 打消协"}, found(p, talk("客：我要去工信部", "坐：您打消协")))
	assert.Equal(t, []string{"0 打工信部"}, found(p, talk("坐：您打工信部", "客：我要去工信部")))
}

// A guard may be a cue of another speaker, with guards of its own.
func TestGuardIsACue(t *testing.T) {
	p := oneRule(t, "forbid: {any: [没办法], unless: {previous: [<asked>]}}",
		"cues: {asked: {speaker: customer, any: [怎么办], unless: [不问怎么办]}}")
	assert.Empty(t, found(p, talk("客：那怎么办", "没办法")))
	assert.NotEmpty(t, found(p, talk("坐：那怎么办", "没办法")))
	assert.NotEmpty(t, found(p, talk("客：我不问怎么办", "没办法")))
}

// Shields of the pack cover what agents say, in forbid rules only.
func TestShields(t *testing.T) {
	more := "shields: [<quoting>]\ncues: {quoting: {any: ['客户说[^,.?!]*']}}"
	p := oneRule(t, "forbid: {any: [没办法]}", more)
	assert.Empty(t, found(p, talk("客户说没办法登录")))
	assert.NotEmpty(t, found(p, talk("我没办法")))
	p = oneRule(t, "forbid: {any: [没办法], speaker: customer}", more)
	assert.NotEmpty(t, found(p, talk("坐：您好", "客：客户说没办法登录")))
}
