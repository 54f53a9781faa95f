package script

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"hash/crc32"
	"io"
	slashpath "path"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// Limits of what is unpacked, against archives that are small only on disk.
const (
	maxUnpacked   = 256 << 20 // bytes of all parts that are read
	maxRatio      = 200       // of a part's bytes to its compressed bytes, where it has more than freeUnpacked
	freeUnpacked  = 10 << 20
	sayAgainZH    = "；请用 Excel、Word 或 WPS 打开，另存为新的 "
	sayAgainEN    = "; open it in Excel, Word or WPS and save it as a new "
	oleMagic      = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	encryptedPart = "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00" // EncryptedPackage in UTF-16
)

// trouble is an error for the user, in both languages.
type trouble struct{ call.Say }

// Error is the English text.
func (t trouble) Error() string { return t.EN }

func troublef(zh, en string, args ...any) error { return trouble{call.Sayf(zh, en, args...)} }

// archive is an Office file: a zip of parts, most of them XML. Nothing of it is
// ever unpacked to a path.
type archive struct {
	ext  string // .xlsx or .docx, for what people are told
	zip  *zip.Reader
	part map[string]*zip.File // by name as partName writes it
	text map[string][]byte    // parts that were read
	size uint64               // of text
}

// openArchive reads the list of parts; ext is the ending that the file should have.
func openArchive(data []byte, ext string) (*archive, error) {
	if bytes.HasPrefix(data, []byte(oleMagic)) {
		return nil, oleTrouble(data, ext)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		say := explained(err.Error())
		return nil, trouble{call.Say{ZH: fmt.Sprintf("这个 %[1]s 文件已损坏或不是 %[1]s：%[2]s"+sayAgainZH+"%[1]s", ext, say.ZH),
			EN: fmt.Sprintf("this %[1]s is damaged or is none: %[2]s"+sayAgainEN+"%[1]s", ext, say.EN)}}
	}
	a := &archive{ext: ext, zip: z, part: map[string]*zip.File{}, text: map[string][]byte{}}
	for _, f := range z.File {
		name := partName(f.Name)
		if a.part[name] != nil { // readers disagree about which one counts
			return nil, troublef("压缩包里有两个 %[2]s"+sayAgainZH+"%[1]s", "the archive holds %[2]s twice"+sayAgainEN+"%[1]s", ext, f.Name)
		}
		a.part[name] = f
	}
	return a, nil
}

// oleTrouble says what an Office file of the old kind is: one with a password, or .xls and .doc.
func oleTrouble(data []byte, ext string) error {
	if bytes.Contains(data, []byte(encryptedPart)) {
		return troublef("文件有打开密码，读不了；请去掉密码（文件 → 信息 → 保护），另存为 %s",
			"the file needs a password to open; remove it (File → Info → Protect) and save it as %s", ext)
	}
	return troublef("这是旧版 Office 文件（.xls、.doc）；请用 Excel、Word 或 WPS 打开，另存为 %s",
		"this is an old Office file (.xls, .doc); open it in Excel, Word or WPS and save it as %s", ext)
}

// partName is the name under which a part is looked up: case does not count, and
// some writers use backslashes or begin with a slash.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(slashpath.Clean(strings.ReplaceAll(name, `\`, "/")), "/"))
}

// has reports whether the archive holds a part.
func (a *archive) has(name string) bool { return a.part[partName(name)] != nil }

// read is the text of a part, unpacked.
func (a *archive) read(name string) ([]byte, error) {
	key := partName(name)
	if text, ok := a.text[key]; ok {
		return text, nil
	}
	f := a.part[key]
	if f == nil {
		return nil, a.damaged(name, call.Sayf("没有这个部件", "the part is missing"))
	}
	if a.size += f.UncompressedSize64; tooLarge(f) || a.size > maxUnpacked {
		return nil, troublef("部件 %s 解压后有 %d MB，超出上限（共 %d MB，压缩比 %d:1）；话术库不会这么大，请检查文件的来源",
			"part %s unpacks to %d MB, beyond the limit (%d MB in all, %d:1); no script library is this large, check where the file comes from",
			name, f.UncompressedSize64>>20, maxUnpacked>>20, maxRatio)
	}
	text, err := unpack(f)
	if err != nil {
		return nil, a.damaged(name, explained(err.Error()))
	}
	a.text[key] = text
	return text, nil
}

// damaged says what is wrong with a part and what to do.
func (a *archive) damaged(part string, what call.Say) error {
	return trouble{call.Say{
		ZH: fmt.Sprintf("文件里的 %s 已损坏：%s"+sayAgainZH+"%s", part, what.ZH, a.ext),
		EN: fmt.Sprintf("%s in the file is damaged: %s"+sayAgainEN+"%s", part, what.EN, a.ext),
	}}
}

func tooLarge(f *zip.File) bool {
	size := f.UncompressedSize64
	return size > maxUnpacked || size > freeUnpacked && size/maxRatio > f.CompressedSize64
}

func unpack(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()                                                     //nolint:errcheck // nothing was written
	return io.ReadAll(io.LimitReader(r, int64(f.UncompressedSize64)+1)) // zip reports a size that is a lie
}

// write is the archive with some parts replaced. Every other part keeps its
// compressed bytes, its header and its turn.
func (a *archive) write(parts map[string][]byte) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range a.zip.File {
		if err := a.writePart(w, f, parts); err != nil {
			return nil, err
		}
	}
	if err := w.SetComment(a.zip.Comment); err != nil {
		return nil, err
	}
	err := w.Close()
	return out.Bytes(), err
}

func (a *archive) writePart(w *zip.Writer, f *zip.File, parts map[string][]byte) error {
	header := f.FileHeader
	raw, err := f.OpenRaw()
	if text, ok := parts[partName(f.Name)]; ok && err == nil {
		raw, err = packed(&header, text)
	}
	if err != nil {
		return err
	}
	to, err := w.CreateRaw(&header)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, raw)
	return err
}

// packed compresses the new text of a part and says so in its header. It does what
// zip.Writer.CreateHeader does, which would add a time stamp to the header as well.
func packed(header *zip.FileHeader, text []byte) (io.Reader, error) {
	header.CRC32, header.UncompressedSize64 = crc32.ChecksumIEEE(text), uint64(len(text))
	out := bytes.NewBuffer(text)
	if header.Method != zip.Store {
		out = new(bytes.Buffer)
		w, err := flate.NewWriter(out, flate.DefaultCompression)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(text); err != nil {
			return nil, err
		}
		if err := w.Close(); err != nil {
			return nil, err
		}
	}
	header.CompressedSize64 = uint64(out.Len())
	return out, nil
}
