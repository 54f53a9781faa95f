package main

import (
	"os"
	"syscall"
)

// peak is the most memory that a process ever had, in bytes. Linux counts what the
// process had before it became another program, so the one that starts it must be
// small: what needs memory here runs in processes of its own.
func peak(s *os.ProcessState) int64 {
	usage, ok := s.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return usage.Maxrss * 1024
}
