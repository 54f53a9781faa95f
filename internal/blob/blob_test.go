package blob

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestReadsWhatWasWritten(t *testing.T) {
	var w Writer
	w.Num(0)
	w.Num(math.MaxUint64)
	w.Text("您好")
	w.Nums([]uint32{1, 300, math.MaxUint32})
	w.Text("")
	r := NewReader(w.Bytes())
	assert.Equal(t, uint64(0), r.Num())
	assert.Equal(t, uint64(math.MaxUint64), r.Num())
	assert.Equal(t, "您好", r.Text())
	assert.Equal(t, []uint32{1, 300, math.MaxUint32}, r.Nums())
	assert.Empty(t, r.Text())
	assert.False(t, r.Broken())
	assert.Zero(t, r.Num())
	assert.True(t, r.Broken())
}

func FuzzReader(f *testing.F) {
	f.Add("\x05ab")
	f.Add("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01")
	f.Fuzz(func(t *testing.T, data string) {
		r := NewReader([]byte(data))
		r.Nums()
		r.Text()
		r.Len()
		assert.LessOrEqual(t, len(r.rest), len(data))
	})
}

// Fixed numbers come back, wherever the blob lies in memory.
func TestFixed(t *testing.T) {
	var w Writer
	w.Text("abc")
	w.Fixed([]uint32{1, math.MaxUint32})
	w.Fixed(nil)
	w.Fixed([]uint32{7})
	for shift := range 4 {
		data := append(make([]byte, shift, 100), w.Bytes()...)[shift:]
		r := NewReader(data)
		assert.Equal(t, "abc", r.Text())
		assert.Equal(t, []uint32{1, math.MaxUint32}, r.Fixed())
		assert.Empty(t, r.Fixed())
		assert.Equal(t, []uint32{7}, r.Fixed())
		assert.False(t, r.Broken())
		short := NewReader(data[:len(data)-1])
		short.Text()
		short.Fixed()
		short.Fixed()
		assert.Empty(t, short.Fixed())
		assert.True(t, short.Broken())
	}
}
