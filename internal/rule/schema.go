package rule

import (
	"reflect"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/schema"
)

// Schema describes a file of a pack.
func Schema() *schema.File {
	return &schema.File{Title: call.Say{ZH: "质检的规则包", EN: "Pack of rules of zhijian"}, Root: reflect.TypeFor[packSpec](), Defs: []schema.Def{
		{Name: "pack", Type: reflect.TypeFor[packSpec](), Keys: packKeys()},
		{Name: "document", Type: reflect.TypeFor[documentSpec](), Keys: documentKeys()},
		{Name: "fix", Type: fixSpec{}.Shapes()[1], Keys: fixKeys()},
		{Name: "library", Type: reflect.TypeFor[librarySpec](), Keys: libraryKeys()},
		{Name: "scene", Type: reflect.TypeFor[sceneSpec](), Keys: sceneKeys()},
		{Name: "script", Type: reflect.TypeFor[scriptSpec](), Keys: scriptKeys()},
		{Name: "text", Type: reflect.TypeFor[call.Say](), Keys: sayKeys()},
		{Name: "cue", Type: reflect.TypeFor[cueSpec](), Keys: cueKeys()},
		{Name: "sort", Type: reflect.TypeFor[sortSpec](), Keys: sortKeys()},
		{Name: "rule", Type: reflect.TypeFor[ruleSpec](), Keys: ruleKeys()},
		{Name: "source", Type: reflect.TypeFor[sourceSpec](), Keys: sourceKeys()},
		{Name: "test", Type: reflect.TypeFor[testSpec](), Keys: testKeys()},
		{Name: "example", Type: exampleSpec{}.Shapes()[1], Keys: exampleKeys()},
		{Name: "forbid", Type: reflect.TypeFor[forbidSpec](), Keys: append(ownKeys(), afterKey())},
		{Name: "after", Type: reflect.TypeFor[afterSpec](), Keys: afterKeys()},
		{Name: "require", Type: reflect.TypeFor[requireSpec](), Keys: append(ownKeys(), partKey())},
		{Name: "reply", Type: reflect.TypeFor[replySpec](), Keys: replyKeys()},
		{Name: "order", Type: reflect.TypeFor[orderSpec](), Keys: orderKeys()},
		{Name: "followup", Type: reflect.TypeFor[followupSpec](), Keys: followupKeys()},
		{Name: "repeat", Type: reflect.TypeFor[repeatSpec](), Keys: append(ownKeys(), repeatKeys()...)},
		{Name: "timing", Type: reflect.TypeFor[timingSpec](), Keys: timingSchemaKeys()},
		{Name: "tag", Type: reflect.TypeFor[tagSpec](), Keys: tagKeys()},
		{Name: "value", Type: reflect.TypeFor[valueSpec](), Keys: valueKeys()},
		{Name: "score", Type: reflect.TypeFor[scoreSpec](), Keys: scoreKeys()},
		{Name: "points", Type: reflect.TypeFor[pointsSpec](), Keys: pointsKeys()},
		{Name: "add", Type: reflect.TypeFor[addSpec](), Keys: addKeys()},
		{Name: "change", Type: reflect.TypeFor[changeSpec](), Keys: changeKeys()},
	}}
}

func key(name, zh, en string, values ...string) schema.Key {
	return schema.Key{Name: name, What: call.Say{ZH: zh, EN: en}, Values: values}
}

// required is a key that must be there.
func required(k schema.Key) schema.Key {
	k.Required = true
	return k
}

func packKeys() []schema.Key {
	return []schema.Key{
		key("pack", "规则包的名字", "name of the pack"),
		key("extends", "在哪个规则包上改：内置包名，或从本文件夹算起的路径", "the pack that this one changes: a built-in name, or a path seen from this folder"),
		key("version", "版本", "version"),
		key("title", "给人看的名字", "name for people"),
		key("documents", "规则依据的文件，按简称", "documents that the rules rest on, by their short names"),
		key("settings", "各家做法不同的地方；每一项也是一个词表", "what differs from house to house; each is a word list too"),
		key("words", "词表：短语里的 {词} 代表其中任何一个", "word lists: {word} in a phrase stands for any of them"),
		key("cues", "线索：一句话可以说的事", "cues: things a turn can say"),
		key("shields", "在这些线索之内，禁语不算坐席说的", "cues over which no forbidden phrase counts"),
		key("calls", "通话类别", "sorts of call"),
		key("rules", "规则", "rules"),
		key("tags", "标签：一通电话是什么", "tags: what a call is"),
		key("scenes", "话术库应当有话术的场景", "scenes for which a library should have a script"),
		key("score", "怎样打分", "how calls are scored"),
		key("add", "给被扩展的规则包的词表和线索加内容", "what to add to words and cues of the extended pack"),
		key("change", "改被扩展的规则包里的规则，按规则名", "changes of rules of the extended pack, by id"),
	}
}

func documentKeys() []schema.Key {
	return []schema.Key{key("title", "标题", "title"), key("issuer", "发文单位", "issuer"), key("date", "日期", "date")}
}

func sayKeys() []schema.Key {
	return []schema.Key{key("zh", "中文", "in Chinese"), key("en", "英文", "in English")}
}

// phraseKeys are those of a cue that has phrases, named or not.
func phraseKeys() []schema.Key {
	var names []string
	for _, s := range scopes {
		names = append(names, string(s))
	}
	unless := key("unless", "什么情况下不算：按范围写短语或 <线索>", "what shields a match: phrases or <cues> by scope")
	with := key("with", "还要有什么才算", "what a match needs besides")
	unless.Keys, with.Keys = names, names
	return []schema.Key{
		key("title", "给人看的名字", "name for people"),
		key("speaker", "谁说的", "who says it", "agent", "customer", "other", "any"),
		key("any", "短语或 <线索>，说到一个就算", "phrases or <cues>, one of which is enough"),
		unless, with,
		key("min-length", "这句话至少多少字", "least characters of the turn"),
		key("max-length", "这句话至多多少字", "most characters of the turn"),
		key("words", "false：可以对上半个词", "false: a match may split a word"),
		key("setting", "设置是其中一个值时才有这条线索", "the cue is there only where the settings have one of the values"),
	}
}

func cueKeys() []schema.Key { return phraseKeys() }

// ownKeys are those of a kind of rule that has phrases of its own or names cues.
func ownKeys() []schema.Key {
	return append(phraseKeys(), key("cue", "用这些线索，不另写短语", "named cues instead of phrases"))
}

func partKey() schema.Key {
	return key("in", "通话的哪部分：opening、closing、call、first 3、last 2 turns", "part of the call: opening, closing, call, first 3, last 2 turns")
}

func sortKeys() []schema.Key {
	return []schema.Key{
		key("direction", "呼叫方向；空是不知道", "direction; empty: unknown", "", string(call.Inbound), string(call.Outbound), string(call.Callback)),
		key("reason", "回拨原因", "reason of a callback"),
		key("hangup", "谁挂机；空是不知道", "who hung up; empty: unknown", "", string(call.ByAgent), string(call.ByCustomer), string(call.Dropped)),
		key("callback-of", "写明了回的是哪通电话", "the call names the one it answers"),
		key("truncated", "通话不完整", "the transcript is cut"),
		key("setting", "设置是其中一个值", "the settings have one of the values"),
		key("said", "说到其中一条线索", "one of these cues is said"),
		partKey(),
		key("is", "也是这些类别；!类别 是不属于", "it is of these sorts too; !sort: it is not"),
	}
}

// costKeys are those of what a rule costs.
func costKeys() []schema.Key {
	return []schema.Key{
		key("points", "每处扣几分，不按级别", "points that a finding costs, instead of those of its severity"),
		key("cap", "一通电话最多扣几处；0 是不限", "findings that cost points in one call; 0: all"),
		key("fatal", "一处就使这通电话得 0 分", "one finding makes the score 0"),
	}
}

func severityKey() schema.Key {
	return key("severity", "级别", "severity", Error.String(), Warning.String(), Info.String())
}

func waivableKey() schema.Key {
	return key("waivable", "false：不能豁免，也不进基线", "false: no waiver and no baseline can accept what it finds")
}

func ruleKeys() []schema.Key {
	return append([]schema.Key{
		required(key("id", "规则名：类别/名字", "id: family/name")),
		required(key("title", "给人看的名字", "name for people")),
		required(severityKey()),
		required(key("why", "为什么", "why")),
		key("message", "发现时说什么；{quote} 是原话，timing 的 {heard} 和 {allowed} 是量到的和允许的", "what a finding says; {quote} stands for the words, {heard} and {allowed} for what a timing rule measured and allows"),
		required(key("advice", "建议怎么说", "what to say or do instead")),
		key("fix", "替换原话的文字", "text that replaces the words"),
		key("limits", "管到哪里、看不到什么", "what the rule promises and cannot see"),
		key("source", "依据", "what it rests on"),
		key("when", "只管这些类别的电话；!类别 是除外", "only calls of these sorts; !sort: others"),
		waivableKey(),
		key("forbid", "不许说", "what must not be said"),
		key("require", "必须说", "what must be said"),
		key("reply", "说到一件事，接下来必须回应", "what must follow on something"),
		key("order", "一件事必须先于另一件", "what must come first"),
		key("repeat", "不许一再说", "what must not be repeated"),
		key("followup", "断线之后必须回拨", "what must come of a call that dropped, in later calls"),
		key("timing", "时间上不许超过", "what the clock must not exceed"),
		key("library", "话术库的毛病", "faults of a script library"),
		key("test", "例子", "examples"),
	}, costKeys()...)
}

func sourceKeys() []schema.Key {
	return []schema.Key{key("doc", "文件的简称", "short name of the document"), key("says", "文件的原话", "words of the document")}
}

func testKeys() []schema.Key {
	return []schema.Key{key("bad", "应当命中", "on these it fires"), key("good", "不应命中", "on these no rule fires")}
}

func exampleKeys() []schema.Key {
	return []schema.Key{
		key("says", "坐席的一句话，或“客：…… / 坐：……”；写明起止秒数是“客0-2.5：……”", "an agent turn, or a dialogue “客：…… / 坐：……”; with its seconds “客0-2.5：……”"),
		key("direction", "呼叫方向", "direction"), key("reason", "回拨原因", "reason of a callback"),
		key("hangup", "谁挂机", "who hung up"), key("whole", "从头到尾的整通电话", "the call from its first to its last word"),
		key("calls", "几通电话的例子：“14:00-14:05 来电 断线”“14:31 回拨 未接”", "several calls, instead of says: “14:00-14:05 来电 断线”, “14:31 回拨 未接”"),
		key("scripts", "话术库的例子：话术", "scripts of a library, instead of says"),
	}
}

func followupKeys() []schema.Key {
	return []schema.Key{
		required(key("check", "查什么", "what to look for", followupChecks...)),
		key("within", "missing、late：断线后多久之内要回拨，如 15m；可写 {设置}", "missing, late: how soon to call back, 15m; may be a {setting}"),
		key("apart", "too-close：两次回拨至少隔多久", "too-close: the least time between two attempts"),
		key("attempts", "not-reported：一个班次内几次没有接通就要报备", "not-reported: so many failed attempts of one shift must be reported"),
		key("shifts", "班次，如 08:00-20:00、20:00-08:00", "shifts: 08:00-20:00, 20:00-08:00"),
		required(key("zone", "没有时区的时间是哪个时区的：Asia/Shanghai、+08:00", "zone of times without one: Asia/Shanghai, +08:00")),
	}
}

func scriptKeys() []schema.Key {
	return []schema.Key{
		key("id", "编号", "id"), key("scene", "场景", "scene"), key("required", "必说", "agents must say it"),
		key("says", "说法", "the wordings"), key("never", "话术库写明不许说的", "what the library says that it must not say"),
	}
}

func fixKeys() []schema.Key {
	return []schema.Key{
		key("text", "替换原话的文字", "text that replaces the words"), key("traditional", "原话是繁体时的文字", "the same in Traditional characters"),
		key("suggestion", "只作建议，要人看过再改", "a suggestion only: a human must look at it"),
		key("only", "只换这些线索说到的那几个字；没有说到就不改", "cues whose words alone are replaced; without them nothing is"),
		key("unsure", "同时说到这些线索时只作建议", "cues that make it a suggestion"),
	}
}

func libraryKeys() []schema.Key {
	return []schema.Key{
		required(key("check", "查什么", "what to look for", libraryChecks...)),
		key("between", "conflict：同一场景里不能都有的两条线索", "conflict: two cues that must not both be in one scene"),
	}
}

func sceneKeys() []schema.Key {
	return []schema.Key{
		key("id", "场景名", "id"), key("title", "给人看的名字", "name for people"), key("source", "依据", "what it rests on"),
		key("named", "话术的场景、步骤和触发条件怎样写", "what the scene, step and trigger of its scripts say"),
		key("says", "话术要说到的线索，每条都要", "cues that its script must say, all of them"),
		key("by-words", "都说到了就算，不管叫什么场景", "a script that says them all is one for it, whatever its name"),
	}
}

func afterKey() schema.Key {
	return key("after", "只看这之后坐席的话", "only in the agent's turns after this")
}

func afterKeys() []schema.Key {
	return []schema.Key{key("cue", "线索", "cues"), key("within", "坐席接下来的几句；0 是到通话结束", "agent turns; 0: to the end of the call")}
}

func replyKeys() []schema.Key {
	return []schema.Key{
		key("to", "什么要有回应", "what asks for a reply"), key("with", "什么算回应", "what is a reply"),
		key("within", "坐席接下来的几句之内", "in so many agent turns"), key("same", "同一句里的回应也算", "the turn that asks may hold the reply"),
		key("before", "之前几句里的回应也算", "a reply in so many agent turns before counts"), key("skip", "坐席说这些的话不计入 within", "agent turns that do not count towards within"),
		key("once", "一通电话只报一次", "reported once in a call"), key("waited", "有时间时，静默满几秒才要回应", "where there are times: due after so many seconds of silence only"), key("settle-by", "其间有人说了就不用再回应", "said in between, no reply is due any more"),
	}
}

func orderKeys() []schema.Key {
	return []schema.Key{key("first", "先说的", "what must come first"), key("then", "后说的", "what must not come before it"),
		key("skip", "坐席说这些的话不算一句", "agent turns that do not count"), afterKey()}
}

func repeatKeys() []schema.Key {
	return []schema.Key{
		key("times", "说到几次算多", "so many times are too many"), key("in-a-row", "坐席连着几句", "in consecutive agent turns"),
		key("slot", "短语里的空填得一样才算", "the same is the same slot of the phrase"), key("similar", "文字至少这样相似才算，0 到 1", "or text at least so similar, 0 to 1"),
		key("anew", "接着客户刚说的新内容再说的不算", "not where it takes up what the customer just said"),
		key("told", "客户主动说了，也算问过答过", "the customer told it unasked"), key("between", "两次之间要说到", "must be said between two of them"),
		key("given", "空一样时，两次之间要说到", "the same for slots"), key("never", "两次之间和第二次都没有说到", "must be said neither between two of them nor with the second"),
	}
}

func timingSchemaKeys() []schema.Key {
	return []schema.Key{
		required(key("measure", "量什么：gap 坐席开口前的静默，overlap 抢话，hold 请客户等待的时长，rate 语速", "what to measure: gap: silence before the agent, overlap: the agent cuts in, hold: a wait that the agent announced, rate: of speech", measures...)),
		required(key("over", "超过多少才算：秒，rate 是每分钟字数；写数或 {设置}", "the limit: seconds, or characters a minute; a number or a {setting}")),
		key("at-least", "overlap：坐席接着说至少几秒；rate：至少几个字的话", "overlap: the agent goes on for so many seconds; rate: turns of so many characters"),
		key("ignore", "说到这些的话不算话，如嗯、好的", "turns that say one of these do not count"),
		key("announced", "gap：坐席之前说过就不算；hold：从这里起算等待", "gap: the agent announced it; hold: what begins one"),
		key("still", "hold：坐席说到这些，等待还没有完", "hold: said by the agent, it goes on"),
		key("before", "之前最后一句说到就不算", "said last before it, no fault"),
		key("after", "结束静默或打断的那句说到就不算", "said by the turn that ends it or cuts in, no fault"),
		key("offered", "hold：在它结束之前说到就不算，如提出回拨", "hold: said before it ends, no fault"),
	}
}

func tagKeys() []schema.Key {
	return []schema.Key{
		key("id", "标签名", "id"), key("title", "给人看的名字", "name for people"), key("source", "依据", "what it rests on"),
		key("when", "只给这些类别的电话", "only calls of these sorts get it"), key("one", "只取第一个成立的值", "only the first value that holds"),
		key("steps", "值按先后排", "the values in the order in which they are said"), key("values", "值", "the values"),
	}
}

func valueKeys() []schema.Key {
	return []schema.Key{
		key("value", "值", "the value"), key("title", "给人看的名字", "name for people"), key("say", "说到其中一条线索", "one of these cues is said"),
		partKey(), key("times", "说到几句", "in so many turns"), key("when", "是这些类别的电话", "the call is of these sorts"),
	}
}

func scoreKeys() []schema.Key {
	return []schema.Key{
		key("start", "满分", "points that a call starts with"), key("points", "各级别每处扣几分", "what a finding costs"),
		key("cap", "一条规则在一通电话里最多扣几处；0 是不限", "findings of one rule that cost points in one call; 0: all"),
		key("grades", "等级从几分起", "the least score of each grade"),
	}
}

func pointsKeys() []schema.Key {
	return []schema.Key{key("error", "错误", "of an error"), key("warning", "警告", "of a warning"), key("info", "提示", "of an info")}
}

func addKeys() []schema.Key {
	return []schema.Key{key("words", "加到词表", "added to word lists"), key("cues", "加到线索", "added to cues")}
}

func changeKeys() []schema.Key {
	return append([]schema.Key{key("off", "不用这条规则", "leave the rule out"), severityKey(), key("advice", "建议怎么说", "what to say or do instead"),
		key("fix", "替换原话的文字", "text that replaces the words"), waivableKey()}, costKeys()...)
}
