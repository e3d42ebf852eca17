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
