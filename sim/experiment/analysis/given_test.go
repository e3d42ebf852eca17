package analysis

import (
	"math"
	"strings"
	"testing"

	"simulate/sim/design/stream"
)

// drawn is a sample of points between −1 and 1 with an outcome.
func drawn(n, inputs, replications int, seed uint64, f func(x []float64, noise func() float64) float64) (Inputs,
	[][]float64) {
	draws := stream.New(stream.Key(seed, "test/given"))
	noise := func() float64 { return normal(draws) }
	in := Inputs{}
	for j := range inputs {
		in.Names = append(in.Names, string(rune('a'+j)))
	}
	var y [][]float64
	for range n {
		x := make([]float64, inputs)
		for j := range x {
			x[j] = 2*stream.Open(draws.Uint64()) - 1
		}
		of := make([]float64, replications)
		for r := range of {
			of[r] = f(x, noise)
		}
		in.Rows, y = append(in.Rows, x), append(y, of)
	}
	return in, y
}

// a + b² + 2ac with noise: the variances of the three terms are 1/3, 4/45 and 4/9, and c and a
// share the last. Totals are right, their intervals cover what they say, an input that does nothing
// has one that holds 0, and the fit says how much it explains.
func TestFittedTotalsCover(t *testing.T) {
	const repetitions = 200
	f := func(x []float64, noise func() float64) float64 { return x[0] + x[1]*x[1] + 2*x[0]*x[2] + 0.7*noise() }
	whole := 1./3 + 4./45 + 4./9
	for _, replications := range []int{1, 3} {
		variance := whole + 0.49
		want := []float64{(1./3 + 4./9) / variance, 4. / 45 / variance, 4. / 9 / variance, 0}
		held := make([]int, 4)
		for k := range repetitions {
			in, y := drawn(400, 4, replications, uint64(k), f)
			got, err := Fitted(in, y, SobolOptions{})
			if err != nil {
				t.Fatal(err)
			}
			for j, e := range got.Total {
				if e.Low <= want[j] && want[j] <= e.High {
					held[j]++
				}
			}
			explains := whole / (whole + 0.49/float64(replications))
			if got.Explains > explains+0.08 || got.Explains < explains-0.2 { // what errors of coefficients cost is in it
				t.Errorf("explains %.3f of the means, want %.3f", got.Explains, explains)
			}
		}
		for j, n := range held {
			if n < repetitions*92/100 {
				t.Errorf("%d replications: %d of %d intervals of %c hold %.3f", replications, n, repetitions, 'a'+j, want[j])
			}
		}
	}
}

// A fit that explains little says so: of a product of waves of four periods it sees next to
// nothing.
func TestFittedSaysWhatItExplains(t *testing.T) {
	in, y := drawn(400, 2, 1, 1, func(x []float64, _ func() float64) float64 {
		return math.Sin(8*math.Pi*x[0]) * math.Sin(8*math.Pi*x[1])
	})
	got, err := Fitted(in, y, SobolOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if got.Explains > 0.2 {
		t.Errorf("explains %.3f", got.Explains)
	}
	few, y := drawn(8, 4, 1, 1, func(x []float64, _ func() float64) float64 { return x[0] })
	if got, err := Fitted(few, y, SobolOptions{}); err != nil || !math.IsNaN(got.Total[0].Value) {
		t.Errorf("eight points of four inputs give %+v, %v", got, err)
	}
}

// Of y = a the distance in the k-th of ten bins is max(k, 9 − k)/10, in the median 0.7; b does
// nothing and stays below the floor in nineteen of twenty samples; c changes the spread alone,
// which no share of the mean's variance sees.
func TestDensity(t *testing.T) {
	in, y := drawn(4000, 2, 1, 1, func(x []float64, _ func() float64) float64 { return x[0] })
	d, err := Density(in, y, SobolOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if e := d.Index[0]; math.Abs(e.Value-0.7) > 0.02 || e.Low > 0.7 || e.High < 0.7 || e.High-e.Low > 0.05 {
		t.Errorf("of y = a: %+v", e)
	}
	above := 0
	for k := range 100 {
		in, y := drawn(300, 2, 1, uint64(k), func(x []float64, noise func() float64) float64 { return x[0] + 0.3*noise() })
		d, err := Density(in, y, SobolOptions{Resampling: Resampling{Resamples: 100, Seed: uint64(k)}})
		if err != nil {
			t.Fatal(err)
		}
		if d.Index[1].Value > d.Floor[1] {
			above++
		}
		if d.Index[0].Value < 2*d.Floor[0] {
			t.Errorf("a reaches %.3f, the floor is %.3f", d.Index[0].Value, d.Floor[0])
		}
	}
	if above > 13 {
		t.Errorf("an input without influence passes the floor in %d of 100 samples", above)
	}
	in, y = drawn(2000, 2, 1, 3, func(x []float64, noise func() float64) float64 { return (1.2 + x[0]) * noise() })
	if d, err = Density(in, y, SobolOptions{}); err != nil {
		t.Fatal(err)
	}
	first, err := FirstOrder(in, y, SobolOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if d.Index[0].Low < d.Floor[0] || first.Inputs[0].First.Value > 0.05 {
		t.Errorf("spread: density %+v above a floor of %.3f, first order %+v", d.Index[0], d.Floor[0], first.Inputs[0].First)
	}
}

// Scores find what works only together (the sign of a·b) and leave inputs of noise at the floor.
func TestFeatureScores(t *testing.T) {
	in, y := drawn(1500, 4, 1, 1, func(x []float64, noise func() float64) float64 {
		return math.Copysign(1, x[0]*x[1]) + 0.2*noise()
	})
	s, err := FeatureScores(in, y, SobolOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for j, v := range s.Score {
		if real := j < 2; real && v < 5*s.Floor[j] || !real && v > 2*s.Floor[j] {
			t.Errorf("%s scores %.3f, noise %.3f", in.Names[j], v, s.Floor[j])
		}
	}
	if s.Explains < 0.6 {
		t.Errorf("trees explain %.2f", s.Explains)
	}
	again, err := FeatureScores(in, y, SobolOptions{})
	if err != nil || again.Score[0] != s.Score[0] {
		t.Error("scores differ between equal calls")
	}
}

// A sample in which nothing acts is told so: no input is said to explain a share that may be none.
func TestNoInputIsCreditedWithNoise(t *testing.T) {
	s := &SobolIndices{Replications: 1, Inputs: []SobolIndex{
		{Name: "a", First: Estimate{Value: -.02, Low: -.16, High: .18}, Total: Estimate{Value: -.01}},
		{Name: "b", First: Estimate{Value: .01, Low: -.14, High: .2}, Total: Estimate{Value: -.03}}}}
	if says := s.Sentence("y"); !strings.HasPrefix(says, "No input explains by itself a share of the variance of y that "+
		"is told apart from none: the largest estimate is that of b, 1 % (0 % to 20 %)") ||
		strings.Contains(says, "with its interactions") {
		t.Error(says)
	}
	s.Inputs[1].First.Low = .005
	if says := s.Sentence("y"); !strings.HasPrefix(says, "b explains 1 % of the variance of y by itself") {
		t.Error(says)
	}
}
