package cli

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/intake"
)

// guides are the documents whose commands and packs must work.
func guides() []string { return []string{"README.md", "README.zh-CN.md", "CONTRIBUTING.md"} }

// block is a fenced block of a guide.
type block struct{ lang, text string }

var fence = regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```$")

func guide(t *testing.T, name string) (text string, blocks []block) {
	data, err := os.ReadFile(filepath.Join("../..", name))
	require.NoError(t, err)
	for _, m := range fence.FindAllStringSubmatch(string(data), -1) {
		blocks = append(blocks, block{m[1], m[2]})
	}
	return string(data), blocks
}

// Every command of a guide works as shown, in a folder with the sample calls
// and the packs of that guide.
func TestGuides(t *testing.T) {
	for _, name := range guides() {
		t.Run(name, func(t *testing.T) {
			_, blocks := guide(t, name)
			workshop(t, blocks)
			for _, b := range blocks {
				switch b.lang {
				case "sh":
					for line := range strings.Lines(b.text) {
						shell(t, line)
					}
				case "console":
					transcript(t, b.text)
				}
			}
		})
	}
}

// workshop makes the folder of a guide: the sample calls, and every YAML block
// that starts a pack as NAME.yaml.
func workshop(t *testing.T, blocks []block) {
	folder := t.TempDir()
	require.NoError(t, os.CopyFS(filepath.Join(folder, "testdata/calls"), os.DirFS("../../testdata/calls")))
	require.NoError(t, os.CopyFS(filepath.Join(folder, "testdata/labels"), os.DirFS("../../testdata/labels")))
	for _, b := range blocks {
		first, _, _ := strings.Cut(b.text, "\n")
		if name, ok := strings.CutPrefix(first, "pack: "); ok && b.lang == "yaml" {
			require.NoError(t, os.WriteFile(filepath.Join(folder, name+".yaml"), []byte(b.text), 0o600))
		}
	}
	t.Chdir(folder)
	t.Setenv("COLUMNS", "80")
}

var program = regexp.MustCompile(`^(zhijian|go run \./cmd/zhijian) `)

// shell runs a line if it is a command of zhijian: with a comment, < and >, but
// no quotes. It must neither be misused nor fail to read its input.
func shell(t *testing.T, line string) string {
	line, _, _ = strings.Cut(strings.TrimSpace(line), " #")
	if !program.MatchString(line) {
		return ""
	}
	var stdin io.Reader = strings.NewReader("")
	var stdout, stderr bytes.Buffer
	line, to, redirected := strings.Cut(line, " > ")
	line, from, fed := strings.Cut(line, " < ")
	if fed {
		data, err := os.ReadFile(strings.TrimSpace(from))
		require.NoError(t, err, line)
		stdin = bytes.NewReader(data)
	}
	code := Main(strings.Fields(program.ReplaceAllString(line, "")), stdin, &stdout, &stderr)
	assert.LessOrEqual(t, code, exitFindings, line)
	assert.Empty(t, stderr.String(), line)
	assert.NotEmpty(t, stdout.String(), line)
	if redirected {
		require.NoError(t, os.WriteFile(strings.TrimSpace(to), stdout.Bytes(), 0o600))
	}
	return stdout.String()
}

// transcript runs "$ command" and wants the lines below it in its output, in
// order; a line … stands for any lines.
func transcript(t *testing.T, text string) {
	command, rest, _ := strings.Cut(text, "\n")
	output := shell(t, strings.TrimPrefix(command, "$ "))
	for part := range strings.SplitSeq(rest, "…\n") {
		_, after, found := strings.Cut(output, part)
		assert.True(t, found, "%s does not print\n%sbut\n%s", command, part, output)
		output = after
	}
}

// The guides name every format that is read and every family of rules, and no other.
func TestGuidesAreComplete(t *testing.T) {
	packs, err := loadPacks(nil, nil)
	require.NoError(t, err)
	families := map[string]bool{}
	for _, r := range rulesOf(packs) {
		family, _, _ := strings.Cut(r.ID, "/")
		families[family] = true
	}
	for _, name := range []string{"README.md", "README.zh-CN.md"} {
		text, _ := guide(t, name)
		for _, f := range intake.Formats() {
			assert.Contains(t, text, "\n| `"+f.Name+"` | ", name)
		}
		named := regexp.MustCompile("(?m)^\\| `([a-z-]+)/` ").FindAllStringSubmatch(text, -1)
		assert.Len(t, named, len(families), name)
		for _, m := range named {
			assert.True(t, families[m[1]], m[1])
		}
	}
}
