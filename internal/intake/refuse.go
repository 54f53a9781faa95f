package intake

import (
	"bytes"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// binary says what a file is that holds no text, nil if it may hold text.
func binary(head []byte) *call.Say {
	for i := range magics {
		if bytes.HasPrefix(head, []byte(magics[i].start)) {
			return &call.Say{ZH: magics[i].zh, EN: magics[i].en}
		}
	}
	return nil
}

// magics are the first bytes of files that hold no text, and what those are.
var magics = [...]struct{ start, zh, en string }{
	{"\xD0\xCF\x11\xE0", "还不能读旧版 Office 文件（.xls、.doc）；请另存为 UTF-8 文本或 JSONL",
		"old Office files (.xls, .doc) are not read; export it as UTF-8 text or JSONL"},
	{"%PDF-", "这是 PDF；请导出为文本", "this is a PDF; export it as text"},
	{"7z\xBC\xAF\x27\x1C", packedZH, packedEN}, {"Rar!\x1A\x07", packedZH, packedEN},
	{"\xFD7zXZ\x00", packedZH, packedEN}, {"BZh91AY&SY", packedZH, packedEN},
	{"RIFF", audioZH, audioEN}, {"ID3", audioZH, audioEN}, {"OggS", audioZH, audioEN},
	{"fLaC", audioZH, audioEN}, {"#!AMR", audioZH, audioEN}, {"\xFF\xFB", audioZH, audioEN},
}

const (
	audioZH  = "这是录音；请先转写成文字"
	audioEN  = "this is a recording; transcribe it first"
	packedZH = "不读这种压缩文件；请先解压，或改用 .zip、.gz、.zst、.tar"
	packedEN = "compressed files of this kind are not read; unpack it first, or pack it as .zip, .gz, .zst or .tar"
)
