package cli

import (
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/zhijian-qa/zhijian/internal/accept"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// acceptOptions are the flags about findings that are accepted, which several
// commands share.
type acceptOptions struct {
	waivers  []string
	baseline string // empty: none
	written  string // where the configuration has the baseline, for a command that writes it; empty: it does not say
}

func (o *acceptOptions) addBaseline(a *app, c *cobra.Command) {
	c.Flags().StringVar(&o.baseline, "baseline", "", a.say("`文件`|基线：其中已有的问题不算，见 zhijian baseline", "`FILE`|baseline: findings that it has do not count; see zhijian baseline"))
}

func (o *acceptOptions) addWaivers(a *app, c *cobra.Command) {
	c.Flags().StringArrayVar(&o.waivers, "waivers", nil, a.say("`文件`|豁免文件：写明理由的问题不算，可重复", "`FILE`|waivers: findings that they give a reason for do not count; repeatable"))
}

// settle reads the files, for a run that judges by the chosen rules of packs.
// Waivers hold up to their day by the clock of this machine.
func (o *acceptOptions) settle(packs []*rule.Pack, chosen []*rule.Rule) (*accept.Set, error) {
	s := accept.New(rulesOf(packs), chosen, time.Now())
	for _, name := range o.waivers {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, failf("豁免文件 %[1]s 读不了：%[2]v", "the waivers %[1]s cannot be read: %[2]v", name, cause(err))
		}
		if err = s.ReadWaivers(name, data); err != nil {
			return nil, err
		}
	}
	if o.baseline == "" {
		return s, nil
	}
	data, err := os.ReadFile(o.baseline)
	if err != nil {
		return nil, failf("基线 %[1]s 读不了：%[2]v；用 zhijian baseline 生成", "the baseline %[1]s cannot be read: %[2]v; write one with zhijian baseline", o.baseline, cause(err))
	}
	b, err := accept.ReadBaseline(o.baseline, data)
	if err == nil {
		s.UseBaseline(b)
	}
	return s, err
}

// notes tells what the waivers and the baseline do not do as they say. whole says
// that the run has read all of its input.
func (a *app) notes(s *accept.Set, whole bool) {
	leads := map[rule.Severity]string{rule.Error: a.say("豁免错误 ", "waiver error "),
		rule.Warning: a.say("豁免提醒 ", "waiver note "), rule.Info: a.say("基线提醒 ", "baseline note ")}
	for _, n := range s.Notes(whole) {
		a.tell(leads[n.Level] + n.In(a.lang))
	}
}
