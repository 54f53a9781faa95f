package cli

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/intake"
	"github.com/zhijian-qa/zhijian/internal/report"
)

type convertOptions struct {
	file  string
	input inputOptions
	explainer
}

func newConvert(a *app) *cobra.Command {
	o := &convertOptions{}
	c := &cobra.Command{
		Use:   a.say("convert 路径… [选项]", "convert PATH… [FLAGS]"),
		Short: a.say("把任何可读的输入转成标准 JSONL", "turn any readable input into canonical JSONL"),
		Long: a.say("把任何可读的输入转成标准 JSONL。转换的是数据而不是报告：原文照抄，不遮盖手机号、姓名等。",
			"Turn any readable input into canonical JSONL. This converts data and is no report: the words stay as they are, numbers and names are not masked."),
		Example: "  zhijian convert export.tsv > calls.jsonl",
		RunE: func(c *cobra.Command, paths []string) error {
			if err := needsPaths(c, paths); err != nil {
				return err
			}
			return o.run(c.Context(), a, paths)
		},
	}
	c.Flags().StringVarP(&o.file, "output", "o", "-", a.say("`文件`|写到文件；- 是标准输出", "`FILE`|write to a file; - is standard output"))
	o.input.addFlags(a, c)
	o.addFlag(a, c)
	return c
}

func (o *convertOptions) run(ctx context.Context, a *app, paths []string) error {
	to, _, err := a.destination(o.file)
	if err != nil {
		return err
	}
	fatal, written := false, false
	settings := o.input.settings(a)
	settings.Explain, settings.AnyRole = o.wanted, true
	for chunk := range a.chunks(ctx, paths, settings) {
		chunk.Items(func(item intake.Item) bool {
			if item.Problem != nil {
				a.problem(item.Problem)
				fatal = fatal || item.Problem.Fatal
				return true
			}
			o.explain(a, item.Reading)
			written = true
			err = writeCall(to, item.Call)
			return err == nil
		})
		if err == nil {
			err = to.Flush()
		}
		if err != nil {
			break
		}
	}
	return o.end(ctx, a, to, err, fatal, written)
}

func writeCall(to *destination, c *call.Call) error {
	line, err := report.EncodeLine(c)
	if err == nil {
		_, err = to.Write(line)
	}
	return err
}

// end keeps what is written, also where the run was interrupted. Where nothing
// could be read, a file that is there stays as it is.
func (o *convertOptions) end(ctx context.Context, a *app, to *destination, err error, fatal, written bool) error {
	switch {
	case err != nil:
	case fatal && !written:
		to.abandon()
	default:
		err = to.commit()
	}
	if err != nil && !closedPipe(err) {
		to.abandon()
		return failf("写不出：%v", "cannot write: %v", err)
	}
	if ctx.Err() != nil {
		a.tell(a.say("已中断：输出不完整", "interrupted: the output is not complete"))
	}
	if fatal || ctx.Err() != nil {
		return exit(exitInput)
	}
	return nil
}
