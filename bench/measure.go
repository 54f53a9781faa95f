package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// measure does all and prints the tables.
func (o *options) measure(out io.Writer) error {
	w, clean, err := o.workshop()
	if err != nil {
		return err
	}
	defer clean()
	fmt.Fprintln(os.Stderr, "building, making calls …")
	if err := w.build(); err != nil {
		return err
	}
	if err := o.prepareApart(w); err != nil {
		return err
	}
	b := &book{machine: machine(), byID: map[string]*result{}, goals: o.goals()}
	for _, g := range o.groups(w) {
		fmt.Fprintln(os.Stderr, g.title.EN, "…")
		b.add(g.title, g.measure(string(w)))
	}
	if !o.noInner {
		fmt.Fprintln(os.Stderr, "inner loops …")
		if b.inner, err = innerLoops(o.size < 100*megabyte); err != nil {
			return err
		}
	}
	if err := o.publish(b, out); err != nil {
		return err
	}
	return b.wrong()
}

// workshop is the folder to work in, made anew unless one is to be kept, and how
// to leave it.
func (o *options) workshop() (w workshop, clean func(), err error) {
	if o.self, err = os.Executable(); err != nil {
		return "", nil, err
	}
	if o.keep == "" {
		folder, err := os.MkdirTemp("", "zhijian-bench-")
		return workshop(folder), func() { os.RemoveAll(folder) }, err
	}
	folder, err := filepath.Abs(o.keep)
	if err != nil {
		return "", nil, err
	}
	return workshop(folder), func() {}, os.MkdirAll(folder, 0o755)
}

// prepareApart makes the files in a process of its own.
func (o *options) prepareApart(w workshop) error {
	c := exec.Command(o.self, "prepare", "--keep", string(w), "--seed", strconv.FormatUint(o.seed, 10),
		"--size", strconv.FormatInt(o.size/megabyte, 10), fmt.Sprintf("--full=%t", o.full))
	c.Stderr = os.Stderr
	return c.Run()
}

// publish prints the tables, and puts them into the guides if that was asked for.
func (o *options) publish(b *book, out io.Writer) error {
	if o.docs {
		for file, lang := range map[string]call.Lang{"docs/speed.md": call.EN, "docs/speed.zh-CN.md": call.ZH} {
			if err := replaceFigures(file, b.markdown(lang)); err != nil {
				return err
			}
		}
	}
	_, err := io.WriteString(out, b.markdown(call.EN))
	return err
}
