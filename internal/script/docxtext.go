package script

import (
	"errors"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/intake"
)

// WordText is the text of a Word document that holds transcripts and no library: its
// paragraphs as lines, and the rows of its tables as "speaker：text". problem says why
// there is none.
func WordText(document []byte) (text string, problem *call.Say) {
	d, err := openDocument(document)
	if err != nil {
		say := explained(err.Error())
		if t := (trouble{}); errors.As(err, &t) {
			say = t.Say
		}
		return "", &say
	}
	var b strings.Builder
	for _, block := range d.blocks {
		if block.table == nil {
			b.WriteString(block.text.Text + "\n")
		}
		for _, row := range block.table {
			b.WriteString(spokenRow(row) + "\n")
		}
	}
	return b.String(), nil
}

// spokenRow is a row of a table as a line of plain text: what stands before the speaker,
// a time or a number, then the speaker, then what is said. A row without a speaker has
// spaces between its cells, unless they are two, of which the first may name somebody.
func spokenRow(row []Line) string {
	var cells []string
	for i := range row {
		if text := strings.TrimSpace(row[i].Text); text != "" {
			cells = append(cells, text)
		}
	}
	for i, cell := range cells[:max(len(cells)-1, 0)] {
		if _, ok := intake.Speaker(strings.TrimRight(cell, ":：")); ok {
			return labelled(cells[:i], cell, cells[i+1:])
		}
	}
	if len(cells) == 2 {
		return labelled(nil, cells[0], cells[1:])
	}
	return strings.Join(cells, " ")
}

// labelled is a line of plain text; a number before the speaker is that of the line.
func labelled(before []string, speaker string, said []string) string {
	var b strings.Builder
	for _, cell := range before {
		if strings.Trim(cell, "0123456789") == "" {
			cell = "[" + cell + "]"
		}
		b.WriteString(cell + " ")
	}
	return b.String() + strings.TrimRight(speaker, ":：") + "：" + strings.Join(said, " ")
}
