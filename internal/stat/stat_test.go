package stat

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

// The values are those of Newcombe (1998), table I, and of R's prop.test without correction.
func TestWilson(t *testing.T) {
	for _, c := range []struct {
		k, n      int
		low, high float64
	}{
		{81, 263, 0.2553, 0.3662},
		{15, 148, 0.0624, 0.1605},
		{0, 20, 0, 0.1611},
		{1, 29, 0.0061, 0.1718},
		{29, 29, 0.8830, 1},
		{5, 10, 0.2366, 0.7634},
	} {
		low, high := Wilson(c.k, c.n)
		assert.InDelta(t, c.low, low, 5e-5, "%d of %d", c.k, c.n)
		assert.InDelta(t, c.high, high, 5e-5, "%d of %d", c.k, c.n)
	}
	low, high := Wilson(0, 0)
	assert.Equal(t, []float64{0, 1}, []float64{low, high}, "of nothing, all is possible")
}

// 56 of 70 against 48 of 80 are Newcombe's first example: 0.0524 to 0.3339 by his method 10.
func TestSharesDiffer(t *testing.T) {
	assert.True(t, SharesDiffer(56, 70, 48, 80))
	assert.True(t, SharesDiffer(48, 80, 56, 70), "either way round")
	assert.False(t, SharesDiffer(9, 10, 3, 5), "few calls tell little")
	assert.False(t, SharesDiffer(0, 10, 0, 20))
	assert.True(t, SharesDiffer(0, 100, 12, 100))
	assert.False(t, SharesDiffer(1, 1, 0, 0), "there is nothing to compare with")
}

func sample(xs ...float64) Sample {
	var s Sample
	for _, x := range xs {
		s.Add(x)
	}
	return s
}

func TestSample(t *testing.T) {
	s := sample(2, 4, 4, 4, 5, 5, 7, 9)
	assert.InDelta(t, 5, s.Mean(), 1e-12)
	assert.InDelta(t, math.Sqrt(32.0/7), s.Deviation(), 1e-12)
	back := Of(s.N, s.Mean(), s.Deviation())
	assert.InDelta(t, s.Deviation(), back.Deviation(), 1e-9)
	assert.Zero(t, (&Sample{}).Mean())
	one := sample(3)
	assert.Zero(t, one.Deviation())
}

func TestMeansDiffer(t *testing.T) {
	low, high := sample(70, 74, 68, 71, 73, 69), sample(80, 84, 78, 81, 83, 79)
	assert.True(t, MeansDiffer(low, high))
	assert.True(t, MeansDiffer(high, low))
	assert.False(t, MeansDiffer(low, sample(71, 75, 69, 72, 74, 70)), "less than their spread")
	assert.False(t, MeansDiffer(sample(100, 100), sample(0, 0)), "two calls tell nothing")
	assert.False(t, MeansDiffer(sample(90, 90, 90, 90, 90), sample(90, 90, 90, 90, 90)))
	assert.True(t, MeansDiffer(sample(90, 90, 90, 90, 90), sample(80, 80, 80, 80, 80)))
}

// The quantiles are those of every table of Student's t.
func TestStudent(t *testing.T) {
	for freedom, want := range map[float64]float64{4: 2.776, 10: 2.228, 30: 2.042, 1000: 1.962} {
		assert.InEpsilon(t, want, student(freedom), 0.01)
	}
}
