package sheet

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

// Parts opens a part of a workbook by its name, xl/workbook.xml. Where there is none the
// error is fs.ErrNotExist.
type Parts func(name string) (io.ReadCloser, error)

// Book is a workbook that is read.
type Book struct {
	Sheets []string // names, in the order of the tabs
	parts  Parts
	part   map[string]string // of each sheet
	shared table
}

// most bytes that the parts about a workbook, without its cells, may have.
const mostAbout = 16 << 20

// Open reads what is in a workbook, and its shared strings.
func Open(parts Parts) (*Book, error) {
	b := &Book{parts: parts, part: map[string]string{}}
	targets, err := b.targets()
	if err != nil {
		return nil, err
	}
	var about struct {
		Sheets []struct {
			Name string     `xml:"name,attr"`
			Any  []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := b.unmarshal("xl/workbook.xml", &about); err != nil {
		return nil, err
	}
	for _, s := range about.Sheets {
		for _, a := range s.Any {
			if target := targets[a.Value]; a.Name.Local == "id" && strings.Contains(target, "sheet") {
				b.Sheets = append(b.Sheets, s.Name)
				b.part[s.Name] = target
			}
		}
	}
	return b, b.strings()
}

// targets are the parts of the workbook by their ids.
func (b *Book) targets() (map[string]string, error) {
	var rels struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	err := b.unmarshal("xl/_rels/workbook.xml.rels", &rels)
	targets := map[string]string{}
	for _, r := range rels.All {
		if rooted, ok := strings.CutPrefix(r.Target, "/"); ok {
			targets[r.ID] = rooted
		} else {
			targets[r.ID] = path.Join("xl", r.Target)
		}
	}
	return targets, err
}

func (b *Book) unmarshal(part string, into any) error {
	r, err := b.parts(part)
	if err != nil {
		return fmt.Errorf("%s: %w", part, err)
	}
	defer r.Close() //nolint:errcheck // only read
	if err := xml.NewDecoder(io.LimitReader(r, mostAbout)).Decode(into); err != nil {
		return fmt.Errorf("%s: %w", part, err)
	}
	return nil
}

// strings reads the shared strings, which a workbook need not have.
func (b *Book) strings() error {
	r, err := b.parts("xl/sharedStrings.xml")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer r.Close() //nolint:errcheck // only read
	return b.shared.read(r)
}

// Rows starts to read a sheet. Whoever starts must close.
func (b *Book) Rows(sheet string) (*Rows, error) {
	r, err := b.parts(b.part[sheet])
	if err != nil {
		return nil, fmt.Errorf("%s: %w", sheet, err)
	}
	return &Rows{s: newScanner(r), close: r, shared: &b.shared}, nil
}
