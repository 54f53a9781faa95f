// Package htmltest tries the HTML report in a browser, as people use it.
package htmltest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/cli"
)

// browser is the first browser that is installed.
func browser(t *testing.T) string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no Chromium is installed, so the HTML report is not tried in a browser")
	return ""
}

// page is a report in a browser.
type page struct {
	*testing.T
	ctx context.Context
	url string

	mu   sync.Mutex
	seen []string // what no page may do: errors, and requests beyond its own file
}

// open writes the report of transcripts and opens it. When the test ends, the
// page must have made no error and no request.
func open(t *testing.T, transcripts string, flags ...string) *page {
	path := browser(t)
	input := filepath.Join(t.TempDir(), "calls.jsonl")
	require.NoError(t, os.WriteFile(input, []byte(transcripts), 0o600))
	report := filepath.Join(t.TempDir(), "report.html")
	var out, problems bytes.Buffer
	cli.Main(append(flags, "--config", "none", "--output", "html="+report, "lint", input), strings.NewReader(""), &out, &problems)
	require.Empty(t, problems.String())

	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox)
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, stop := chromedp.NewContext(allocator)
	t.Cleanup(stop)
	ctx, stop = context.WithTimeout(ctx, time.Minute)
	t.Cleanup(stop)
	p := &page{T: t, ctx: ctx, url: "file://" + report}
	p.watch()
	p.visit("")
	t.Cleanup(func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		assert.Empty(t, p.seen)
	})
	return p
}

// watch notes errors and requests.
func (p *page) watch() {
	_, err := chromedp.Call(p.ctx, network.Enable, network.EnableParams{})
	require.NoError(p, err)
	_, err = chromedp.Call(p.ctx, log.Enable, cdp.Empty{})
	require.NoError(p, err)
	_, err = chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}}) // nothing moves away from a click
	require.NoError(p, err)
	note := func(format string, args ...any) {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.seen = append(p.seen, fmt.Sprintf(format, args...))
	}
	require.NoError(p, chromedp.Listen(p.ctx, func(event any) {
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			note("exception: %s", e.ExceptionDetails.Text)
		case *runtime.EventConsoleAPICalled:
			note("console: %v", e.Type)
		case *log.EventEntryAdded: // such as what the policy of the page forbade
			note("%s: %s", e.Entry.Level, e.Entry.Text)
		case *network.EventRequestWillBeSent:
			if !strings.HasPrefix(e.Request.URL, p.url) && e.Request.URL != "data:," {
				note("request: %s", e.Request.URL)
			}
		}
	}))
}

// visit opens an address of the page afresh.
func (p *page) visit(hash string) {
	p.Helper()
	require.NoError(p, chromedp.Do(p.ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(p.url+hash), chromedp.WaitReady(chromedp.CSS("html[data-ready]"))))
}

// says evaluates an expression to a string.
func (p *page) says(expression string) string {
	p.Helper()
	text, err := chromedp.Run(p.ctx, chromedp.Evaluate[string]("String("+expression+")"))
	require.NoError(p, err, expression)
	return text
}

// becomes waits until an expression has a value.
func (p *page) becomes(want, expression string) {
	p.Helper()
	got := p.says(expression)
	for end := time.Now().Add(15 * time.Second); got != want && time.Now().Before(end); got = p.says(expression) {
		time.Sleep(20 * time.Millisecond)
	}
	require.Equal(p, want, got, expression)
}

func (p *page) click(selector string) {
	p.Helper()
	require.NoError(p, chromedp.Do(p.ctx, chromedp.Click(chromedp.CSS(selector))))
}

func (p *page) press(keys ...string) {
	p.Helper()
	for _, k := range keys {
		require.NoError(p, chromedp.Do(p.ctx, chromedp.KeyEvent(k)))
	}
}

// What people look at.
const (
	view    = `['overview', 'calls', 'call'].filter(v => !document.getElementById(v).hidden)`
	rows    = `document.querySelectorAll('#list tbody tr').length`
	ids     = `[...document.querySelectorAll('#list tbody th')].map(e => e.textContent)`
	scores  = `[...document.querySelectorAll('#list .c-score b')].map(e => e.textContent)`
	found   = `document.getElementById('found').textContent`
	heading = `(document.getElementById('callhead') || {}).textContent`
	focused = `document.activeElement.textContent`
	hash    = `location.hash`
)

// day is the transcripts of a day, which the project comes with.
func day(t *testing.T) string {
	text, err := os.ReadFile("../../../testdata/calls/day.jsonl")
	require.NoError(t, err)
	return string(text)
}

// many is n calls made of those of a day, with other ids, agents and days.
func many(t *testing.T, n int) string {
	lines := strings.Split(strings.TrimSpace(day(t)), "\n")
	var b strings.Builder
	for i := range n {
		var c map[string]any
		require.NoError(t, json.Unmarshal([]byte(lines[i%len(lines)]), &c))
		c["id"] = fmt.Sprintf("N-%05d", i)
		c["agent"] = map[string]string{"id": fmt.Sprint(8000 + i%37), "name": "坐席" + fmt.Sprint(i%37), "team": fmt.Sprintf("%d组", i%5)}
		c["started_at"] = fmt.Sprintf("2026-03-%02dT%02d:00:00+08:00", 1+i%20, 8+i%12)
		line, err := json.Marshal(c)
		require.NoError(t, err)
		b.Write(line)
		b.WriteByte('\n')
	}
	return b.String()
}

func TestSort(t *testing.T) {
	p := open(t, day(t))
	p.visit("#calls=")
	assert.Equal(t, "21,56,71,79,94,95,100,100", p.says(scores), "the worst call comes first")
	p.click(`#list [data-sort=score]`)
	p.becomes("100,100,95,94,79,71,56,21", scores)
	assert.Equal(t, "descending", p.says(`document.querySelector('#list [data-sort=score]').parentNode.ariaSort`))
	assert.Equal(t, "score", p.says(`document.activeElement.dataset.sort`), "the focus stays")
	p.click(`#list [data-sort=id]`)
	p.becomes("BK-0318-09,CB-0318-03,CB-0318-04,EC-0318-08,GD-0318-02,GD-0318-10,IN-0318-05,TC-0318-06", ids)
	p.click(`#list [data-sort=error]`)
	p.becomes("CB-0318-03", ids+"[0]")
	assert.Equal(t, "descending", p.says(`document.querySelector('#list [data-sort=error]').parentNode.ariaSort`))
}

func TestFilter(t *testing.T) {
	p := open(t, day(t))
	p.visit("#calls=")
	p.becomes("共 8 通。", found)
	choose := func(name, value string) {
		p.says(fmt.Sprintf(`(() => { const s = document.getElementById('filters').elements[%q]; s.value = %q; s.dispatchEvent(new Event('change')); })()`, name, value))
	}
	choose("team", "信用卡一组")
	p.becomes("符合条件 3 通，共 8 通。", found)
	choose("severity", "error")
	p.becomes("CB-0318-03", ids)
	assert.Equal(t, "级别：错误 ×,班组：信用卡一组 ×,全部去掉", p.says(`[...document.querySelectorAll('#chips button')].map(b => b.textContent)`))
	p.says(`history.back()`)
	p.becomes("符合条件 3 通，共 8 通。", found)
	p.click("#chips button")
	p.becomes("共 8 通。", found)
	for filter, want := range map[string]string{"rule=promise%2Fguaranteed-return": "IN-0318-05", "agent=8033": "CB-0318-03", "grade=D": "CB-0318-03,TC-0318-06",
		"severity=none": "GD-0318-02,CB-0318-04", "score=70-79": "GD-0318-10,IN-0318-05", "day=2026-03": "GD-0318-02", "hour=9": "GD-0318-02", "hour=8": "", "tag=scene%3Dleader": ""} {
		p.visit("#calls=&" + filter)
		if want != "" {
			p.becomes(want, ids)
		}
	}
}

// Every bar of the overview leads to the calls that it counts.
func TestBarsLeadToCalls(t *testing.T) {
	p := open(t, day(t))
	links := strings.Fields(p.says(`[...document.querySelectorAll('#overview .bar a, #overview tbody a, #overview svg a, #overview .minis a')].map(a => a.getAttribute('href')).join(' ')`))
	require.Greater(t, len(links), 40)
	for _, link := range links {
		p.says(fmt.Sprintf("(location.hash = %q)", link))
		p.becomes("calls", view)
		if !strings.HasSuffix(link, "=warning") {
			assert.NotEqual(t, "0", p.says(rows), link)
		}
	}
	p.visit("")
	p.click(`#overview .bar a`)
	p.becomes("calls", view)
	assert.Equal(t, p.says(`document.querySelector('#overview .bar .value').textContent`), p.says(rows), "each of these calls has one such finding")
}

func TestSearch(t *testing.T) {
	p := open(t, many(t, 1500))
	p.press("/")
	p.becomes("calls", view)
	p.becomes("q", `document.activeElement.name`)
	p.press("N-00017")
	p.becomes("N-00017", ids)
	p.says(`(document.activeElement.value = '')`)
	p.press("自动扣费")
	p.becomes("符合条件 188 通，共 1,500 通。", found)
	p.press(kb.Escape)
	p.visit("#calls=&q=" + "%E4%BF%9D%E6%9C%AC" + "&agent=8003")
	p.becomes("true", `document.getElementById('found').textContent.startsWith('符合条件 6 通')`)
	p.visit("#calls=&q=nobody%20said%20this")
	p.becomes("没有符合条件的。去掉一些条件再试。", `document.getElementById('list').textContent`)
}

func TestPages(t *testing.T) {
	p := open(t, many(t, 450))
	p.visit("#calls=&sort=id")
	p.becomes("共 450 通，显示第 1–200。", found)
	assert.Equal(t, "200", p.says(rows))
	p.click("#pager [rel=next]")
	p.becomes("N-00200", ids+"[0]")
	p.click("#pager [rel=next]")
	p.becomes("50", rows)
	p.says(`history.back()`)
	p.becomes("N-00200", ids+"[0]")
}

func TestKeyboard(t *testing.T) {
	p := open(t, day(t))
	p.visit("#calls=")
	p.press("j", "j")
	second := p.says(ids + "[1]")
	p.becomes(second, focused)
	p.press(kb.ArrowUp)
	p.press("k", "j")
	p.becomes(second, focused)
	p.press(kb.Enter)
	p.becomes(second, heading)
	p.becomes(second, focused)
	p.press("j")
	p.becomes("note1", `document.activeElement.id`)
	p.press("]")
	p.becomes(p.says(ids+"[2]"), heading)
	p.press("[")
	p.becomes(second, heading)
	p.press(kb.Escape)
	p.becomes("calls", view)
	p.becomes(second, focused)
}

func TestCall(t *testing.T) {
	p := open(t, day(t))
	p.visit("#call=IN-0318-05")
	p.becomes("IN-0318-05", heading)
	assert.Equal(t, "IN-0318-05 · 通话质检报告", p.says(`document.title`))
	assert.Equal(t, "9", p.says(`document.querySelectorAll('.turn').length`))
	marks := `[...document.querySelectorAll('.said mark')].map(m => m.textContent)`
	assert.Contains(t, p.says(marks), "跟存定期一样")
	assert.Equal(t, "79", p.says(`document.querySelector('.formula b').textContent`))
	for _, label := range []string{"改说：", "得分怎么来的", "保本承诺", "promise/guaranteed-return"} {
		assert.Contains(t, p.says(`document.getElementById('call').textContent`), label)
	}
	p.click(".said .mark")
	p.becomes("note1", `document.activeElement.id`)
	p.click(".only input")
	p.becomes("true", `document.querySelectorAll('.innocent').length > 0 && [...document.querySelectorAll('.innocent')].every(e => !e.offsetHeight)`)
	p.click(".callnav .back")
	p.becomes("calls", view)
	p.says(`history.back()`)
	p.becomes("call", view)
	p.visit("#call=nobody")
	p.becomes("没有找到", heading)
}

// The time line draws who speaks when, says in words what is silent or said at once, and
// leads to the turns.
func TestTimeLine(t *testing.T) {
	p := open(t, `{"id":"T1","turns":[{"role":"agent","text":"您好，请问有什么可以帮您？","start_ms":0,"end_ms":4000},`+
		`{"role":"customer","text":"我想问一下上个月的账单为什么","start_ms":4500,"end_ms":9000},`+
		`{"role":"agent","text":"您把户号报一下。","start_ms":7000,"end_ms":10000},`+
		`{"role":"customer","text":"八八三零一六。","start_ms":10500,"end_ms":13000},`+
		`{"role":"agent","text":"账单里多了一项漫游费。","start_ms":25000}]}`)
	p.visit("#call=T1")
	p.becomes("5", `document.querySelectorAll('.clock rect.agent, .clock rect.customer').length`)
	assert.Equal(t, "1", p.says(`document.querySelectorAll('.clock rect.guessed').length`), "an end that is not told")
	assert.Equal(t, "通话的时间线；静默：00:13 12 秒；同时说：00:07 2 秒", p.says(`document.querySelector('.clock svg').getAttribute('aria-label')`))
	assert.Equal(t, "▲1,▲2", p.says(`[...document.querySelectorAll('.clock .flag')].slice(0, 2).map(f => f.firstChild.data)`))
	p.says(`document.querySelector('.clock rect.guessed').dispatchEvent(new MouseEvent('click', {bubbles: true}))`)
	p.becomes("turn4", `document.activeElement.id`)
}

// Calls of one id are all reached.
func TestCallsOfOneID(t *testing.T) {
	p := open(t, `{"id":"A","turns":[{"role":"agent","text":"您好，第一通"}]}`+"\n"+`{"id":"A","turns":[{"role":"agent","text":"您好，第二通"}]}`+"\n")
	p.visit("#call=A")
	p.becomes("您好，第一通", `(document.querySelector('.said') || document.body).textContent.replace(/\d/g, '')`)
	p.visit("#call=A&n=2")
	p.becomes("您好，第二通", `(document.querySelector('.said') || document.body).textContent.replace(/\d/g, '')`)
	assert.Equal(t, "#call=A,#call=A&n=2", p.says(`data.rows.map(callHash)`))
}

// On paper everything is unfolded, and folded again on the screen.
func TestPrint(t *testing.T) {
	p := open(t, many(t, 60))
	hidden := `[...document.querySelectorAll('tbody.rest')].filter(e => !e.offsetHeight).length + document.querySelectorAll('.chart details:not([open])').length`
	before := p.says(hidden)
	assert.NotEqual(t, "0", before)
	p.says(`dispatchEvent(new Event('beforeprint'))`)
	assert.Equal(t, "0", p.says(hidden))
	p.says(`dispatchEvent(new Event('afterprint'))`)
	assert.Equal(t, before, p.says(hidden))
}

// An address written by hand leads to an id with a + as well as one that the page wrote.
func TestPlusInAddress(t *testing.T) {
	p := open(t, `{"id":"C1+2","turns":[{"role":"agent","text":"您好"}]}`+"\n"+`{"id":"C1 3","turns":[{"role":"agent","text":"您好"}]}`+"\n")
	for address, want := range map[string]string{"#call=C1+2": "C1+2", "#call=C1%2B2": "C1+2", "#call=C1+3": "C1 3", "#call=C1%203": "C1 3"} {
		p.visit(address)
		p.becomes(want, heading)
	}
}

// Nothing that is said or that anybody is called runs or loads anything.
func TestHostileWords(t *testing.T) {
	evil := `</script><img src=x onerror=alert(1)><a href=\"javascript:alert(1)\">𠮷`
	p := open(t, `{"id":"`+evil+`","agent":{"id":"1","name":"`+evil+`","team":"`+evil+`"},"turns":[{"role":"agent","text":"`+evil+`这个我也没办法。"}]}`+"\n")
	p.visit("#calls=")
	p.click("#list a")
	p.becomes("call", view)
	p.becomes("true", `document.querySelector('.said mark') !== null`)
	assert.Equal(t, "这个我也没办法", p.says(`document.querySelector('.said mark').textContent`), "marks count characters, not units of UTF-16")
	assert.Contains(t, p.says(`document.querySelector('.said').textContent`), "<img src=x onerror=alert(1)>")
	assert.Equal(t, "0", p.says(`document.querySelectorAll('img, [onerror], a[href^=javascript]').length`))
}

// Nothing is wider than the screen of a phone, in any view.
func TestPhone(t *testing.T) {
	p := open(t, day(t))
	_, err := chromedp.Call(p.ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: 390, Height: 844, DeviceScaleFactor: 1, Mobile: true})
	require.NoError(t, err)
	for _, hash := range []string{"", "#calls=", "#call=CB-0318-03"} {
		p.visit(hash)
		if strings.HasPrefix(hash, "#call=") {
			p.becomes("CB-0318-03", heading)
		}
		assert.Equal(t, "390", p.says(`document.documentElement.scrollWidth`), hash)
	}
}

// Everything that can be focused has a name, and headings and landmarks are there.
func TestNames(t *testing.T) {
	p := open(t, day(t))
	for _, hash := range []string{"", "#calls=", "#call=CB-0318-03"} {
		p.visit(hash)
		if strings.HasPrefix(hash, "#call=") {
			p.becomes("CB-0318-03", heading)
		}
		assert.Empty(t, p.says(`[...document.querySelectorAll('a, button, input, select')].filter(e => e.checkVisibility() && !(e.textContent.trim() || e.ariaLabel || e.labels && e.labels[0])).map(e => e.outerHTML)`))
		assert.Equal(t, "1,1,1,1", p.says(`['main', 'header.top', 'footer', 'h1'].map(s => document.querySelectorAll(s).length)`))
		assert.NotEqual(t, "0", p.says(`[...document.querySelectorAll('h2')].filter(h => h.checkVisibility()).length`))
	}
	assert.Equal(t, "polite", p.says(`document.getElementById('found').ariaLive`))
}

func TestEnglish(t *testing.T) {
	p := open(t, day(t), "--lang", "en")
	p.visit("#calls=")
	p.becomes("8 calls.", found)
	chinese := `[...document.querySelectorAll('button, label > span, th button, .figures dt, h3, nav a, footer p')].map(e => e.textContent).filter(t => /[\u4e00-\u9fff]/.test(t))`
	assert.Empty(t, p.says(chinese))
	p.visit("#call=IN-0318-05")
	p.becomes("IN-0318-05", heading)
	assert.Contains(t, p.says(`document.getElementById('call').textContent`), "How the score came about")
}
