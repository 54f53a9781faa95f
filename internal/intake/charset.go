package intake

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	utf16 "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// charset is how the bytes of an input stand for characters.
type charset struct {
	name  string
	enc   encoding.Encoding // nil for UTF-8
	bom   string            // bytes that announce it
	sound bool              // all of the input was seen to be in it
}

func charsets() []charset {
	return []charset{
		inUTF8(),
		{name: "UTF-16LE", enc: utf16.UTF16(utf16.LittleEndian, utf16.IgnoreBOM), bom: "\xFF\xFE"},
		{name: "UTF-16BE", enc: utf16.UTF16(utf16.BigEndian, utf16.IgnoreBOM), bom: "\xFE\xFF"},
		{name: "GB18030", enc: simplifiedchinese.GB18030, bom: "\x84\x31\x95\x33"},
		{name: "Big5", enc: traditionalchinese.Big5},
	}
}

func inUTF8() charset { return charset{name: "UTF-8", bom: "\xEF\xBB\xBF"} }

// Encodings are the names of the text encodings that are read. GBK and GB2312 are parts
// of GB18030; UTF-16 without an order of bytes finds it out.
func Encodings() []string {
	return []string{"UTF-8", "GB18030", "GBK", "GB2312", "Big5", "UTF-16", "UTF-16LE", "UTF-16BE"}
}

// namedCharset is the encoding of that name, of [Encodings], for a file that starts with
// head.
func namedCharset(name string, head []byte) charset {
	switch name {
	case "GBK", "GB2312":
		name = "GB18030"
	case "UTF-16":
		all := charsets()[1:3]
		return all[best(all, head)]
	}
	all := charsets()
	return all[slices.IndexFunc(all, func(cs charset) bool { return cs.name == name })]
}

// best is the index of the encoding that head announces, or that makes the most of it.
func best(all []charset, head []byte) int {
	if i := slices.IndexFunc(all, func(cs charset) bool { return cs.marks(head) }); i >= 0 {
		return i
	}
	top, common, part := 0, commonCharacters(), suspicious(head)
	for i := range all {
		if all[i].score(part, common) > all[top].score(part, common) {
			top = i
		}
	}
	return top
}

// marks reports whether head starts with the mark of the encoding.
func (cs charset) marks(head []byte) bool {
	return cs.bom != "" && bytes.HasPrefix(head, []byte(cs.bom))
}

// misfit is the share of characters of head that cannot be in this encoding, among those
// that are not ASCII.
func (cs charset) misfit(head []byte) float64 {
	text := head
	if cs.enc != nil {
		text, _ = cs.enc.NewDecoder().Bytes(head)
	}
	wrong, all := 0, 0
	for _, r := range string(text) {
		if r == utf8.RuneError {
			wrong++
		}
		if r >= utf8.RuneSelf || r == 0 {
			all++
		}
	}
	return float64(wrong) / float64(max(all, 1))
}

// decode is r in UTF-8, without byte order mark. UTF-8 passes unchecked.
func (cs charset) decode(r io.Reader) io.Reader {
	if cs.enc != nil {
		r = transform.NewReader(r, cs.enc.NewDecoder())
	}
	return &unmarked{r: r}
}

// Decode is the text of a whole file, in UTF-8 without its byte order mark, and a
// function that writes a text the way the file is written: in its encoding, with
// the mark it has. That function fails at a character the encoding does not have.
// UTF-8 passes unchecked. ok is false if no encoding makes sense of data.
func Decode(data []byte) (text string, encode func(string) ([]byte, error), ok bool) {
	cs, ok := detectCharset(data, true)
	if !ok {
		return "", nil, false
	}
	mark := ""
	if cs.marks(data) {
		mark = cs.bom
	}
	if cs.enc == nil {
		return string(data[len(mark):]), func(s string) ([]byte, error) { return []byte(mark + s), nil }, true
	}
	decoded, err := cs.enc.NewDecoder().Bytes(data[len(mark):])
	encode = func(s string) ([]byte, error) {
		body, err := cs.enc.NewEncoder().String(s)
		return []byte(mark + body), err
	}
	return string(decoded), encode, err == nil
}

// detectCharset decides the encoding from the start of a file, or all of it: by its
// mark, else UTF-8 where that is valid or lines of it are plainly so, else by how many
// common characters each encoding makes of it. (Big5 is nearly always valid GB18030, so
// validity says nothing.) ok is false if none makes sense.
func detectCharset(head []byte, whole bool) (best charset, ok bool) {
	text := bytes.IndexByte(head, 0) < 0
	valid := text && validUTF8(head, whole)
	if valid && !accidental(head) { // no mark but its own is valid
		best = inUTF8()
		best.sound = whole
		return best, true
	}
	all := charsets()
	for _, cs := range all {
		if cs.marks(head) {
			return cs, true
		}
	}
	common := commonCharacters()
	if valid && !gbByAccident(head, common) || text && !valid && hasUTF8Line(head, common) {
		return all[0], true
	}
	part, top := suspicious(head), leastScore
	for _, cs := range all {
		if score := cs.score(part, common); score > top {
			best, top = cs, score
		}
	}
	return best, best.name != ""
}

// accidental reports whether valid UTF-8 may be GBK: its characters are not ASCII, and
// of those that two bytes stand for, which no Chinese character is.
func accidental(text []byte) bool {
	found := false
	for i := 0; i < len(text); i++ {
		if text[i] >= 0xE0 {
			return false
		}
		found = found || text[i] >= utf8.RuneSelf
	}
	return found
}

// gbByAccident reports whether all characters that are not ASCII are common ones in GB18030.
func gbByAccident(text []byte, common map[rune]bool) bool {
	decoded, err := simplifiedchinese.GB18030.NewDecoder().String(string(text))
	return err == nil && strings.IndexFunc(decoded, func(r rune) bool { return r >= utf8.RuneSelf && likely(r, common) < 1 }) < 0
}

// hasUTF8Line reports whether a line of a text that is not UTF-8 is: rows were appended
// to it in another encoding. Three common characters are never so by chance.
func hasUTF8Line(text []byte, common map[rune]bool) bool {
	for line := range bytes.Lines(text) {
		n := 0
		for _, r := range string(line) {
			if common[r] {
				n++
			}
		}
		if n >= 3 && utf8.Valid(line) {
			return true
		}
	}
	return false
}

// validUTF8 reports whether head is UTF-8; unless it is the whole file, its last character may be cut.
func validUTF8(head []byte, whole bool) bool {
	if utf8.Valid(head) {
		return true
	}
	for cut := 1; cut < utf8.UTFMax && cut < len(head) && !whole; cut++ {
		if end := len(head) - cut; utf8.RuneStart(head[end]) && !utf8.FullRune(head[end:]) {
			return utf8.Valid(head[:end])
		}
	}
	return false
}

// suspicious is up to 16 KB of head from the first byte that is not ASCII on.
func suspicious(head []byte) []byte {
	i := max(bytes.IndexFunc(head, func(r rune) bool { return r == 0 || r >= utf8.RuneSelf }), 0)
	i &^= 1 // UTF-16 comes in pairs
	return head[i:min(len(head), i+16<<10)]
}

// leastScore is that of a text in its own encoding, at least: half of it may be rare.
const leastScore = 0.15

// score is how much like Chinese text data looks in this encoding: 1 if all characters are common, below 0 if most are odd.
func (cs charset) score(data []byte, common map[rune]bool) float64 {
	text := data
	if cs.enc != nil {
		text, _ = cs.enc.NewDecoder().Bytes(data)
	}
	sum, n := 0.0, 0
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		text = text[size:]
		sum += likely(r, common)
		n++
	}
	return sum / float64(max(n, 1))
}

func likely(r rune, common map[rune]bool) float64 {
	switch {
	case common[r], r >= 0x3000 && r < 0x3020, r >= 0xFF01 && r < 0xFF5F:
		return 1
	case r == '\t', r == '\n', r == '\r', r >= ' ' && r < 0x7F:
		return 0.5
	case r < ' ', r == utf8.RuneError:
		return -2
	case unicode.Is(unicode.Han, r), r == '…', r == '—', r == '“', r == '”':
		return 0
	}
	return -1
}

// unmarked drops a byte order mark at the start of a reader of UTF-8.
type unmarked struct {
	r       io.Reader
	started bool
}

// Read reads the text without its mark.
func (u *unmarked) Read(p []byte) (int, error) {
	if u.started || len(p) < 3 {
		return u.r.Read(p)
	}
	u.started = true
	n, err := io.ReadAtLeast(u.r, p, 3)
	if err == io.ErrUnexpectedEOF {
		err = io.EOF
	}
	if bytes.HasPrefix(p[:n], []byte("\uFEFF")) {
		n = copy(p, p[3:n])
	}
	return n, err
}

// commonCharacters are the characters that most of a Chinese call is made of, in both scripts.
func commonCharacters() map[rune]bool {
	common := make(map[rune]bool, 1200)
	for _, r := range strings.Join([]string{simplifiedCommon, traditionalCommon}, "") {
		common[r] = true
	}
	return common
}

const simplifiedCommon = "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事" +
	"成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问" +
	"很最重并物手应战向头文体政美相见被利什二等产或新己制身果加话合回特代内信表化老给位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活" +
	"尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思" +
	"王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运您请帮客服户坐席单退款费稍谢抱歉麻烦查询订货快递卡银行号码机套餐流" +
	"宽带办理投诉评价再见嗯啊哦呃吧吗呢喂零六七八九百千块钱月元账户登录密码短信验证核实耐心久挂断转接专员经理处诉求反馈满意班早晚午姓贵身份证址收件包裹派送配换修故障" +
	"师傅联系电话号需要操作取消申请提供网络手机店商品券活动优惠赔偿补仓库库存签字拒绝建议尽快催促登记备注等等待谅解愉快祝"

const traditionalCommon = "這個們來為國說時會對發後裡過經學現當沒動還進樣開從實無與長機業關點兩間問應戰頭體見產製話員論處義幾認條係氣題變總電數報結" +
	"兒東聲實場計資統區隊決馬書聽達強難權設記類據邊張該規萬術領確傳師觀讓識帶導爭運請幫戶單費謝煩詢訂貨遞銀號碼餐寬辦訴評價嗎錢賬帳錄驗證轉專經饋滿貴遲聯繫需網絡" +
	"優惠賠償補倉庫簽絕議儘盡記備註諒係咗嘅唔冇啲咁喺嗰佢哋畀嚟乜點樣咩講睇返"
