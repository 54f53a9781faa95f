package script

import (
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// faults are what the parsers of YAML, XML and zip say most, by a part of it.
var faults = [][2]string{
	{"mapping values are not allowed", "这里不该有冒号"},
	{"did not find expected key", "这里应是一个字段名，缩进或引号可能不对"},
	{"did not find expected '-' indicator", "这里应以“- ”开头，缩进可能不对"},
	{"did not find expected ',' or ']'", "缺少逗号或 ]"},
	{"did not find expected ',' or '}'", "缺少逗号或 }"},
	{"could not find expected ':'", "缺少冒号"},
	{"cannot start any token", "这个字符不能作为开头（Tab、@、` 等）"},
	{"found a tab character", "缩进用了 Tab，应该用空格"},
	{"found unexpected end of stream", "引号没有闭合"},
	{"did not find expected alphabetic or numeric character", "* 和 & 后面要有名字"},
	{"unknown anchor", "用 * 引用的名字没有定义"},
	{"already defined at line", "字段名重复"},
	{"control characters are not allowed", "有不可见的控制字符"},
	{"not a valid zip file", "不是压缩包"},
	{"unexpected EOF", "文件不完整"},
	{"checksum error", "校验和不符"},
	{"nested too deeply", "嵌套太深"},
	{"XML syntax error", "XML 写法有误"},
}

// explained is what a parser says, in both languages; what has no translation is introduced.
func explained(what string) call.Say {
	for _, f := range faults {
		if strings.Contains(what, f[0]) {
			return call.Say{ZH: f[1], EN: what}
		}
	}
	return call.Say{ZH: "解析器说：" + what, EN: what}
}
