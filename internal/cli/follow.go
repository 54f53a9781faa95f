package cli

import (
	"bytes"
	"context"
	"io"
	"os"
	"runtime"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/config"
	"github.com/zhijian-qa/zhijian/internal/intake"
	"github.com/zhijian-qa/zhijian/internal/lint"
)

// follow looks through the inputs before they are judged, for the rules that judge the
// calls of a customer together. Standard input is kept for the second reading, until done
// is called.
func (a *app) follow(ctx context.Context, s *lintSettings, paths []string) (done func(), err error) {
	done = func() {}
	if s.window == 0 || s.scripts || !s.linter.Follows() {
		return done, nil
	}
	if len(s.input.CDR) > 0 {
		s.input.Records = intake.RecordsYielded // a call without a transcript may have dropped, or be a callback
	}
	s.input.Kept = intake.NewKept()
	o := s.input
	o.Contacts = true
	if slices.Contains(paths, "-") {
		kept := &spool{}
		o.Stdin = io.TeeReader(s.input.Stdin, kept)
		defer func() { s.input.Stdin = io.MultiReader(kept.reader(), s.input.Stdin) }()
		done = kept.close
	}
	found := s.linter.Follow(a.chunks(ctx, paths, o), s.window)
	if ctx.Err() == nil { // else it did not see the end of the input
		s.linter.Followups = found
	}
	return done, nil
}

// maskedCustomers says that customers are known by masked numbers only; nil if none is.
func maskedCustomers(f *lint.Followups) *call.Problem {
	if f == nil || f.Masked == 0 {
		return nil
	}
	return &call.Problem{What: call.Sayf("有 %d 个客户只有遮盖过的号码（如 138****8000）：号码看起来一样的当作同一位，和没有遮盖的号码对不上；最好给出客户编号",
		"%d customers are known by masked numbers (such as 138****8000) alone: those that look the same are taken for one, and none is matched with a full number; better name customers by id", f.Masked)}
}

// spool keeps what is read from standard input: in memory at first, then in a file that
// nobody else can open and that goes with the process.
type spool struct {
	small bytes.Buffer
	file  *os.File
}

const spoolInMemory = 4 << 20 // bytes

// Write keeps some more.
func (s *spool) Write(p []byte) (int, error) {
	if s.file == nil && s.small.Len()+len(p) <= spoolInMemory {
		return s.small.Write(p)
	}
	if s.file == nil {
		file, err := os.CreateTemp("", "zhijian-*")
		if err != nil {
			return 0, err
		}
		if runtime.GOOS != "windows" { // which removes no open file
			_ = os.Remove(file.Name())
		}
		s.file = file
	}
	return s.file.Write(p)
}

// reader reads from the start what was kept.
func (s *spool) reader() io.Reader {
	if s.file == nil {
		return &s.small
	}
	return io.MultiReader(&s.small, io.NewSectionReader(s.file, 0, 1<<62))
}

// close forgets what was kept.
func (s *spool) close() {
	if s.file != nil {
		_ = s.file.Close()
		_ = os.Remove(s.file.Name())
	}
}

// windowFlag adds --window to a command.
func windowFlag(a *app, c *cobra.Command, value *string) {
	c.Flags().StringVar(value, "window", config.Window, a.say("`时长`|同一客户的通话相隔多久之内算有关（断线与回拨）；0 是每通单独看，标准输入随到随查", "`TIME`|calls of one customer at most so far apart belong together (dropped calls and callbacks); 0 looks at each alone, so that standard input is checked as it comes"))
}

// windowOf reads --window.
func windowOf(text, named string) (time.Duration, error) {
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 {
		return 0, failf("%[1]s 要写成 24h、90m 这样的时长，0 是不看几通之间的关系，但给了 %[2]q", "%[1]s wants a time span like 24h or 90m, or 0 to judge no calls together, but got %[2]q", named, text)
	}
	return d, nil
}
