package intake

import (
	"bytes"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// binary says what a file is that holds no text, nil if it may hold text.
func binary(head []byte) *call.Say {
	for _, m := range magics() {
		if bytes.HasPrefix(head, []byte(m.start)) {
			return &m.what
		}
	}
	return nil
}

type magic struct {
	start string // first bytes of the file
	what  call.Say
}

func magics() []magic {
	audio := call.Sayf("这是录音；请先转写成文字", "this is a recording; transcribe it first")
	packed := call.Sayf("不读这种压缩文件；请先解压，或改用 .zip、.gz、.zst、.tar", "compressed files of this kind are not read; unpack it first, or pack it as .zip, .gz, .zst or .tar")
	return []magic{
		{"\xD0\xCF\x11\xE0", call.Sayf("还不能读旧版 Office 文件（.xls、.doc）；请另存为 UTF-8 文本或 JSONL",
			"old Office files (.xls, .doc) are not read; export it as UTF-8 text or JSONL")},
		{"%PDF-", call.Sayf("这是 PDF；请导出为文本", "this is a PDF; export it as text")},
		{"7z\xBC\xAF\x27\x1C", packed}, {"Rar!\x1A\x07", packed}, {"\xFD7zXZ\x00", packed}, {"BZh91AY&SY", packed},
		{"RIFF", audio}, {"ID3", audio}, {"OggS", audio}, {"fLaC", audio}, {"#!AMR", audio}, {"\xFF\xFB", audio},
	}
}
