package intake

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	utf16 "golang.org/x/text/encoding/unicode"
)

// Short texts, most of them shorter than any call.
func simplifiedTexts() []string {
	return []string{
		"客服：您好\n客户：喂\n", "客服：请讲。\n客户：没事了。\n", "客服：为什么\n客户：联通\n", "坐席：好的\n客户：谢谢\n坐席：再见\n",
		"客服：请问您贵姓？\n客户：我姓邹。\n", "客服：您稍等。\n客户：嗯。\n客服：查到了。\n", "客户：网断了。\n客服：重启光猫试试。\n",
		"客户：我要退款！\n客服：订单号报一下。\n", "客服：工号8021为您服务\n客户：喂\n", "A：喂。\nB：你好。\nA：听得到吗。\nB：听得到。\n",
		"客户：医保卡丢了，怎么挂失？\n客服：请带身份证。\n", "客户：理赔款没到账。\n客服：核实一下。\n", "客户：跨境汇款\n客服：手续费五十。\n",
		"客服：哦哦\n客户：干嘛\n", "客户：麻辣烫洒了一地，骑手态度恶劣。\n客服：非常抱歉。\n", "通话ID：1\n客服：喂？\n客户：喂！\n", "客户：豌豆尖、莴笋、茼蒿都蔫了。\n客服：给您补发。\n",
		"2026-03-18 14:05:12 客服\n您好\n2026-03-18 14:05:15 客户\n你好\n", "会话ID,角色,内容\n1,客服,您好\n", "{\"id\":\"1\",\"turns\":[{\"role\":\"agent\",\"text\":\"您好\"}]}\n",
	}
}

func traditionalTexts() []string {
	return []string{
		"客服：您好\n客戶：喂\n", "客服：請講。\n客戶：沒事了。\n", "客服：為什麼\n客戶：試試\n", "座席：好的\n客戶：謝謝\n座席：再見\n",
		"客服：請問貴姓？\n客戶：我姓鄒。\n", "客服：您稍等。\n客戶：嗯。\n客服：查到了。\n", "客戶：網路斷線。\n客服：重開數據機試試。\n",
		"客戶：我要退款！\n客服：訂單號碼麻煩報一下。\n", "客服：工號8021為您服務\n客戶：喂\n", "A：喂。\nB：你好。\nA：聽得到嗎。\nB：聽得到。\n",
		"客戶：健保卡掉了，怎麼掛失？\n客服：請帶身分證。\n", "客戶：理賠金沒入帳。\n客服：核實一下。\n", "客戶：跨境匯款\n客服：手續費五十。\n",
		"客服：喂，邊位？\n客戶：我想問吓張單幾時到。\n", "客服：唔該等等。\n客戶：好，冇問題。\n", "客戶：點解仲未有人嚟？\n客服：唔好意思，而家幫你查。\n", "客戶：佢話聽日先送嚟，即係點？\n客服：等陣，我睇睇。\n",
		"客服：檢測過了。\n客戶：扣錯錢了。\n", "會話ID,角色,內容\n1,客服,您好\n", "{\"id\":\"1\",\"turns\":[{\"role\":\"agent\",\"text\":\"許功蓋您好\"}]}\n", "客戶：功能表|許\\蓋\n客服：好。\n",
	}
}

func TestShortTextsInEveryEncoding(t *testing.T) {
	both := append(simplifiedTexts(), traditionalTexts()...)
	gb, big5 := simplifiedchinese.GB18030, traditionalchinese.Big5
	for _, test := range []struct {
		want   string
		texts  []string
		encode func(string) (string, error)
	}{
		{"UTF-8", both, func(s string) (string, error) { return s, nil }},
		{"UTF-8", both, func(s string) (string, error) { return "\uFEFF" + s, nil }},
		{"GB18030", both, gb.NewEncoder().String},
		{"Big5", traditionalTexts(), big5.NewEncoder().String},
		{"UTF-16LE", both, utf16.UTF16(utf16.LittleEndian, utf16.IgnoreBOM).NewEncoder().String},
		{"UTF-16BE", both, utf16.UTF16(utf16.BigEndian, utf16.IgnoreBOM).NewEncoder().String},
		{"UTF-16LE", both, utf16.UTF16(utf16.LittleEndian, utf16.UseBOM).NewEncoder().String},
		{"UTF-16BE", both, utf16.UTF16(utf16.BigEndian, utf16.UseBOM).NewEncoder().String},
	} {
		for _, text := range test.texts {
			for _, text := range []string{text, strings.TrimSpace(text), strings.ReplaceAll(text, "\n", "\r\n")} {
				data, err := test.encode(text)
				require.NoError(t, err, text)
				got, encode, ok := Decode([]byte(data))
				require.True(t, ok, "%s: %q", test.want, text)
				assert.Equal(t, strings.TrimPrefix(text, "\uFEFF"), got, test.want)
				back, err := encode(got)
				require.NoError(t, err)
				assert.Equal(t, data, string(back))
			}
		}
	}
}

func gbk(t *testing.T, text string) string {
	t.Helper()
	out, err := simplifiedchinese.GBK.NewEncoder().String(text)
	require.NoError(t, err)
	return out
}

func big5(t *testing.T, text string) string {
	t.Helper()
	out, err := traditionalchinese.Big5.NewEncoder().String(text)
	require.NoError(t, err)
	return out
}

// Lines of several encodings are told apart, however many there are of each.
func TestAppendedLines(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"as many GBK":  {goodText + gbk(t, goodText), "a.txt:3: the file is UTF-8, but 2 lines from here on are GB18030"},
		"more GBK":     {goodText + gbk(t, goodText+goodText+goodText), "a.txt:3: the file is UTF-8, but 6 lines from here on are GB18030"},
		"GBK first":    {gbk(t, goodText) + goodText, "a.txt:1: the file is UTF-8, but 2 lines from here on are GB18030"},
		"as many Big5": {goodText + big5(t, "客服：您好，請講。\n客戶：你好。\n"), "a.txt:3: the file is UTF-8, but 2 lines from here on are Big5"},
	} {
		t.Run(name, func(t *testing.T) {
			calls, problems := read("a.txt", test.text)
			sameProblems(t, []string{"warning: " + test.want}, problems)
			for _, turn := range calls[0].Turns {
				assert.Regexp(t, "^(您好，[请請][讲講]。|你好。)$", turn.Text)
			}
		})
	}
}

// An accent does not make GBK of Latin text.
func TestLatinText(t *testing.T) {
	calls, problems := read("a.txt", "Agent: Bonjour, café Zoë.\nCustomer: Hello.\n")
	assert.Empty(t, problems)
	assert.Equal(t, "Bonjour, café Zoë.", calls[0].Turns[0].Text)
}

func TestNamedEncoding(t *testing.T) {
	trad := "客服：您好，請講。\n客戶：你好。\n"
	le, err := utf16.UTF16(utf16.LittleEndian, utf16.IgnoreBOM).NewEncoder().String(goodText)
	require.NoError(t, err)
	for _, test := range []struct{ name, data, first, problem string }{
		{"GBK", gbk(t, goodText), "您好，请讲。", ""},
		{"GB2312", gbk(t, goodText), "您好，请讲。", ""},
		{"GB18030", gbk(t, goodText), "您好，请讲。", ""},
		{"Big5", big5(t, trad), "您好，請講。", ""},
		{"UTF-8", "\uFEFF" + goodText, "您好，请讲。", ""},
		{"UTF-16", le, "您好，请讲。", ""},
		{"UTF-16LE", "\xFF\xFE" + le, "您好，请讲。", ""},
		{"UTF-8", gbk(t, goodText), "", "a.txt: it is no text in UTF-8, which --encoding names, but looks like GB18030; leave --encoding out or name that"},
		{"Big5", goodText, "", "but looks like UTF-8"},
		{"GBK", goodText, "", "but looks like UTF-8"},
		{"UTF-16", goodText, "", "but looks like UTF-8"},
		{"UTF-16BE", le, "", "but looks like UTF-16LE"},
		{"latin", goodText, "", `no encoding is called "latin"`},
		{"UTF-9", goodText, "", `did you mean "UTF-8"?`},
	} {
		t.Run(test.name, func(t *testing.T) {
			calls, problems := readAll(Options{Encoding: test.name, Stdin: strings.NewReader(test.data), StdinName: "a.txt"}, "-")
			if test.problem != "" {
				sameProblems(t, []string{test.problem}, problems)
				return
			}
			require.Empty(t, problems)
			assert.Equal(t, test.first, calls[0].Turns[0].Text)
		})
	}
}

// What is damaged is told of, wherever it was damaged.
func TestDamage(t *testing.T) {
	line := func(text string) string { return strings.Replace(goodLine, "您好，请讲。", text, 1) + "\n" }
	const lost = "a.jsonl:2: 1 lines from here on hold damaged characters"
	for name, test := range map[string]struct{ escaped, text, want string }{
		"a whole pair":          {`好\ud83d\ude00`, "好😀", ""},
		"the first half":        {`好\ud83d`, "好\uFFFD", lost},
		"the second half":       {`\uDE00好`, "\uFFFD好", lost},
		"two first halves":      {`\ud83d\ud83d\ude00`, "\uFFFD😀", lost},
		"half and a letter":     {`\ud83d\u4f60`, "\uFFFD你", lost},
		"an escaped U+FFFD":     {`好\uFFFD`, "好\uFFFD", lost},
		"an escaped backslash":  {`\\ud83d`, `\ud83d`, ""},
		"a full-width comma":    {`\u597d\uff0c`, "好，", ""},
		"half at the very end":  {`\ud8`, `\ud8`, ""},
		"an odd and a half one": {`\\\ud83d`, `\` + "\uFFFD", lost},
	} {
		t.Run(name, func(t *testing.T) {
			calls, problems := read("a.jsonl", goodLine+"\n"+line(test.escaped))
			if test.want == "" {
				assert.Empty(t, problems)
			} else {
				require.NotEmpty(t, problems)
				sameProblems(t, []string{test.want}, problems[:1])
			}
			assert.Equal(t, test.text, calls[1].Turns[0].Text)
		})
	}
}

// The end mark of old programs is no part of a text, nor are line ends of any kind.
func TestEndMark(t *testing.T) {
	for name, text := range map[string]string{
		"a.txt": goodText + "\x1a", "b.jsonl": goodLine + "\n\x1a", "c.json": "[" + goodLine + "]\x1a", "d.tsv": jddcLine("1", "您好，请讲。") + jddcLine("0", "你好。") + "\x1a",
		"e.txt": strings.ReplaceAll(goodText, "\n", "\r"), "f.txt": gbk(t, strings.ReplaceAll(goodText, "\n", "\r\n")) + "\x1a\x1a",
	} {
		t.Run(name, func(t *testing.T) {
			calls, problems := read(name, text)
			assert.Empty(t, problems)
			require.Len(t, calls, 1)
			require.Len(t, calls[0].Turns, 2)
			assert.Equal(t, "你好。", calls[0].Turns[1].Text)
		})
	}
}
