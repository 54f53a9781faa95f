package cli

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"

	"golang.org/x/term"
)

// pager is the program that shows what is taller than the screen.
type pager struct {
	command []string
	screen  *os.File
	stderr  io.Writer
}

// newPager is the pager that PAGER names, less -R where it names none; nil where
// it is empty or cat: then there is to be none.
func newPager(screen *os.File, stderr io.Writer) *pager {
	name, set := os.LookupEnv("PAGER")
	if !set {
		name = "less -R"
	}
	command := strings.Fields(name)
	if len(command) == 0 || command[0] == "cat" {
		return nil
	}
	return &pager{command, screen, stderr}
}

// show runs the pager. The error says that it could not be started: nothing has
// been shown. How it ended does not matter, the user ended it.
func (p *pager) show(ctx context.Context, text []byte) error {
	c := exec.CommandContext(ctx, p.command[0], p.command[1:]...)
	c.Stdin, c.Stdout, c.Stderr = bytes.NewReader(text), p.screen, p.stderr
	c.Env = pagerEnv(os.Environ())
	signal.Ignore(os.Interrupt) // Ctrl-C is for the pager
	defer signal.Reset(os.Interrupt)
	if err := c.Start(); err != nil {
		return err
	}
	_ = c.Wait()
	return nil
}

// pagerEnv lets less show colours and Chinese also where the user's settings say
// nothing of them, as git does.
func pagerEnv(env []string) []string {
	for _, setting := range []string{"LESS=R", "LESSCHARSET=utf-8"} {
		name, _, _ := strings.Cut(setting, "=")
		if _, set := os.LookupEnv(name); !set {
			env = append(env, setting)
		}
	}
	return env
}

// tooTall reports whether a text has more lines than a screen, below which the
// prompt needs one.
func tooTall(text []byte, screen *os.File) bool {
	_, height, err := term.GetSize(int(screen.Fd()))
	return err == nil && bytes.Count(text, []byte{'\n'}) >= height
}
