package analysis

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Where Student's interval of the mean of twenty values covers less than 92 %, the word of a long
// tail stands in nine of ten samples; where it covers, the word is rare.
func TestLongTailIsTold(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	const samples, n = 4000, 20
	for _, c := range []struct {
		name       string
		draw       func() float64
		mean       float64
		covers     [2]float64 // bounds of the share of intervals that hold the mean
		least, top float64    // bounds of the share of samples with the word
	}{
		{"normal", r.NormFloat64, 0, [2]float64{.94, .96}, 0, .12},
		{"uniform", r.Float64, .5, [2]float64{.93, .97}, 0, .05},
		{"lognormal, σ = 1", func() float64 { return math.Exp(r.NormFloat64()) }, math.Exp(.5), [2]float64{.8, .92}, .9, 1},
		{"lognormal, σ = 1.5", func() float64 { return math.Exp(1.5 * r.NormFloat64()) }, math.Exp(1.125),
			[2]float64{.6, .85}, .97, 1},
	} {
		held, told := 0.0, 0.0
		for range samples {
			x := make([]float64, n)
			for i := range x {
				x[i] = c.draw()
			}
			if e, _ := student(x, usualConfidence); e.Low <= c.mean && c.mean <= e.High {
				held++
			}
			if LongTail(x) {
				told++
			}
		}
		held, told = held/samples, told/samples
		if held < c.covers[0] || held > c.covers[1] {
			t.Errorf("%s: the interval holds %.3f, not between %v", c.name, held, c.covers)
		}
		if told < c.least || told > c.top {
			t.Errorf("%s: the word stands in %.3f of samples, not between %v and %v", c.name, told, c.least, c.top)
		}
	}
	if LongTail([]float64{1, 1, 1, 1}) || LongTail([]float64{1, 9}) {
		t.Error("values without spread, or two of them, have no tail")
	}
}

// Intervals of shares of an outcome with a long tail hold less than they promise, which is told
// where the tail is in the sample; of a normal outcome of a hundred points it is seldom told.
func TestLongTailOfSharesIsTold(t *testing.T) {
	const sets = 100
	lognormal := sampled{d: 2, f: func(x []float64) float64 {
		return math.Exp(normalAt(x[0])) + math.Exp(normalAt(x[1]))
	}}
	symmetric := sampled{d: 2, f: func(x []float64) float64 { return normalAt(x[0]) + normalAt(x[1]) }}
	for _, n := range []int{50, 100, 300} {
		told, heldOfTail, falsely := 0, 0, 0
		for k := range sets {
			in, y := lognormal.sampleOf(t, n, false, uint64(k))
			if LongTailOfShares(y) {
				told++
			}
			s, err := FirstOrder(in, y, SobolOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if e := s.Inputs[1].First; e.Low <= 0.5 && 0.5 <= e.High {
				heldOfTail++
			}
			if _, y := symmetric.sampleOf(t, n, false, uint64(k)); LongTailOfShares(y) {
				falsely++
			}
		}
		if told < sets*85/100 || n >= 100 && falsely > sets*15/100 {
			t.Errorf("%d points: told of %d of %d with a tail and %d without", n, told, sets, falsely)
		}
		if heldOfTail > sets*92/100 {
			t.Errorf("%d points: %d of %d intervals hold: the word is not needed", n, heldOfTail, sets)
		}
	}
}
