package analysis

import (
	"fmt"
	"math"
	"testing"

	"simulate/sim/design"
	"simulate/sim/design/stream"
)

// sampled is a function of inputs between 0 and 1 whose first-order indices are known.
type sampled struct {
	name  string
	d     int
	f     func(x []float64) float64
	noise float64
	first []float64 // of the first inputs
	total []float64 // nil: as first order
}

// onSigns carries an input to −1 … 1, whose variance is 1/3.
func onSigns(u float64) float64 { return 2*u - 1 }

func step(u float64) float64 {
	if u > 0.37 {
		return 1
	}
	return 0
}

// share is that of each of some variances in their sum.
func share(variances ...float64) (out []float64) {
	sum := 0.0
	for _, v := range variances {
		sum += v
	}
	for _, v := range variances {
		out = append(out, v/sum)
	}
	return out
}

var sampledFunctions = []sampled{
	{"10a + b", 2, func(x []float64) float64 { return 10*x[0] + x[1] }, 0, share(100, 1), nil},
	{"a + b", 2, func(x []float64) float64 { return x[0] + x[1] }, 0, share(1, 1), nil},
	{"a of five", 5, func(x []float64) float64 { return x[0] }, 0, []float64{1, 0, 0, 0, 0}, nil},
	{"a and noise, of ten", 10, func(x []float64) float64 { return onSigns(x[0]) }, 2, []float64{share(1./3, 4)[0], 0},
		nil},
	{"twenty equal", 20, func(x []float64) float64 { return 20 * mean(x) }, 0, []float64{.05, .05, .05}, nil},
	{"sine", 2, func(x []float64) float64 { return math.Sin(6 * x[0]) }, 0, []float64{1, 0}, nil},
	{"product of means 0", 2, func(x []float64) float64 { return onSigns(x[0]) * onSigns(x[1]) }, 0, []float64{0, 0},
		[]float64{1, 1}},
	{"product of means 1/2", 2, func(x []float64) float64 { return x[0] * x[1] }, 0, []float64{3. / 7, 3. / 7},
		[]float64{4. / 7, 4. / 7}},
	{"Ishigami", 3, func(x []float64) float64 {
		return ishigami([]float64{angle(x[0]), angle(x[1]), angle(x[2])})
	}, 0, []float64{.3139, .4424, 0}, []float64{.5576, .4424, .2437}},
	{"step and b", 2, func(x []float64) float64 { return step(x[0]) + x[1]/2 }, 0, share(.37*.63, 1./48), nil},
	{"step and noise", 2, func(x []float64) float64 { return step(x[0]) }, 0.4, []float64{share(.37*.63, .16)[0], 0}, nil},
	{"unequal spread", 2, func(x []float64) float64 {
		a := onSigns(x[0])
		return a + 2*a*a*onSigns(x[1])
	}, 0, []float64{5. / 9, 4. / 27 / .6}, []float64{1 - 4./27/.6, 4. / 9}},
	{"normal", 2, func(x []float64) float64 { return normalAt(x[0]) + normalAt(x[1]) }, 0, share(1, 1), nil},
}

func normalAt(u float64) float64 { return math.Sqrt2 * math.Erfinv(2*u-1) }

// sampleOf draws points, each by itself or as a Latin hypercube.
func (c sampled) sampleOf(t *testing.T, n int, latin bool, seed uint64) (Inputs, [][]float64) {
	draws := stream.New(stream.Key(seed, "test/sampled"))
	var in Inputs
	if latin {
		in = points(t, "lhs", design.Spec{Dimensions: c.d, Samples: n, Seed: seed}, same)
	} else {
		for j := range c.d {
			in.Names = append(in.Names, fmt.Sprintf("x%d", j+1))
		}
		for range n {
			x := make([]float64, c.d)
			for j := range x {
				x[j] = stream.Open(draws.Uint64())
			}
			in.Rows = append(in.Rows, x)
		}
	}
	y := outcome(in, c.f)
	for _, of := range y {
		of[0] += c.noise * normal(draws)
	}
	return in, y
}

// Intervals of first order hold the truth, whatever its size and shape, from a hundred points on in
// 92 of 100 samples and more. At fifty they hold it in nine of ten, unless spread is very unequal.
func TestFirstOrderCovers(t *testing.T) {
	const sets = 200
	for _, c := range sampledFunctions {
		for _, size := range []struct {
			n     int
			latin bool
			least float64
		}{{50, false, 0.86}, {100, false, 0.90}, {300, false, 0.90}, {100, true, 0.90}} {
			held := make([]int, len(c.first))
			for k := range sets {
				in, y := c.sampleOf(t, size.n, size.latin, uint64(k))
				s, err := FirstOrder(in, y, SobolOptions{})
				if err != nil {
					t.Fatal(err)
				}
				for j, want := range c.first {
					// half of the last digit that is printed, which is all that is left where the input tells all
					if e := s.Inputs[j].First; e.Low-5e-4 <= want && want <= e.High+5e-4 {
						held[j]++
					}
				}
			}
			for j, h := range held {
				if float64(h) < size.least*sets {
					t.Errorf("%s, %d points (Latin: %v): %d of %d intervals of x%d hold %.4f", c.name, size.n, size.latin, h,
						sets, j+1, c.first[j])
				}
			}
		}
	}
}

// So do intervals of total order, where the fit explains most; a total is no smaller than first
// order, and of an interaction that a hundred points do not show the interval holds less.
func TestTotalsOfAGivenSampleCover(t *testing.T) {
	const sets = 100
	for _, c := range sampledFunctions {
		for n, least := range map[int]float64{100: 0.86, 300: 0.88} {
			if c.name == "Ishigami" && n == 100 {
				least = 0.75
			}
			want, held := c.total, make([]int, len(c.first))
			if want == nil {
				want = c.first
			}
			lower := 0
			for k := range sets {
				in, y := c.sampleOf(t, n, false, uint64(k))
				f, err := Fitted(in, y, SobolOptions{})
				if err != nil {
					t.Fatal(err)
				}
				if math.IsNaN(f.Explains) { // too few points of twenty inputs
					held = nil
					break
				}
				for j := range held {
					if e := f.Total[j]; e.Low-5e-4 <= want[j] && want[j] <= e.High+5e-4 {
						held[j]++
					}
					if f.Total[j].Value < c.first[j]-0.3 {
						lower++
					}
				}
			}
			for j, h := range held {
				if float64(h) < least*sets {
					t.Errorf("%s, %d points: %d of %d intervals of x%d hold %.4f", c.name, n, h, sets, j+1, want[j])
				}
			}
			if lower > sets*5/100 {
				t.Errorf("%s, %d points: %d totals lie far below first order", c.name, n, lower)
			}
		}
	}
}

// Shares do not depend on the unit of an input, however large or small it makes the numbers, and
// values that lie too far apart for arithmetic are told by their order.
func TestFirstOrderOfInputsOfAnySize(t *testing.T) {
	in, y := sampledFunctions[0].sampleOf(t, 100, false, 1)
	want, err := FirstOrder(in, y, SobolOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, unit := range []float64{1e-290, 1e290, -3, 1.7e308} {
		moved := Inputs{Names: in.Names}
		for _, row := range in.Rows {
			moved.Rows = append(moved.Rows, []float64{unit * row[0], row[1]})
		}
		got, err := FirstOrder(moved, y, SobolOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if a, b := got.Inputs[0].First, want.Inputs[0].First; math.Abs(a.Value-b.Value) > 1e-4 ||
			math.Abs(a.Low-b.Low) > 1e-4 {
			t.Errorf("in units of %g: %+v, want %+v", unit, a, b)
		}
	}
	for k := range in.Rows { // from 1e-300 to 1e300
		in.Rows[k][0] = math.Copysign(math.Pow(10, 600*math.Abs(in.Rows[k][0]-0.5)-300), in.Rows[k][0]-0.5)
	}
	far, err := FirstOrder(in, y, SobolOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if e := far.Inputs[0].First; math.IsNaN(e.Value) || math.IsNaN(e.Low) {
		t.Errorf("of values far apart: %+v", e)
	}
}

// crossedFutures is a sample of futures that all levels of a lever meet, with what the lever, the
// future and both together do, and luck of each run and of each replication.
func crossedFutures(seed uint64, futures, levels, replications int, lever, future, both, shared, own float64) (Inputs,
	[][]float64) {
	draws := stream.New(stream.Key(seed, "test/crossed"))
	in := Inputs{Names: []string{"eta", "gamma", "lever"}}
	luck := make([][2]float64, replications)
	for r := range luck {
		luck[r] = [2]float64{shared * normal(draws), shared * normal(draws)}
	}
	var y [][]float64
	for range futures {
		eta, gamma, z := onSigns(stream.Open(draws.Uint64())), stream.Open(draws.Uint64()), normal(draws)
		for l := range levels {
			at := onSigns((float64(l) + 0.5) / float64(levels))
			in.Rows = append(in.Rows, []float64{eta, gamma, at})
			of := make([]float64, replications)
			for r := range of {
				of[r] = lever*at + future*eta + 0.5*z + both*z*at + luck[r][0] + luck[r][1]*at + own*normal(draws)
			}
			y = append(y, of)
		}
	}
	return in, y
}

// A lever that every future meets is told for what it is: futures are the same at all levels, and
// no luck of theirs is taken off. Intervals of the lever and of what varies between futures cover.
func TestFirstOrderOfACrossedLever(t *testing.T) {
	const sets = 200
	for _, c := range []struct {
		futures, levels, replications          int
		lever, future, both, shared, own, bias float64
	}{
		{40, 2, 1, 2, 1, 0, 0, 0, .006}, {40, 3, 1, 0.5, 1, 0, 0, 0.1, .003}, {100, 4, 1, 1, 1, 0.5, 0, 0.3, .006},
		{40, 3, 1, 0, 1, 0, 0, 0.5, .003}, {40, 2, 1, 0, 1, 1, 0, 0, .02}, {40, 3, 10, 1, 1, 0, 0.5, 0.5, .03},
	} {
		held, off := [3]int{}, 0.0
		squares := 0.0
		for l := range c.levels {
			at := onSigns((float64(l) + 0.5) / float64(c.levels))
			squares += at * at / float64(c.levels)
		}
		whole := c.lever*c.lever*squares + c.future*c.future/3 + 0.25 + c.both*c.both*squares + c.own*c.own +
			c.shared*c.shared*(1+squares)
		want := []float64{c.future * c.future / 3 / whole, 0, c.lever * c.lever * squares / whole}
		for k := range sets {
			in, y := crossedFutures(uint64(k), c.futures, c.levels, c.replications, c.lever, c.future, c.both, c.shared, c.own)
			s, err := FirstOrder(in, y, SobolOptions{Units: SharedUnits(in), Resampling: Resampling{Resamples: 100}})
			if err != nil {
				t.Fatal(err)
			}
			for j, x := range s.Inputs {
				if x.First.Low-5e-4 <= want[j] && want[j] <= x.First.High+5e-4 {
					held[j]++
				}
			}
			off += (s.Inputs[2].First.Value - want[2]) / sets
		}
		t.Logf("%+v: %v, lever %.4f off by %.4f", c, held, want[2], off)
		if math.Abs(off) > c.bias {
			t.Errorf("%+v: the lever's index is %.4f off %.4f on average", c, off, want[2])
		}
		for j, h := range held {
			if h < sets*90/100 {
				t.Errorf("%+v: %d of %d intervals of input %d hold %.4f", c, h, sets, j+1, want[j])
			}
		}
	}
}

// The points of a grid are all there are: shares are exact where there is no luck, and the luck of
// runs is in none where it can be told.
func TestFirstOrderOfAGrid(t *testing.T) {
	in := Inputs{Names: []string{"a", "b"}}
	for i := range 6 {
		for j := range 6 {
			in.Rows = append(in.Rows, []float64{float64(i), float64(j)})
		}
	}
	s, err := FirstOrder(in, outcome(in, func(x []float64) float64 { return x[0] + x[1] }), SobolOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range s.Inputs {
		if math.Abs(x.First.Value-0.5) > 1e-9 || math.Abs(x.First.High-x.First.Low) > 1e-9 {
			t.Errorf("of a + b on a grid %s explains %+v", x.Name, x.First)
		}
	}
	const sets = 200
	for _, c := range []struct {
		replications      int
		b, product, noise float64
	}{{1, 0, 0, 1}, {1, 1, 0, 0.5}, {4, 1, 0.5, 1}, {10, 0.3, 1, 2}} {
		held := [2]int{}
		a, b := 35./12, c.b*c.b*35/12
		whole := a + b + c.product*c.product*(35./12)*(35./12) + c.noise*c.noise
		if c.b == 0 {
			a, whole = 0, c.noise*c.noise
		}
		for k := range sets {
			draws := stream.New(stream.Key(uint64(k), "test/grid"))
			y := make([][]float64, len(in.Rows))
			for i, x := range in.Rows {
				for range c.replications {
					v := c.b*x[1] + c.product*(x[0]-2.5)*(x[1]-2.5) + c.noise*normal(draws)
					if c.b > 0 {
						v += x[0]
					}
					y[i] = append(y[i], v)
				}
			}
			s, err := FirstOrder(in, y, SobolOptions{Resampling: Resampling{Resamples: 100}})
			if err != nil {
				t.Fatal(err)
			}
			for j, want := range []float64{a / whole, b / whole} {
				if e := s.Inputs[j].First; e.Low <= want && want <= e.High {
					held[j]++
				}
			}
		}
		if min(held[0], held[1]) < sets*90/100 {
			t.Errorf("%+v: %v of %d intervals hold %.4f and %.4f", c, held, sets, a/whole, b/whole)
		}
	}
}
