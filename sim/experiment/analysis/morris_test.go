package analysis

import (
	"math"
	"strings"
	"testing"

	"simulate/sim/design"
)

// On a linear function every elementary effect is the coefficient: μ = b, μ* = |b|, σ = 0, all
// exact.
func TestMorrisOnALinearFunction(t *testing.T) {
	b := []float64{3, -2, 0.5, 0, 1}
	in := points(t, "morris", design.Spec{Dimensions: 5, Samples: 10, Seed: 1}, same)
	y := outcome(in, func(x []float64) float64 {
		sum := 7.0
		for j := range b {
			sum += b[j] * x[j]
		}
		return sum
	})
	effects, err := Morris(in, y, MorrisOptions{Span: []float64{1, 1, 1, 1, 1}})
	if err != nil {
		t.Fatal(err)
	}
	for j, e := range effects {
		for _, c := range []struct {
			got  Estimate
			want float64
		}{{e.Mu, b[j]}, {e.MuStar, math.Abs(b[j])}, {e.Sigma, 0}} {
			for _, v := range []float64{c.got.Value, c.got.Low, c.got.High} {
				if math.Abs(v-c.want) > 1e-12 {
					t.Errorf("input %d: %v, want %g exactly", j, c.got, c.want)
				}
			}
		}
	}
	// In other units, and over the observed span of 3/4 of the range.
	for _, row := range in.Rows {
		row[0] = 1000 * row[0]
	}
	effects, err = Morris(in, y, MorrisOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if e := effects[0]; math.Abs(e.Mu.Value-0.75*3) > 1e-12 || e.Span != 750 {
		t.Errorf("over the observed span μ is %g and the span %g, want 2.25 and 750", e.Mu.Value, e.Span)
	}
}

// y = x1·x2 on levels 1/8, 3/8, 5/8, 7/8: the effect of x1 is x2, of mean ½, mean square ¼ + 5/64
// and so σ = √(5/64).
func TestMorrisOnAnInteraction(t *testing.T) {
	in := points(t, "morris", design.Spec{Dimensions: 3, Samples: 4000, Seed: 2}, same)
	y := outcome(in, func(x []float64) float64 { return x[0] * x[1] })
	effects, err := Morris(in, y, MorrisOptions{Resampling: Resampling{Resamples: 100}, Span: []float64{1, 1, 1}})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range effects[:2] {
		near(t, "μ", e.Mu, 0.5, 0.02)
		near(t, "μ*", e.MuStar, 0.5, 0.02)
		near(t, "σ", e.Sigma, math.Sqrt(5./64), 0.02)
	}
	if effects[2].MuStar.Value != 0 {
		t.Errorf("an input that is not in the function has μ* %g", effects[2].MuStar.Value)
	}
}

// Two trajectories with effects 1 and 3 have σ = √2, the sample standard deviation.
func TestMorrisSigmaOfTwo(t *testing.T) {
	in := Inputs{Names: []string{"x"}, Rows: [][]float64{{0}, {1}, {1}, {0}}}
	effects, err := Morris(in, [][]float64{{5}, {6}, {9}, {6}}, MorrisOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if e := effects[0]; e.Mu.Value != 2 || e.MuStar.Value != 2 || math.Abs(e.Sigma.Value-math.Sqrt2) > 1e-12 {
		t.Errorf("%+v, want μ = μ* = 2 and σ = √2", e)
	}
}

// With noise alone μ* is the noise floor; noise that all points of a replication share cancels in
// the effects.
func TestMorrisNoiseFloor(t *testing.T) {
	in := points(t, "morris", design.Spec{Dimensions: 2, Samples: 500, Seed: 3}, same)
	zero := func([]float64) float64 { return 0 }
	effects, err := Morris(in, noisy(in, zero, 5, 10, 0, 1), MorrisOptions{Resampling: Resampling{Resamples: 100},
		Span: []float64{1, 1}})
	if err != nil {
		t.Fatal(err)
	}
	want := math.Sqrt(2./5) / 0.5 * math.Sqrt(2/math.Pi)
	for _, e := range effects {
		near(t, "μ* of noise", e.MuStar, want, 0.1)
		if math.Abs(e.Noise-want) > 0.1 {
			t.Errorf("noise floor %g, want %g", e.Noise, want)
		}
	}
}

func TestOneAtATime(t *testing.T) {
	in := points(t, "oat", design.Spec{Dimensions: 2}, same)
	f := func(x []float64) float64 { return 10*x[0] - 4*x[1] }
	base, swings, err := OneAtATime(in, noisy(in, f, 6, 100, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	if noise := noisy(in, func([]float64) float64 { return 0 }, 6, 100, 0, 0); math.Abs(base-mean(noise[0])-3) > 1e-9 {
		t.Errorf("base %g, want 3 and the noise %g", base, mean(noise[0]))
	}
	for j, want := range []float64{4.5, -1.8} {
		s := swings[j]
		for k, got := range []float64{-s.AtLow.Value, -s.AtLow.High, -s.AtLow.Low, s.AtHigh.Value, s.AtHigh.Low,
			s.AtHigh.High} {
			if math.Abs(got-want) > 1e-9 { // the noise shared with the base cancels, so the interval is the value
				t.Errorf("number %d of swing %d is %g, want %g", k, j, got, want)
			}
		}
	}
	in.Rows[2][1] = 0.9
	if _, _, err = OneAtATime(in, outcome(in, f)); err == nil || !strings.Contains(err.Error(), "row 3") {
		t.Errorf("reordered rows: %v", err)
	}
}
