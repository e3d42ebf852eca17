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

// Student's sleep data (1908), the paired test of R's documentation: mean difference 1.58, 95 % interval 0.7001 to 2.4599.
func TestPairedOnStudentsSleepData(t *testing.T) {
	a := []float64{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0}
	b := []float64{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4}
	d, err := Paired(a, b, 0)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(d.Change.Value-1.58) > 1e-12 || math.Abs(d.Change.Low-0.7001142) > 1e-6 || math.Abs(d.Change.High-2.4598858) > 1e-6 {
		t.Errorf("change %+v", d.Change)
	}
	if math.Abs(d.Correlation-0.7951702) > 1e-6 || !d.Clear() {
		t.Errorf("correlation %g", d.Correlation)
	}
	// Variances 3.200556 and 4.009, of the difference 1.512889.
	if want := 1 - 1.512889/(3.200556+4.009); math.Abs(d.VarianceSaved-want) > 1e-6 {
		t.Errorf("variance saved %g, want %g", d.VarianceSaved, want)
	}
	if got, want := d.Sentence("drug 2", "sleep", "drug 1"), "drug 2 raises sleep by 1.58 (95 % interval 0.7 to 2.46, 10 replications), from 0.75 under drug 1 to 2.33; "+
		"common random numbers took away 79 % of the variance."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestPairedEdges(t *testing.T) {
	for _, c := range []struct {
		a, b []float64
		says string
	}{
		{[]float64{1, 2, 3}, []float64{1, 2, 3}, "x leaves m as under y in all 3 replications."},
		{[]float64{5, 5}, []float64{3, 3}, "x lowers m by 2 in each of 2 replications, from 5 under y to 3."},
		{[]float64{1, 2, 3}, []float64{2, 1, 3}, "x does not clearly change m: by 0 (95 % interval -2.48 to 2.48, 3 replications)"},
		{[]float64{1, 2, 3, 4}, []float64{3, 1, 2.5, 1}, "saved nothing"},
	} {
		d, err := Paired(c.a, c.b, 0)
		if err != nil {
			t.Fatal(err)
		}
		if says := d.Sentence("x", "m", "y"); !strings.Contains(says, c.says) {
			t.Errorf("%q does not say %q", says, c.says)
		}
	}
	for _, c := range []struct {
		a, b []float64
		says string
	}{
		{[]float64{1}, []float64{2}, "at least 2"},
		{[]float64{1, 2}, []float64{2}, "2 replications and the alternative 1"},
		{[]float64{1, 2}, []float64{2, math.NaN()}, "replication 2 of the alternative"},
		{[]float64{math.NaN(), 2}, []float64{2, 3}, "replication 1 of the base"},
	} {
		if _, err := Paired(c.a, c.b, 0); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("error %v, want one that says %q", err, c.says)
		}
	}
}
