package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// book is all that a run found out.
type book struct {
	machine string
	tables  []table
	byID    map[string]*result
	goals   []goal
	inner   string // what go test -bench printed; empty if it did not run
}

// table is a group with its results.
type table struct {
	title call.Say
	rows  []*result
}

func (b *book) add(title call.Say, rows []*result) {
	b.tables = append(b.tables, table{title, rows})
	for _, r := range rows {
		if r.id != "" {
			b.byID[r.id] = r
		}
	}
}

// wrong is why jobs failed, nil if none did.
func (b *book) wrong() error {
	var all []error
	for _, t := range b.tables {
		for _, r := range t.rows {
			if r.wrong != nil {
				all = append(all, fmt.Errorf("%s: %w", r.command(), r.wrong))
			}
		}
	}
	return errors.Join(all...)
}

// markdown is the book in a language.
func (b *book) markdown(lang call.Lang) string {
	var s strings.Builder
	fmt.Fprintf(&s, "%s\n", b.machine)
	s.WriteString(b.goalTable(lang))
	for _, t := range b.tables {
		s.WriteString(t.markdown(lang))
	}
	if b.inner != "" {
		fmt.Fprintf(&s, "\n%s\n\n```text\n%s```\n", say("里面的各步（`go test -bench`）：", "The inner loops (`go test -bench`):").In(lang), b.inner)
	}
	return s.String()
}

func (t *table) markdown(lang call.Lang) string {
	var s strings.Builder
	fmt.Fprintf(&s, "\n**%s**\n\n%s\n| --- | ---: | ---: | ---: | ---: | --- |\n", t.title.In(lang),
		say("| | 最快 | 平均 | 速度 | 内存 | 命令 |", "| | best | mean | speed | memory | command |").In(lang))
	for _, r := range t.rows {
		s.WriteString(r.row(lang))
	}
	return s.String()
}

func (r *result) row(lang call.Lang) string {
	command := strings.ReplaceAll(r.command(), "|", `\|`)
	switch {
	case r.program == "":
		return fmt.Sprintf("| %s | | | | | %s |\n", r.name.In(lang), say(r.shown+" 没有安装", r.shown+" is not installed").In(lang))
	case r.wrong != nil:
		return fmt.Sprintf("| %s | %s | | | | `%s` |\n", r.name.In(lang), say("失败", "failed").In(lang), command)
	}
	return fmt.Sprintf("| %s | %s | %s | %s | %s | `%s` |\n", r.name.In(lang), duration(r.best()), duration(r.mean()), r.speed(lang), r.memory(), command)
}

// duration is a time in the unit that suits it.
func duration(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond))
	}
	return fmt.Sprintf("%.2f s", d.Seconds())
}

// speed is that of the best run.
func (r *result) speed(lang call.Lang) string {
	switch {
	case r.calls > 0:
		return fmt.Sprintf("%.0f %s", r.callsPerSecond(), say("通/秒", "calls/s").In(lang))
	case r.bytes > 0:
		return fmt.Sprintf("%.3g MB/s", r.rate())
	}
	return ""
}

// rate is in megabytes per second, of the best run.
func (r *result) rate() float64 { return float64(r.bytes) / megabyte / r.best().Seconds() }

func (r *result) callsPerSecond() float64 { return float64(r.calls) / r.best().Seconds() }

func (r *result) memory() string {
	if r.peak == 0 {
		return ""
	}
	return fmt.Sprintf("%d MB", r.peak/megabyte)
}

// The figures of a guide stand between these lines.
const (
	figuresStart = "<!-- figures of bench/run --docs -->\n"
	figuresEnd   = "<!-- end of figures -->\n"
)

// replaceFigures puts figures into a guide.
func replaceFigures(file, figures string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	before, rest, opened := strings.Cut(string(data), figuresStart)
	_, after, closed := strings.Cut(rest, figuresEnd)
	if !opened || !closed {
		return fmt.Errorf("%s has no place for figures: it wants the lines\n%s%s", file, figuresStart, figuresEnd)
	}
	return os.WriteFile(file, []byte(before+figuresStart+"\n"+figures+"\n"+figuresEnd+after), 0o644)
}
