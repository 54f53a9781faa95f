package report

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
)

// htmlBlocks writes objects, one JSON line each, as blocks of a page: elements
// with the ids rows0, rows1, … whose text is gzip in base64. No letter of that
// alphabet means anything in HTML, so whatever the objects hold stays inside.
type htmlBlocks struct {
	w       io.Writer
	name    string
	most    int // objects in a block
	written int // bytes, of full blocks
	full    int // blocks
	count   int // objects in the block that is being filled
	packed  bytes.Buffer
	zip     *gzip.Writer
	lines   *json.Encoder
}

const htmlBlock = 256 << 10 // compressed bytes from which a block is full, however few objects it has

func newHTMLBlocks(w io.Writer, name string, most int) *htmlBlocks {
	b := &htmlBlocks{w: w, name: name, most: most}
	// The level is one that there is. Without a time in its header the same
	// objects are the same bytes.
	b.zip, _ = gzip.NewWriterLevel(&b.packed, gzip.BestCompression)
	b.lines = json.NewEncoder(b.zip)
	b.lines.SetEscapeHTML(false)
	return b
}

// next is the number of the block, from 0, that the next object goes into.
func (b *htmlBlocks) next() int { return b.full }

// add puts an object into the block, and writes the block where it is full.
func (b *htmlBlocks) add(v any) error {
	if err := b.lines.Encode(v); err != nil {
		return err
	}
	b.count++
	if b.count == b.most || b.packed.Len() >= htmlBlock {
		return b.flush()
	}
	return nil
}

// flush writes the block, if there is anything in it.
func (b *htmlBlocks) flush() error {
	if b.count == 0 {
		return nil
	}
	if err := b.zip.Close(); err != nil {
		return err
	}
	text := base64.StdEncoding.EncodeToString(b.packed.Bytes())
	element := fmt.Sprintf("<script type=\"text/plain\" id=\"%s%d\">%s</script>\n", b.name, b.full, text)
	b.written += len(element)
	b.full++
	b.count = 0
	b.packed.Reset()
	b.zip.Reset(&b.packed)
	return writeAll(b.w, element)
}
