package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// machine describes what was measured on what and when, on one line.
func machine() string {
	return fmt.Sprintf("%s, %d × %s, %s, %s/%s, zhijian %s%s%s", time.Now().Format(time.DateOnly), runtime.NumCPU(),
		field("/proc/cpuinfo", "model name", runtime.GOARCH), runtime.Version(), runtime.GOOS, runtime.GOARCH, commit(), version("rg"), version("vale"))
}

// version is what an installed program calls itself, behind a comma; empty if it
// is not installed.
func version(program string) string {
	out, err := exec.Command(program, "--version").Output()
	if err != nil {
		return ""
	}
	first, _, _ := strings.Cut(string(out), "\n")
	return ", " + strings.TrimSpace(first)
}

// field is the value of a "name: value" line of a file, or what else to say.
func field(file, name, otherwise string) string {
	data, _ := os.ReadFile(file) // where there is none, otherwise is said
	for line := range strings.Lines(string(data)) {
		key, value, _ := strings.Cut(line, ":")
		if strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return otherwise
}

// commit names the version that is measured.
func commit() string {
	out, err := exec.Command("git", "describe", "--always", "--dirty").Output()
	if err != nil {
		return "of no commit"
	}
	return strings.TrimSpace(string(out))
}
