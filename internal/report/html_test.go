package report

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
	"github.com/zhijian-qa/zhijian/internal/stat"
)

// elements are all elements of a page, in its order.
func elements(t *testing.T, page string) []*html.Node {
	root, err := html.Parse(strings.NewReader(page))
	require.NoError(t, err)
	var out []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			out = append(out, n)
		}
	}
	return out
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// unpacked is the lines of a block.
func unpacked(t *testing.T, block string) string {
	packed, err := base64.StdEncoding.DecodeString(block)
	require.NoError(t, err)
	zip, err := gzip.NewReader(bytes.NewReader(packed))
	require.NoError(t, err)
	assert.True(t, zip.ModTime.IsZero(), "a time would make every run another file")
	text, err := io.ReadAll(zip)
	require.NoError(t, err)
	return string(text)
}

var blockRE = regexp.MustCompile(`(?s)<script type="text/plain" id="([a-z]+\d+)">([^<]*)</script>`)

// blocks are the blocks of a page by their ids, unpacked.
func blocks(t *testing.T, page string) map[string]string {
	out := map[string]string{}
	for _, m := range blockRE.FindAllStringSubmatch(page, -1) {
		out[m[1]] = unpacked(t, m[2])
	}
	return out
}

// legible is a page without its program and style, and with its blocks unpacked.
func legible(t *testing.T, page string) string {
	page = strings.ReplaceAll(page, htmlProgram(), "…")
	page = strings.ReplaceAll(page, htmlFile("style.css"), "…")
	page = strings.ReplaceAll(page, html.EscapeString(htmlPolicy(htmlProgram(), htmlFile("style.css"))), "…")
	page = regexp.MustCompile(`content="[^"]*trusted-types[^"]*"`).ReplaceAllString(page, `content="…"`)
	return blockRE.ReplaceAllStringFunc(page, func(block string) string {
		m := blockRE.FindStringSubmatch(block)
		return m[1] + ":\n" + unpacked(t, m[2])
	})
}

// dated is a call that is known as well as calls are, with a tag.
func dated() *lint.Result {
	r := spoken()
	r.Call.StartedAt, r.Call.Direction, r.Call.Hangup = "2026-03-18T14:05:12+08:00", call.Callback, call.Dropped
	r.Call.CallbackReason, r.Call.CallbackOf, r.Call.Customer = "research", "C0", call.Person{Name: "李先生"}
	r.Call.Reported, r.Call.Truncated, r.Call.RolesUnknown = true, true, true
	r.Call.Turns = append(r.Call.Turns, call.Turn{Role: call.Customer, Text: "𠮷好的\n再见"})
	due := 0
	r.Verdict.Findings[1].Due = &due
	r.Verdict.Tags = []rule.Tag{{TagKind: &rule.TagKind{ID: "level", Title: call.Say{ZH: "级别", EN: "level"}},
		Values: []rule.TagValue{{Value: "urgent", Name: call.Say{ZH: "紧急", EN: "urgent"}, Turn: 1}, {Value: "x", Name: call.Say{ZH: "其他", EN: "other"}, Turn: -1}}}}
	f := &r.Verdict.Findings[0]
	r.Verdict.Score = &rule.Score{Points: 76, Start: 100, Grade: rule.Grade{Name: "C", From: 70}, Judged: 2, Skipped: 1, Rules: 3,
		Deductions: []rule.Deduction{{Rule: f.Rule, Count: 2, Counted: 2, Points: 10, Total: 20}, {Rule: thanks(), Count: 1, Counted: 1, Points: 4, Total: 4}}}
	r.Verdict.NotEvaluated = []rule.NotEvaluated{{Rule: "listening/dead-air", Reason: call.Say{ZH: "没有时间", EN: "no times"}}}
	r.Verdict.Judged = 2
	return r
}

// Pages are what they were before, in both languages.
func TestHTML(t *testing.T) {
	all := runs()
	all["dated"] = []*lint.Result{dated(), warned(), dated()}
	all["dated"][2].Call.StartedAt = "2026-03-19T09:00:00"
	for name, results := range all {
		t.Run(name, func(t *testing.T) {
			page := written(t, "html", Options{Version: "v1.2.3", Packs: demo(), Scripts: name == "scripts"}, results...)
			golden(t, filepath.Join("testdata/html", name+".html"), legible(t, page))
		})
	}
	golden(t, "testdata/html/dated-en.html", legible(t, written(t, "html", Options{Lang: call.EN, Packs: demo()}, all["dated"]...)))
	golden(t, "testdata/html/summary.html", legible(t, written(t, "html", Options{SummaryOnly: true}, all["dated"]...)))
}

// A page runs no code but its own, styles nothing in attributes, and points at
// nothing outside itself.
func TestHTMLStandsAlone(t *testing.T) {
	all := runs()
	all["dated"] = []*lint.Result{dated()}
	for name, results := range all {
		page := written(t, "html", Options{Packs: demo(), Scripts: name == "scripts"}, results...)
		seen := map[string]bool{}
		for _, n := range elements(t, page) {
			assert.NotContains(t, []string{"img", "iframe", "object", "embed", "base", "audio", "video"}, n.Data, name)
			for _, a := range n.Attr {
				assert.NotRegexp(t, `^on|^style$|^src|^action$|^srcdoc$`, a.Key, name)
				if a.Key == "href" && n.Data != "link" {
					assert.True(t, strings.HasPrefix(a.Val, "#"), a.Val)
				}
				if a.Key == "id" {
					assert.False(t, seen[a.Val], "%s twice", a.Val)
					seen[a.Val] = true
				}
			}
			for _, name := range []string{"aria-labelledby"} {
				if id := attribute(n, name); id != "" && id != "callhead" { // the program makes that one
					assert.Contains(t, page, `id="`+id+`"`)
				}
			}
		}
		assert.NotRegexp(t, `https?:|url\(|@import`, legible(t, page)+htmlProgram()+htmlFile("style.css"))
	}
}

// The policy of a page allows exactly the program and the style that are in it.
func TestHTMLPolicy(t *testing.T) {
	page := written(t, "html", Options{}, dated())
	policy := ""
	for _, n := range elements(t, page) {
		if n.Data == "meta" && attribute(n, "http-equiv") == "Content-Security-Policy" {
			policy = attribute(n, "content")
		}
	}
	allowed := htmlPolicy(htmlProgram(), htmlFile("style.css"))
	assert.Equal(t, allowed, policy)
	assert.Contains(t, policy, "default-src 'none'")
	assert.NotContains(t, policy, "unsafe")
	for _, n := range elements(t, page) {
		if n.Data == "script" && attribute(n, "type") == "" {
			assert.Equal(t, htmlProgram(), n.FirstChild.Data)
		}
	}
}

// The program never makes markup of text.
func TestHTMLProgramMakesNoMarkup(t *testing.T) {
	assert.NotRegexp(t, `(?i)innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|new Function|fetch\(|XMLHttp|</script|<!--`, htmlProgram())
	assert.NotContains(t, htmlFile("style.css"), "</")
}

// Nothing that a call, an agent, a rule or a problem is called becomes markup.
func TestHTMLEscapes(t *testing.T) {
	evil := `</script></style>--><img src=x onerror=alert(1)>"'&{{.}}` + "\u202e\x00"
	r := dated()
	r.Call.ID, r.Call.Source, r.Call.Scene = evil, evil, evil
	r.Call.Agent = call.Person{ID: "javascript:alert(1)", Name: evil, Team: evil}
	r.Call.Turns[0].Text = evil
	bad := *helpless()
	bad.ID, bad.Title, bad.Why, bad.Advice = evil, call.Say{ZH: evil}, call.Say{ZH: evil}, call.Say{ZH: evil}
	for i := range r.Verdict.Findings {
		r.Verdict.Findings[i].Rule = &bad
	}
	r.Verdict.Score.Grade.Name = evil
	lost := &lint.Result{Problem: &call.Problem{File: evil, What: call.Say{ZH: evil}}}
	page := written(t, "html", Options{Version: evil, Packs: []*rule.Pack{{Name: evil, Version: evil}}}, r, lost)
	for _, n := range elements(t, page) {
		assert.NotEqual(t, "img", n.Data)
	}
	assert.False(t, strings.Contains(page, "<img"))
	assert.False(t, strings.Contains(page, "\u202e"))
	assert.Contains(t, blocks(t, page)["calls0"], `</script></style>`, "what was said is kept as it was")
	assert.NotContains(t, blocks(t, page)["calls0"], "\u202e")
	var detail htmlDetail
	require.NoError(t, json.Unmarshal([]byte(blocks(t, page)["calls0"]), &detail))
	assert.Len(t, []rune(detail.Turns[0].Text), len([]rune(evil)), "positions of findings must not move")
}

// endless writes different calls, which do not compress well, without end.
func endless(severity rule.Severity) func() *lint.Result {
	random := rand.New(rand.NewPCG(1, 2))
	return func() *lint.Result {
		text := make([]rune, 300)
		for i := range text {
			text[i] = rune(0x4e00 + random.IntN(5000))
		}
		r := result(string(text), 0, 2)
		r.Call.ID = strconv.Itoa(random.Int())
		graded := *r.Verdict.Findings[0].Rule
		graded.Severity = severity
		r.Verdict.Findings[0].Rule = &graded
		return r
	}
}

// counted is a writer that keeps nothing.
type counted struct{ n int }

func (c *counted) Write(p []byte) (int, error) {
	c.n += len(p)
	return len(p), nil
}

// A report of any number of calls holds two blocks at most, and takes no more
// than its room for what was said.
func TestHTMLKeepsNoCall(t *testing.T) {
	var to counted
	h := newHTMLReport(&to, Options{})
	h.room = 1 << 20
	next := endless(rule.Error)
	for range 5000 {
		require.NoError(t, h.Call(next()))
		require.LessOrEqual(t, h.details.packed.Len(), 2*htmlBlock)
		require.LessOrEqual(t, h.details.count, htmlDetails)
		require.LessOrEqual(t, h.rows.count, htmlRows)
	}
	assert.Len(t, h.lists.agents.values, 1)
	assert.LessOrEqual(t, len(h.lists.rules.values), 1)
	require.NoError(t, h.Close(&Summary{}))
	assert.Less(t, h.details.written, h.room+2*htmlBlock)
	assert.Less(t, to.n, 2<<20)
}

// What was said in calls with errors has room longest, and what is left out is told.
func TestHTMLRoom(t *testing.T) {
	var page bytes.Buffer
	h := newHTMLReport(&page, Options{})
	h.room = 2 << 20
	var kept [rule.Error + 1]int
	sources := []func() *lint.Result{endless(rule.Info), endless(rule.Warning), endless(rule.Error)}
	for i := range 9000 {
		before := h.left
		r := sources[i%3]()
		require.NoError(t, h.Call(r))
		kept[r.Verdict.Findings[0].Rule.Severity] += 1 - (h.left - before)
	}
	assert.Less(t, kept[rule.Info], kept[rule.Warning])
	assert.Less(t, kept[rule.Warning], kept[rule.Error])
	assert.Less(t, kept[rule.Error], 3000)
	require.NoError(t, h.Close(&Summary{}))
	assert.Equal(t, 9000-kept[rule.Info]-kept[rule.Warning]-kept[rule.Error], h.left)
	assert.Contains(t, page.String(), fmt.Sprintf("有 %d 通的对话没有收进本页", h.left))
	held := 0
	for id, text := range blocks(t, page.String()) {
		if strings.HasPrefix(id, "rows") {
			held += strings.Count(text, `"block":`)
		}
	}
	assert.Equal(t, 9000-h.left, held)
}

// Rows name the block that holds their call.
func TestHTMLBlocksHoldTheirCalls(t *testing.T) {
	next := endless(rule.Error)
	var results []*lint.Result
	for range 2*htmlDetails + 1 {
		results = append(results, next())
	}
	data := blocks(t, written(t, "html", Options{}, results...))
	assert.Len(t, slices.Collect(maps.Keys(data)), 5)
	for i, line := range strings.Split(strings.TrimSpace(data["rows0"]), "\n") {
		var row htmlRow
		require.NoError(t, json.Unmarshal([]byte(line), &row))
		assert.Contains(t, data[fmt.Sprintf("calls%d", row.Block-1)], fmt.Sprintf(`{"row":%d,`, i))
	}
}

func TestHTMLIsTheSameEveryTime(t *testing.T) {
	first := written(t, "html", Options{Packs: demo()}, dated(), warned(), accepted())
	assert.Equal(t, first, written(t, "html", Options{Packs: demo()}, dated(), warned(), accepted()))
}

// Problems of the input are told up to a limit, and the rest counted.
func TestHTMLProblems(t *testing.T) {
	var many []*lint.Result
	for i := range htmlProblems + 5 {
		many = append(many, &lint.Result{Problem: &call.Problem{File: fmt.Sprintf("a%d", i), What: call.Say{ZH: "坏了"}}})
	}
	page := written(t, "html", Options{}, many...)
	assert.Equal(t, htmlProblems, strings.Count(page, "坏了"))
	assert.Contains(t, page, "输入问题 205 处")
	assert.Contains(t, page, "另有 5 处")
}

// failing is a writer that takes n bytes.
type failing struct{ n int }

func (f *failing) Write(p []byte) (int, error) {
	if f.n -= len(p); f.n < 0 {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

// Whatever does not get written is an error.
func TestHTMLReportsFailedWrites(t *testing.T) {
	var s Summary
	s.Add(dated())
	size := len(written(t, "html", Options{}, dated()))
	for n := range 40 {
		h := newHTMLReport(&failing{n * size / 40}, Options{})
		err := h.Call(dated())
		if err == nil {
			err = h.Close(&s)
		}
		assert.ErrorIs(t, err, io.ErrShortWrite)
	}
}

func TestStartOf(t *testing.T) {
	for text, want := range map[string]started{
		"":                              {},
		"昨天":                            {},
		"2026-03-18":                    {day: "2026-03-18"},
		"2026-03-18T09:12:40":           {"2026-03-18", "09:12"},
		"2026-03-18T23:59:59.999+08:00": {"2026-03-18", "23:59"},
		"2026-03-18T24:00:00":           {day: "2026-03-18"},
	} {
		assert.Equal(t, want, startOf(text), text)
	}
	assert.Equal(t, 9, started{"2026-03-18", "09:12"}.hour())
	assert.Equal(t, -1, started{day: "2026-03-18"}.hour())
}

// Days become months, and months years, where a chart has no room.
func TestPeriods(t *testing.T) {
	days := func(n int) []period {
		c := htmlCalendar{days: map[string]*Group{}}
		for i := range n {
			c.days[fmt.Sprintf("%04d-%02d-%02d", 2000+i/336, i/28%12+1, i%28+1)] = &Group{Calls: 1, Findings: 2, Errors: 1, Scored: 1, scores: stat.Of(1, 50, 0)}
		}
		return c.periods()
	}
	assert.Empty(t, days(0))
	assert.Equal(t, "2000-01-02", days(mostPeriods)[1].name)
	assert.Equal(t, "2000-02", days(mostPeriods + 1)[1].name)
	assert.Equal(t, "2001", days(336 * 6)[1].name)
	assert.Equal(t, Group{Calls: 336, Findings: 672, Errors: 336, Scored: 336, scores: stat.Of(336, 50, 0)}, *days(336 * 6)[1].Group)
	assert.Equal(t, "2008", days(336 * 70)[0].name, "the latest years are those that matter")
}

// A page of a few calls over many years counts by year; of one year, no day says which.
func TestHTMLOfManyMonths(t *testing.T) {
	var calls []*lint.Result
	for month := range mostPeriods + 1 {
		r := spoken()
		r.Call.StartedAt = fmt.Sprintf("%04d-%02d-18T09:00:00", 2020+month/12, month%12+1)
		calls = append(calls, r)
	}
	assert.Regexp(t, `>\s*2020\s*</text>`, legible(t, written(t, "html", Options{}, calls...)))
	assert.Regexp(t, `>\s*01-18\s*</text>`, legible(t, written(t, "html", Options{}, calls[:2]...)))
}

func TestColumnsStand(t *testing.T) {
	h := newHTMLReport(nil, Options{})
	chart := h.columns("", "day", false, []columnData{{all: 0}, {all: 1, grave: 1}, {all: 10_000, grave: 5000}})
	assert.Zero(t, chart.Columns[0].H)
	assert.Equal(t, 2, chart.Columns[1].H2, "what is there is seen")
	last := chart.Columns[2]
	assert.Equal(t, columnsTop, last.Y)
	assert.Equal(t, columnsFloor, last.Y2+last.H2)
	assert.Equal(t, last.Y2, last.Y+last.H)
}

func TestThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 20_000: "20,000", 1_234_567: "1,234,567"} {
		assert.Equal(t, want, thousands(n))
	}
}

// luminance is the relative luminance of a colour by WCAG 2.
func luminance(t *testing.T, color string) float64 {
	color = strings.TrimPrefix(color, "#")
	if len(color) == 3 {
		color = fmt.Sprintf("%c%[1]c%c%[2]c%c%[3]c", color[0], color[1], color[2])
	}
	n, err := strconv.ParseUint(color, 16, 32)
	require.NoError(t, err)
	part := func(shift int) float64 {
		v := float64(n>>shift&255) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*part(16) + 0.7152*part(8) + 0.0722*part(0)
}

// Letters can be told from what is behind them, by level AA of WCAG 2, on light and dark screens.
func TestHTMLContrast(t *testing.T) {
	themes := regexp.MustCompile(`(?s):root \{(.*?)\}`).FindAllStringSubmatch(htmlFile("style.css"), 2)
	require.Len(t, themes, 2)
	for _, theme := range themes {
		colors := map[string]string{}
		for _, m := range regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]+);`).FindAllStringSubmatch(theme[1], -1) {
			colors[m[1]] = m[2]
		}
		for _, pair := range strings.Fields("ink/page ink/card soft/page soft/card soft/hover link/page link/card link/hover error/card warning/card info/card " +
			"error/error-bg warning/warning-bg info/info-bg ink/error-bg ink/warning-bg ink/info-bg soft/warning-bg good/card good/page card/error card/warning card/info card/soft agent/card error/hover") {
			front, behind, _ := strings.Cut(pair, "/")
			a, b := luminance(t, colors[front]), luminance(t, colors[behind])
			assert.GreaterOrEqual(t, (max(a, b)+0.05)/(min(a, b)+0.05), 4.5, pair)
		}
	}
}

// A chart without a neighbour takes the whole row, and one without findings is no chart.
func TestHTMLChartsFillTheirRows(t *testing.T) {
	alone := written(t, "html", Options{}, found(score(90, deduction("wording/helpless", rule.Error, 1, 1, 10))))
	assert.Contains(t, alone, `<section class="chart wide" aria-labelledby="c0"><h3 id="c0">得分分布`)
	assert.Contains(t, written(t, "html", Options{}, dated()), `<section class="chart" aria-labelledby="c0"><h3 id="c0">得分分布`)
	clean := func(at string) *lint.Result {
		r := &lint.Result{Call: &call.Call{StartedAt: at}, Verdict: rule.Verdict{Score: score(100)}}
		r.Verdict.Score.Start = 100
		return r
	}
	page := written(t, "html", Options{}, clean("2026-03-18T09:00:00+08:00"), clean("2026-03-19T09:00:00+08:00"))
	assert.NotContains(t, page, "每天发现的问题")
}
