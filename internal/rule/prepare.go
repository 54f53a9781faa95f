package rule

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/match"
)

// preparedSuffix names the file beside a pack that holds what Prepare wrote.
const preparedSuffix = ".prepared"

// prepared is what parsing a phrase's pattern gives, known beforehand: most of
// the time that loading a large pack takes goes into parsing expressions whose
// outcome never changes. It is found by the pattern itself, so a pack that was
// changed since never gets a wrong answer, only a slower one.
type prepared struct {
	open    [2]bool
	stretch stretch
	need    string // number of the rarest set, \x00\x00, then sets joined so, their literals by \x00; empty where none is known
}

// Prepare returns the file that, named like the pack with ".prepared" behind and
// put beside it, makes loading the pack faster.
func (p *Pack) Prepare() []byte {
	var lines []string
	for _, phrase := range p.phrases {
		lines = append(lines, fmt.Sprintf("%016x %s%s%d %s\n", patternKey(phrase.pattern), bit(phrase.open[0]),
			bit(phrase.open[1]), phrase.stretch, strconv.Quote(packed(phrase.need))))
	}
	slices.Sort(lines)
	return []byte(strings.Join(slices.Compact(lines), ""))
}

// packed is a need in one string.
func packed(n match.Need) string {
	if len(n.Sets) == 0 {
		return ""
	}
	out := strconv.Itoa(n.Rarest)
	for _, set := range n.Sets {
		out += "\x00\x00" + strings.Join(set, "\x00")
	}
	return out
}

func bit(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

func patternKey(pattern string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(pattern))
	return h.Sum64()
}

// readPrepared reads the file beside a pack, if there is one. A line that is not
// as Prepare writes it is passed over: the phrase is then parsed.
func (l *loader) readPrepared(fsys fs.FS, path string) {
	data, err := fs.ReadFile(fsys, path+preparedSuffix)
	if err != nil {
		return
	}
	if l.prepared == nil {
		l.prepared = make(map[uint64]prepared, bytes.Count(data, []byte("\n")))
	}
	for line := range strings.Lines(string(data)) {
		key, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		bits, quoted, _ := strings.Cut(rest, " ")
		n, err := strconv.ParseUint(key, 16, 64)
		need, unquoted := strconv.Unquote(quoted)
		if err == nil && unquoted == nil && len(bits) == 3 {
			l.prepared[n] = prepared{[2]bool{bits[0] == '1', bits[1] == '1'}, stretch(bits[2] - '0'), need}
		}
	}
}
