// Command gencarriers writes the library of testdata/scripts into every carrier,
// from library.yaml, which is written by hand. Run it with go generate in
// internal/script after each change of that file; the faults of faults.tsv are
// written by hand too.
package main

import (
	"log"
	"os"
	"path/filepath"
)

// folder is where the carriers are, seen from internal/script.
const folder = "../../testdata/scripts"

func main() {
	log.SetFlags(0)
	if err := generate(folder); err != nil {
		log.Fatal("gencarriers: ", err)
	}
}

// generate writes the carriers into the folder of the master.
func generate(folder string) error {
	files, err := carriers(folder)
	if err != nil {
		return err
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// carriers are the files with the library in the folder, by name.
func carriers(folder string) (map[string][]byte, error) {
	data, err := os.ReadFile(filepath.Join(folder, "library.yaml"))
	if err != nil {
		return nil, err
	}
	scripts, err := read(data)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{
		"library-utf8.csv": []byte("\ufeff" + separated(scripts, ",")),
		"library.tsv":      []byte(separated(scripts, "\t")),
		"library.md":       []byte(headings(scripts)),
		"library-table.md": []byte(pipes(scripts)),
		"library.txt":      []byte(plain(scripts)),
	}
	for name, write := range map[string]func([]entry) ([]byte, error){
		"library.csv": gb18030, "library.json": objects, "library.xlsx": workbook, "library.docx": document,
	} {
		if files[name], err = write(scripts); err != nil {
			return nil, err
		}
	}
	return files, nil
}
