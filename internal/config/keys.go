package config

import (
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/intake"
	"github.com/zhijian-qa/zhijian/internal/report"
	"github.com/zhijian-qa/zhijian/internal/strict"
)

// Key describes a key of the file. From this one table come the errors about
// values, the schema and the file that init writes.
type Key struct {
	Name    string
	Kind    call.Say // of its values, for errors; empty where any value will do
	What    call.Say // what it is for
	Default call.Say // what holds without it
	Values  []string // the only ones that there are; nil: any
	Example string   // YAML that shows it

	one func(*Spec) *strict.Item // its value, of a key with Values
}

// Off is the severity of rules that are not used.
const Off = "off"

// Window is the time in which the calls of a customer belong together, unless somebody says otherwise.
const Window = "24h"

// Never is the value of fail-on that lets no finding fail the run.
const Never = "never"

// SeverityNames are the values of severities, the gravest first.
func SeverityNames() []string { return append(severities(), Off) }

func severities() []string { return []string{"error", "warning", "info"} }

// FailOn are the values of fail-on.
func FailOn() []string { return append(severities(), Never) }

// MinSeverity are the values of min-severity.
func MinSeverity() []string { return severities() }

// Formats are the formats of reports.
func Formats() []string { return report.Names() }

// InFormats are the formats of transcripts.
func InFormats() []string {
	var names []string
	for _, f := range intake.Formats() {
		names = append(names, f.Name)
	}
	return names
}

// Encodings are the text encodings of transcripts.
func Encodings() []string { return intake.Encodings() }

// AgentChannels are the ways to say which speaker is the agent.
func AgentChannels() []string { return intake.AgentChannels() }

// Masks are the values of mask; the first holds where nobody says otherwise.
func Masks() []string { return []string{"on", "off"} }

// Langs are the languages of messages and reports.
func Langs() []string { return []string{string(call.ZH), string(call.EN)} }

// Keys lists the keys of the file in the order in which people want them.
func Keys() []Key {
	severity, format := call.Say{ZH: "级别", EN: "severity"}, call.Say{ZH: "报告格式", EN: "report format"}
	none := call.Say{ZH: "没有", EN: "none"}
	return []Key{
		{Name: "packs", What: call.Say{ZH: "规则包：内置包名，或文件、文件夹（从本文件所在的文件夹算起）", EN: "packs of rules: built-in names, or files and folders seen from the folder of this file"},
			Default: call.Say{ZH: "documents", EN: "documents"}, Example: "packs: [documents]"},
		{Name: "settings", What: call.Say{ZH: "改规则包的设置，如渠道、本机构的热线", EN: "settings of the packs, such as the channel or the hotline of the house"},
			Default: call.Say{ZH: "规则包里写的", EN: "as the packs say"}, Example: "settings:\n  channel: chat\n  hotline: [\"95566\", 九五五六六]"},
		{Name: "select", What: call.Say{ZH: "只用这些规则：规则名、类别或通配符", EN: "use only these rules: ids, families or globs"},
			Default: call.Say{ZH: "全部", EN: "all"}, Example: "select: [wording, tone/*]"},
		{Name: "ignore", What: call.Say{ZH: "不用这些规则", EN: "leave these rules out"}, Default: none, Example: "ignore: [closing/*]"},
		{Name: "severities", What: call.Say{ZH: "规则的级别；off 是不用。写在后面的优先", EN: "severities of rules; off leaves them out. Later ones win"},
			Default: call.Say{ZH: "规则包里写的", EN: "as the packs say"}, Example: "severities:\n  waiting: info\n  wording/helpless: error"},
		{Name: "fail-on", Kind: severity, What: call.Say{ZH: "有这个级别及以上的问题时退出码为 1；never 是从不", EN: "exit code 1 if there are findings of this severity or graver; never: not for any"},
			Default: same("error"), Values: FailOn(), Example: "fail-on: warning", one: func(s *Spec) *strict.Item { return &s.FailOn }},
		{Name: "min-severity", Kind: severity, What: call.Say{ZH: "只报告这个级别及以上的问题", EN: "report only findings of this severity or graver"},
			Default: same("info"), Values: MinSeverity(), Example: "min-severity: warning", one: func(s *Spec) *strict.Item { return &s.MinSeverity }},
		{Name: "format", Kind: format, What: call.Say{ZH: "标准输出的格式", EN: "format on standard output"},
			Default: same(Formats()[0]), Values: Formats(), Example: "format: json", one: func(s *Spec) *strict.Item { return &s.Format }},
		{Name: "outputs", What: call.Say{ZH: "另写的报告：格式: 文件（从本文件所在的文件夹算起）", EN: "further reports, FORMAT: FILE, seen from the folder of this file"},
			Default: none, Example: "outputs:\n  json: report.json"},
		{Name: "waivers", What: call.Say{ZH: "豁免文件，一个或几个", EN: "files of waivers, one or several"}, Default: none, Example: "waivers: [waivers.yaml]"},
		{Name: "baseline", What: call.Say{ZH: "基线文件：其中已有的问题不算", EN: "baseline: the findings in it do not count"}, Default: none, Example: "baseline: baseline.json"},
		{Name: "mask", Kind: call.Say{ZH: "取值", EN: "value"}, What: call.Say{ZH: "报告里遮盖手机号、身份证号、银行卡号、邮箱、车牌和姓名", EN: "hide numbers of phones and cards, e-mail addresses, plates and names in reports"},
			Default: same(Masks()[0]), Values: Masks(), Example: "mask: off", one: func(s *Spec) *strict.Item { return &s.Mask }},
		{Name: "in-format", Kind: call.Say{ZH: "输入格式", EN: "input format"}, What: call.Say{ZH: "输入格式，名字见 zhijian formats", EN: "format of the input; zhijian formats lists them"},
			Default: call.Say{ZH: "自动识别", EN: "detected"}, Values: InFormats(), Example: "in-format: canonical", one: func(s *Spec) *strict.Item { return &s.InFormat }},
		{Name: "encoding", Kind: call.Say{ZH: "文字编码", EN: "text encoding"}, What: call.Say{ZH: "输入的文字编码", EN: "text encoding of the input"},
			Default: call.Say{ZH: "自动识别", EN: "detected"}, Values: Encodings(), Example: "encoding: GB18030", one: func(s *Spec) *strict.Item { return &s.Encoding }},
		{Name: "agent-channel", Kind: call.Say{ZH: "声道", EN: "channel"}, What: call.Say{ZH: "坐席所在的声道", EN: "channel of the agent"},
			Default: call.Say{ZH: "自动识别", EN: "detected"}, Values: AgentChannels(), Example: "agent-channel: L", one: func(s *Spec) *strict.Item { return &s.AgentChannel }},
		{Name: "window", What: call.Say{ZH: "同一客户的通话相隔多久之内算有关（断线与回拨）；0 是每通单独看", EN: "calls of one customer at most so far apart belong together (dropped calls and callbacks); 0 looks at each alone"},
			Default: same(Window), Example: "window: 48h"},
		{Name: "lang", Kind: call.Say{ZH: "语言", EN: "language"}, What: call.Say{ZH: "界面和报告的语言", EN: "language of messages and reports"},
			Default: same(string(call.ZH)), Values: Langs(), Example: "lang: en", one: func(s *Spec) *strict.Item { return &s.Lang }},
		{Name: "jobs", What: call.Say{ZH: "同时检查的个数；结果与它无关", EN: "parallel workers; the result does not depend on it"},
			Default: call.Say{ZH: "处理器个数", EN: "as many as processors"}, Example: "jobs: 4"},
		{Name: "overrides", What: call.Say{ZH: "只给某些文件的规则和级别；paths 是通配符（从本文件所在的文件夹算起）。写在后面的优先", EN: "rules and severities for some files only; paths are globs seen from the folder of this file. Later ones win"},
			Default: none, Example: "overrides:\n  - paths: [\"archive/**\"]\n    ignore: [opening]\n    severities: {tone: info}"},
	}
}

func same(s string) call.Say { return call.Say{ZH: s, EN: s} }

// Parts describes the keys of an override.
func Parts() []Key {
	return []Key{
		{Name: "paths", What: call.Say{ZH: "通配符：给哪些文件用；** 是任意多层文件夹", EN: "globs: the files it is for; ** stands for any folders"}},
		{Name: "select", What: call.Say{ZH: "这些文件只用这些规则", EN: "use only these rules on the files"}},
		{Name: "ignore", What: call.Say{ZH: "这些文件另外不用这些规则", EN: "leave these rules out as well on the files"}},
		{Name: "severities", What: call.Say{ZH: "这些文件里规则的级别", EN: "severities of rules on the files"}},
	}
}

// fewValues is how many values of a key are listed.
const fewValues = 20

// Starter is a file for a new user: every key with what it is for, all of them
// commented out, so that it changes nothing.
func Starter(lang call.Lang) string {
	var b strings.Builder
	b.WriteString(call.Say{ZH: starterZH, EN: starterEN}.In(lang))
	for _, k := range Keys() {
		about := k.What.In(lang) + call.Say{ZH: "。不写则：", EN: ". Without it: "}.In(lang) + k.Default.In(lang)
		if n := len(k.Values); n > 0 && n <= fewValues {
			about += call.Say{ZH: "。可用：", EN: ". One of: "}.In(lang) + strings.Join(k.Values, call.Say{ZH: "、", EN: ", "}.In(lang))
		}
		b.WriteString("\n# " + about + "\n")
		for line := range strings.SplitSeq(k.Example, "\n") {
			b.WriteString("#" + line + "\n")
		}
	}
	return b.String()
}

const starterZH = `# 质检的配置。检查这个文件夹或它下面的文件时自动找到它；命令行的选项优先于它。
# 要用哪一项，就去掉那几行开头的 #。看现在起作用的值和来处：zhijian config
# 让编辑器提示字段和规则名：先运行 zhijian schema config > .zhijian.schema.json，
# 再在本行下面加一行：# yaml-language-server: $schema=.zhijian.schema.json
`

const starterEN = `# Configuration of zhijian. It is found when this folder or files below it are checked;
# flags on the command line win over it.
# To use a key, remove the # in front of its lines. What is in force, and why: zhijian config
# To let editors complete keys and rule ids, run zhijian schema config > .zhijian.schema.json,
# then add a line below this one: # yaml-language-server: $schema=.zhijian.schema.json
`
