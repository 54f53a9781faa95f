package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// innerLoops runs the Go benchmarks of all packages that have some and returns
// their lines, a package after the other.
func innerLoops(quick bool) (string, error) {
	packages, err := benchmarked("internal", "bench")
	if err != nil {
		return "", err
	}
	duration := "1s"
	if quick {
		duration = "0.2s"
	}
	// One package at a time: side by side they would slow each other down.
	c := exec.Command("go", append([]string{"test", "-p", "1", "-run", "^$", "-bench", ".", "-benchmem", "-benchtime", duration}, packages...)...)
	c.Stderr = os.Stderr
	out, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("go test -bench: %w\n%s", err, out)
	}
	return benchLines(string(out)), nil
}

// benchmarked lists the packages below some folders with a benchmark in their tests.
func benchmarked(roots ...string) ([]string, error) {
	var out []string
	for _, root := range roots {
		err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, "_test.go") {
				return err
			}
			source, err := os.ReadFile(path)
			if strings.Contains(string(source), "\nfunc Benchmark") {
				out = append(out, "./"+filepath.ToSlash(filepath.Dir(path)))
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return slices.Compact(out), nil
}

// benchLines keeps of what go test prints the packages and their benchmarks.
func benchLines(out string) string {
	var kept strings.Builder
	for line := range strings.Lines(out) {
		if strings.HasPrefix(line, "pkg: ") || strings.HasPrefix(line, "Benchmark") {
			kept.WriteString(line)
		}
	}
	return kept.String()
}
