package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// job is a command to be measured.
type job struct {
	id      string // by which comparisons refer to it
	name    call.Say
	program string   // its path; empty: it is not there, and the job is skipped
	args    []string // as they are shown too, with shown before them
	shown   string
	cores   int      // on which it runs; 0: all
	feed    []string // the command whose output it reads; nil: none
	fed     string   // how that is shown
	bytes   int64    // that it reads; 0: its speed is not of interest
	calls   int      // that it reads, where they count and not the bytes
}

// command is the job as one would type it.
func (j *job) command() string {
	s := strings.Join(append([]string{j.shown}, j.args...), " ")
	if j.cores > 0 {
		s = j.limit() + " " + s
	}
	if j.fed != "" {
		s = j.fed + " | " + s
	}
	return s
}

// limit is what makes a Go program use no more than the job's cores: --jobs only says how many
// calls are judged at a time, beside which one is read and memory is collected.
func (j *job) limit() string { return fmt.Sprintf("GOMAXPROCS=%d", j.cores) }

// result is what measuring a job gave.
type result struct {
	job
	times []time.Duration
	peak  int64 // bytes, of the largest run; 0 if unknown
	wrong error // why the job is out; nil: it is not
}

func (r *result) best() time.Duration { return slices.Min(r.times) }

func (r *result) mean() time.Duration {
	var sum time.Duration
	for _, t := range r.times {
		sum += t
	}
	return sum / time.Duration(len(r.times))
}

// measured reports whether the job took part in all rounds.
func (r *result) measured() bool { return r != nil && len(r.times) > 0 && r.wrong == nil }

// group is jobs to be compared: they take turns, so that whatever slows the
// machine down for a while slows all of them.
type group struct {
	title  call.Say
	rounds int
	jobs   []job
}

// measure runs the jobs in a folder. One that fails is out, and the others go on.
func (g *group) measure(folder string) []*result {
	results := make([]*result, len(g.jobs))
	for i, j := range g.jobs {
		results[i] = &result{job: j}
	}
	for range g.rounds {
		for _, r := range results {
			if r.program != "" && r.wrong == nil {
				r.wrong = r.once(folder)
			}
		}
	}
	return results
}

// once runs the job in a folder, from its start to its end.
func (r *result) once(folder string) error {
	var complaints bytes.Buffer
	c := exec.Command(r.program, r.args...)
	c.Dir, c.Stderr = folder, &complaints // no Stdout: it goes to the null device
	if r.cores > 0 {
		c.Env = append(os.Environ(), r.limit())
	}
	stop, err := r.attach(c, folder)
	if err != nil {
		return err
	}
	start := time.Now()
	err = c.Run()
	took := time.Since(start)
	stop()
	if err := failed(err, complaints.String()); err != nil {
		return err
	}
	r.times, r.peak = append(r.times, took), max(r.peak, peak(c.ProcessState))
	return nil
}

// failed is why a run does not count: exit code 1 only says that something was found.
func failed(err error, complaints string) error {
	var exit *exec.ExitError
	if err != nil && !(errors.As(err, &exit) && exit.ExitCode() == 1) || complaints != "" {
		return fmt.Errorf("%v %s", err, strings.TrimSpace(complaints))
	}
	return nil
}

// attach starts what feeds the job. stop closes the pipe, so that the feeder ends
// even if the job did not read everything.
func (r *result) attach(c *exec.Cmd, folder string) (stop func(), err error) {
	if r.feed == nil {
		return func() {}, nil
	}
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	feeder := exec.Command(r.feed[0], r.feed[1:]...)
	feeder.Stdout, feeder.Stderr = write, os.Stderr
	err = feeder.Start()
	write.Close()
	if err != nil {
		return nil, err
	}
	c.Stdin = read
	return func() { read.Close(); _ = feeder.Wait() }, nil
}
