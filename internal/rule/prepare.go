package rule

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"hash/crc64"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/blob"
	"github.com/zhijian-qa/zhijian/internal/match"
)

// preparedSuffix names the file beside a pack that holds what Prepare wrote.
const preparedSuffix = ".prepared"

// preparedForm is how such a file begins; another form has another number. Behind it stand
// the checksum and the size of what every run needs.
const (
	preparedForm = "zhijian prepared 8\n"
	preparedHead = preparedForm + "%08x %08x\n"
	headSize     = len(preparedForm + "01234567 01234567\n")
)

// prepared is what loading a pack and judging its first calls find out, known beforehand:
// most of the time that it takes goes into parsing YAML and expressions and into the
// filter, whose outcome never changes. Files are found by their text and phrases by their
// source and the words in it, so a pack that was changed since, or is extended, never gets
// a wrong answer, only a slower one.
type prepared struct {
	files    map[string]preparedFile // by name in the pack's folder
	phrases  map[uint64]preparedPhrase
	programs []drawer // of the phrases, by index
	filter   *match.Filter
	drawers  drawers
}

// preparedFile is what strict.File.Pack wrote of a file: without the examples, which are
// half of a pack and which judging calls needs none of, and with them.
type preparedFile struct {
	spec  []byte
	whole drawer
}

// preparedPhrase is what parsing a phrase's pattern gives.
type preparedPhrase struct {
	index   int32 // in the filter and among the programs
	open    [2]bool
	slotted bool
	sought  bool
	stretch stretch
}

// Prepare returns the file that, named like the pack with ".prepared" behind and
// put beside it, makes loading the pack and judging the first calls faster.
func (p *Pack) Prepare() []byte {
	var w blob.Writer
	drawers := drawersWriter{index: &w}
	w.Num(uint64(len(p.made.files)))
	for _, f := range p.made.files {
		var spec, whole blob.Writer
		f.Pack(&spec, &packSpec{}, "rules", "test")
		f.Pack(&whole, &packSpec{})
		w.Text(path.Base(f.Name))
		w.Blob(spec.Bytes())
		drawers.add(whole.Bytes())
	}
	keys := wordKeys{words: p.made.words}
	needs := make([]match.Need, len(p.phrases))
	w.Num(uint64(len(p.phrases)))
	for i, phrase := range p.phrases {
		_ = phrase.parse() // anew: what was prepared before may be by other rules
		phrase.derive()
		needs[i] = phrase.need
		w.Num(keys.of(phrase.source))
		w.Num(phrase.traits())
		var program blob.Writer
		expr, _ := match.Compile(phrase.pattern()) // parsed above
		expr.Save(&program)
		drawers.add(program.Bytes())
	}
	match.NewFilter(needs).Save(&w)
	return slices.Concat(fmt.Appendf(nil, preparedHead, crc32.ChecksumIEEE(w.Bytes()), len(w.Bytes())), w.Bytes(), drawers.data)
}

// traits are those of a preparedPhrase as a number.
func (p *phrase) traits() (bits uint64) {
	for i, is := range []bool{p.open[0], p.open[1], p.slotted, p.sought} {
		if is {
			bits |= 1 << i
		}
	}
	return bits | uint64(p.stretch)<<4
}

// readPrepared reads the file beside a pack, nil if there is none, or none that is whole.
func readPrepared(fsys fs.FS, pack string) *prepared {
	name := pack + preparedSuffix
	file, err := fsys.Open(name)
	if err != nil {
		return nil
	}
	defer func() { _ = file.Close() }()
	body := readBody(file)
	if body == nil {
		return nil
	}
	r := blob.NewReader(body)
	p := &prepared{files: map[string]preparedFile{}, drawers: drawers{fsys, name, int64(headSize + len(body))}}
	at := drawersReader{index: r}
	for range r.Len() {
		name := r.Text()
		p.files[name] = preparedFile{r.Blob(), at.next()}
	}
	n := r.Len()
	p.phrases, p.programs = make(map[uint64]preparedPhrase, n), make([]drawer, n)
	for i := range n {
		key, bits := r.Num(), r.Num()
		p.phrases[key] = preparedPhrase{int32(i), [2]bool{bits&1 != 0, bits&2 != 0}, bits&4 != 0, bits&8 != 0, stretch(bits >> 4)}
		p.programs[i] = at.next()
	}
	if p.filter = match.LoadFilter(r); r.Broken() {
		return nil
	}
	return p
}

// readBody reads what every run needs of a prepared file, nil if it is not whole.
func readBody(file fs.File) []byte {
	head := make([]byte, headSize)
	if _, err := io.ReadFull(file, head); err != nil {
		return nil
	}
	var sum, size uint32
	if _, err := fmt.Sscanf(string(head), preparedHead, &sum, &size); err != nil {
		return nil
	}
	if all, err := file.Stat(); err != nil || all.Size() < int64(size) {
		return nil
	}
	body := make([]byte, size)
	if _, err := io.ReadFull(file, body); err != nil || crc32.ChecksumIEEE(body) != sum {
		return nil
	}
	return body
}

// program is the expression of a phrase, nil where that cannot be read.
func (p *prepared) program(index int32, pattern func() string) *match.Expr {
	data := p.drawers.read(p.programs[index])
	if data == nil {
		return nil
	}
	return match.LoadExpr(blob.NewReader(data), pattern)
}

// wordKeys know a phrase by a number that depends on its source and on all the words
// that it holds.
type wordKeys struct {
	words map[string][]string
	known map[string]uint64
}

func (k *wordKeys) of(source string) uint64 {
	sum := checksum(0, source)
	for _, rest, found := strings.Cut(source, "{"); found; _, rest, found = strings.Cut(rest, "{") {
		if name, _, closed := strings.Cut(rest, "}"); closed && !isCount(name) {
			sum = join(sum, k.word(name))
		}
	}
	return sum
}

// word is the key of a list of words.
func (k *wordKeys) word(name string) uint64 {
	if sum, known := k.known[name]; known {
		return sum
	}
	if k.known == nil {
		k.known = map[string]uint64{}
	}
	k.known[name] = 0 // a circle ends here
	sum := checksum(0, name)
	for _, w := range k.words[name] {
		sum = join(sum, k.of(w))
	}
	k.known[name] = sum
	return sum
}

// checksum adds a text to a checksum.
func checksum(sum uint64, s string) uint64 {
	return crc64.Update(sum, crc64.MakeTable(crc64.ECMA), []byte(s))
}

// join adds a number to a checksum.
func join(sum, n uint64) uint64 {
	return crc64.Update(sum, crc64.MakeTable(crc64.ECMA), binary.LittleEndian.AppendUint64(nil, n))
}
