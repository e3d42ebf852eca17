package analysis

import (
	"math"
	"strings"
	"testing"

	"simulate/sim/design/stream"
)

// The share of runs in which a policy keeps a bound, its interval and its sentence: the runs of a
// future are a cluster. Futures decide by themselves, lean one way, or do not matter.
func TestShareOfRunsCoversOverClusters(t *testing.T) {
	draws := stream.New(stream.Key(7, "test/clusters"))
	const trials, runs = 1000, 4
	for _, futures := range []int{4, 6, 12, 40} {
		for _, c := range []struct {
			name   string
			truth  float64
			chance func() float64 // in a future
		}{
			{"futures decide", .3, func() float64 { return float64(min(1, int(stream.Open(draws.Uint64())/.7))) }},
			{"futures lean", .5, func() float64 { return .15 + .7*float64(int(2*stream.Open(draws.Uint64()))) }},
			{"futures are the same", .3, func() float64 { return .3 }},
		} {
			held := 0
			for range trials {
				kept := make([][][]bool, 2)
				for range futures {
					p := c.chance()
					row := make([]bool, runs)
					for k := range row {
						row[k] = stream.Open(draws.Uint64()) < p
					}
					kept[0], kept[1] = append(kept[0], row), append(kept[1], row)
				}
				r, err := Robust([]string{"a", "b"}, nil, kept, RobustnessOptions{Sampled: true})
				if err != nil {
					t.Fatal(err)
				}
				if s := r.Satisfies[0]; s.Low <= c.truth && c.truth <= s.High {
					held++
				}
			}
			if share := float64(held) / trials; share < .9 || futures > 4 && share < .92 {
				t.Errorf("%d futures, where %s: the interval holds the share in %.3f of experiments", futures, c.name, share)
			}
		}
	}
}

// What is a share of runs is called so, and futures that are replications are called replications.
func TestSharesOfRunsAreCalledSo(t *testing.T) {
	kept := [][][]bool{{{true, false}, {false, false}, {true, true}}, {{false, false}, {false, false}, {false, false}}}
	says := func(o RobustnessOptions, kept [][][]bool, of ...Objective) string {
		r, err := Robust([]string{"a", "b"}, of, kept, o)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(r.Sentences(), " ")
	}
	y := Objective{Name: "y", Values: once([]float64{1, 2}, []float64{3, 4})}
	one := Objective{Name: "y", Values: once([]float64{1}, []float64{3})}
	for _, c := range []struct{ got, want string }{
		{says(RobustnessOptions{Sampled: true}, kept), "a keeps every bound in 50 % of 6 runs, 2 in each of 3 futures " +
			"(95 % interval of the share "},
		{says(RobustnessOptions{Sampled: true}, kept), ", the runs of a future being one cluster)"},
		{says(RobustnessOptions{}, kept), "as if the futures were drawn at random"},
		{says(RobustnessOptions{Single: true, Sampled: true}, nil, y), "a is best in every one of 2 replications"},
		{says(RobustnessOptions{}, nil, one), "a is best in the one future"},
	} {
		if !strings.Contains(c.got, c.want) {
			t.Errorf("%q does not say %q", c.got, c.want)
		}
	}
}

// One rule tells policies apart and effects clear: a policy is called clearly best only where every
// other one is clearly worse, and what luck alone may have made worse is not called so.
func TestOneRuleTellsPoliciesApart(t *testing.T) {
	says := func(runs int, values ...float64) string { // of b less a, by run, in each of four futures
		y := Objective{Name: "y", Values: make([][][]float64, 2)}
		clear := 0
		for f := range 4 {
			a, b := make([]float64, runs), make([]float64, runs)
			for r := range runs {
				a[r] = 10 + float64((3*r+f)%5)
				b[r] = a[r] + values[r%len(values)] + float64(f)/100
			}
			y.Values[0], y.Values[1] = append(y.Values[0], a), append(y.Values[1], b)
			d := Paired(a, b)
			if d.Change.Value > d.Margin(4) {
				clear++
			}
		}
		r, err := Robust([]string{"a", "b"}, []Objective{y}, nil, RobustnessOptions{})
		if err != nil {
			t.Fatal(err)
		}
		for f, c := range r.Objectives[0].Clear[1] {
			d := Paired(y.Values[0][f], y.Values[1][f])
			if c != (d.Change.Value > d.Margin(4)) {
				t.Errorf("future %d: clear %v, while the effect is %v with a margin of %v", f+1, c, d.Change.Value, d.Margin(4))
			}
		}
		if got := r.Objectives[0].Policies[0].ClearIn * 4; math.Abs(got-float64(clear)) > 1e-9 {
			t.Errorf("a is clearly best in %v of 4 futures, want %d", got, clear)
		}
		return r.Sentences()[0]
	}
	for _, c := range []struct {
		runs   int
		values []float64
		want   string
	}{
		// the difference is 1.5 standard errors: no effect is clear, and no policy is told apart
		{8, []float64{-0.4, 1}, "y: no policy is told apart from the others by its worst regret."},
		{40, []float64{0.9, 1.1}, "y: a is clearly best in every one of 4 futures."},
		// 2.5 standard errors: clear by itself, and not as one of four
		{12, []float64{-0.15, 0.85, -0.05, 0.9}, "y: no policy is told apart from the others by its worst regret."},
	} {
		if got := says(c.runs, c.values...); got != c.want {
			t.Errorf("%v: %s", c.values, got)
		}
	}
	y := Objective{Name: "y", Values: [][][]float64{{{1, 1, 1}, {1, 1, 1}}, {{0.5, 2, 0.9}, {1, 1, 1}},
		{{9, 9, 9}, {9, 9, 9}}}}
	r, err := Robust([]string{"a", "b", "c"}, []Objective{y}, nil, RobustnessOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if says := r.Sentences()[0]; says != "y: a is best by the mean in every one of 2 futures, clearly so in none; the "+
		"worst regret of b is not told apart from none." {
		t.Error(says)
	}
}
