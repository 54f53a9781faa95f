package intake

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/archive"
)

// fuzz checks that a format gives the same valid calls twice for any input, and never panics.
func fuzz(f *testing.F, format, pattern string) {
	seed(f, pattern)
	f.Fuzz(func(t *testing.T, data []byte) { readsTwice(t, Options{Format: format}, data) })
}

// fuzzEach is fuzz for the formats of one vendor, whose samples start with their names. What
// gives no call gives a problem. The agent is named, so that no time goes into guessing.
func fuzzEach(f *testing.F, formats ...string) {
	for _, format := range formats {
		seed(f, format+"*")
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, format := range formats {
			if calls, problems := readsTwice(t, Options{Format: format, AgentChannel: "first"}, data); calls+problems == 0 && bytes.ContainsAny(data, "{") {
				t.Fatal("neither call nor problem")
			}
		}
	})
}

func seed(f *testing.F, pattern string) {
	files, err := filepath.Glob(filepath.Join(samples, pattern))
	if err != nil || len(files) == 0 {
		f.Fatal("no samples for", pattern, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
}

// readsTwice reads data and checks the calls; it returns how many calls and problems there are.
func readsTwice(t *testing.T, opt Options, data []byte) (int, int) {
	opt.Stdin = bytes.NewReader(data)
	calls, problems := readAll(opt, "-")
	for _, k := range calls {
		if k.ID == "" || len(k.Turns) == 0 || k.Line < 1 {
			t.Fatalf("call without id, turns or line: %+v", k)
		}
		for _, turn := range k.Turns {
			if turn.Role == "" || !utf8.ValidString(turn.Text) {
				t.Fatalf("bad turn: %+v", turn)
			}
		}
	}
	opt.Stdin = bytes.NewReader(data)
	again, problemsAgain := readAll(opt, "-")
	if len(again) != len(calls) || len(problemsAgain) != len(problems) {
		t.Fatal("not the same twice")
	}
	return len(calls), len(problems)
}

func FuzzCanonical(f *testing.F) { fuzz(f, "canonical", "canonical*") }
func FuzzPlain(f *testing.F)     { fuzz(f, "plain", "plain*") }
func FuzzJDDC(f *testing.F)      { fuzz(f, "jddc", "jddc*") }
func FuzzSereTOD(f *testing.F)   { fuzz(f, "seretod", "seretod*") }

func FuzzWhisper(f *testing.F)    { fuzz(f, "whisper", "whisper?[^p]*") }
func FuzzWhisperCPP(f *testing.F) { fuzz(f, "whispercpp", "whispercpp*") }
func FuzzFaster(f *testing.F)     { fuzz(f, "faster-whisper", "faster-whisper*") }
func FuzzTranscribe(f *testing.F) { fuzz(f, "aws-transcribe", "aws-transcribe*") }
func FuzzAnalytics(f *testing.F)  { fuzz(f, "aws-call-analytics", "aws-c[ao]*") }
func FuzzConnect(f *testing.F)    { fuzz(f, "aws-connect-chat", "aws-connect*") }
func FuzzAzure(f *testing.F)      { fuzz(f, "azure-batch", "azure*") }
func FuzzGoogle(f *testing.F)     { fuzz(f, "google-stt", "google-stt*") }
func FuzzCCAI(f *testing.F)       { fuzz(f, "google-ccai", "google-ccai*") }
func FuzzDeepgram(f *testing.F)   { fuzz(f, "deepgram", "deepgram*") }
func FuzzGenesys(f *testing.F)    { fuzz(f, "genesys", "genesys*") }
func FuzzTwilio(f *testing.F)     { fuzz(f, "twilio", "twilio*") }
func FuzzVCon(f *testing.F)       { fuzz(f, "vcon", "vcon*") }
func FuzzWeCom(f *testing.F)      { fuzz(f, "wecom", "wecom*") }
func FuzzUdesk(f *testing.F)      { fuzz(f, "udesk", "udesk*") }
func FuzzCSDS(f *testing.F)       { fuzz(f, "csds", "csds*") }
func FuzzMessages(f *testing.F)   { fuzz(f, "chat-messages", "chat-message*") }

// FuzzDetect reads any input the way a user does who names no format.
func FuzzDetect(f *testing.F) { fuzz(f, "", "*") }

func FuzzAliyun(f *testing.F) {
	fuzzEach(f, "aliyun-filetrans", "aliyun-filetrans-v2", "aliyun-pnp", "aliyun-vms", "aliyun-sca", "aliyun-sca-result", "aliyun-ccc", "aliyun-dashscope", "aliyun-tingwu")
}
func FuzzTencent(f *testing.F) {
	fuzzEach(f, "tencent-asr", "tencent-flash", "tencent-ccc", "tencent-cdr")
}
func FuzzXfyun(f *testing.F)      { fuzzEach(f, "xfyun-v2", "xfyun-lattice", "xfyun-v1", "xfyun-onebest") }
func FuzzBaidu(f *testing.F)      { fuzzEach(f, "baidu-aasr", "baidu-qc") }
func FuzzVolcengine(f *testing.F) { fuzzEach(f, "volcengine") }
func FuzzHuawei(f *testing.F)     { fuzzEach(f, "huawei-sis", "huawei-cec", "huawei-aicc") }
func FuzzFunASR(f *testing.F)     { fuzzEach(f, "funasr", "funasr-runtime", "funasr-cli") }

// FuzzBoxes opens anything that starts like a packed file, and gives the same twice
// within the limits.
func FuzzBoxes(f *testing.F) {
	two := []packed{{"june/b.txt", goodText}, {"a.jsonl", goodLine}}
	for _, data := range []string{gz(goodText), zst(goodText), zipped(two...), tarred(two...), gz(tarred(two...)), zipped(packed{"y.zip", zipped(two...)}), encrypted(zipped(two...))} {
		f.Add([]byte(data))
	}
	limits := archive.Limits{Members: 20, Member: 1 << 20, Total: 4 << 20, Ratio: 50, Free: 256 << 10, Buffered: 1 << 20}
	f.Fuzz(func(t *testing.T, data []byte) {
		read := func() (told []string) {
			o := opener{opt: &Options{Stdin: bytes.NewReader(data)}, formats: formats(), limits: limits, head: make([]byte, headSize)}
			o.yield = func(c Chunk) bool {
				for it := range c.Items {
					if it.Call != nil {
						told = append(told, it.Call.Source)
					} else {
						told = append(told, it.Problem.File)
					}
				}
				return true
			}
			o.open(found{path: "-"})
			return told
		}
		told := read()
		if len(told) == 0 {
			t.Fatal("neither a call nor a problem")
		}
		for _, s := range told {
			if strings.ContainsAny(s, "\x00\x1b\u202e") || strings.Contains(s, "/../") {
				t.Fatalf("cannot be shown: %q", s)
			}
		}
		if !slices.Equal(told, read()) {
			t.Fatal("not the same twice")
		}
	})
}
