package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/config"
	"github.com/zhijian-qa/zhijian/internal/intake"
	"github.com/zhijian-qa/zhijian/internal/report"
	"github.com/zhijian-qa/zhijian/internal/script"
)

// guides are the documents whose commands and packs must work.
func guides(t *testing.T) []string {
	docs, err := filepath.Glob("../../docs/*.md")
	require.NoError(t, err)
	require.NotEmpty(t, docs)
	names := []string{"README.md", "README.zh-CN.md", "CONTRIBUTING.md"}
	for _, d := range docs {
		names = append(names, filepath.Join("docs", filepath.Base(d)))
	}
	return names
}

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
// and the files that the guide has shown so far.
func TestGuides(t *testing.T) {
	if testing.Short() {
		t.Skip("short: every guide starts the program many times")
	}
	for _, name := range guides(t) {
		t.Run(name, func(t *testing.T) {
			_, blocks := guide(t, name)
			workshop(t)
			for _, b := range blocks {
				switch b.lang {
				case "sh":
					for line := range strings.Lines(b.text) {
						shell(t, line)
					}
				case "console":
					transcript(t, b.text)
				default:
					b.save(t)
				}
			}
		})
	}
}

// workshop makes the folder of a guide, with the samples.
func workshop(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"testdata/calls", "testdata/callbacks", "testdata/cdr", "testdata/err", "testdata/labels", "testdata/scripts"} {
		require.NoError(t, os.CopyFS(filepath.Join(folder, name), os.DirFS(filepath.Join("../..", name))))
	}
	t.Chdir(folder)
	t.Setenv("COLUMNS", "80")
}

// named matches the first line of a block that is a file: its name in a comment, or
// the name of a pack.
var named = regexp.MustCompile(`^(?:# (\S+\.ya?ml)|<!-- (\S+) -->|pack: (\S+))\n`)

// save writes a block that is a file.
func (b block) save(t *testing.T) {
	m := named.FindStringSubmatch(b.text)
	if m == nil {
		return
	}
	name := m[1] + m[2]
	if m[3] != "" {
		name = m[3] + ".yaml"
	}
	require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o700))
	require.NoError(t, os.WriteFile(name, []byte(b.text), 0o600))
}

var program = regexp.MustCompile(`^(zhijian|go run \./cmd/zhijian) `)

// shell runs a line if it is a command of zhijian, which must neither be misused nor
// fail to read its input, and have nothing to say but its output.
func shell(t *testing.T, line string) {
	if !program.MatchString(line) {
		return
	}
	code, stdout, stderr := execute(t, line)
	assert.LessOrEqual(t, code, exitFindings, line)
	assert.Empty(t, stderr, line)
	assert.NotEmpty(t, stdout, line)
}

// execute runs a command of zhijian: with a comment, < and >, but no quotes.
func execute(t *testing.T, line string) (code int, out, errors string) {
	line, _, _ = strings.Cut(strings.TrimSpace(line), " #")
	var stdin io.Reader = strings.NewReader("")
	var stdout, stderr bytes.Buffer
	line, to, redirected := strings.Cut(line, " > ")
	line, from, fed := strings.Cut(line, " < ")
	if fed {
		data, err := os.ReadFile(strings.TrimSpace(from))
		require.NoError(t, err, line)
		stdin = bytes.NewReader(data)
	}
	code = Main(strings.Fields(program.ReplaceAllString(line, "")), stdin, &stdout, &stderr)
	if redirected {
		require.NoError(t, os.WriteFile(strings.TrimSpace(to), stdout.Bytes(), 0o600))
	}
	return code, stdout.String(), stderr.String()
}

// transcript runs each "$ command" and wants the lines below it in what it prints,
// in order; a line … stands for any lines. "$ echo $?" is the exit code of the
// command before, which is 0 or 1 unless asked for.
func transcript(t *testing.T, text string) {
	code := 0
	for session := range strings.SplitSeq("\n"+text, "\n$ ") {
		command, rest, _ := strings.Cut(session, "\n")
		switch {
		case command == "":
			continue
		case command == "echo $?":
			assert.Equal(t, strconv.Itoa(code), strings.TrimSpace(rest), text)
			continue
		}
		require.Regexp(t, program, command)
		var stdout, stderr string
		code, stdout, stderr = execute(t, command)
		if !strings.Contains(text, "$ echo $?") {
			assert.LessOrEqual(t, code, exitFindings, command)
		}
		printed(t, command, stdout+stderr, strings.TrimRight(rest, "\n")+"\n")
	}
}

var gap = regexp.MustCompile(`(?m)^…\n`)

func printed(t *testing.T, command, output, want string) {
	left := output
	for _, part := range gap.Split(want, -1) {
		_, after, found := strings.Cut(left, part)
		assert.True(t, found, "%s does not print\n%sbut\n%s", command, part, output)
		left = after
	}
}

// The links of the guides lead to files that there are, and to headings in them.
func TestGuidesLink(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:]*)(?:#([^)]+))?\)`)
	for _, name := range guides(t) {
		text, _ := guide(t, name)
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			to := name
			if m[1] != "" {
				to = filepath.Join(filepath.Dir(name), m[1])
			}
			require.FileExists(t, filepath.Join("../..", to), name)
			if m[2] != "" {
				there, _ := guide(t, to)
				assert.Contains(t, anchors(there), m[2], "%s links to %s", name, to)
			}
		}
	}
}

// anchors are the headings of a guide as links name them: in lower case, with
// hyphens for spaces and without punctuation.
func anchors(text string) []string {
	var out []string
	for _, m := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(text, -1) {
		out = append(out, strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r):
				return unicode.ToLower(r)
			}
			return -1
		}, m[1]))
	}
	return out
}

// The guides name every family of rules, and no other.
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
		listed := regexp.MustCompile("(?m)^\\| `([a-z-]+)/` ").FindAllStringSubmatch(text, -1)
		assert.Len(t, listed, len(families), name)
		for _, m := range listed {
			assert.True(t, families[m[1]], m[1])
		}
	}
}

// The tables of formats in the guides are what the program says of them.
func TestGuidesListTheFormats(t *testing.T) {
	for name, lang := range map[string]call.Lang{"docs/formats.md": call.EN, "docs/formats.zh-CN.md": call.ZH} {
		text, _ := guide(t, name)
		var rows strings.Builder
		for _, f := range intake.Formats() {
			cells := strings.ReplaceAll(fmt.Sprintf("%s\x00`%s`\x00%s", f.Title.In(lang), f.Shape, f.Sides.In(lang)), "|", `\|`)
			fmt.Fprintf(&rows, "| `%s` | %s |\n", f.Name, strings.ReplaceAll(cells, "\x00", " | "))
		}
		table := regexp.MustCompile("(?m)(^\\| `[a-z0-9-]+` \\| .* \\| .* \\| .* \\|\n)+").FindString(text)
		if *update && table != "" {
			require.NoError(t, os.WriteFile(filepath.Join("../..", name), []byte(strings.Replace(text, table, rows.String(), 1)), 0o600))
			continue
		}
		assert.Equal(t, rows.String(), table, name)
	}
}

// README names every extension and every encoding of transcripts.
func TestReadmeNamesInputs(t *testing.T) {
	for _, name := range []string{"README.md", "README.zh-CN.md"} {
		text, err := os.ReadFile(filepath.Join("../..", name))
		require.NoError(t, err)
		for _, e := range intake.Extensions() {
			assert.Contains(t, string(text), "`"+e+"`", name)
		}
		for _, e := range intake.Encodings() {
			assert.Contains(t, string(text), strings.TrimRight(e, "BLE"), name)
		}
	}
}

// The guides of docs name all that there is: reports, files that are read as
// libraries, keys of the configuration.
func TestDocsAreComplete(t *testing.T) {
	var keys []string
	for _, k := range config.Keys() {
		keys = append(keys, k.Name)
	}
	for name, wanted := range map[string][]string{"ci": report.Names(), "script-library": script.Extensions(), "configuration": keys} {
		for _, suffix := range []string{".md", ".zh-CN.md"} {
			text, _ := guide(t, filepath.Join("docs", name+suffix))
			for _, w := range wanted {
				assert.Contains(t, text, "`"+w+"`", name+suffix)
			}
		}
	}
}
