package intake

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// telling are the calls that tell something of who called whom.
func telling(calls []*call.Call) (ids []string) {
	for _, k := range calls {
		if k.Customer.ID+k.Customer.Number+k.CallbackOf != "" || k.Hangup == call.Dropped {
			ids = append(ids, k.ID)
		}
	}
	return ids
}

// Whatever a file is: of the calls that tell something of who called whom none is left out
// where that alone is wanted.
func TestContactsOfAllFiles(t *testing.T) {
	told := 0
	require.NoError(t, filepath.WalkDir("../../testdata", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == "jddc.tsv" { // it names customers, and knows neither times nor drops
			return err
		}
		all, _ := readAll(Options{}, path)
		some, _ := readAll(Options{Contacts: true}, path)
		assert.Equal(t, telling(all), telling(some), path)
		told += len(telling(some))
		return nil
	}))
	assert.Greater(t, told, 20)
}

func TestSilentFiles(t *testing.T) {
	const said = "客服：您好，请讲。\n客户：你好。\n客服：系统断线了，挂机方是谁？\n"
	for name, test := range map[string]struct {
		text    string
		dropped bool
	}{
		"nothing told":            {said, false},
		"the agent hung up":       {"# 挂机方: 坐席\n" + said, false},
		"dropped":                 {"# 挂机方: 系统\n" + said, true},
		"dropped, without #":      {"通话ID：C1  挂断方：网络中断  方向：呼入\n" + said, true},
		"dropped, in English":     {"# 挂机方: DROPPED\n" + said, true},
		"dropped, traditional":    {"# 掛機方: 斷線\n" + said, true},
		"the second call":         {said + "---\n# 挂机方: 掉线\n" + said, true},
		"with commas":             {"# 挂机方: 系统\n客服：a,b;c|d\t您好，请讲。\n客户：你好。\n", true},
		"line ends of old Macs":   {"# 挂机方: 系统\r客服：您好，请讲。\r客户：你好。\r", true},
		"escaped line ends":       {`# 挂机方: 系统\n客服：您好，请讲。\n客户：你好。`, true},
		"mark at the start":       {"\uFEFF# 挂机方: 系统\n" + said, true},
		"in GBK":                  {gbk(t, "# 挂机方: 系统\n"+said), true},
		"partly in GBK":           {said + "---\n" + gbk(t, "# 挂机方: 系统\n"+said), true},
		"subtitles":               {"WEBVTT\n\nNOTE 挂机方: 系统\n\n00:00.820 --> 00:04.310\n<v 客服>您好。\n\n00:05.000 --> 00:06.000\n<v 客户>您好。\n", true},
		"subtitles, nothing said": {"WEBVTT\n\n00:00.820 --> 00:04.310\n<v 客服>您好。\n\n00:05.000 --> 00:06.000\n<v 客户>您好。\n", false},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.txt")
			require.NoError(t, os.WriteFile(path, []byte(test.text), 0o600))
			all, _ := readAll(Options{}, path)
			require.NotEmpty(t, all)
			assert.Equal(t, test.dropped, len(telling(all)) > 0)
			some, _ := readAll(Options{Contacts: true}, path)
			assert.Equal(t, telling(all), telling(some))
			if !test.dropped {
				assert.Empty(t, some, "nobody need read it")
			}
		})
	}
}
