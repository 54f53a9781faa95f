package cli

import (
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress is a bar on standard error for work that takes longer than a
// second. A nil progress shows nothing.
type progress struct {
	a     *app
	total func() int64 // bytes, -1 unknown; asked when the bar is first shown
	begun time.Time
	bytes int64
	bar   *progressbar.ProgressBar
}

const patience = time.Second

// newProgress returns nil where standard error is not a terminal.
func newProgress(a *app, total func() int64) *progress {
	if terminal(a.stderr) == nil {
		return nil
	}
	return &progress{a: a, total: total, begun: time.Now()}
}

// hide takes the bar off the screen, so that something else can be written.
func (p *progress) hide() {
	if p != nil && p.bar != nil {
		_ = p.bar.Clear() // of standard error there is no one to tell
	}
}

// add counts bytes done and shows the bar.
func (p *progress) add(bytes int64) {
	if p == nil {
		return
	}
	p.bytes += bytes
	if p.bar == nil && time.Since(p.begun) > patience {
		narrow, length := width(p.a.stderr) < 70, 30 // a line that is broken in two cannot be taken back
		if narrow {
			length = 8
		}
		p.bar = progressbar.NewOptions64(p.total(),
			progressbar.OptionSetWriter(p.a.stderr),
			progressbar.OptionSetDescription(p.a.say("检查中", "checking")),
			progressbar.OptionShowBytes(!narrow),
			progressbar.OptionSetWidth(length),
			progressbar.OptionSetPredictTime(true))
	}
	if p.bar != nil {
		_ = p.bar.Set64(p.bytes)
	}
}
