package text

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"empty", "", ""},
		{"plain", "您好请问有什么可以帮您", "您好请问有什么可以帮您"},

		{"full-width", "ＡＢｃ１２３", "abc123"},
		{"upper case", "WiFi和APP", "wifi和app"},
		{"traditional", "請問有什麼可以幫您", "请问有什么可以帮您"},
		{"special characters", "等著什麽妳祇能這裡裏面臺灣", "等着什么你只能这里里面台湾"},
		{"chained characters", "薴苧", "苎苎"},
		{"Hong Kong what", "甚麼時候", "什么时候"},
		{"Hong Kong what, Simplified", "甚么", "什么"},
		{"Hong Kong what, spaced throughout", "甚 麼 時 候", "什么时候"},
		{"not what", "甚至", "甚至"},
		{"not UTF-8", "您\xe5\x95好\xff", "您\ufffd\ufffd好\ufffd"},
		{"emoji and rare characters", "好😀𠮷", "好😀𠮷"},

		{"comma", "好，是", "好,是"},
		{"enumeration comma", "苹果、梨", "苹果,梨"},
		{"colon and semicolon", "一：二；三;四:五", "一,二,三,四,五"},
		{"dashes and tildes", "好——是–的～嗯～对~啦", "好,是,的,对,啦"},
		{"full stops", "好。是｡对.行", "好.是.对.行"},
		{"line end", "好\n是\r\n对", "好.是.对"},
		{"question and exclamation", "好？是！对?行!", "好?是!对?行!"},
		{"strongest wins", "好，？！。是", "好?是"},
		{"exclamation over stop", "好。！，是", "好!是"},
		{"stop over comma", "好，。是", "好.是"},
		{"spaces inside a run", "好 。 ， 是", "好.是"},
		{"ellipses", "好...是……对。。。行…嘿", "好,是,对,行,嘿"},
		{"ellipsis and stop", "好……。是", "好.是"},
		{"break at the start", "，。您好", "您好"},
		{"break at the end", "您好。", "您好."},
		{"only breaks", "，。？", ""},

		{"decimal", "1000.5元", "1000·5元"},
		{"thousands", "共1,234,567.89元", "共1234567·89元"},
		{"list of digits", "请按1,2,3", "请按1,2,3"},
		{"full-width comma between digits", "按1，200元", "按1,200元"},
		{"time", "14:05到", "14:05到"},
		{"address", "看www.x.com/A。", "看www·x·com/a."},
		{"address with scheme", "http://a.cn", "http://a·cn"},
		{"point after a word", "ok.好的", "ok.好的"},
		{"point after a pause", "v 2.好", "v 2.好"},
		{"Chinese full stop between digits", "按1。2是", "按1.2是"},
		{"full-width decimal", "３．５折", "3·5折"},

		{"quotes", "“好”‘是’「对」『行』\"嘿\"", `"好""是""对""行""嘿"`},
		{"apostrophe", "it’s ok", "it's ok"},
		{"no apostrophe", "说‘ok’吧", `说"ok"吧`},
		{"round brackets", "（好）(是)", "(好)(是)"},
		{"square brackets", "【好】〔是〕[对]", "[好][是][对]"},
		{"angle brackets", "《好》〈是〉", "<好><是>"},

		{"space between Han", "您好 请问", "您好请问"},
		{"space between Han and Latin", "用 WiFi 上网", "用wifi上网"},
		{"space between Latin words", "iPhone  15\tPro", "iphone 15 pro"},
		{"wide and hard spaces", "您　好\u00a0请", "您好请"},
		{"underline between Latin words", "user_name", "user name"},
		{"invisible characters", "\ufeff您\u200b好\ufe0f请\x07问\u00ad", "您好请问"},

		{"pause", "流量_套餐", "流量套餐"},
		{"pause after particle", "好的吧_您说", "好的吧,您说"},
		{"space after particle", "是这样吗 我看看", "是这样吗,我看看"},
		{"pauses after particle", "好了__ _您说", "好了,您说"},
		{"pause after traditional particle", "可以嗎_我", "可以吗,我"},
		{"pause after 啊", "是啊_您说", "是,您说"},
		{"pause and break", "好了_。您说", "好了.您说"},
		{"pause after particle at the end", "好了_", "好了"},
		{"pause after 么", "是么_我看看", "是么,我看看"},
		{"pause inside a question word", "什麼_时候，怎么_办", "什么时候,怎么办"},
		{"hesitant 啊 is no particle", "套餐_啊_那种", "套餐那种"},
		{"spaced throughout", "让 您 久 等 了 请 问", "让您久等了请问"},
		{"spaced throughout, with fillers", "嗯 那 个 我 要 办 卡", "我要办卡"},

		{"hums", "嗯我呃想啊办", "我想办"},
		{"啊 everywhere", "好啊是啊", "好是"},
		{"filler then break", "嗯，您好", "您好"},
		{"filler between breaks", "我想，嗯，办卡", "我想,办卡"},
		{"唔 alone", "唔，我知", "我知"},
		{"唔 before a person", "唔我想办", "我想办"},
		{"Cantonese function words", "我哋冇辦法，佢嘅嘢唔關我事", "我们没办法,他的嘢不关我事"},
		{"Cantonese copula", "係你自己搞錯咗", "是你自己搞错了"},
		{"not the copula", "關係、聯係、係數", "关系,联系,系数"},
		{"Cantonese not", "唔該，唔好意思", "不该,不好意思"},
		{"额 alone", "额，您好，额", "您好,"},
		{"额 in a word", "额度，余额", "额度,余额"},
		{"sighs", "哎，唉_诶 您好", "您好"},
		{"sigh in a word", "哎呀，唉声", "哎呀,唉声"},
		{"那个 between edges", "我想，那个，办卡", "我想,办卡"},
		{"那个 between pauses", "套餐_那个_办卡", "套餐办卡"},
		{"那个 after filler", "嗯那个啊办卡", "办卡"},
		{"那个 before a person", "那个我想办", "我想办"},
		{"这个 before 不", "这个不对", "不对"},
		{"那个 with its noun", "那个套餐", "那个套餐"},
		{"那个 inside a clause", "要那个您说的", "要那个您说的"},
		{"就是 between edges", "我，就是，想办", "我,想办"},
		{"就是 before a person", "就是我要办", "就是我要办"},
		{"fillers in a row", "那个_就是_嗯_我想", "我想"},

		{"stutter of one", "我我办", "我办"},
		{"stutter of three", "我我我办", "我办"},
		{"stutter with pauses", "我_我 我办", "我办"},
		{"stutter around a filler", "我嗯我办", "我办"},
		{"two may be meant", "是是，没没", "是是,没没"},
		{"three are one", "是是是，不不不不", "是,不"},
		{"three of others are two", "对对对对，好好好", "对对,好好"},
		{"doubled verb", "看看试试", "看看试试"},
		{"digits stay", "幺幺幺零零一一一八八八111", "幺幺幺零零一一一八八八111"},
		{"pair", "反正反正我要", "反正我要"},
		{"pair, three times", "好的好的好的", "好的"},
		{"pair with pauses", "好的_好的 好的", "好的"},
		{"pair of digits", "一二一二一个一个", "一二一二一个一个"},
		{"A-not-A is no pair", "是不是不能办", "是不是不能办"},
		{"A-not-A before not", "是不是不是您", "是不是不是您"},
		{"pair that begins with not", "不行不行", "不行"},
		{"break between", "我，我，好的，好的", "我,我,好的,好的"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := Fold(c.source)
			assert.Equal(t, c.want, f.Text)
			assert.Equal(t, c.source, f.Source())
			checkMap(t, f)
		})
	}
}

// checkMap checks what holds for every text: the characters of the folded text
// stand for pieces of the source that follow each other, and Span counts what
// Quote shows.
func checkMap(t *testing.T, f *Folded) {
	t.Helper()
	source := []string{} // its code points, as Go counts them
	for i, w := 0, 0; i < len(f.Source()); i += w {
		_, w = utf8.DecodeRuneInString(f.Source()[i:])
		source = append(source, f.Source()[i:i+w])
	}
	last := 0
	for i, r := range f.Text {
		end := i + utf8.RuneLen(r)
		from, to := f.Span(i, end)
		require.GreaterOrEqual(t, from, last, "%q at %d of %q", r, i, f.Text)
		require.Greater(t, to, from, "%q at %d of %q", r, i, f.Text)
		require.LessOrEqual(t, to, len(source))
		require.Equal(t, strings.Join(source[from:to], ""), f.Quote(i, end))
		_, sameTo := f.Span(0, end)
		require.Equal(t, to, sameTo)
		last = to
	}
}

func TestSpan(t *testing.T) {
	for _, c := range []struct {
		name, source, find, quote string
		from, to                  int
	}{
		{"plain", "非常抱歉让您久等了", "让您", "让您", 4, 6},
		{"after a dropped start", "嗯，您好", "您好", "您好", 2, 4},
		{"across a filler", "请您嗯稍等", "请您稍等", "请您嗯稍等", 0, 5},
		{"across a pause", "请您_稍等", "请您稍等", "请您_稍等", 0, 5},
		{"filler after it stays out", "请您嗯稍等", "请您", "请您", 0, 2},
		{"full-width", "看ＡＢ吧", "ab", "ＡＢ", 1, 3},
		{"traditional", "有什麼可以幫您", "什么可以帮", "什麼可以幫", 1, 6},
		{"run of breaks", "好。。。\n是", ".", "。。。\n", 1, 5},
		{"soft break", "好了_您说", ",", "_", 2, 3},
		{"stutter", "是我_我我办", "我", "我_我我", 1, 5},
		{"end of a pair", "反正反正我", "反正", "反正反正", 0, 4},
		{"dropped comma", "共1,000元", "1000元", "1,000元", 1, 7},
		{"not UTF-8", "您\xff\xe5好", "好", "好", 3, 4},
		{"invisible", "您\u200b好", "您好", "您\u200b好", 0, 3},
		{"beyond the basic plane", "😀𠮷好", "𠮷好", "𠮷好", 1, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := Fold(c.source)
			i := strings.Index(f.Text, c.find)
			require.GreaterOrEqual(t, i, 0, f.Text)
			from, to := f.Span(i, i+len(c.find))
			assert.Equal(t, [2]int{c.from, c.to}, [2]int{from, to})
			assert.Equal(t, c.quote, f.Quote(i, i+len(c.find)))
		})
	}
}

func TestSpanOfEmptyRange(t *testing.T) {
	f := Fold("嗯您好啊")
	for p, want := range map[int]int{0: 1, 3: 2, 6: 3} {
		from, to := f.Span(p, p)
		assert.Equal(t, [2]int{want, want}, [2]int{from, to})
		assert.Empty(t, f.Quote(p, p))
	}
	from, to := Fold("").Span(0, 0)
	assert.Equal(t, [2]int{0, 0}, [2]int{from, to})
	from, to = f.Span(3, 1000)
	assert.Equal(t, [2]int{2, 3}, [2]int{from, to})
}

func TestClauseAndSentence(t *testing.T) {
	f := Fold("您好，请稍等。马上，好吗？嗯谢谢")
	require.Equal(t, "您好,请稍等.马上,好吗?谢谢", f.Text)
	for _, c := range []struct{ find, clause, sentence string }{
		{"您", "您好", "您好,请稍等."},
		{"稍", "请稍等", "您好,请稍等."},
		{"好,请", "您好,请稍等", "您好,请稍等."},
		{"马", "马上", "马上,好吗?"},
		{"吗?", "好吗?谢谢", "马上,好吗?"},
		{"谢谢", "谢谢", "谢谢"},
	} {
		i := strings.Index(f.Text, c.find)
		from, to := f.Clause(i, i+len(c.find))
		assert.Equal(t, c.clause, f.Text[from:to])
		from, to = f.Sentence(i, i+len(c.find))
		assert.Equal(t, c.sentence, f.Text[from:to])
	}
}

func TestQuoted(t *testing.T) {
	for _, c := range []struct {
		source string
		want   bool
	}{
		{"他说“没办法”就挂了", true},
		{"他说「她讲『是的』没办法」", true},
		{"他说『她讲「没办法」』", true},
		{`他说"没办法"就挂了`, true},
		{"他说‘没办法’", true},
		{"没办法，他说“好的”", false},
		{"他说“好的”没办法“是的”", false},
		{`他说"好的"没办法"是的"`, false},
		{"他说“没办法", false},
		{"他说没办法”", false},
		{"’tis it’s没办法’", false},
		{"没办法", false},
	} {
		f := Fold(c.source)
		i := strings.Index(f.Text, "没办法")
		assert.Equal(t, c.want, f.Quoted(i, i+len("没办法")), c.source)
	}
}

func TestResetKeepsNothing(t *testing.T) {
	var f Folded
	for _, source := range corpus(t) {
		f.Reset(source)
		fresh := Fold(source)
		require.Equal(t, fresh.Text, f.Text)
		require.ElementsMatch(t, fresh.spans, f.spans)
	}
}

func TestResetDoesNotAllocate(t *testing.T) {
	lines := corpus(t)
	var f Folded
	run := func() {
		for _, source := range lines {
			f.Reset(source)
			f.Whole(0, len(f.Text)/2)
		}
	}
	run()
	assert.Zero(t, testing.AllocsPerRun(3, run))
}

// TestFoldTwice: a pause that is gone cannot be told from none, so that some texts
// change again; they are few.
func TestFoldTwice(t *testing.T) {
	lines, same := corpus(t), 0
	for _, source := range lines {
		once := Fold(source).Text
		if Fold(once).Text == once {
			same++
		}
	}
	assert.GreaterOrEqual(t, same*100, len(lines)*99)
}

func TestFoldRune(t *testing.T) {
	for from, to := range map[rune]rune{
		'Ａ': 'a', 'ｚ': 'z', '９': '9', 'A': 'a', '麼': '么', '著': '着', '，': '，', '！': '！',
		'（': '（', '“': '“', 'é': 'é', '好': '好', '　': '　', -1: -1, utf8.MaxRune: utf8.MaxRune,
	} {
		assert.Equal(t, to, FoldRune(from), "%q", from)
	}
	for r := range utf8.MaxRune + 1 {
		if to := FoldRune(r); FoldRune(to) != to {
			t.Errorf("%q folds to %q, which folds to %q", r, to, FoldRune(to))
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, source := range corpus(f)[:100] {
		f.Add(source)
	}
	f.Add("我_我\xff。.…,1,000.5 a’b ‘x’了_")
	f.Add("\xe0\x81\xaf") // three bytes for a character of one
	var reused Folded
	f.Fuzz(func(t *testing.T, source string) {
		reused.Reset(source)
		checkMap(t, &reused)
		checkAlphabet(t, reused.Text)
		n := len(reused.Text)
		for i := 0; i <= n; i += 1 + n/7 {
			j := i + (n-i)/2
			from, to := reused.Clause(i, j)
			require.True(t, 0 <= from && from <= i && j <= to && to <= n)
			from, to = reused.Sentence(i, j)
			require.True(t, 0 <= from && from <= i && j <= to && to <= n)
			reused.Whole(i, j)
			reused.Quoted(i, j)
		}
		// Twice may find more to remove, never something to add.
		require.LessOrEqual(t, utf8.RuneCountInString(Fold(reused.Text).Text), utf8.RuneCountInString(reused.Text))
	})
}

// checkAlphabet checks that text has only what folded text has.
func checkAlphabet(t *testing.T, text string) {
	t.Helper()
	require.True(t, utf8.ValidString(text))
	last := ','
	for _, r := range text {
		require.Equal(t, r, FoldRune(r))
		require.False(t, isBreak(r) && isBreak(last), "two breaks or one at the start: %q", text)
		require.False(t, strings.ContainsRune("，。！？；：、…—～嗯啊呃“”（）【】《》_\n\u3000\u200b", r), "%q in %q", r, text)
		last = r
	}
}

// corpus returns the lines of testdata/corpus.txt.
func corpus(t testing.TB) []string {
	t.Helper()
	b, err := os.ReadFile("testdata/corpus.txt")
	require.NoError(t, err)
	return strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
}

func BenchmarkFold(b *testing.B) {
	for _, c := range []struct{ name, source string }{
		{"plain", "非常抱歉给您带来不便，我这边马上为您核实处理，请您稍等一下好吗？"},
		{"recognised", "啊，那我原来办的是那个_就是那个五十元套餐那个，就是优惠半价那，为什么都是先走的那个_啊"},
		{"traditional", "非常抱歉給您帶來不便，我這邊馬上為您核實處理，請您稍等一下好嗎？"},
		{"spaced", "非 常 抱 歉 给 您 带 来 不 便 请 您 稍 等 一 下 好 吗"},
		{"corpus", strings.Join(corpus(b), "\n")},
	} {
		b.Run(c.name, func(b *testing.B) {
			var f Folded
			b.SetBytes(int64(len(c.source)))
			b.ReportAllocs()
			for b.Loop() {
				f.Reset(c.source)
			}
		})
	}
}
