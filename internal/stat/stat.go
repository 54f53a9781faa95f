// Package stat tells what a sample of calls says from what is chance, at a
// confidence of 95 %.
package stat

import "math"

// z is the quantile of the normal distribution that leaves 2.5 % on either side.
const z = 1.959963984540054

// Wilson is the confidence interval of a share of which k of n are seen, by Wilson's
// score method, which unlike the textbook's holds for few calls and for shares near
// 0 and 1. 0 ≤ low ≤ high ≤ 1; of nothing it is 0 to 1.
//
// Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. JASA 22.
func Wilson(k, n int) (low, high float64) {
	if n <= 0 {
		return 0, 1
	}
	p, size := float64(k)/float64(n), float64(n)
	middle := p + z*z/(2*size)
	reach := z * math.Sqrt(p*(1-p)/size+z*z/(4*size*size))
	scale := 1 + z*z/size
	return max(0, (middle-reach)/scale), min(1, (middle+reach)/scale)
}

// SharesDiffer reports whether k of n and l of m are further apart than chance
// makes likely: 0 is outside Newcombe's interval of the difference, which is made of Wilson's.
//
// Newcombe, R. G. (1998). Interval estimation for the difference between independent proportions, method 10. Stat. Med. 17.
func SharesDiffer(k, n, l, m int) bool {
	if n <= 0 || m <= 0 {
		return false
	}
	p, q := float64(k)/float64(n), float64(l)/float64(m)
	if p < q {
		return SharesDiffer(l, m, k, n)
	}
	low, _ := Wilson(k, n)
	_, high := Wilson(l, m)
	return p-q > math.Hypot(p-low, high-q)
}

// Sample sums up numbers one by one. Its zero value is ready to use.
type Sample struct {
	N   int // numbers
	sum float64
	sqs float64 // sum of their squares
}

// Add adds a number.
func (s *Sample) Add(x float64) {
	s.N++
	s.sum += x
	s.sqs += x * x
}

// Join adds the numbers of another sample.
func (s *Sample) Join(other Sample) {
	s.N += other.N
	s.sum += other.sum
	s.sqs += other.sqs
}

// Of is a sample of n numbers of which only the mean and the standard deviation are known.
func Of(n int, mean, deviation float64) Sample {
	sum := mean * float64(n)
	return Sample{n, sum, deviation*deviation*float64(n-1) + sum*mean}
}

// Mean is the mean; of no numbers it is 0.
func (s *Sample) Mean() float64 { return s.sum / float64(max(1, s.N)) }

// Deviation is the standard deviation, 0 of fewer than two numbers.
func (s *Sample) Deviation() float64 { return math.Sqrt(s.variance()) }

func (s *Sample) variance() float64 {
	if s.N < 2 {
		return 0
	}
	return max(0, (s.sqs-s.sum*s.sum/float64(s.N))/float64(s.N-1))
}

const fewest = 5 // numbers, below which a deviation says too little to tell means apart

// MeansDiffer reports whether the means of two samples are further apart than
// chance makes likely, by Welch's t test; never for samples of fewer than five.
func MeansDiffer(a, b Sample) bool {
	if a.N < fewest || b.N < fewest {
		return false
	}
	va, vb := a.variance()/float64(a.N), b.variance()/float64(b.N)
	apart := math.Abs(a.Mean() - b.Mean())
	if va+vb == 0 {
		return apart > 0
	}
	freedom := (va + vb) * (va + vb) / (va*va/float64(a.N-1) + vb*vb/float64(b.N-1))
	return apart > student(freedom)*math.Sqrt(va+vb)
}

// student is the quantile of Student's t that leaves 2.5 % on either side, by its
// expansion around the normal one; it is good to 1 % from 4 degrees of freedom.
func student(freedom float64) float64 {
	z2 := z * z
	return z + z*(z2+1)/(4*freedom) + z*((5*z2+16)*z2+3)/(96*freedom*freedom) +
		z*(((3*z2+19)*z2+17)*z2-15)/(384*freedom*freedom*freedom)
}
