package rule

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	must "github.com/stretchr/testify/require"
)

// A prepared pack judges as it did before, and has its examples, which are not prepared. Of
// a file that was changed since, nothing prepared is used.
func TestPrepared(t *testing.T) {
	yaml := ruleYAML("a/rule", "forbid: {any: ['{no}…办法', '^没戏$'], unless: {before: [不是]}}") +
		"    test: {bad: [没办法, 没戏], good: [不是没办法, 客：没办法]}\nwords: {no: [没, 沒有]}\n"
	files := fstest.MapFS{"p/a.yaml": {Data: []byte(yaml)}}
	plain, err := Load(files, "p")
	must.NoError(t, err)
	files["p.prepared"] = &fstest.MapFile{Data: plain.Prepare()}
	prepared, err := Load(files, "p")
	must.NoError(t, err)
	must.NotNil(t, prepared.made.files[0].whole, "it was used")
	must.NoError(t, prepared.Test())
	assert.Equal(t, "没戏", prepared.Rules[0].Bad()[1].Text)
	assert.Equal(t, plain.Rules[0].Good()[1].Call, prepared.Rules[0].Good()[1].Call)
	for _, said := range []string{"没什么办法", "没戏", "不是没办法", "有办法", "没戏唱", "我沒有辦法"} {
		assert.Equal(t, found(plain, talk(said)), found(prepared, talk(said)), said)
	}
	files["p/a.yaml"] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(yaml, "没戏", "没门"))}
	changed, err := Load(files, "p")
	must.NoError(t, err)
	assert.Equal(t, []string{"0 没门"}, found(changed, talk("没门")))
	assert.Equal(t, "没门", changed.Rules[0].Bad()[1].Text)
}

// plainFS has files that can only be read from their beginning.
type plainFS struct{ fs.FS }

func (f plainFS) Open(name string) (fs.File, error) {
	file, err := f.FS.Open(name)
	if _, isFolder := file.(fs.ReadDirFile); isFolder || err != nil {
		return file, err
	}
	return struct{ fs.File }{file}, nil
}

// What is prepared is used from any file system, and of a file that is damaged only what is whole.
func TestPreparedDamaged(t *testing.T) {
	yaml := ruleYAML("a/rule", "forbid: {any: ['{no}…办法']}") + "    test: {bad: [没办法, 沒有办法], good: [有办法, 客：没办法]}\nwords: {no: [没, 沒有]}\n"
	files := fstest.MapFS{"p/a.yaml": {Data: []byte(yaml)}}
	plain, err := Load(files, "p")
	must.NoError(t, err)
	whole := plain.Prepare()
	for cut := 0; cut < len(whole); cut += 13 {
		data := slices.Clone(whole)
		data[cut] ^= 1
		for _, damaged := range [][]byte{data, whole[:cut]} {
			files["p.prepared"] = &fstest.MapFile{Data: damaged}
			p, err := Load(files, "p")
			must.NoError(t, err)
			must.Equal(t, []string{"0 没什么办法"}, found(p, talk("没什么办法")), cut)
			must.Equal(t, "没办法", p.Rules[0].Bad()[0].Text, cut)
		}
	}
	files["p.prepared"] = &fstest.MapFile{Data: whole}
	for _, fsys := range []fs.FS{files, plainFS{files}} {
		known := readPrepared(fsys, "p")
		must.NotNil(t, known)
		assert.NotNil(t, known.program(0, nil))
		p, err := Load(fsys, "p")
		must.NoError(t, err)
		assert.NotNil(t, p.phrases[0].known)
		must.NoError(t, p.Test())
	}
}

// A phrase is looked for in the turns of those whose cues it can make, and of those who
// are asked about by a guard.
func TestSides(t *testing.T) {
	p := oneRule(t, "forbid: {any: [没办法], unless: {heard: [<asked>], over: [真没办法]}}", "cues: {asked: {any: [帮帮我], speaker: customer}, spoken: {any: [劳驾]}}")
	sides := map[string]side{}
	for i, phrase := range p.phrases {
		sides[phrase.source] = p.sides[i]
	}
	assert.Equal(t, map[string]side{"没办法": agentSide, "真没办法": agentSide, "帮帮我": customerSide, "劳驾": 0}, sides, "nothing asks for the last one")
	assert.Empty(t, found(p, talk("客：帮帮我", "没办法")))
	assert.NotEmpty(t, found(p, talk("客：没办法", "没办法")))
}

// Whatever rules and tags of the built-in pack ask for is looked for in somebody's turns.
func TestAllThatIsAskedIsLookedFor(t *testing.T) {
	p := builtIn(t)
	for _, r := range p.Rules {
		for _, c := range r.leads() {
			assert.True(t, c.never || c.sides != 0, "%s: %s", r.ID, c.name)
		}
	}
	for _, k := range p.Tags {
		for _, w := range k.ways {
			for _, c := range w.say {
				assert.True(t, c.never || c.sides != 0, "%s: %s", k.ID, c.name)
			}
		}
	}
}
