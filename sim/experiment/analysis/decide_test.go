package analysis

import (
	"math"
	"reflect"
	"strings"
	"testing"
)

// The example of Savage's regret: costs of three policies in three futures.
func TestRobustness(t *testing.T) {
	bound, income := 30.0, 5.0
	r, err := Robust([]string{"none", "grant", "cap"}, []Objective{
		{Name: "cost", Values: [][]float64{{10, 50, 20}, {30, 20, 25}, {25, 40, 10}}, Bound: &bound},
		{Name: "income", HigherIsBetter: true, Values: [][]float64{{1, 9, 9}, {5, 6, 7}, {5, 5, 5}}, Bound: &income},
		{Name: "free", Values: [][]float64{{1, 1, 1}, {1, 1, 1}, {2, 2, 2}}},
	}, 0)
	if err != nil {
		t.Fatal(err)
	}
	cost := r.Objectives[0]
	if want := [][]float64{{0, 30, 10}, {20, 0, 15}, {15, 20, 0}}; !reflect.DeepEqual(cost.Regret, want) {
		t.Errorf("regret %v, want %v", cost.Regret, want)
	}
	if !reflect.DeepEqual(cost.Minimax, []int{1, 2}) || cost.Policies[1].Worst != 20 || cost.Policies[1].WorstFuture != 0 || cost.Policies[2].WorstFuture != 1 {
		t.Errorf("minimax %v of %+v", cost.Minimax, cost.Policies)
	}
	if p := cost.Policies[0]; math.Abs(p.Mean-40./3) > 1e-12 || math.Abs(p.BestIn-1./3) > 1e-12 || p.WorstOutcome != 50 || math.Abs(p.Quantile90-26) > 1e-12 {
		t.Errorf("none: %+v", p)
	}
	if p := r.Objectives[1].Policies[0]; p.Worst != 4 || p.WorstOutcome != 1 || p.WorstFuture != 0 {
		t.Errorf("income under none: %+v", p)
	}
	for p, want := range []float64{1. / 3, 1, 2. / 3} { // both bounds: none in future 3; grant everywhere; cap in 1 and 3
		if math.Abs(r.Satisfies[p].Value-want) > 1e-12 {
			t.Errorf("%s keeps every bound in %.3f of futures, want %.3f", r.Policies[p], r.Satisfies[p].Value, want)
		}
	}
	if s := r.Objectives[2].Satisfies[0]; !math.IsNaN(s.Value) {
		t.Errorf("an objective without a bound is satisfied in %v", s)
	}
	says := strings.Join(r.Sentences(), " ")
	for _, want := range []string{"cost: the least worst regret is that of grant and cap, 20", "free: none and grant is best in every one", "grant keeps every bound in 100 % of 3 futures"} {
		if !strings.Contains(says, want) {
			t.Errorf("%q does not say %q", says, want)
		}
	}
	for _, c := range []struct {
		policies []string
		values   [][]float64
		says     string
	}{
		{[]string{"a"}, [][]float64{{1}}, "at least two policies"},
		{[]string{"a", "a"}, [][]float64{{1}, {2}}, "two policies are called"},
		{[]string{"a", "b"}, [][]float64{{1, 2}, {2}}, "every policy in every future"},
		{[]string{"a", "b"}, [][]float64{{1, 2}, {2, math.NaN()}}, "missing or not finite under b in future 2"},
		{[]string{"a", "b"}, [][]float64{{1, 2}}, "outcomes of 1 policies instead of 2"},
	} {
		if _, err := Robust(c.policies, []Objective{{Name: "m", Values: c.values}}, 0); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("error %v, want one that says %q", err, c.says)
		}
	}
}

// Wilson's interval of 8 of 10, as in Brown, Cai & DasGupta (2001) and R's prop.test(8, 10, correct = FALSE).
func TestWilson(t *testing.T) {
	got := wilson(8, 10, 0.95)
	if math.Abs(got.Low-0.4902) > 1e-4 || math.Abs(got.High-0.9433) > 1e-4 {
		t.Errorf("interval %v, want 0.4902 to 0.9433", got)
	}
}

// Student's sleep data (1908), the paired test of R's documentation: mean difference 1.58, 95 % interval 0.7001 to 2.4599, t = 4.0621.
func TestPairedOnStudentsSleepData(t *testing.T) {
	a := []float64{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0}
	b := []float64{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4}
	d := Paired(a, b)
	if d.Replications != 10 || math.Abs(d.Base-0.75) > 1e-12 || math.Abs(d.Alternative-2.33) > 1e-12 {
		t.Errorf("%d pairs with means %g and %g", d.Replications, d.Base, d.Alternative)
	}
	if math.Abs(d.Change.Value-1.58) > 1e-12 || math.Abs(d.Change.Low-0.7001142) > 1e-6 || math.Abs(d.Change.High-2.4598858) > 1e-6 || math.Abs(1.58/d.SE-4.0621277) > 1e-6 {
		t.Errorf("change %+v, error %g", d.Change, d.SE)
	}
	// Variances 3.200556 and 4.009, of the difference 1.512889.
	if want := 1 - 1.512889/(3.200556+4.009); math.Abs(d.VarianceSaved-want) > 1e-6 {
		t.Errorf("variance saved %g, want %g", d.VarianceSaved, want)
	}
}

func TestPairedEdges(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		a, b                    []float64
		pairs                   int
		change, se, half, saved float64
	}{
		// The differences of the pairs are 1, 2, 3: mean 2, standard deviation 1, t(0.975, 2) = 4.302653; variances 100 and 121.
		{[]float64{10, 20, nan, 30, 5, math.Inf(1)}, []float64{11, 22, 1, 33, nan, 1}, 3, 2, 1 / math.Sqrt(3), 4.302653 / math.Sqrt(3), 1 - 1./221},
		{[]float64{1, 2, 3}, []float64{1, 2, 3}, 3, 0, 0, 0, 1},
		{[]float64{5, 5}, []float64{3, 3}, 2, -2, 0, 0, nan},
		{[]float64{1, 2}, []float64{2, 1}, 2, 0, 1, 12.706205, -1}, // sharing seeds did harm
		{[]float64{1, nan}, []float64{2, 3}, 1, 1, nan, nan, nan},
		{[]float64{nan}, []float64{2}, 0, nan, nan, nan, nan},
	} {
		d := Paired(c.a, c.b)
		if d.Replications != c.pairs {
			t.Errorf("%v and %v make %d pairs, want %d", c.a, c.b, d.Replications, c.pairs)
		}
		for _, x := range []struct {
			name      string
			got, want float64
		}{{"change", d.Change.Value, c.change}, {"error", d.SE, c.se}, {"low", d.Change.Low, c.change - c.half}, {"high", d.Change.High, c.change + c.half}, {"variance saved", d.VarianceSaved, c.saved}} {
			if !(math.Abs(x.got-x.want) < 1e-5) && !(math.IsNaN(x.got) && math.IsNaN(x.want)) {
				t.Errorf("%v and %v: %s %g, want %g", c.a, c.b, x.name, x.got, x.want)
			}
		}
	}
}
