package cli

import (
	"github.com/spf13/cobra"

	"github.com/zhijian-qa/zhijian/internal/intake"
	"github.com/zhijian-qa/zhijian/internal/report"
)

func newFormats(a *app) *cobra.Command {
	format := "table"
	c := &cobra.Command{
		Use:   a.say("formats [选项]", "formats [FLAGS]"),
		Short: a.say("列出可读的通话记录格式", "list the formats of transcripts that are read"),
		Long: a.say("列出可读的通话记录格式：凭什么认出、怎样分坐席和客户。格式自动识别，--in-format 可指定，convert --explain 说明看懂了什么。",
			"List the formats of transcripts that are read: what each is known by, and how it tells agent from customer. They are detected; --in-format names one, convert --explain tells what was understood."),
		Example: "  zhijian formats --format json",
		Args:    noArgs,
		RunE: func(*cobra.Command, []string) error {
			if format == "json" {
				return report.FormatsJSON(a.stdout, intake.Formats(), a.reportOptions())
			}
			return report.Formats(a.stdout, intake.Formats(), a.reportOptions())
		},
	}
	choice(c, c.Flags(), &format, "format", []string{"table", "json"}, a.say("`格式`|table、json", "`FORMAT`|table, json"))
	return c
}
