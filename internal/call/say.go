package call

import (
	"fmt"
	"strings"
)

// Lang is a language of the interface.
type Lang string

// The languages of the interface; Chinese is the first.
const (
	ZH Lang = "zh"
	EN Lang = "en"
)

// Say is a sentence in both languages of the interface.
type Say struct {
	ZH string `json:"zh" yaml:"zh"`
	EN string `json:"en" yaml:"en"`
}

// Sayf formats the same arguments into a Chinese and an English sentence.
func Sayf(zh, en string, args ...any) Say {
	return Say{fmt.Sprintf(zh, args...), fmt.Sprintf(en, args...)}
}

// In returns the sentence in lang, or in the other language where it has none.
func (s Say) In(lang Lang) string {
	if lang == EN && s.EN != "" || s.ZH == "" {
		return s.EN
	}
	return s.ZH
}

// With is the sentence with a list appended; what it asks before becomes a statement.
func (s Say) With(zh, en string, list []string) Say {
	return Say{
		ZH: strings.TrimSuffix(s.ZH, "？") + zh + strings.Join(list, "、"),
		EN: strings.TrimSuffix(s.EN, "?") + en + strings.Join(list, ", "),
	}
}
