package accept

import (
	"reflect"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/schema"
)

// Schema describes the file of waivers; rules are the ids and families that
// editors complete.
func Schema(rules []string) *schema.File {
	return &schema.File{Title: call.Say{ZH: "质检的豁免文件", EN: "Waivers of zhijian"}, Root: reflect.TypeFor[waiversSpec](),
		Defs: []schema.Def{
			{Name: "file", Type: reflect.TypeFor[waiversSpec](), Keys: []schema.Key{
				{Name: "waivers", What: call.Say{ZH: "豁免，一项一条", EN: "the waivers"}, Required: true},
			}},
			{Name: "waiver", Type: reflect.TypeFor[waiverSpec](), Keys: []schema.Key{
				{Name: "rule", List: true, Names: rules, What: call.Say{ZH: "豁免哪些规则：规则名、类别或通配符；写了 fingerprint 可以不写", EN: "rules to waive: ids, families or globs; may be left out beside a fingerprint"}},
				{Name: "file", Text: true, What: call.Say{ZH: "只在这些文件里：通配符，从本文件所在的文件夹算起", EN: "only in these files: a glob seen from the folder of this file"}},
				{Name: "call", Text: true, What: call.Say{ZH: "只在这些通话里：通话编号或通配符", EN: "only in these calls: an id or a glob"}},
				{Name: "script", Text: true, What: call.Say{ZH: "只在这些话术里：话术编号或通配符", EN: "only in these scripts: an id or a glob"}},
				{Name: "fingerprint", Text: true, What: call.Say{ZH: "只是这一处：报告里的指纹，16 位十六进制", EN: "only this finding: its fingerprint of the report, 16 hex digits"}},
				{Name: "reason", Text: true, Required: true, What: call.Say{ZH: "为什么豁免，必填", EN: "why; required"}},
				{Name: "by", Text: true, What: call.Say{ZH: "谁批准的", EN: "who answers for it"}},
				{Name: "until", Text: true, What: call.Say{ZH: "到哪天为止（含当天），如 2026-12-31；不写则一直有效", EN: "the last day it holds, e.g. 2026-12-31; without it, it never ends"}},
			}},
		}}
}
