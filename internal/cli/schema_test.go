package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/zhijian-qa/zhijian/internal/accept"
	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/config"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// schemaOf is a schema as the command writes it, ready to validate.
func schemaOf(t *testing.T, name, lang string) *jsonschema.Schema {
	code, stdout, stderr := run("", "schema", name, "--lang", lang)
	require.Equal(t, exitClean, code, stderr)
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(stdout))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource("mem:"+name, doc))
	s, err := c.Compile("mem:" + name)
	require.NoError(t, err)
	return s
}

// valid validates YAML as an editor does, which reads it as JSON.
func valid(t *testing.T, s *jsonschema.Schema, text []byte) error {
	var value any
	require.NoError(t, yaml.NewDecoder(bytes.NewReader(text)).Decode(&value), string(text))
	return s.Validate(jsonValue(value))
}

// jsonValue is a value of YAML in the types of JSON; what YAML takes for a day is a text there.
func jsonValue(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k := range v {
			v[k] = jsonValue(v[k])
		}
	case []any:
		for i := range v {
			v[i] = jsonValue(v[i])
		}
	case interface{ Format(string) string }:
		return v.Format("2006-01-02")
	}
	return v
}

// read reads YAML as zhijian does.
func read(name, text string) error {
	switch name {
	case "config":
		_, err := config.Read("f", []byte(text))
		return err
	case "waivers":
		return accept.New(nil, nil, time.Now()).ReadWaivers("f", []byte(text))
	}
	_, err := rule.Load(fstest.MapFS{"f": {Data: []byte(text)}}, "f")
	return err
}

// Every file that the strict readers take, the schemas take too.
func TestSchemasTakeWhatIsRead(t *testing.T) {
	files := map[string][]string{"pack": {packPath()}}
	packs, err := filepath.Glob("../../rules/documents/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, packs)
	files["pack"] = append(files["pack"], packs...)
	for _, name := range []string{"config", "waivers"} {
		files[name], err = filepath.Glob("../../testdata/schema/" + name + "*.yaml")
		require.NoError(t, err)
		require.NotEmpty(t, files[name])
	}
	for name, list := range files {
		s := schemaOf(t, name, "zh")
		for _, file := range list {
			data, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.NoError(t, valid(t, s, data), file)
			if name != "pack" { // the others are parts of one
				assert.NoError(t, read(name, string(data)), file)
			}
		}
	}
}

// uncommented is the file that init writes with every example in force.
func uncommented(lang call.Lang) string {
	var b strings.Builder
	for line := range strings.Lines(config.Starter(lang)) {
		if text, ok := strings.CutPrefix(line, "#"); ok && (!strings.HasPrefix(text, " ") || strings.HasPrefix(text, "  ")) {
			b.WriteString(text)
		}
	}
	return b.String()
}

// The examples of the file that init writes are right.
func TestStarterExamples(t *testing.T) {
	for _, lang := range []call.Lang{call.ZH, call.EN} {
		text := uncommented(lang)
		c, err := config.Read("starter", []byte(text))
		require.NoError(t, err)
		assert.Len(t, c.Overrides, 1)
		assert.Equal(t, 4, c.Jobs.Int())
		assert.NoError(t, valid(t, schemaOf(t, "config", string(lang)), []byte(text)))
		for _, key := range config.Keys() {
			assert.Contains(t, "\n"+text, "\n"+key.Name+":")
		}
	}
}

// What the strict readers refuse, the schemas refuse too.
func TestSchemasRefuseWhatIsRefused(t *testing.T) {
	for name, texts := range map[string][]string{
		"config": {"pack: [documents]\n", "select: {a: b}\n", "fail-on: eror\n", "min-severity: never\n", "severities: {wording: fatal}\n",
			"outputs: {jsom: x}\n", "jobs: many\n", "lang: fr\n", "in-format: palin\n", "agent-channel: 7\n", "overrides: {paths: a}\n",
			"overrides: [{select: [wording]}]\n", "overrides: [{paths: [a], fail-on: error}]\n"},
		"pack": {"ruls: []\n", "rules: 3\n", "rules: [{id: a/b}]\n", "cues: {a: {any: [b], speeker: agent}}\n", "cues: {a: {any: [b], speaker: agnt}}\n",
			"cues: {a: {any: [b], unless: {befor: [c]}}}\n", "score: {points: {error: ten}}\n", "change: {a/b: {severity: eror}}\n", "title: {cn: 名}\n",
			"rules: [{id: a/b, title: 名, severity: error, why: 因, advice: 换, forbid: {any: [x], test: {}}}]\n"},
		"waivers": {"waiver: []\n", "waivers: [{rule: wording, file: a}]\n", "waivers: [{rule: wording, reason: b, untill: 2026-01-01}]\n", "waivers: {rule: a, reason: b}\n"},
	} {
		s := schemaOf(t, name, "en")
		for _, text := range texts {
			assert.Error(t, valid(t, s, []byte(text)), text)
			assert.Error(t, read(name, text), text)
		}
	}
}

// Descriptions speak the language asked for, and rules of other packs are known.
func TestSchemaLanguageAndRules(t *testing.T) {
	_, zh, _ := run("", "schema", "config")
	_, en, _ := run("", "schema", "config", "--lang", "en", "--rules", packPath())
	assert.Contains(t, zh, "不用这些规则")
	assert.Contains(t, zh, `"tone/rhetorical-question"`)
	assert.Contains(t, en, "leave these rules out")
	assert.NotContains(t, en, "规则")
	assert.Contains(t, en, `"apology/missing-after-problem"`)
	assert.NotContains(t, en, `"tone/rhetorical-question"`)
}
