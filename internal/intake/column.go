package intake

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/zhijian-qa/zhijian/internal/text"
)

// meaning is what a column of a table holds.
type meaning string

// The fields of tables. Of begin and finish only the rows tell whether they are those of the
// call or of what is said; of number, whether it counts calls or what is said.
const (
	callField      meaning = "call id"
	numberField    meaning = "number"
	recordField    meaning = "recording"
	agentField     meaning = "agent id"
	agentName      meaning = "agent name"
	teamField      meaning = "team"
	customerField  meaning = "customer id"
	customerName   meaning = "customer name"
	customerNumber meaning = "customer number"
	callerField    meaning = "caller"
	calleeField    meaning = "callee"
	directionField meaning = "direction"
	dateField      meaning = "date"
	beginField     meaning = "begin"
	answerField    meaning = "answer"
	finishField    meaning = "finish"
	durationField  meaning = "duration"
	hangupField    meaning = "hangup"
	statusField    meaning = "status"
	roleField      meaning = "role"
	waiterField    meaning = "is agent" // 1 the agent, 0 the customer
	channelField   meaning = "channel"
	textField      meaning = "text"
	agentText      meaning = "agent text"
	customerText   meaning = "customer text"
	timeField      meaning = "time"
	fromField      meaning = "from"
	toField        meaning = "to"
	otherField     meaning = "other" // known, and not read
)

// column is one column of a table.
type column struct {
	field meaning
	name  string // as the header has it
	unit  unit   // of times; 0 where the header does not say
}

// fieldNames are the names of columns by what they hold, as foldName leaves them.
func columnNames() map[meaning]string {
	return map[meaning]string{
		callField:      "会话id 通话id 呼叫id 对话id 通话标识 会话标识 呼叫标识 通话编号 会话编号 呼叫编号 对话编号 录音编号 录音id 录音标识 流水号 通话流水号 会话流水号 呼叫流水号 录音流水号 业务流水号 服务流水号 话单id 话单号 唯一标识 通话唯一标识 callid callsno callno calluuid callguid ucid sessionid session conversationid contactid dialogueid dialogid uniqueid linkedid interactionid recordid recordingid call",
		numberField:    "序号 句序 轮次 顺序 行号 编号 句子序号 消息序号 语句序号 话轮 句子编号 no seq sequence index turn turnid turnno id sentenceid 段落",
		recordField:    "录音文件 录音文件名 录音名称 文件名 文件名称 录音 音频文件 音频文件名 音频 录音地址 录音链接 filename file recordfile recordurl record audio audiofile wav",
		agentField:     "坐席工号 座席工号 工号 客服工号 员工工号 坐席id 座席id 客服id 员工id 坐席编号 座席编号 客服编号 员工编号 坐席账号 客服账号 坐席分机 分机 分机号 staffid agentid agentno agentcode extension seatid seatuser operatorid employeeid waiterid",
		agentName:      "坐席姓名 座席姓名 客服姓名 客服昵称 客服名称 员工姓名 坐席名称 座席名称 坐席名 话务员姓名 接待客服 坐席 座席 客服 话务员 接线员 员工 agentname staffname operatorname agent staff operator seat",
		teamField:      "技能组 技能组名称 班组 团队 组别 小组 部门 队列 队列名称 坐席组 座席组 客服组 所属组 所属班组 所属团队 业务组 skill skillgroup skillgroupname team group queue queuename department agentteam agentgroup",
		customerField:  "客户id 用户id 访客id 客户编号 用户编号 会员id 会员号 customerid userid visitorid clientid uid openid",
		customerName:   "客户姓名 客户名称 客户昵称 用户姓名 用户昵称 访客 访客名称 访客昵称 客户 用户 顾客 customername username customer user visitor",
		customerNumber: "客户号码 客户电话 客户手机 客户手机号 客户手机号码 客户电话号码 用户号码 用户手机号 用户电话 手机号 手机号码 手机 电话 电话号码 联系电话 来电号码 外呼号码 customernumber customerphone phone phonenumber mobile tel telephone usernumber",
		callerField:    "主叫 主叫号码 主叫号 主叫电话 caller callernumber callerid ani calling callingnumber from fromnumber",
		calleeField:    "被叫 被叫号码 被叫号 被叫电话 callee calleenumber dnis called callednumber calledno to tonumber",
		directionField: "呼叫方向 呼叫类型 呼叫类别 通话类型 通话类别 话务类型 通话方向 方向 呼入呼出 呼入/呼出 来去电 来电去电 direction calltype calldirection inout",
		dateField:      "日期 通话日期 呼叫日期 录音日期 date calldate",
		beginField:     "开始时间 通话开始时间 呼叫开始时间 会话开始时间 录音开始时间 通话时间 呼叫时间 来电时间 拨打时间 外呼时间 会话时间 呼入时间 创建时间 录音时间 起始时间 起始 开始 starttime begintime start begin startedat startat calltime callstart callstarttime createtime createdat ringtime",
		answerField:    "接听时间 接通时间 应答时间 摘机时间 通话接通时间 answertime accepttime connecttime connectedtime answeredat acceptedat",
		finishField:    "结束时间 通话结束时间 呼叫结束时间 会话结束时间 录音结束时间 挂机时间 挂断时间 结束 终止时间 截止时间 endtime finishtime end finish endedat endat stop hanguptime callend callendtime releasetime",
		durationField:  "通话时长 通话总时长 通话秒数 时长 录音时长 呼叫时长 通话用时 会话时长 duration talktime callduration talkduration billsec billingduration callseconds",
		hangupField:    "挂机方 挂断方 挂机方式 挂断方式 挂机方向 挂断方向 挂机人 挂断人 挂机类型 挂断类型 释放方 结束方 拆线方 hangup hangupside hangupparty hungupside hangupby hangupdirection releaseside releasedby disconnectby disconnectedby endedby hungupby 挂机原因 挂断原因 释放原因 拆线原因 hangupcause hangupreason disconnectreason",
		statusField:    "接通状态 通话状态 呼叫状态 呼叫结果 通话结果 接听状态 应答状态 是否接通 是否接听 是否应答 状态 status callstatus callresult endstatus endstatusstring answerstatus disposition isanswered answered",
		roleField:      "角色 发送方 发言人 说话人 说话方 说话者 发言者 讲话人 发言方 消息来源 发送者 发送人 消息发送方 消息发送者 发言角色 说话人角色 说话角色 通话角色 角色名称 身份 来源 role speaker speakerrole sender senderrole sendertype sendername party participant participantrole participantpurpose side who usertype",
		waiterField:    "iswaiter waitersend 是否客服 是否坐席 是否座席 isagent isstaff",
		channelField:   "声道 通道 声道号 通道号 声道id 通道id 说话人id 说话人编号 发言人id channel channelid channelno channeltag speakerid spk spkid speakerno speakertag track",
		textField:      "内容 消息内容 对话内容 转写文本 识别结果 识别文本 识别内容 聊天记录 聊天内容 转写内容 转写结果 转译文本 转译内容 通话内容 通话文本 对话文本 对话记录 通话记录 会话内容 会话记录 会话文本 文本 文本内容 录音文本 录音内容 录音转写 语音文本 语音转文字 语音转写 语音内容 对话 消息 语句 句子 原文 发言内容 说话内容 话语 发言 asrcontent asrtext asrresult asr chatcontent content text message messagecontent msg msgcontent transcript transcription transcripttext sentence sentencetext utterance words dialogue dialog conversation body",
		agentText:      "坐席内容 座席内容 客服内容 坐席文本 座席文本 客服文本 坐席发言 客服发言 客服回复 坐席说 客服说 agenttext agentcontent agentutterance",
		customerText:   "客户内容 用户内容 客户文本 用户文本 客户发言 用户发言 客户说 用户说 customertext customercontent customerutterance usertext usercontent",
		timeField:      "说话时间 发言时间 发送时间 消息时间 时间 时间戳 时间点 time timestamp sendtime sentat msgtime messagetime offset datetime",
		fromField:      "句子开始时间 语句开始时间 说话开始时间 发言开始时间 开始毫秒 起始毫秒 开始秒 起始秒 起始位置 开始位置 起点 beginms startms startsec startoffset beginoffset startseconds offsetms startoffsetms beginoffsetmillis",
		toField:        "句子结束时间 语句结束时间 说话结束时间 发言结束时间 结束毫秒 结束秒 结束位置 终点 endms endsec endoffset endseconds endoffsetms endoffsetmillis",
		otherField:     "满意度 等待时长 振铃时长 排队时长 响铃时长 等待时间 排队时间 满意度评价 备注 地区 归属地 情绪 情感 语速 音量 静默时长 置信度 消息类型 satisfaction waitduration ringduration waittime remark emotion speed score confidence sentiment",
	}
}

// byColumnName is columnNames the other way round.
var byColumnName = func() map[string]meaning {
	all := map[string]meaning{}
	for f, names := range columnNames() {
		for name := range strings.FieldsSeq(names) {
			all[strings.ReplaceAll(name, "_", "")] = f
		}
	}
	return all
}()

// maxColumnName is the length of the longest name of a column, in characters.
const maxColumnName = 24

// newColumn is the column that a cell of a header names; its field is empty where it names none.
func newColumn(cell string) column {
	c := column{name: strings.TrimSpace(strings.Trim(cell, "\uFEFF"))}
	if utf8.RuneCountInString(cell) > 2*maxColumnName || strings.ContainsAny(cell, "。？！?!") {
		return c
	}
	name, note := foldName(cell)
	if name == "" || utf8.RuneCountInString(name) > maxColumnName {
		return c
	}
	var known bool
	if c.field, known = byColumnName[name]; !known {
		bare, suffix := cutUnit(name)
		if c.field, known = byColumnName[bare]; known {
			note = suffix
		} else {
			c.field = likelyField(name)
		}
	}
	c.unit = unitOf(note)
	return c
}

var noteInNameRE = text.Pattern(`[(\[【{<]([^)\]】}>]*)[)\]】}>]`)

// foldName is the name of a column without what spreadsheets and authors put around it:
// case, width, traditional characters, stars, spaces, hyphens, and a note in brackets.
func foldName(cell string) (name, note string) {
	s := strings.ToLower(norm.NFKC.String(strings.Trim(cell, "\uFEFF\u200B \t\r\n'\"")))
	if m := noteInNameRE().FindStringSubmatch(s); m != nil {
		if bare := noteInNameRE().ReplaceAllString(s, ""); strings.Trim(bare, "* ") != "" {
			note, s = m[1], bare
		} else { // the whole name is in brackets
			s = m[1]
		}
	}
	s = strings.Map(func(r rune) rune {
		switch r {
		case ' ', '_', '-', '*', '\n', '\r', '\t', ':', '.', '#', '"', '\'':
			return -1
		}
		return r
	}, s)
	return simplified.Replace(s), note
}

// simplified turns the traditional characters of column names into simplified ones.
var simplified = strings.NewReplacer("會", "会", "話", "话", "錄", "录", "編", "编", "號", "号", "識", "识", "標", "标", "開", "开", "結", "结", "時", "时", "間", "间", "說", "说", "發", "发", "內", "内",
	"轉", "转", "寫", "写", "別", "别", "記", "记", "對", "对", "掛", "挂", "斷", "断", "機", "机", "戶", "户", "顧", "顾", "長", "长", "員", "员", "團", "团", "隊", "队", "組", "组", "務", "务",
	"聲", "声", "滿", "满", "評", "评", "價", "价", "類", "类", "狀", "状", "態", "态", "聽", "听", "應", "应", "來", "来", "電", "电", "訊", "讯", "稱", "称", "話", "话", "輪", "轮", "業", "业", "麼", "么", "從", "从", "語", "语", "客戶", "客户", "訪", "访", "讲", "讲", "講", "讲", "單", "单", "撥", "拨", "動", "动", "專", "专", "線", "线", "譯", "译")

// cutUnit splits the unit off a name without brackets: startms, 开始时间秒.
func cutUnit(name string) (bare, suffix string) {
	for _, suffix := range []string{"毫秒", "秒", "ms", "millis", "sec", "seconds", "second", "s"} {
		if bare, ok := strings.CutSuffix(name, suffix); ok && bare != "" {
			return bare, suffix
		}
	}
	return name, ""
}

// unitOf is the unit that a note names, 0 if it names none.
func unitOf(note string) unit {
	switch strings.TrimSpace(note) {
	case "秒", "s", "sec", "second", "seconds", "单位:秒", "单位秒":
		return seconds
	case "毫秒", "ms", "millis", "millisecond", "milliseconds", "单位:毫秒", "单位毫秒":
		return millis
	case "分", "分钟", "min", "minute", "minutes":
		return 60 * seconds
	}
	return 0
}

// guess is a rule for names of columns that no list has: a name with one of the words of
// each group and none of without is that field.
type guess struct {
	field   meaning
	groups  [][]string
	without []string
}

var (
	ofAgent    = []string{"坐席", "座席", "客服", "员工", "话务员", "专员", "接线员", "agent", "staff"}
	ofCustomer = []string{"客户", "用户", "访客", "顾客", "customer"}
	isIdentity = []string{"id", "编号", "标识", "流水", "序列号"}
	isName     = []string{"姓名", "名称", "昵称", "名字", "name"}
	isPhone    = []string{"号码", "电话", "手机", "phone"}
	isTime     = []string{"时间", "时刻", "time"}
	isSpeech   = []string{"说话", "发言", "发送", "消息", "语句", "句", "讲话"}
)

// guesses are tried in their order.
var guesses = []guess{
	{field: callerField, groups: [][]string{{"主叫"}}},
	{field: calleeField, groups: [][]string{{"被叫"}}},
	{field: hangupField, groups: [][]string{{"挂机", "挂断", "hangup"}, {"方", "侧", "者", "人", "side", "by"}}},
	{field: finishField, groups: [][]string{{"挂机", "挂断"}, isTime}},
	{field: answerField, groups: [][]string{{"接听", "接通", "应答", "摘机", "answer"}, isTime}, without: []string{"时长"}},
	{field: fromField, groups: [][]string{isSpeech, {"开始", "起始"}}},
	{field: toField, groups: [][]string{isSpeech, {"结束", "终止"}}},
	{field: timeField, groups: [][]string{isSpeech, isTime}},
	{field: durationField, groups: [][]string{{"通话", "录音"}, {"时长", "秒数"}}},
	{field: otherField, groups: [][]string{{"时长", "秒数", "次数", "数量", "长度", "评分", "得分", "满意", "置信", "情绪", "语速", "类型", "模型", "引擎", "地址", "url"}}},
	{field: finishField, groups: [][]string{{"结束", "终止", "end"}, isTime}},
	{field: beginField, groups: [][]string{{"开始", "起始", "呼叫", "通话", "来电", "start", "begin"}, isTime}},
	{field: agentField, groups: [][]string{{"工号", "分机"}}},
	{field: agentName, groups: [][]string{ofAgent, isName}},
	{field: agentField, groups: [][]string{ofAgent, append([]string{"账号"}, isIdentity...)}},
	{field: customerName, groups: [][]string{ofCustomer, isName}},
	{field: customerNumber, groups: [][]string{ofCustomer, isPhone}},
	{field: customerField, groups: [][]string{ofCustomer, isIdentity}},
	{field: callField, groups: [][]string{{"通话", "会话", "呼叫", "录音", "对话", "服务", "话单", "call", "session", "conversation"}, isIdentity}},
	{field: directionField, groups: [][]string{{"方向"}}},
	{field: statusField, groups: [][]string{{"状态", "结果", "是否"}, {"接通", "接听", "应答", "呼叫", "通话"}}},
	{field: roleField, groups: [][]string{{"角色", "发送方", "说话人", "发言人", "说话方", "发言方", "speaker", "role"}}},
	{field: teamField, groups: [][]string{{"技能组", "班组", "队列", "团队", "部门"}}},
	{field: agentText, groups: [][]string{ofAgent, {"文本", "内容", "话语", "发言"}}},
	{field: customerText, groups: [][]string{ofCustomer, {"文本", "内容", "话语", "发言"}}},
	{field: textField, groups: [][]string{{"文本", "内容", "转写", "识别", "原文", "对话", "语句", "聊天", "transcript", "utterance", "content", "text"}}, without: []string{"话术", "知识", "标题", "时间", "日期", "id", "编号", "规则", "质检"}},
}

// likelyField is the field that a name which no list has most likely stands for.
func likelyField(name string) meaning {
	for _, g := range guesses {
		if g.fits(name) {
			return g.field
		}
	}
	return ""
}

func (g guess) fits(name string) bool {
	for _, words := range g.groups {
		if !containsAny(name, words) {
			return false
		}
	}
	return !containsAny(name, g.without)
}

// headers are the columns of a table.
type headers []column

// at is the index of the first column of a field, -1 if there is none.
func (h headers) at(f meaning) int {
	return slices.IndexFunc(h, func(c column) bool { return c.field == f })
}

func (h headers) has(f meaning) bool { return h.at(f) >= 0 }

// known is how many different fields the columns hold.
func (h headers) known() int {
	seen := map[meaning]bool{"": true}
	for _, c := range h {
		seen[c.field] = true
	}
	return len(seen) - 1
}

// transcript reports whether a table with these columns holds what is said.
func (h headers) transcript() bool {
	said := h.has(textField) || h.has(agentText) && h.has(customerText)
	return said && h.known() >= 2
}

// records reports whether it holds records of calls.
func (h headers) records() bool { return h.has(callField) && h.known() >= 2 }
