package config

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/strict"
)

// tree makes a folder of files and folders; those that end in / are folders.
func tree(t *testing.T, names ...string) string {
	root, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	for _, name := range append(names, ".git/") { // no configuration above counts
		path := filepath.Join(root, name)
		if name[len(name)-1] == '/' {
			require.NoError(t, os.MkdirAll(path, 0o700))
			continue
		}
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
		require.NoError(t, os.WriteFile(path, nil, 0o600))
	}
	return root
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		names []string
		from  string
		want  string
	}{
		{[]string{"a/b/"}, "a/b", ""},
		{[]string{Name, "a/b/"}, "a/b", Name},
		{[]string{Name, "a/b/", "a/" + Name}, "a/b", "a/" + Name},
		{[]string{Name, "a/b/", "a/.git/"}, "a/b", ""},
		{[]string{Name, "a/b/", "a/.git/", "a/" + Name}, "a/b", "a/" + Name},
		{[]string{Name, "a/b/", "a/.git"}, "a/b", ""}, // of a worktree it is a file
		{[]string{Name, "a/b/", "a/" + Name + "/"}, "a/b", Name},
	} {
		root := tree(t, c.names...)
		want := c.want
		if want != "" {
			want = filepath.Join(root, want)
		}
		assert.Equal(t, want, Find(filepath.Join(root, c.from)), c.names)
	}
}

func TestCommon(t *testing.T) {
	root := tree(t, "a/b/1.txt", "a/c/2.txt", "ab/3.txt")
	t.Chdir(root)
	for _, c := range []struct {
		paths []string
		want  string
	}{
		{nil, ""},
		{[]string{"-"}, ""},
		{[]string{"a"}, "a"},
		{[]string{"a/b/1.txt"}, "a/b"},
		{[]string{"a/b/1.txt", "a/b"}, "a/b"},
		{[]string{"a/b/1.txt", "a/c"}, "a"},
		{[]string{"a/b", "ab"}, ""},
		{[]string{"a/b", "-"}, ""},
		{[]string{"a/b/*.txt"}, "a/b"},
		{[]string{"a/*/1.txt"}, "a"},
		{[]string{"a/none.txt"}, "a"},
		{[]string{filepath.Join(root, "a/b")}, "a/b"},
	} {
		got, err := Common(c.paths)
		require.NoError(t, err)
		assert.Equal(t, filepath.Join(root, c.want), got, c.paths)
	}
}

// An empty file, or one of comments, says nothing.
func TestStarterChangesNothing(t *testing.T) {
	for _, lang := range []call.Lang{call.ZH, call.EN} {
		c, err := Read(Name, []byte(Starter(lang)))
		require.NoError(t, err)
		assert.Equal(t, Spec{}, c.Spec)
	}
}

func TestOverridesFor(t *testing.T) {
	root := tree(t, "sub/")
	t.Chdir(filepath.Join(root, "sub"))
	c, err := Read("../"+Name, []byte("overrides:\n  - {paths: ['**/*.txt', x], ignore: a}\n  - {paths: sub/**, ignore: a}\n  - {paths: ['*.json', '../up/**'], ignore: a}\n"))
	require.NoError(t, err)
	for path, want := range map[string][]int{
		"a.txt":                         {0, 1},
		"deep/a.txt":                    {0, 1},
		"a.jsonl":                       {1},
		"../a.txt":                      {0},
		"../a.json":                     {2},
		"-":                             {1},
		filepath.Join(root, "x"):        {0},
		filepath.Join(root, "../a.txt"): nil,
		filepath.Join(root, "../up/a"):  {2},
	} {
		assert.Equal(t, want, c.OverridesFor(path), path)
	}
	assert.Equal(t, "../packs/a.yaml", filepath.ToSlash(c.Path("packs/a.yaml")))
	assert.Equal(t, root, c.Path(root))
}

// Each fault has its place and says what there is; all come at once.
func TestFaults(t *testing.T) {
	for _, c := range []struct{ yaml, zh, en string }{
		{"pakcs: a\n", `:1:1: 没有叫 "pakcs" 的字段，是不是想写 "packs"？`, `:1:1: no key named "pakcs"; did you mean "packs"?`},
		{"fail-on: eror\n", `:1:10: 没有叫 "eror" 的级别，是不是想写 "error"；可用：error、warning、info、never`, `:1:10: no severity named "eror"; did you mean "error"; there are error, warning, info, never`},
		{"min-severity: never\n", `:1:15: 没有叫 "never" 的级别；可用：error、warning、info`, `:1:15: no severity named "never"; there are error, warning, info`},
		{"severities:\n  a: of\n", `:2:6: 没有叫 "of" 的级别；可用：error、warning、info、off`, `:2:6: no severity named "of"; there are error, warning, info, off`},
		{"severities: {a: }\n", `:1:14: a 没有值；请写上值，或去掉这一行`, `:1:14: a has no value; give it one, or leave the line out`},
		{"settings: {channel: []}\n", `:1:12: channel 没有值；请写上值，或去掉这一行`, `:1:12: channel has no value; give it one, or leave the line out`},
		{"window: 24\n", `:1:9: 要写成 24h、90m 这样的时长，写的是 "24"`, `:1:9: want a time span like 24h or 90m, not "24"`},
		{"jobs: 0\n", `:1:7: 至少是 1，写的是 0`, `:1:7: must be at least 1, not 0`},
		{"jobs: many\n", `:1:7: 这里要写整数，写的是“many”`, `:1:7: a whole number is needed here, not “many”`},
		{"select: {a: b}\n", `:1:9: 这里要写文字或列表，写的是“键: 值”`, `:1:9: a text or a list is needed here, not “key: value”`},
		{"lang: fr\n", `:1:7: 没有叫 "fr" 的语言；可用：zh、en`, `:1:7: no language named "fr"; there are zh, en`},
		{"agent-channel: left\n", `:1:16: 没有叫 "left" 的声道；可用：0、1、2、L、R、first、second`, `:1:16: no channel named "left"; there are 0, 1, 2, L, R, first, second`},
		{"outputs: {jsom: a}\n", `没有叫 "jsom" 的报告格式，是不是想写 "json"；可用：`, `no report format named "jsom"; did you mean "json"; there are `},
		{"outputs: {json: '-'}\n", `:1:17: 标准输出的格式写在 format 里`, `:1:17: what goes to standard output is for format to say`},
		{"outputs: {json: a, jsonl: ./a}\n", `:1:27: 两份报告都写到 ./a`, `:1:27: two reports go to ./a`},
		{"overrides:\n  - {select: a}\n", `:2:5: 没有写 paths：这一项给哪些文件用`, `:2:5: no paths: say which files this is for`},
		{"overrides:\n  - paths: a\n", `:2:5: 没有写 select、ignore 或 severities，所以什么也不改变`, `:2:5: no select, ignore or severities, so it changes nothing`},
		{"overrides:\n  - {paths: '[a', ignore: b}\n", `:2:13: 通配符 "[a" 写法有误`, `:2:13: the glob "[a" is malformed`},
		{"format: a\nformat: table\n", `:2:1: "format" 在第 1 行已经写过；请合并成一处`, `:2:1: "format" stands in line 1 already; put both in one place`},
	} {
		_, err := Read("f", []byte(c.yaml))
		var errs strict.Errors
		require.ErrorAs(t, err, &errs, c.yaml)
		assert.Contains(t, errs.In(call.ZH), c.zh)
		assert.Contains(t, errs.In(call.EN), c.en)
	}
	_, err := Read("f", []byte("jobs: 0\nlang: fr\npakcs: a\n"))
	var errs strict.Errors
	require.ErrorAs(t, err, &errs)
	assert.Len(t, errs, 3)
}
