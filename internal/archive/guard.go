package archive

import (
	"errors"
	"io"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// Limits bound what one packed file may unpack to. What is read as a stream takes no
// memory, so that most of them only end what would never end.
type Limits struct {
	Members  int   // of a file, and of the archives in it
	Member   int64 // bytes of one member
	Total    int64 // bytes of all that is unpacked from a file
	Ratio    int64 // bytes that one packed byte may become, once more than Free were unpacked
	Free     int64 // bytes
	Buffered int64 // bytes of what has to be in memory as a whole: a zip that is no file
}

// Standard are the limits that hold for users. Transcripts shrink to a tenth or so, and
// the same call again and again hardly to a hundredth.
func Standard() Limits {
	return Limits{Members: 100_000, Member: 16 << 30, Total: 64 << 30, Ratio: 200, Free: 64 << 20, Buffered: 256 << 20}
}

// Fault is an error for the user, in both languages.
type Fault struct{ call.Say }

// Error is the English text.
func (f Fault) Error() string { return f.EN }

func faultf(zh, en string, args ...any) error { return Fault{call.Sayf(zh, en, args...)} }

// Guard counts what is unpacked from one file, at whatever depth, and ends it where a
// limit is reached. Its zero value allows nothing.
type Guard struct {
	limits  Limits
	read    func() int64 // bytes of the file that were read, or its size
	members int          // of all archives
	total   int64        // bytes that were unpacked
	over    error        // the limit of the whole file that was reached
}

// NewGuard returns a guard of a file; read tells how many of its bytes were read so far,
// or how many it has.
func NewGuard(limits Limits, read func() int64) *Guard { return &Guard{limits: limits, read: read} }

// enter counts n more members.
func (g *Guard) enter(n int) error {
	if g.members += n; g.members > g.limits.Members {
		g.over = faultf("压缩包里有 %d 个或更多文件，上限是 %d 个；请分成几个压缩包", "the archive has %d files or more, and may have %d; make several archives of it", g.members, g.limits.Members)
	}
	return g.over
}

// guarded reads what is unpacked, as long as it is within the limits.
type guarded struct {
	r      io.Reader
	guard  *Guard
	packed func() int64 // bytes of the file or the archive that became n
	n      int64
	copied bool // n were counted when the archive was unpacked
}

// Read reads what is unpacked. What is wrong with it is a Fault.
func (r *guarded) Read(p []byte) (int, error) {
	if r.guard.over != nil {
		return 0, r.guard.over
	}
	n, err := r.r.Read(p)
	r.n += int64(n)
	if !r.copied {
		r.guard.total += int64(n)
	}
	if fault := r.check(); fault != nil {
		return n, fault
	}
	return n, explain(err)
}

func (r *guarded) check() error {
	g, l := r.guard, &r.guard.limits
	switch {
	case r.n > l.Member:
		return faultf("解压出的内容超过 %d MB，单个文件的上限；请拆成几个文件", "more than %d MB were unpacked, the limit for one file; split it", l.Member>>20)
	case l.excessive(r.n, r.packed()):
		return l.bomb(r.n, r.packed())
	case g.total > l.Total:
		g.over = faultf("已解压 %d MB，是一个压缩文件的上限；请分成几个压缩文件", "%d MB were unpacked, the limit for one packed file; make several of it", l.Total>>20)
	case l.excessive(g.total, g.read()):
		g.over = l.bomb(g.total, g.read())
	}
	return g.over
}

// excessive reports whether so few packed bytes cannot be so many bytes of text.
func (l *Limits) excessive(size, packed int64) bool {
	return size > l.Free && size/l.Ratio > packed
}

func (l *Limits) bomb(size, packed int64) error {
	return faultf("%[1]d 字节解压出 %[2]d MB，超过 %[3]d 倍；通话记录不会压得这么小，请检查文件的来源（上限：超过 %[4]d MB 后 %[3]d 倍）",
		"%[1]d bytes unpack to %[2]d MB, more than %[3]d times as many; transcripts do not shrink that much, check where the file comes from (the limit is %[3]d times, beyond %[4]d MB)",
		packed, size>>20, l.Ratio, l.Free>>20)
}

// Buffer is all of r, for what cannot be read as a stream.
func (g *Guard) Buffer(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, g.limits.Buffered+1))
	if err == nil && int64(len(data)) > g.limits.Buffered {
		err = faultf("压缩包里的、或从标准输入来的 .zip 最大 %d MB；请先存成文件", "a .zip inside another file or on standard input may have %d MB; save it as a file first", g.limits.Buffered>>20)
	}
	return data, err
}

// explain says in both languages what the packages say that unpack. The end of the
// input in the middle of a file is no end of it.
func explain(err error) error {
	if err == nil || errors.Is(err, io.EOF) || errors.As(err, new(Fault)) {
		return err
	}
	for _, f := range [][3]string{
		{"unexpected EOF", "压缩数据不完整，可能没有传完；请重新传输", "the packed data is cut off; transfer it again"},
		{"checksum", "压缩数据的校验和不符，内容已损坏；请重新传输", "the checksum of the packed data is wrong; transfer it again"},
		{"CRC", "压缩数据的校验和不符，内容已损坏；请重新传输", "the checksum of the packed data is wrong; transfer it again"},
		{"unsupported compression algorithm", "这种压缩方法读不了；请用普通的 .zip（Deflate）重新压缩", "it is packed by a method that is not read; pack it as an ordinary .zip (Deflate)"},
		{"window size exceeded", "压缩窗口太大，读不了；请不用 --long 重新压缩", "its window is too large; pack it again without --long"},
		{"not a valid zip file", "压缩包已损坏或没有传完；请重新传输", "the archive is damaged or cut off; transfer it again"},
	} {
		if strings.Contains(err.Error(), f[0]) {
			return Fault{call.Say{ZH: f[1], EN: f[2]}}
		}
	}
	return faultf("压缩数据已损坏（%[1]v）；请重新传输", "the packed data is damaged (%[1]v); transfer it again", err)
}
