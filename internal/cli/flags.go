package cli

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// choiceValue is a flag whose value is one of a few words.
type choiceValue struct {
	value *string
	words []string
}

// choice adds such a flag; its default is what value holds. Shells complete it.
func choice(c *cobra.Command, flags *pflag.FlagSet, value *string, name string, words []string, usage string) {
	flags.Var(&choiceValue{value, words}, name, usage)
	// The error says that there is no such flag, and there is.
	_ = c.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
}

// String is the word that the flag has now.
func (v *choiceValue) String() string { return *v.value }

// Type is the placeholder of the value in the help.
func (v *choiceValue) Type() string { return "WORD" }

// Set takes one of the words and refuses all else. Letters may be large or small, and
// hyphens left out: utf8 is UTF-8.
func (v *choiceValue) Set(s string) error {
	i := slices.IndexFunc(v.words, func(word string) bool { return strings.EqualFold(unhyphened(word), unhyphened(s)) })
	if i < 0 {
		return unknown(call.Say{ZH: "值", EN: "value"}, s, v.words)
	}
	*v.value = v.words[i]
	return nil
}

func unhyphened(s string) string { return strings.ReplaceAll(s, "-", "") }

// unknown says that no thing has a name, which name was perhaps meant, and which there are.
func unknown(kind call.Say, name string, there []string) *failure {
	hint := call.DidYouMean(name, there)
	return failf("没有叫 %[2]q 的%[1]s%[3]s", "there is no %[4]s called %[2]q%[5]s", kind.ZH, name,
		hint.ZH, kind.EN, hint.EN).with("；可用：", "; there are ", there)
}

// with appends a list.
func (f *failure) with(zh, en string, list []string) *failure {
	f.what = f.what.With(zh, en, list)
	return f
}

// flagError puts what pflag says about a flag into both languages.
func flagError(c *cobra.Command, err error) error {
	f := flagFailure(c, err)
	f.help = c.CommandPath()
	return f
}

func flagFailure(c *cobra.Command, err error) *failure {
	var missing *pflag.NotExistError
	var empty *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &missing):
		return unknownFlag(c, missing)
	case errors.As(err, &empty):
		return failf("选项 --%s 后面缺少值", "--%s needs a value", empty.GetFlag().Name)
	case errors.As(err, &invalid):
		return invalidValue(invalid)
	}
	return failf("%v", "%v", err)
}

func unknownFlag(c *cobra.Command, e *pflag.NotExistError) *failure {
	if short := e.GetSpecifiedShortnames(); short != "" {
		return failf("没有选项 -%s", "there is no flag -%s", short)
	}
	var names []string
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
	name := "--" + e.GetSpecifiedName()
	hint := call.DidYouMean(name, names)
	return failf("没有选项 %[1]s%[2]s", "there is no flag %[1]s%[3]s", name, hint.ZH, hint.EN)
}

func invalidValue(e *pflag.InvalidValueError) *failure {
	name, value := e.GetFlag().Name, e.GetValue()
	var cause *failure
	if errors.As(e.Unwrap(), &cause) {
		return failf("--%[1]s：%[2]s", "--%[1]s: %[3]s", name, cause.what.ZH, cause.what.EN)
	}
	if e.GetFlag().Value.Type() == "bool" {
		return failf("--%[1]s 后面不写值，但给了 %[2]q", "--%[1]s takes no value, but got %[2]q", name, value)
	}
	if e.GetFlag().Value.Type() == "int" {
		return failf("--%s 要一个整数，但给了 %q", "--%s wants a whole number, but got %q", name, value)
	}
	return failf("--%s 的值 %q 不对", "--%s cannot be %q", name, value)
}
