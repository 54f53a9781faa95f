package report

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"io"
	"strconv"

	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// gitlabFormat is the Code Quality report of GitLab: an array of issues.
func gitlabFormat() format {
	return format{"gitlab", lint.FoundTurns, func(w io.Writer, o Options) Writer {
		return &gitlabReport{tongue: tongue(o.Lang), w: w, o: o, seen: map[uint64]int{}}
	}}
}

type gitlabReport struct {
	tongue
	w     io.Writer
	o     Options
	begun bool
	seen  map[uint64]int // how often a finding came, by its hash: all that the report remembers
}

// gitlabIssue is a finding.
type gitlabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"` // 1-based
}

// Call writes an issue for every finding.
func (g *gitlabReport) Call(r *lint.Result) error {
	for i := range r.Verdict.Findings {
		f := &r.Verdict.Findings[i]
		path := filePath(r.Call.Source, g.o.Dir)
		line, err := EncodeLine(gitlabIssue{Description: g.told(r.Call, f), CheckName: f.Rule.ID, Severity: gitlabSeverity(f.Rule.Severity),
			Fingerprint: g.fingerprint(path, f.Fingerprint), Location: gitlabLocation{path, gitlabLines{lineOf(placeOf(r.Call, f.At))}}})
		if err != nil {
			return err
		}
		if err := writeAll(g.w, g.separator(), string(line[:len(line)-1])); err != nil {
			return err
		}
	}
	return nil
}

func (g *gitlabReport) separator() string {
	if g.begun {
		return ",\n"
	}
	g.begun = true
	return "[\n"
}

// fingerprint knows a finding among all files of the report. GitLab drops all
// but one issue of the same fingerprint, so the second of the same words in the
// same call gets another.
func (g *gitlabReport) fingerprint(path, finding string) string {
	first := sha256.Sum256([]byte(path + "\x00" + finding))
	key := binary.BigEndian.Uint64(first[:])
	g.seen[key]++
	if n := g.seen[key]; n > 1 {
		first = sha256.Sum256([]byte(path + "\x00" + finding + "\x00" + strconv.Itoa(n)))
	}
	return hex.EncodeToString(first[:16])
}

// Close ends the array.
func (g *gitlabReport) Close(*Summary) error {
	if !g.begun {
		return writeAll(g.w, "[]\n")
	}
	return writeAll(g.w, "\n]\n")
}

func gitlabSeverity(s rule.Severity) string {
	switch s {
	case rule.Error:
		return "major"
	case rule.Warning:
		return "minor"
	}
	return "info"
}
