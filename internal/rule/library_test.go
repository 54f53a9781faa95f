package rule

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	must "github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/rules"
)

// builtIn is the pack inside zhijian, which has rules of libraries and scenes.
func builtIn(t testing.TB) *Pack {
	t.Helper()
	p, err := Load(rules.FS, "documents")
	must.NoError(t, err)
	return p
}

func script(id, scene, step string, wordings ...string) Script {
	c := &call.Call{ID: id, Scene: scene, Script: true}
	for _, w := range wordings {
		c.Turns = append(c.Turns, call.Turn{Role: call.Agent, Text: w})
	}
	return Script{Call: c, ID: id, Scene: scene, Step: step}
}

func TestWordingsOfAScriptAreJudgedOneByOne(t *testing.T) {
	p := builtIn(t)
	s := script("A1", "等待", "", "{姓名}先生，抱歉××让您久等了", "感谢您的耐心等待", "麻烦您稍等，我正在为您查询", "您稍等")
	v := p.Check(s.Call, ForScripts(p.Rules))
	must.Len(t, v.Findings, 2)
	assert.Equal(t, "waiting/sorry-for-wait", v.Findings[0].Rule.ID)
	assert.Equal(t, Range{Turn: 0, Start: 7, End: 16, Quote: "抱歉××让您久等了"}, v.Findings[0].At)
	assert.Equal(t, "waiting/hold-on", v.Findings[1].Rule.ID)
	assert.Equal(t, 3, v.Findings[1].At.Turn, "what another wording says excuses nothing")
}

func TestPlaceholdersAreNeverFlagged(t *testing.T) {
	p := builtIn(t)
	for _, wording := range []string{"您好，工号{工号}为您服务，请问有什么可以帮您？", "您的【不知道】已受理", "我帮您查{没办法}", "{{投诉去吧}}您好", "XX先生您好，这里是____中心"} {
		assert.Empty(t, p.Check(script("A1", "开场", "", wording).Call, ForScripts(p.Rules)).Findings, wording)
	}
}

func TestLibraryFindingsSayWhereAndWithWhom(t *testing.T) {
	p := builtIn(t)
	scripts := []Script{script("A1", "等待", "", "感谢您的耐心等待"), script("A2", "等待", "", "好的", "抱歉让您久等了"), script("A3", "等待", "")}
	scripts[0].Forbidden, scripts[2].Required = []string{"等待"}, true
	got := p.CheckLibrary(scripts, ForScripts(p.Rules))
	must.Len(t, got[0], 1)
	assert.Equal(t, Range{Turn: 0, Start: 6, End: 8, Quote: "等待"}, got[0][0].At)
	must.Len(t, got[1], 1)
	assert.Equal(t, "script/conflict", got[1][0].Rule.ID)
	assert.Equal(t, 1, got[1][0].At.Turn)
	assert.Contains(t, got[1][0].Message.ZH, "A1")
	must.Len(t, got[2], 1)
	assert.Equal(t, -1, got[2][0].At.Turn)
}

func TestACallBreaksNoRuleOfLibraries(t *testing.T) {
	p := builtIn(t)
	for _, r := range ForCalls(p.Rules) {
		assert.False(t, r.Library(), r.ID)
	}
	assert.Less(t, len(ForCalls(p.Rules)), len(p.Rules))
	assert.Empty(t, p.CheckLibrary([]Script{script("A1", "等待", "", "我也没办法")}, p.Rules)[0], "turn rules are not for CheckLibrary")
}

func TestFixes(t *testing.T) {
	p := builtIn(t)
	for _, c := range []struct {
		wording, want string
		suggestion    bool
	}{
		{"{姓名}先生，很抱歉让您久等了", "{姓名}先生，非常感谢您的耐心等待", false},
		{"XX女士不好意思久等了啊，已经查到了", "XX女士非常感谢您的耐心等待，已经查到了", false},
		{"您好，抱歉讓您久等了，資料查到了", "您好，非常感謝您的耐心等待，資料查到了", false},
		{"让您久等了这么半天", "非常感谢您的耐心等待", false},
		{"让您久等了，今天咨询的客户多，实在抱歉", "", true},
		{"因为系统升级让您久等了", "", true},
		{"抱歉让您久等了没有欠费", "非常感谢您的耐心等待，没有欠费", true},
		{"抱歉让您久等了【订单号】已退款", "", true},
		{"抱歉让您久等了您的订单是明天到", "非常感谢您的耐心等待，您的订单是明天到", true},
		{"让您等了十来分钟，实在过意不去，已经查到了", "非常感谢您的耐心等待，已经查到了", false},
		{"非常抱歉让您久等了", "非常感谢您的耐心等待", false},
		{"您好，實在不好意思，讓您等這麼久", "您好，非常感謝您的耐心等待", false},
		{"抱歉让{姓名}女士久等了", "", true},
		{"麻烦您稍等", "我马上为您办理", true},
	} {
		v := p.Check(script("A1", "", "", c.wording).Call, ForScripts(p.Rules))
		must.NotEmpty(t, v.Findings, c.wording)
		e := v.Findings[0].Fix
		must.NotNil(t, e, c.wording)
		assert.Equal(t, c.suggestion, e.Suggestion, c.wording)
		if runes := []rune(c.wording); c.want != "" {
			assert.Equal(t, c.want, string(runes[:e.Start])+e.Text+string(runes[e.End:]))
		}
	}
}

func TestCovers(t *testing.T) {
	p := builtIn(t)
	for _, c := range []struct {
		scene string
		s     Script
		is    bool
		lacks int
	}{
		{"hold", script("A", "等待", "请稍等", "麻烦您稍等，我正在为您查询，请不要挂机。"), true, 0},
		{"hold", script("A", "等待", "请稍等", "请稍等"), true, 1},
		{"hold", script("A", "其他", "", "请您稍等，我马上为您核实"), false, 0},
		{"hold", script("A", "等待", "等待致谢", "感谢您的耐心等待"), false, 2},
		{"resume", script("A", "等待", "等待致谢", "感谢您的耐心等待。"), true, 0},
		{"comfort", script("A", "投诉", "安抚", "非常理解您的心情，给您带来不便非常抱歉。"), true, 0},
		{"comfort", script("A", "投诉", "安抚", "您先别急"), true, 1},
		{"staff-id", script("A", "客户询问工号", "", "我的工号是{工号}，非常抱歉，是不是我没有解释清楚"), true, 0},
		{"staff-id", script("A", "开场", "问候", "您好，工号{工号}为您服务，给您带来不便非常抱歉"), false, 0},
		{"leader", script("A", "客户要求找领导", "", "请问您需要通过上级帮您解决哪些问题呢？我可以帮您记录工单反馈"), true, 0},
		{"transfer", script("A", "转接", "", "为了更好地解答，我为您转接{专席}，好吗？"), true, 0},
		{"escalation", script("A", "投诉升级", "", "非常抱歉，我马上为您记录并上报"), true, 0},
		{"callback-interrupted-opening", script("A", "回拨", "通话中断 开场白", "您好，这里是XX银行客户服务中心，请问XX先生/女士在吗？非常抱歉打扰了，我是刚才与您通话的客服代表XX，刚刚电话中断了，请问您的问题是？"), true, 0},
		{"callback-work-order-opening", script("A", "回访", "工单补充", "您好，这里是中国银行客户服务中心，请问{姓名}女士在吗？我是客服代表{姓名}，非常抱歉打扰了，关于您{日期}来电咨询的问题我需要再与您确认一些信息"), true, 0},
		{"callback-work-order-closing", script("A", "回拨", "工单缺要素 结束语", "非常感谢您的配合。如有问题您可随时致电95566向我中心进行反馈，我们将竭诚为您服务，再见！"), true, 0},
		{"callback-complaint-reply-closing", script("A", "回拨", "结束语", "非常感谢您的来电指正。欢迎您随时与我们联络。"), true, 0},
		{"callback-interrupted-closing", script("A", "回拨", "通话中断 开场白", "您好"), false, 2},
	} {
		fit := p.Covers(&c.s)[sceneOf(t, p, c.scene)]
		is, lacks := fit.Named, fit.Lacks
		assert.Equal(t, c.is, is, "%s: %s", c.scene, c.s.Call.Turns[0].Text)
		assert.Len(t, lacks, c.lacks, "%s: %s", c.scene, c.s.Call.Turns[0].Text)
	}
}

func sceneOf(t *testing.T, p *Pack, id string) int {
	t.Helper()
	i := slices.IndexFunc(p.Scenes, func(s *Scene) bool { return s.ID == id })
	must.GreaterOrEqual(t, i, 0, "no scene "+id)
	return i
}
