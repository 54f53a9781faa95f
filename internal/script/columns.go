package script

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/zhijian-qa/zhijian/internal/text"
)

// column is what a column of a table, a key of YAML or JSON or a label of Markdown holds.
type column int

const (
	unknown   column = iota
	idColumn         // 话术编号
	rowColumn        // 序号: an id where there is no better one
	sceneColumn
	stepColumn
	triggerColumn
	textColumn
	requiredColumn
	forbiddenColumn // expressions, several in a cell
	badColumn       // whole bad examples
	natureColumn    // 类型: may say that the row is a bad example
	rightColumn     // 是否正确: may say so with 否
	speakerColumn   // 角色: may say that the customer speaks
	otherColumn     // known and not used
)

// columnNames are the names of columns as bareName leaves them.
var columnNames = listed(map[column]string{
	idColumn:  "话术编号 编号 话术id 主键id 主键 id 脚本编号 知识编号 条目编号 话术编码 编码 代码 话术代码 话术号 scriptid code",
	rowColumn: "序号 no no. # 行号 num number index",
	sceneColumn: "场景 大类 话术分类 话术大类 业务场景 类别 分类 使用场景 适用场景 服务场景 场景名称 场景分类 一级分类 二级分类 三级分类 一级场景 二级场景 " +
		"话术场景 阶段 服务阶段 模块 话术类别 技巧分类 知识分类 通话阶段 scene category scenario stage section",
	stepColumn: "环节 话术名称 知识标题 步骤 节点 名称 标题 流程节点 流程 小类 子类 子场景 服务环节 话术标题 话术主题 主题 技巧名称 话术小类 流程环节 step name title node",
	triggerColumn: "触发 触发条件 触发时机 使用时机 时机 适用意图 意图 客户意图 客户问题 客户问法 用户问题 用户问法 客户说 客户话术 用户话术 客户提问 客户异议 异议 问题 提问 标准问题 标准问 " +
		"相似问 触发词 关键词 使用条件 适用条件 适用情况 客户表现 客户诉求 常见问题 常见问法 客户常见问题 客户常见问法 trigger when intent question questions condition utterances usersays customersays",
	textColumn: "话术 标准话术 话术内容 参考话术 标准答复 话术模板 知识内容 推荐话术 正确话术 回复话术 坐席话术 座席话术 客服话术 话术正文 话术文本 话术详情 话术脚本 脚本 脚本内容 规范话术 规范用语 " +
		"标准用语 服务用语 推荐用语 建议用语 礼貌用语 文明用语 标准说法 推荐说法 正确说法 建议说法 参考说法 应答话术 应答内容 应答口径 标准应答 参考应答 应答 标准口径 口径 统一口径 解释口径 标准回复 参考回复 " +
		"推荐回复 回复内容 回复模板 回复 答复 答复内容 参考答复 标准答案 参考答案 答案 回答 备选话术 备用话术 候选话术 其他话术 话术要点 核心话术 核心话术要点 话术示例 示例话术 正例 正面示例 正确示例 " +
		"正确示范 示范话术 必说话术 必说内容 应该这样说 应这样说 应该说 建议这样说 推荐这样说 可以这样说 改进话术 答复要点 回复要点 应答要点 内容 文本 wording wordings text script scripttext content answer answers reply response responses speech standardscript standardtext good",
	requiredColumn: "必说 是否必说 必选 是否必选 必念 是否必念 必讲 是否必讲 必须 是否必须 必用 是否必用 强制 是否强制 是否强制使用 必播 是否必播 required mandatory must isrequired",
	forbiddenColumn: "禁用 禁用表达 禁用话术 禁止话术 禁用表述 禁用说法 禁用语 禁用词 禁用词语 禁用用语 违禁词 违禁语 违规词 禁语 忌语 服务禁语 服务忌语 禁止用语 禁止表达 禁止说 禁说 不可说 不能说 不得说 敏感词 避免用语 避免表达 禁忌 禁忌语 禁忌用语 " +
		"forbidden forbiddenwords forbiddenphrases banned donotsay dontsay avoid",
	natureColumn:  "类型 语气 性质 话术类型 话术性质 示例类型 正反例 正误 属性 nature type kind polarity",
	rightColumn:   "是否正确 是否规范 是否合规 是否可用 合规 correct compliant",
	speakerColumn: "角色 说话人 发言人 说话角色 对话角色 role speaker",
	otherColumn: "适用业务 业务 业务类型 产品 适用产品 适用渠道 渠道 生效日期 失效日期 生效时间 失效时间 有效期 日期 更新日期 更新时间 创建时间 创建日期 修改时间 修改日期 发布日期 备注 说明 注 注意 注意事项 要求 " +
		"要点 操作要点 服务要点 目的 目标 转化目标 来源 来源文件 出处 责任人 负责人 作者 创建人 修改人 审核人 审批人 部门 版本 版本号 状态 话术状态 话术结构 结构 合规规则 禁用场景 禁止场景 不适用场景 语速 情绪 动作 操作 " +
		"系统操作 操作说明 使用说明 话术说明 填写说明 设计思路 话术技巧 技巧 依据 政策依据 时长 字数 标签 优先级 使用频率 频率 附件 链接 修订记录 变更记录 审核状态 是否启用 启用 原因 违规原因 错误原因 点评 话术点评 评语 解析 改进建议 处理方式 原话术 旧话术 business date remark remarks note notes " +
		"comment comments why reason review description version status author owner updated created tags priority product channel effectivedate source metadata meta schema $schema lastupdated language lang",
})

// listed turns lists of names into the names of each.
func listed(lists map[column]string) map[string]column {
	out := map[string]column{}
	for c, names := range lists {
		for _, name := range strings.Fields(names) {
			out[name] = c
		}
	}
	return out
}

// bareName is the name of a column without what authors put around it: width and
// case, Traditional characters, spaces, notes in brackets, stars of obligation, a colon.
func bareName(name string) string {
	s := strings.ToLower(norm.NFKC.String(name))
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("*_-`:\"'“”★※", r) {
			return -1
		}
		return text.FoldRune(r)
	}, s)
	for _, pair := range [][2]string{{"(", ")"}, {"[", "]"}, {"【", "】"}, {"<", ">"}} {
		s = withoutNote(s, pair[0], pair[1])
	}
	return s
}

// withoutNote is s without a note in brackets; a name that stands in brackets itself loses only them.
func withoutNote(s, open, closing string) string {
	before, rest, ok := strings.Cut(s, open)
	note, after, closed := strings.Cut(rest, closing)
	switch {
	case !ok || !closed:
		return s
	case before+after == "":
		return note
	}
	return before + after
}

// maxName is the length in bytes of the longest text that is looked at as a name.
const maxName = 200

// ordinals end the names of columns that there are several of: 话术一, 话术2, 标准话术B.
const ordinals = numerals + "abcdef"

const numerals = "0123456789一二三四五六七八九十①②③④⑤⑥⑦⑧⑨"

// columnOf is what a column holds by its name. A name that is only like those of
// wordings is guessed: 安抚话术 is one, beside columns that are known.
func columnOf(name string) (c column, guessed bool) {
	if len(name) > maxName {
		return unknown, false
	}
	c, ok := exactly(name)
	switch bare := bareColumn(name); {
	case ok && c == textColumn:
		return noted(name), false
	case ok:
		return c, false
	case bare == "" || len([]rune(bare)) > 12 || strings.ContainsAny(bare, "，。！？；,!?;~"):
		return unknown, false
	}
	if c = variety(name); c != unknown {
		return c, false
	}
	if c = guess(name); c == unknown {
		c = signedColumn(name)
	}
	return c, c != unknown
}

// bareColumn is the bare name of a column without the sign that some write before it.
func bareColumn(name string) string {
	return strings.Trim(bareName(name), "❌✅✗✘✖✔✓☑√×⚠️👍👎")
}

// exactly is the column of one of the names that are known, numbered or not, and
// with whose words it holds before it: 坐席标准应答.
func exactly(name string) (c column, ok bool) {
	if len(name) > maxName {
		return unknown, false
	}
	bare := bareColumn(name)
	if c, ok = columnNames[bare]; ok {
		return c, true
	}
	if c, ok = columnNames[strings.TrimRight(bare, ordinals)]; ok && c != idColumn {
		return c, true
	}
	if c, ok = columnNames[withoutAgent(bare)]; ok && c == textColumn {
		return c, true
	}
	if slices.Contains(badNames, bare) || slices.Contains(badNames, strings.TrimRight(bare, ordinals)) {
		return badColumn, true
	}
	return unknown, false
}

// withoutAgent is a name without the agent before it.
func withoutAgent(bare string) string {
	for _, agent := range []string{"坐席", "座席", "客服", "人工", "agent", "ai"} {
		if rest, ok := strings.CutPrefix(bare, agent); ok {
			return rest
		}
	}
	return bare
}

// noted is the column of wordings, or what the note in its name makes of it: 话术（差）, 话术（客户）.
func noted(name string) column {
	_, note, ok := strings.Cut(norm.NFKC.String(name), "(")
	note, closed := strings.CutSuffix(strings.TrimSpace(note), ")")
	switch {
	case !ok || !closed:
	case badNature(note) || badName(note) || verdicts[bareName(note)] == bad:
		return badColumn
	case slices.Contains(customers, bareName(note)):
		return triggerColumn
	}
	return textColumn
}

// speeches end the names of columns that hold what somebody says.
var speeches = []string{"话术", "用语", "说法", "口径", "答复", "应答", "回复", "回答", "回应", "答案", "脚本", "答复内容", "回复内容", "应答内容", "回答内容", "话术内容"}

// customers say what is no script.
var customers = []string{"客户", "用户", "顾客", "买家", "业主", "客人", "对方", "借款人", "投诉人", "来电人", "来电者", "乘客", "旅客", "患者", "家长", "学员", "会员", "车主", "租客", "住户", "持卡人", "投保人", "被保险人", "报案人", "消费者", "咨询人"}

// guess is what a name says that no list has, by how it starts and ends.
func guess(name string) column {
	bare := strings.TrimRight(bareColumn(name), ordinals)
	speech := hasSuffix(bare, speeches) || spoken(name)
	switch {
	case faulty(bare) || speech && hasPrefix(bare, []string{"错误", "不当", "违规", "禁止", "禁用", "反面", "负面", "不规范", "不合规", "不推荐", "bad", "wrong"}):
		return badColumn
	case hasPrefix(bare, customers) && speech:
		if rest := strings.TrimLeft(withoutCustomer(bare), "的"); slices.Contains(speeches, rest) {
			return triggerColumn
		}
		return unknown
	case hasPrefix(bare, []string{"来电", "是否", "无需", "自动", "不", "customer", "user", "client", "caller"}):
		return unknown
	case speech, strings.HasPrefix(bare, "话术") && strings.HasSuffix(bare, "版"):
		return textColumn
	}
	return unknown
}

func hasPrefix(s string, prefixes []string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(s, p) })
}

func hasSuffix(s string, suffixes []string) bool {
	return slices.ContainsFunc(suffixes, func(p string) bool { return strings.HasSuffix(s, p) })
}

func withoutCustomer(bare string) string {
	for _, c := range customers {
		if rest, ok := strings.CutPrefix(bare, c); ok {
			return rest
		}
	}
	return bare
}

// spoken reports whether a name in English ends with a word for wordings: Agent
// Script is one, Transcript is not.
func spoken(name string) bool {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) })
	return len(words) > 1 && slices.Contains([]string{"script", "scripts", "wording", "wordings", "reply", "replies", "response", "responses", "answer", "answers"}, words[len(words)-1])
}

// faulty reports whether a name is that of bad examples with a little around it:
// 常见错误示范, 禁用话术示例. What tells what not to do is no name: 不推荐您现在办理, 不得说禁语.
func faulty(bare string) bool {
	return slices.ContainsFunc(badNames, func(bad string) bool {
		before, after, ok := strings.Cut(bare, bad)
		short := len([]rune(before+after)) <= 4 && (before == "" || after == "")
		return ok && short && bad[0] >= 0x80 && hasSuffix(bad, nouns) && !hasPrefix(before, []string{"不", "别", "勿", "请", "严", "没", "属"})
	}) && badName(bare)
}

// nouns end those of badNames that name a thing.
var nouns = []string{"例", "例子", "案例", "教材", "示范", "范例", "话术", "说法", "用语", "回复", "答复", "表达", "语", "词"}

// variety is the column of wordings of one kind, 话术-安抚版, or of what is told of
// wordings, 话术-适用场景; unknown for another name.
func variety(name string) column {
	of, rest, ok := strings.Cut(strings.NewReplacer("_", "-", "—", "-", "–", "-").Replace(norm.NFKC.String(name)), "-")
	if !ok || columnNames[bareName(of)] != textColumn {
		return unknown
	}
	c, known := exactly(rest)
	switch {
	case known:
		return c
	case hasPrefix(bareName(rest), customers):
		return unknown
	}
	return textColumn
}

// signedColumn is the column of good or of bad wordings by the sign before its name: ✅ 可以讲.
func signedColumn(name string) column {
	sign := []rune(strings.TrimSpace(name))[0]
	if v, ok := signs[sign]; ok && strings.ContainsAny(name, "说讲话答回例范") {
		return map[voice]column{said: textColumn, bad: badColumn}[v]
	}
	return unknown
}

// turnNames are names of what is asked and answered in data sets.
var turnNames = listed(map[column]string{
	triggerColumn: "instruction input query prompt utterance usersay usermessage",
	textColumn:    "output completion agentreply agentmessage",
})

// turnColumn is what a column of a table or a key of a map holds, which may also
// be named by who speaks or by a verdict: 客户 and 坐席, Q and A, 错误 and 正确. Below
// headings such names label what is said.
func turnColumn(name string) (c column, guessed bool) {
	c, guessed = columnOf(name)
	if c != unknown || len(name) > maxName {
		return c, guessed
	}
	bare := bareColumn(name)
	if c, ok := turnNames[bare]; ok {
		return c, false
	}
	if v, ok := verdicts[bare]; ok {
		return map[voice]column{said: textColumn, bad: badColumn, heard: otherColumn}[v], false
	}
	l, ok := labelNamed(bare)
	switch {
	case !ok || !l.speaker || strings.ContainsAny(bare, numerals): // A-1 is an id
		return unknown, false
	case l.voice == heard:
		return triggerColumn, false
	}
	return textColumn, false
}

// isYes reports whether a cell of a column such as 必说 says yes.
func isYes(cell string) bool {
	return slices.Contains([]string{"是", "√", "✓", "✔", "☑", "✅", "1", "y", "yes", "true", "t", "必说", "必填", "必选", "必须", "必", "必念", "必讲", "强制", "对",
		"required", "must", "●", "v"}, bareName(cell))
}

// isNo reports whether a cell of a column such as 是否正确 says no.
func isNo(cell string) bool {
	return slices.Contains([]string{"否", "×", "✗", "✘", "❌", "x", "n", "no", "false", "0", "不正确", "错误", "不规范", "不合规", "违规", "不可用"}, bareName(cell))
}

// isNone reports whether a cell says that there is nothing.
func isNone(cell string) bool {
	if len(cell) > maxName {
		return false
	}
	bare := strings.Trim(bareName(cell), "。.~")
	if strings.Trim(bare, "-—–―/\\、_") == "" {
		return true
	}
	return slices.Contains([]string{"无", "空", "暂无", "略", "n/a", "na", "none", "null", "nil", "待补充", "待定", "待填写", "待完善", "todo", "tbd", "(空)", "同上"}, bare)
}

// badNames name bad examples.
var badNames = []string{"反例", "反面示例", "反面案例", "反面教材", "错误示范", "错误示例", "错误话术", "错误案例", "错误说法", "错误用语", "错误例子", "错误回复", "错误答复", "错误范例",
	"禁用话术", "禁用表达", "禁用语", "禁用词", "禁用用语", "禁语", "忌语", "违禁词", "违禁语", "禁止用语", "禁止话术", "禁止表达", "禁说", "禁忌用语", "禁用", "不规范话术", "不规范用语", "不规范示例", "不规范表达",
	"不合规话术", "不合规用语", "不当话术", "不当用语", "不当表达", "负面示例", "负面案例", "负面话术", "违规话术", "违规用语", "不可说", "不能说", "不得说", "不要说", "不能这样说", "不要这样说", "不建议这样说", "坏例子", "不推荐话术", "不推荐说法", "不推荐",
	"bad", "badexample", "badexamples", "badcase", "badcases", "counterexample", "counterexamples", "dont", "don't", "don'ts", "donts", "forbidden", "neversay", "donotsay", "wrong", "antipattern", "antipatterns", "negative", "negatives", "negativeexample", "negativeexamples"}

// badName reports whether a heading, a scene or a sheet by this name holds bad
// examples: it begins or ends with one of badNames, and does not tell what to say
// instead.
func badName(name string) bool {
	if len(name) > maxName {
		return false
	}
	bare := strings.Trim(bareName(name), "0123456789.、。!！❌✗✘✖⛔🚫一二三四五六七八九十")
	for _, cure := range []string{"应对", "处理", "替换", "改写", "改为", "正例", "正确", "对比", "对照", "场景", "规避", "检查", "客户"} {
		if strings.Contains(bare, cure) {
			return false
		}
	}
	return slices.ContainsFunc(badNames, func(bad string) bool {
		if bad[0] < 0x80 {
			return bare == bad
		}
		return strings.HasPrefix(bare, bad) || strings.HasSuffix(bare, bad)
	})
}

// badNature reports whether the kind of a row says that it is a bad example.
func badNature(kind string) bool {
	return badName(kind) || slices.Contains([]string{"错误", "反面", "负面", "负例", "不规范", "不合规", "违规", "禁止", "negative", "×", "✗", "❌"}, bareName(kind))
}

// aboutNames name what stands in a library besides scripts.
var aboutNames = []string{"说明", "使用说明", "填写说明", "编写说明", "修订记录", "变更记录", "修改记录", "版本记录", "更新记录", "更新日志", "目录", "前言", "概述", "简介", "背景", "目的", "适用范围", "附录",
	"参考资料", "相关文件", "名词解释", "术语", "联系方式", "注意事项", "备注", "考核标准", "质检标准", "评分标准", "修订说明", "编制说明", "编写原则", "使用方法", "文档说明", "版本历史", "toc", "contents", "changelog", "readme", "introduction", "about", "overview", "references", "license"}

// aboutName reports whether a heading or a sheet by this name holds no scripts.
func aboutName(name string) bool {
	return slices.Contains(aboutNames, strings.Trim(bareName(name), "0123456789.、一二三四五六七八九十"))
}
