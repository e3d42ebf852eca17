package analysis

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"simulate/sim/design"
	"simulate/sim/design/stream"
)

// points makes a design over named inputs, each carried from (0, 1) to its value by to.
func points(t *testing.T, name string, s design.Spec, to func(u float64) float64) Inputs {
	t.Helper()
	d, err := design.LookUp(name)
	if err != nil {
		t.Fatal(err)
	}
	p, err := d.Make(s)
	if err != nil {
		t.Fatal(err)
	}
	in := Inputs{Rows: p.All()}
	for j := range s.Dimensions {
		in.Names = append(in.Names, fmt.Sprintf("x%d", j+1))
	}
	for _, row := range in.Rows {
		for j := range row {
			row[j] = to(row[j])
		}
	}
	return in
}

// outcome is a function of the inputs, one replication per point.
func outcome(in Inputs, f func(x []float64) float64) [][]float64 {
	y := make([][]float64, len(in.Rows))
	for i, row := range in.Rows {
		y[i] = []float64{f(row)}
	}
	return y
}

// ishigami is the function of Ishigami & Homma (1990) with a = 7, b = 0.1 on (−π, π)³. Its variance
// is 13.8446; its indices S = 0.3139, 0.4424, 0, T = 0.5576, 0.4424, 0.2437 and S_13 = 0.2437 are
// published in Saltelli et al. (2008).
func ishigami(x []float64) float64 {
	return math.Sin(x[0]) + 7*math.Pow(math.Sin(x[1]), 2) + 0.1*math.Pow(x[2], 4)*math.Sin(x[0])
}

func angle(u float64) float64 { return math.Pi * (2*u - 1) }
func same(u float64) float64  { return u }

func near(t *testing.T, what string, got Estimate, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got.Value-want) <= tolerance) {
		t.Errorf("%s is %.4f, want %.4f ± %.3f", what, got.Value, want, tolerance)
	}
	if !(got.Low <= got.Value && got.Value <= got.High) {
		t.Errorf("%s: interval %.4f to %.4f misses its own value %.4f", what, got.Low, got.High, got.Value)
	}
}

func TestSobolOnIshigami(t *testing.T) {
	first, total := []float64{0.3139, 0.4424, 0}, []float64{0.5576, 0.4424, 0.2437}
	in := points(t, "saltelli", design.Spec{Dimensions: 3, Samples: 2048, Seed: 1, SecondOrder: true}, angle)
	s, err := Sobol(in, outcome(in, ishigami), SobolOptions{
		Resampling: Resampling{Resamples: 200},
		Groups:     []Group{{"x1 and x3", []string{"x1", "x3"}}, {"x2", []string{"x2"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, x := range s.Inputs {
		near(t, "first order of "+x.Name, x.First, first[i], 0.01)
		near(t, "total order of "+x.Name, x.Total, total[i], 0.01)
		if x.First.High-x.First.Low > 0.2 || first[i] < x.First.Low || first[i] > x.First.High || total[i] < x.Total.Low ||
			total[i] > x.Total.High {
			t.Errorf("intervals of %s are %v and %v", x.Name, x.First, x.Total)
		}
	}
	for k, want := range []float64{0, 0.2437, 0} { // pairs 12, 13, 23
		near(t, "pair "+s.Pairs[k].A+s.Pairs[k].B, s.Pairs[k].Share, want, 0.02)
	}
	near(t, "interactions", s.Interactions, 0.2437, 0.02)
	if math.Abs(s.Variance-13.8446) > 0.1 || math.Abs(s.Mean-3.5) > 0.02 {
		t.Errorf("variance %.3f and mean %.3f, want 13.845 and 3.5", s.Variance, s.Mean)
	}
	if !math.IsNaN(s.Noise.Value) || s.Base != 2048 || s.Replications != 1 {
		t.Errorf("noise %v, base %d, replications %d", s.Noise, s.Base, s.Replications)
	}
	// The joint share of x1 and x3 is 1 − S_2 = 0.5576 exactly; the bounds meet because every pair is
	// known.
	near(t, "group, at least", s.Groups[0].AtLeast, 0.5576, 0.02)
	near(t, "group, at most", s.Groups[0].AtMost, 0.5576, 0.02)
	near(t, "x2, at most", s.Groups[1].AtMost, 0.4424, 0.02)
	if says := s.Sentence("y"); !strings.Contains(says, "x2 explains 45 % of the variance of y by itself (41 % to 48 %)") {
		t.Error(says)
	}
}

// Sobol's g-function, Π (|4x_i − 2| + a_i)/(1 + a_i), has V_i = 1/(3(1 + a_i)²), V = Π(1 + V_i) − 1
// and T_i = V_i Π_{j≠i}(1 + V_j)/V (Saltelli & Sobol' 1995).
func TestSobolOnGFunction(t *testing.T) {
	a := []float64{0, 1, 4.5, 9, 99, 99, 99, 99}
	v := make([]float64, len(a))
	product := 1.0
	for i := range a {
		v[i] = 1 / (3 * (1 + a[i]) * (1 + a[i]))
		product *= 1 + v[i]
	}
	in := points(t, "saltelli", design.Spec{Dimensions: len(a), Samples: 4096, Seed: 2}, same)
	s, err := Sobol(in, outcome(in, func(x []float64) float64 {
		f := 1.0
		for i := range a {
			f *= (math.Abs(4*x[i]-2) + a[i]) / (1 + a[i])
		}
		return f
	}), SobolOptions{Resampling: Resampling{Resamples: 100}, Groups: []Group{{"weak", []string{"x3", "x4", "x5"}}}})
	if err != nil {
		t.Fatal(err)
	}
	atLeast := 0.0
	for i, x := range s.Inputs {
		near(t, "first order of "+x.Name, x.First, v[i]/(product-1), 0.01)
		near(t, "total order of "+x.Name, x.Total, v[i]*product/(1+v[i])/(product-1), 0.01)
		if i >= 2 && i < 5 {
			atLeast += v[i] / (product - 1)
		}
	}
	// variance that involves the group alone; with the rest times Π(1 + V) of the rest
	weak := (1+v[2])*(1+v[3])*(1+v[4]) - 1
	joint := weak * product / (weak + 1) / (product - 1)
	near(t, "group, at least", s.Groups[0].AtLeast, atLeast, 0.01)
	if g := s.Groups[0]; g.AtMost.Value < joint-0.01 || g.AtLeast.Value > joint+0.01 {
		t.Errorf("the joint share %.4f is not between %.4f and %.4f", joint, g.AtLeast.Value, g.AtMost.Value)
	}
}

// normal draws from the standard normal distribution (Box & Muller 1958).
func normal(draws *stream.Stream) float64 {
	return math.Sqrt(-2*math.Log(stream.Open(draws.Uint64()))) * math.Cos(2*math.Pi*stream.Open(draws.Uint64()))
}

// noisy runs a function with seed noise: an effect of the seed shared by all points, one of the
// seed with x1, and one of each run.
func noisy(in Inputs, f func([]float64) float64, replications int, shared, interplay, own float64) [][]float64 {
	draws := stream.New(stream.Key(4, "noise"))
	g, h := make([]float64, replications), make([]float64, replications)
	for r := range g {
		g[r], h[r] = normal(draws), normal(draws)
	}
	y := make([][]float64, len(in.Rows))
	for i, row := range in.Rows {
		y[i] = make([]float64, replications)
		for r := range y[i] {
			y[i][r] = f(row) + shared*g[r] + interplay*h[r]*row[0] + own*normal(draws)
		}
	}
	return y
}

// Seed noise is its own share, and the indices are those of the mean: without common random
// numbers, and with them, where the noise is common to the points and must not be counted as
// agreement between them.
func TestSobolWithSeedNoise(t *testing.T) {
	in := points(t, "saltelli", design.Spec{Dimensions: 3, Samples: 1024, Seed: 3}, angle)
	for _, c := range []struct {
		name                   string
		replications           int
		shared, interplay, own float64
		variance               float64 // of the noise, expected
		tolerance              float64
	}{
		{"independent", 12, 0, 0, 3, 9, 0.02},
		{"shared", 64, 3, 0, 0, 9, 0.15},
		{"interplay", 64, 0, 1, 1, math.Pi*math.Pi/3 + 1, 0.1},
	} {
		y := noisy(in, ishigami, c.replications, c.shared, c.interplay, c.own)
		s, err := Sobol(in, y, SobolOptions{Resampling: Resampling{Resamples: 100}})
		if err != nil {
			t.Fatal(err)
		}
		whole := 13.8446 + c.variance
		near(t, c.name+": noise", s.Noise, c.variance/whole, c.tolerance)
		if want := c.variance / whole; c.replications >= leastForLuck && (want < s.Noise.Low || want > s.Noise.High) {
			t.Errorf("%s: interval of the noise %v misses %.3f", c.name, s.Noise, want)
		}
		rescale := 13.8446 / whole
		for i, x := range s.Inputs {
			first, total := []float64{0.3139, 0.4424, 0}[i]*rescale, []float64{0.5576, 0.4424, 0.2437}[i]*rescale
			near(t, c.name+": first order of "+x.Name, x.First, first, 0.08)
			near(t, c.name+": total order of "+x.Name, x.Total, total, 0.08)
			if first < x.First.Low || first > x.First.High || total < x.Total.Low || total > x.Total.High {
				t.Errorf("%s: intervals of %s are %.3f and %.3f, which miss %.3f or %.3f", c.name, x.Name, x.First, x.Total,
					first, total)
			}
		}
	}
}

// The interval of the share that luck makes covers what it says from ten replications on, also
// where points share their luck, and is empty below.
func TestIntervalOfTheLuckShare(t *testing.T) {
	const repetitions = 250
	for _, c := range []struct {
		replications int
		shared, own  float64
		least        float64
	}{{10, 1, 0.5, 0.92}, {10, 0, 1, 0.92}, {20, 1, 0.3, 0.93}, {5, 1, 1, 0}} {
		held := 0
		for k := range repetitions {
			draws := stream.New(stream.Key(uint64(k), "test/luck"))
			in := Inputs{Names: []string{"x"}}
			g := make([]float64, c.replications)
			for r := range g {
				g[r] = normal(draws)
			}
			var y [][]float64
			for range 100 {
				x := normal(draws)
				in.Rows = append(in.Rows, []float64{x})
				of := make([]float64, c.replications)
				for r := range of {
					of[r] = 2*x + c.shared*g[r] + c.own*normal(draws)
				}
				y = append(y, of)
			}
			s, err := FirstOrder(in, y, SobolOptions{Resampling: Resampling{Resamples: 100, Seed: uint64(k)}})
			if err != nil {
				t.Fatal(err)
			}
			luck := c.shared*c.shared + c.own*c.own
			truth := luck / (luck + 4)
			if c.least == 0 {
				if !math.IsNaN(s.Noise.Low) || math.IsNaN(s.Noise.Value) {
					t.Fatalf("%d replications give the interval %+v", c.replications, s.Noise)
				}
			} else if s.Noise.Low <= truth && truth <= s.Noise.High {
				held++
			}
		}
		if float64(held) < c.least*repetitions {
			t.Errorf("%d replications, shared %g, own %g: %d of %d intervals hold the truth", c.replications, c.shared, c.own,
				held, repetitions)
		}
	}
}

func TestFirstOrderOfAGivenSample(t *testing.T) {
	in := points(t, "lhs", design.Spec{Dimensions: 4, Samples: 4096, Seed: 5}, angle)
	s, err := FirstOrder(in, outcome(in, ishigami), SobolOptions{Resampling: Resampling{Resamples: 100},
		Groups: []Group{{"g", []string{"x1", "x4"}}}})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []float64{0.3139, 0.4424, 0, 0} {
		near(t, "first order of "+s.Inputs[i].Name, s.Inputs[i].First, want, 0.025)
		if want == 0 && (s.Inputs[i].First.Low > 0 || s.Inputs[i].First.High < 0) {
			t.Errorf("the interval of an input without main effect is %v", s.Inputs[i].First)
		}
		if !math.IsNaN(s.Inputs[i].Total.Value) {
			t.Error("a given sample has no total order")
		}
	}
	near(t, "group", s.Groups[0].AtLeast, 0.3139, 0.03)
	if !strings.Contains(s.Method, "given sample") {
		t.Errorf("method %q", s.Method)
	}
	// A categorical input whose categories have means 0, 1 and 2: variance 2/3 of 2/3 + 1/12.
	in, err = Gather(Column{Name: "region", Text: textOf(in, []string{"us", "eu", "cn"})}, Column{Name: "u",
		Numbers: column(in, 1)})
	if err != nil {
		t.Fatal(err)
	}
	order := map[string]float64{"us": 0, "eu": 1, "cn": 2}
	s, err = FirstOrder(in, outcome(in, func(x []float64) float64 {
		return order[in.Labels[0][int(x[0])]] +
			x[1]/(2*math.Pi)
	}), SobolOptions{})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "region", s.Inputs[0].First, (2./3)/(2./3+1./12), 0.01)
	near(t, "u", s.Inputs[1].First, (1./12)/(2./3+1./12), 0.02)
}

func column(in Inputs, j int) []float64 {
	out := make([]float64, len(in.Rows))
	for i, r := range in.Rows {
		out[i] = r[j]
	}
	return out
}

func textOf(in Inputs, labels []string) []string {
	out := make([]string, len(in.Rows))
	for i, r := range in.Rows {
		out[i] = labels[int((r[0]/math.Pi+1)/2*float64(len(labels)))]
	}
	return out
}
