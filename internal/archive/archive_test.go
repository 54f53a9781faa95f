package archive

import (
	"archive/tar"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestShownName(t *testing.T) {
	for raw, want := range map[string]string{
		"june/1.txt":                "june/1.txt",
		"../../etc/passwd":          "etc/passwd",
		"/etc/passwd":               "etc/passwd",
		`C:\calls\..\1.txt`:         "calls/1.txt",
		"./a//b.txt":                "a/b.txt",
		"a..b/c...txt":              "a..b/c...txt",
		"\xCD\xA8\xBB\xB0.txt":      "通话.txt",
		"通\u3000话.txt":              "通\u3000话.txt",
		"a\n\x1b[2J\u202etxt.exe":   "a\uFFFD\uFFFD[2J\uFFFDtxt.exe",
		"..":                        "?",
		"\xFF":                      "\uFFFD",
		strings.Repeat("../", 9000): "?",
	} {
		assert.Equal(t, want, shownName(raw), "%.40q", raw)
	}
}

func TestJunk(t *testing.T) {
	for _, name := range []string{"__MACOSX/a.txt", "a/.DS_Store", "Thumbs.db", "a/thumbs.DB", "desktop.ini", ".git/a.txt", "a/._b.txt"} {
		assert.True(t, Junk(name), name)
	}
	for _, name := range []string{"a.txt", "a/b.txt", "a.b/c.txt", "thumbs.db.txt"} {
		assert.False(t, Junk(name), name)
	}
}

func TestSniff(t *testing.T) {
	var gnu, old bytes.Buffer
	for _, b := range []*bytes.Buffer{&gnu, &old} {
		w := tar.NewWriter(b)
		require.NoError(t, w.WriteHeader(&tar.Header{Name: "a.txt", Typeflag: tar.TypeReg, Format: tar.FormatGNU}))
		require.NoError(t, w.Close())
	}
	v7 := old.Bytes() // the oldest format has no magic word: without it the checksum is less
	sum := 0
	for _, b := range v7[257:265] {
		sum += int(b)
	}
	copy(v7[257:265], make([]byte, 8))
	var field int
	for _, b := range v7[148:154] {
		field = field*8 + int(b-'0')
	}
	field -= sum
	for i := 153; i >= 148; i-- {
		v7[i] = '0' + byte(field%8)
		field /= 8
	}
	for head, want := range map[string]Kind{
		"\x1F\x8B\x08": Gzip, "\x28\xB5\x2F\xFD": Zstd, "PK\x03\x04": Zip, "PK\x05\x06": Zip, gnu.String(): Tar, string(v7): Tar,
		"": None, "PK": None, "客服：您好": None, strings.Repeat("0", 600): None, strings.Repeat("\x00", 600): None, strings.Repeat(" ", 600): None,
	} {
		assert.Equal(t, want, Sniff([]byte(head)), "%.20q", head)
	}
}

// What is wrong with packed data is told in both languages, and never passes for its end.
func TestFaults(t *testing.T) {
	guard := NewGuard(Standard(), func() int64 { return 1 << 20 })
	for data, want := range map[string]string{
		"\x1F\x8B":                     "cut off",
		"\x1F\x8Bxxxxxxxxxxxxxx":       "invalid header",
		"\x28\xB5\x2F\xFD":             "cut off",
		"\x28\xB5\x2F\xFDxxxxxxxxxxxx": "the packed data is damaged",
	} {
		r := guard.Unpack(Sniff([]byte(data)), strings.NewReader(data))
		_, err := io.ReadAll(r)
		var fault Fault
		require.ErrorAs(t, err, &fault, "%q", data)
		assert.Contains(t, fault.EN, want, "%q", data)
		assert.NotEmpty(t, fault.ZH)
		require.NoError(t, r.Close())
	}
}
