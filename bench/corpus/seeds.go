package corpus

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/intake"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// Seeds are the sentences of others that calls are made of.
type Seeds struct {
	Calls  []Dialogue // the sample calls, whole
	Fine   []string   // lines of an agent that keep every rule
	Faulty []string   // lines of an agent that break one
	Kept   []Dialogue // parts of calls that keep every rule
	Broken []Dialogue // parts of calls that break one
}

// Dialogue is what is said in a call or in a part of one.
type Dialogue []Said

// Said is a turn.
type Said struct {
	Agent bool
	Text  string
}

// ReadSeeds reads the examples of the built-in pack and the sample calls of a
// clone of the repository.
func ReadSeeds(root string) (*Seeds, error) {
	pack, err := rule.Load(os.DirFS(filepath.Join(root, "rules")), "documents")
	if err != nil {
		return nil, err
	}
	s := &Seeds{}
	for _, r := range rule.ForCalls(pack.Rules) {
		s.Faulty, s.Broken = sow(s.Faulty, s.Broken, r.Bad())
		s.Fine, s.Kept = sow(s.Fine, s.Kept, r.Good())
	}
	s.Calls, err = samples(filepath.Join(root, "testdata", "calls"))
	return s, err
}

// sow adds examples to the lines, if they are one turn, or to the dialogues. An
// example of a whole call stands for a beginning or an end, so it is left out.
func sow(lines []string, dialogues []Dialogue, examples []rule.Example) ([]string, []Dialogue) {
	for _, e := range examples {
		switch {
		case e.OneTurn:
			lines = append(lines, strings.TrimRight(e.Call.Turns[0].Text, "。"))
		case e.Call.Truncated:
			dialogues = append(dialogues, dialogue(e.Call))
		}
	}
	return lines, dialogues
}

func dialogue(c *call.Call) Dialogue {
	var d Dialogue
	for i := range c.Turns {
		d = append(d, Said{c.Turns[i].Role == call.Agent, c.Turns[i].Text})
	}
	return d
}

// samples reads all calls of a folder.
func samples(folder string) ([]Dialogue, error) {
	var out []Dialogue
	for chunk := range intake.Open(context.Background(), []string{folder}, intake.Options{}) {
		for it := range chunk.Items {
			if it.Call != nil {
				out = append(out, dialogue(it.Call))
			}
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("no calls in %s", folder)
	}
	return out, nil
}
