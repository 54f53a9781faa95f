package script

import (
	"archive/zip"
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/intake"
)

// wordOf packs a body as a Word document.
func wordOf(t *testing.T, body string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	to, err := w.Create("word/document.xml")
	require.NoError(t, err)
	_, err = to.Write([]byte(`<w:document xmlns:w="w"><w:body>` + body + `</w:body></w:document>`))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.Bytes()
}

func wordParagraphs(lines ...string) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString("<w:p><w:r><w:t>" + l + "</w:t></w:r></w:p>")
	}
	return b.String()
}

func wordRows(rows ...[]string) string {
	var b strings.Builder
	b.WriteString("<w:tbl>")
	for _, row := range rows {
		b.WriteString("<w:tr>")
		for _, cell := range row {
			b.WriteString("<w:tc>" + wordParagraphs(cell) + "</w:tc>")
		}
		b.WriteString("</w:tr>")
	}
	return b.String() + "</w:tbl>"
}

// Word documents hold transcripts as lines and as tables of any columns.
func TestWordTranscripts(t *testing.T) {
	want := []string{"agent 您好，请讲。", "customer 我的包裹还没到。", "agent 我帮您查一下。", "customer 好的，谢谢。"}
	for name, body := range map[string]string{
		"paragraphs": wordParagraphs("通话记录", "客服：您好，请讲。", "客户：我的包裹还没到。", "客服：我帮您查一下。", "客户：好的，谢谢。"),
		"two columns": wordRows([]string{"角色", "内容"}, []string{"客服", "您好，请讲。"}, []string{"客户", "我的包裹还没到。"},
			[]string{"客服", "我帮您查一下。"}, []string{"客户", "好的，谢谢。"}),
		"three columns": wordRows([]string{"序号", "角色", "内容"}, []string{"1", "客服", "您好，请讲。"}, []string{"2", "客户", "我的包裹还没到。"},
			[]string{"3", "客服", "我帮您查一下。"}, []string{"4", "客户", "好的，谢谢。"}),
		"times": wordRows([]string{"00:00:01", "客服：", "您好，请讲。"}, []string{"00:00:04", "客户：", "我的包裹还没到。"},
			[]string{"00:00:09", "客服：", "我帮您查一下。"}, []string{"00:00:12", "客户：", "好的，谢谢。"}),
		"one cell": wordRows([]string{"客服：您好，请讲。"}, []string{"客户：我的包裹还没到。"}, []string{"客服：我帮您查一下。"}, []string{"客户：好的，谢谢。"}),
	} {
		t.Run(name, func(t *testing.T) {
			opt := intake.Options{Stdin: bytes.NewReader(wordOf(t, body)), StdinName: "c.docx", Encoding: "GBK", Word: WordText}
			var said []string
			for c := range intake.Open(context.Background(), []string{"-"}, opt) {
				for it := range c.Items {
					require.Nil(t, it.Problem, "%v", it.Problem)
					assert.Equal(t, "c", it.Call.ID)
					for _, turn := range it.Call.Turns {
						said = append(said, string(turn.Role)+" "+turn.Text)
					}
				}
			}
			assert.Equal(t, want, said)
		})
	}
}

func TestWordThatIsBroken(t *testing.T) {
	data := wordOf(t, wordParagraphs("客服：您好")+"<w:p>")
	opt := intake.Options{Stdin: bytes.NewReader(data), StdinName: "c.docx", Word: WordText}
	var told []string
	for c := range intake.Open(context.Background(), []string{"-"}, opt) {
		for it := range c.Items {
			require.NotNil(t, it.Problem)
			told = append(told, it.Problem.In(call.EN))
		}
	}
	require.Len(t, told, 1)
	assert.Contains(t, told[0], "c.docx: word/document.xml in the file is damaged: XML syntax error")
}
