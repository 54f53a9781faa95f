package intake

import (
	"net/url"
	"path"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// channelsOnly is what most recognisers say of roles: nothing.
func channelsOnly() call.Say {
	return call.Sayf("只有声道或说话人编号：用 --agent-channel 指定，否则按话术推断", "channels or speaker numbers only: --agent-channel, else by what is said")
}

// rolesStated is what formats say whose sentences name their role.
func rolesStated() call.Say {
	return call.Sayf("每句标明角色", "each sentence names its role")
}

// job is what a recogniser tells of its work on a recording. Its fields may be empty.
type job struct{ state, code, message string }

// jobOf reads a job whose fields have these names.
func jobOf(n node, state, code, message string) job {
	return job{n.get(state).str(), n.get(code).str(), n.get(message).str()}
}

// what says why the job has no transcript, and what to do.
func (j job) what() call.Say {
	var seen []string
	for _, s := range []string{j.state, j.code, j.message} {
		if s != "" {
			seen = append(seen, excerpt([]byte(s)))
		}
	}
	state, all := strings.ToLower(j.state), strings.Join(seen, ", ")
	switch {
	case all == "":
		return call.Sayf("识别成功，但结果里没有句子；请核对录音，或重新取完整结果", "the recognition succeeded but has no sentences; check the recording, or fetch the whole result again")
	case containsAny(state, []string{"no_valid", "no valid", "silence", "无有效", "静音"}):
		return call.Sayf("识别成功，但没有有效语音（%s）；请核对录音是否有声音", "the recognition succeeded but heard no speech (%s); check that the recording has sound", all)
	case containsAny(state, []string{"run", "queue", "wait", "doing", "process", "progress", "pending", "creat", "ongoing", "submit", "排队", "处理中", "进行"}):
		return call.Sayf("识别还没有完成（%s）；请等它完成后重新取结果", "the recognition is not done yet (%s); fetch the result again when it is", all)
	case containsAny(state, []string{"succe", "finish", "complete", "成功", "完成"}):
		return call.Sayf("识别成功，但结果里没有句子（%s）；请核对录音，或重新取完整结果", "the recognition succeeded but has no sentences (%s); check the recording, or fetch the whole result again", all)
	}
	return call.Sayf("识别失败（%s）；请按错误码处理后重新识别", "the recognition failed (%s); fix what its code says and transcribe again", all)
}

// stem is the name of a recording, which may be an address, without folder and extension.
func stem(name string) string {
	if at, err := url.Parse(name); err == nil && at.Scheme != "" {
		name = at.Path
	}
	name = path.Base(strings.ReplaceAll(name, "\\", "/"))
	if name == "." || name == "/" {
		return ""
	}
	if base := strings.TrimSuffix(name, path.Ext(name)); base != "" {
		return base
	}
	return name
}

// coded is the value that a vendor's number or any word stands for, "" if neither does.
func coded[T ~string](n node, codes map[string]T, words []word[T]) T {
	s := n.fold()
	if v, ok := codes[s]; ok {
		return v
	}
	return valueOf(s, words)
}
