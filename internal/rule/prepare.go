package rule

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

// preparedSuffix names the file beside a pack that holds what Prepare wrote.
const preparedSuffix = ".prepared"

// prepared is what parsing a phrase's pattern gives, known beforehand: most of
// the time that loading a large pack takes goes into parsing expressions whose
// outcome never changes. It is found by the pattern itself, so a pack that was
// changed since never gets a wrong answer, only a slower one.
type prepared struct {
	open     [2]bool
	stretch  stretch
	literals string // joined by \x00; empty where only guards use the phrase
}

// Prepare returns the file that, named like the pack with ".prepared" behind and
// put beside it, makes loading the pack faster.
func (p *Pack) Prepare() []byte {
	var lines []string
	for _, phrase := range p.phrases {
		lines = append(lines, fmt.Sprintf("%016x %s%s%d %s\n", patternKey(phrase.pattern), bit(phrase.open[0]),
			bit(phrase.open[1]), phrase.stretch, strconv.Quote(strings.Join(phrase.literals, "\x00"))))
	}
	slices.Sort(lines)
	return []byte(strings.Join(slices.Compact(lines), ""))
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
		literals, unquoted := strconv.Unquote(quoted)
		if err == nil && unquoted == nil && len(bits) == 3 {
			l.prepared[n] = prepared{[2]bool{bits[0] == '1', bits[1] == '1'}, stretch(bits[2] - '0'), literals}
		}
	}
}
