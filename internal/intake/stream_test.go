package intake

import (
	"bytes"
	"io"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// repeated is a reader of the same text many times over, without holding it.
type repeated struct {
	text  []byte
	times int
	at    int
}

func (r *repeated) Read(p []byte) (n int, err error) {
	for n < len(p) && r.times > 0 {
		m := copy(p[n:], r.text[r.at:])
		n, r.at = n+m, r.at+m
		if r.at == len(r.text) {
			r.at, r.times = 0, r.times-1
		}
	}
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

func TestMemoryStaysFlat(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 200 MB")
	}
	const perText = 1000
	text := sampleLines(perText)
	times := 200 << 20 / len(text)
	var stats runtime.MemStats
	var peak uint64
	calls, chunks := 0, 0
	runtime.GC() // what other tests left behind is not ours
	for c := range Open(t.Context(), []string{"-"}, Options{Stdin: &repeated{text: text, times: times}}) {
		for it := range c.Items {
			require.NotNil(t, it.Call)
			calls++
		}
		if chunks++; chunks%50 == 0 {
			runtime.ReadMemStats(&stats)
			peak = max(peak, stats.HeapInuse)
		}
	}
	assert.Equal(t, perText*times, calls)
	assert.Less(t, peak, uint64(64<<20))
}

// streamed reads text as standard input called name, and lists id, line and number of turns of each call.
func streamed(t *testing.T, name string, r io.Reader) (calls []string) {
	t.Helper()
	got, problems := readAll(Options{Stdin: r, StdinName: name}, "-")
	require.Empty(t, problems)
	for _, k := range got {
		calls = append(calls, k.ID+" "+strconv.Itoa(k.Line)+" "+strconv.Itoa(len(k.Turns)))
	}
	return calls
}

// Each format is cut into several chunks and gives the same calls in the same order.
func TestOrder(t *testing.T) {
	const n = 3000
	var lines, array, table, text strings.Builder
	var byLine, byElement, bySession, byHeader []string
	array.WriteString("[")
	for i := range n {
		id := strconv.Itoa(i)
		turns := strings.Repeat(`{"role":"agent","text":"好的，\"请\"[讲]{。"},`, 3) + `{"role":"customer","text":"嗯"}`
		object := `{"id":"` + id + `","turns":[` + turns + `]}`
		lines.WriteString(object + "\n")
		array.WriteString(map[bool]string{true: ",\n"}[i > 0] + object)
		session := strings.Repeat("0", 32-len(id)) + id
		for _, side := range []string{"1", "0", "1"} {
			table.WriteString(session + "\tU\t" + side + "\t0\t0\tnan\t好的，请讲。\n")
		}
		text.WriteString("# 通话ID：" + id + "\n客服：好的，请讲。\n客户：我想问一下上个月的账单。\n")
		byLine = append(byLine, id+" "+strconv.Itoa(i+1)+" 4")
		byElement = byLine
		bySession = append(bySession, session+" "+strconv.Itoa(3*i+1)+" 3")
		byHeader = append(byHeader, id+" "+strconv.Itoa(3*i+2)+" 2")
	}
	assert.Equal(t, byLine, streamed(t, "a.jsonl", strings.NewReader(lines.String())))
	assert.Equal(t, byElement, streamed(t, "a.json", strings.NewReader(array.String()+"]\n")))
	assert.Equal(t, bySession, streamed(t, "a.tsv", strings.NewReader(table.String())))
	assert.Equal(t, byHeader, streamed(t, "a.txt", strings.NewReader(text.String())))
}

func TestLongLineIsSkipped(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 70 MB")
	}
	r := io.MultiReader(strings.NewReader(goodLine+"\n"), &repeated{text: []byte("长"), times: 24 << 20}, strings.NewReader("\n"+goodLine+"\n"))
	calls, problems := readAll(Options{Stdin: r, StdinName: "a.jsonl"}, "-")
	require.Len(t, calls, 2)
	assert.Equal(t, 3, calls[1].Line)
	sameProblems(t, []string{"a.jsonl:2: a line or call is longer than 64 MB and was skipped"}, problems)
}

func TestNumbersOfElements(t *testing.T) {
	element := `{"turns":[{"role":"agent","text":"` + strings.Repeat("好", 1000) + `"}]}`
	text := "[" + strings.Repeat(element+",", 299) + element + "]"
	calls, problems := readAll(Options{Stdin: strings.NewReader(text), StdinName: "a.json"}, "-")
	require.Empty(t, problems)
	require.Len(t, calls, 300)
	for i, k := range calls {
		assert.Equal(t, "a#"+strconv.Itoa(i+1), k.ID)
	}
}

func TestChunksAreCutBetweenCalls(t *testing.T) {
	s := textOf(bytes.NewReader(sampleLines(1000)))
	f, c := canonical(), Chunk{lines: true}
	for !s.done() {
		data, _, problem := s.next(&f, &c)
		require.Nil(t, problem)
		assert.True(t, bytes.HasSuffix(data, []byte("\n")))
		assert.LessOrEqual(t, len(data), chunkSize+chunkSize/16)
	}
}

// textOf starts to read a text.
func textOf(r io.Reader) *stream {
	raw := &counter{r: r}
	head := make([]byte, headSize)
	n, err := io.ReadFull(raw, head)
	if err != nil {
		r = nil
	}
	cs, _ := detectCharset(head[:n], r == nil)
	return newStream(raw, head[:n], r, cs, nil)
}
