package analysis

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"simulate/internal/quantity"
	"simulate/sim/design/stream"
)

// once gives each outcome one replication.
func once(values ...[]float64) [][][]float64 {
	out := make([][][]float64, len(values))
	for p, of := range values {
		for _, v := range of {
			out[p] = append(out[p], []float64{v})
		}
	}
	return out
}

// The example of Savage's regret: costs of three policies in three futures.
func TestRobustness(t *testing.T) {
	kept := [][][]bool{{{true}, {true}, {false}}, {{true}, {true}, {true}}, {{true}, {false}, {true}}}
	r, err := Robust([]string{"none", "grant", "cap"}, []Objective{
		{Name: "cost", Values: once([]float64{10, 50, 20}, []float64{30, 20, 25}, []float64{25, 40, 10})},
		{Name: "income", HigherIsBetter: true, Values: once([]float64{1, 9, 9}, []float64{5, 6, 7}, []float64{5, 5, 5})},
		{Name: "free", Values: once([]float64{1, 1, 1}, []float64{1, 1, 1}, []float64{2, 2, 2})},
		{Name: "alike", Values: once([]float64{1, 3, 1}, []float64{3, 1, 1}, []float64{1, 1, 3})},
	}, kept, RobustnessOptions{Futures: []string{"low", "middle", "high"}})
	if err != nil {
		t.Fatal(err)
	}
	cost := r.Objectives[0]
	if want := [][]float64{{0, 30, 10}, {20, 0, 15}, {15, 20, 0}}; !reflect.DeepEqual(cost.Regret, want) {
		t.Errorf("regret %v, want %v", cost.Regret, want)
	}
	worst := cost.Criteria[0]
	if !reflect.DeepEqual(worst.Best, []int{1,
		2}) || worst.Values[1] != 20 || cost.Policies[1].WorstFuture != 0 || cost.Policies[2].WorstFuture != 1 ||
		!math.IsNaN(worst.SE[0]) {
		t.Errorf("worst regret %+v of %+v", worst, cost.Policies)
	}
	if p := cost.Policies[0]; math.Abs(p.BestIn-1./3) > 1e-12 || p.WorstOutcome != 50 || p.SD != deviation([]float64{10,
		50, 20}) {
		t.Errorf("none: %+v", p)
	}
	// in the order of Criteria
	for k, want := range []float64{30, 26, 40. / 3, 80./3 + deviation([]float64{10, 50, 20}), 10} {
		if got := cost.Criteria[k].Values[0]; math.Abs(got-want) > 1e-12 {
			t.Errorf("%s of cost under none is %g, want %g", cost.Criteria[k].Name, got, want)
		}
	}
	income := r.Objectives[1]
	if p := income.Policies[0]; income.Criteria[0].Values[0] != 4 || p.WorstOutcome != 1 || p.WorstFuture != 0 {
		t.Errorf("income under none: %+v", p)
	}
	// Less is worse: mean 19/3 less one standard deviation, and 8/3 beyond the median of 9 on average.
	if got, want := income.Criteria[3].Values[0], 19./3-deviation([]float64{1, 9, 9}); math.Abs(got-want) > 1e-12 {
		t.Errorf("mean–variance of income under none is %g, want %g", got, want)
	}
	if got := income.Criteria[4].Values[0]; math.Abs(got-8./3) > 1e-12 {
		t.Errorf("undesirable deviation of income under none is %g, want 8/3", got)
	}
	for p, want := range []float64{2. / 3, 1, 2. / 3} {
		if math.Abs(r.Satisfies[p].Value-want) > 1e-12 {
			t.Errorf("%s keeps every bound in %.3f of futures, want %.3f", r.Policies[p], r.Satisfies[p].Value, want)
		}
	}
	says := strings.Join(r.Sentences(), " ")
	for _, want := range []string{"cost: the least worst regret is that of grant and cap, a tie, 20 in future 1 (low)",
		"free: none and grant are best in every one of 3 futures, a tie",
		"alike: no policy is told apart from the others", "grant keeps every bound in 100 % of 3 futures"} {
		if !strings.Contains(says, want) {
			t.Errorf("%q does not say %q", says, want)
		}
	}
	for _, c := range []struct {
		policies []string
		values   [][][]float64
		says     string
	}{
		{[]string{"a"}, once([]float64{1}), "at least two policies"},
		{[]string{"a", "a"}, once([]float64{1}, []float64{2}), "two policies are called"},
		{[]string{"a", "b"}, once([]float64{1, 2}, []float64{2}), "every policy in every future"},
		{[]string{"a", "b"}, once([]float64{1, 2}, []float64{2, math.NaN()}), "missing or not finite under b in future 2"},
		{[]string{"a", "b"}, once([]float64{1, 2}), "outcomes of 1 policy instead of 2"},
		{[]string{"a", "b"}, [][][]float64{{{1, 2}}, {{1}}}, "1 replication under b in future 1 and 2 under a"},
	} {
		if _, err := Robust(c.policies, []Objective{{Name: "m", Values: c.values}}, nil,
			RobustnessOptions{}); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("error %v, want one that says %q", err, c.says)
		}
	}
}

// Ties: worst regrets that differ by rounding alone, shares that are equal, and policies that luck
// does not tell apart are named together; one that is clearly worse is not.
func TestTiesAreNamed(t *testing.T) {
	half := [][][]bool{{{false}, {true}}, {{true}, {false}}, {{false}, {false}}}
	r, err := Robust([]string{"a", "b", "c"}, []Objective{{Name: "y", Values: once([]float64{10.0000000001, 0},
		[]float64{0, 10}, []float64{30, 30})}}, half, RobustnessOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Objectives[0].Criteria[0].Best; !reflect.DeepEqual(got, []int{0, 1}) {
		t.Errorf("best %v, want a tie of a and b", got)
	}
	if says := strings.Join(r.Sentences(), " "); !reflect.DeepEqual(r.Most, []int{0, 1}) || !strings.Contains(says,
		"a and b keep every bound in 50 % of 2 futures") || !strings.Contains(says, "a tie, the most") {
		t.Error(r.Most, says)
	}
	// Luck of s.d. 1 shared but for a tenth: a and b differ by 0.01, c by 1. Errors are paired, so
	// that c is told apart with 10 runs.
	draws := stream.New(stream.Key(3, "test/ties"))
	values := make([][][]float64, 3)
	for p, shift := range []float64{0, 0.01, 1} {
		values[p] = make([][]float64, 2)
		for f := range values[p] {
			for r := range 10 {
				shared := normal(stream.New(stream.Key(uint64(100*f+r), "test/shared")))
				values[p][f] = append(values[p][f], float64(f)+shift+shared+0.1*normal(draws))
			}
		}
	}
	r, err = Robust([]string{"a", "b", "c"}, []Objective{{Name: "y", Values: values}}, nil, RobustnessOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range r.Objectives[0].Criteria[:3] {
		if !reflect.DeepEqual(c.Best, []int{0, 1}) || !(c.SE[2] > 0.005 && c.SE[2] < 0.1) {
			t.Errorf("%s: best %v, values %v, errors %v", c.Name, c.Best, c.Values, c.SE)
		}
	}
}

// The error of each criterion that is an average is the scatter of that criterion over many
// repetitions of the experiment, within a fifth (a third where a median is in it); a sample of
// futures adds what the choice of futures makes.
func TestErrorsOfCriteria(t *testing.T) {
	const repetitions, futures, replications = 400, 40, 12
	for _, sampled := range []bool{false, true} {
		values := make([][]float64, len(Criteria))
		errors := make([]float64, len(Criteria))
		for k := range repetitions {
			draws := stream.New(stream.Key(uint64(k), "test/criteria"))
			y := make([][][]float64, 2)
			level := make([]float64, futures)
			for f := range level {
				level[f] = 3 * float64(f) / futures
				if sampled {
					level[f] = 3 * stream.Open(draws.Uint64())
				}
			}
			for p := range y {
				y[p] = make([][]float64, futures)
				for f := range y[p] {
					for range replications {
						y[p][f] = append(y[p][f], level[f]*float64(1+p)+normal(draws))
					}
				}
			}
			r, err := Robust([]string{"a", "b"}, []Objective{{Name: "y", Values: y}}, nil, RobustnessOptions{Sampled: sampled})
			if err != nil {
				t.Fatal(err)
			}
			for i, c := range r.Objectives[0].Criteria {
				values[i] = append(values[i], c.Values[1])
				errors[i] += c.SE[1] / repetitions
			}
		}
		for i, c := range Criteria {
			if !c.sampled {
				continue
			}
			within := 0.2
			if c.Name == "undesirable deviation" {
				within = 0.35 // which futures are the middle ones is known roughly
			}
			if truth := deviation(values[i]); math.Abs(errors[i]/truth-1) > within {
				t.Errorf("sampled %v, %s: stated error %.4f, scatter of repetitions %.4f", sampled, c.Name, errors[i], truth)
			}
		}
	}
}

// Wilson's interval of 8 of 10, as in Brown, Cai & DasGupta (2001) and R's prop.test(8, 10, correct
// = FALSE).
func TestWilson(t *testing.T) {
	got := Wilson(8, 10, 10, 0.95)
	if math.Abs(got.Low-0.4902) > 1e-4 || math.Abs(got.High-0.9433) > 1e-4 {
		t.Errorf("interval %v, want 0.4902 to 0.9433", got)
	}
}

// Student's sleep data (1908), the paired test of R's documentation: mean difference 1.58, 95 %
// interval 0.7001 to 2.4599, t = 4.0621.
func TestPairedOnStudentsSleepData(t *testing.T) {
	a := []float64{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0}
	b := []float64{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4}
	d := Paired(a, b)
	if d.Replications != 10 || math.Abs(d.Base-0.75) > 1e-12 || math.Abs(d.Alternative-2.33) > 1e-12 {
		t.Errorf("%d pairs with means %g and %g", d.Replications, d.Base, d.Alternative)
	}
	if math.Abs(d.Change.Value-1.58) > 1e-12 || math.Abs(d.Change.Low-0.7001142) > 1e-6 ||
		math.Abs(d.Change.High-2.4598858) > 1e-6 || math.Abs(1.58/d.SE-4.0621277) > 1e-6 {
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
		// The differences of the pairs are 1, 2, 3: mean 2, standard deviation 1, t(0.975, 2) = 4.302653;
		// variances 100 and 121.
		{[]float64{10, 20, nan, 30, 5, math.Inf(1)}, []float64{11, 22, 1, 33, nan, 1}, 3, 2, 1 / math.Sqrt(3),
			4.302653 / math.Sqrt(3), 1 - 1./221},
		{[]float64{1, 2, 3}, []float64{1, 2, 3}, 3, 0, 0, nan, 1},
		{[]float64{5, 5}, []float64{3, 3}, 2, -2, 0, nan, nan},
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
		}{{"change", d.Change.Value, c.change}, {"error", d.SE, c.se}, {"low", d.Change.Low, c.change - c.half}, {"high",
			d.Change.High, c.change + c.half}, {"variance saved", d.VarianceSaved, c.saved}} {
			if !(math.Abs(x.got-x.want) < 1e-5) && !(math.IsNaN(x.got) && math.IsNaN(x.want)) {
				t.Errorf("%v and %v: %s %g, want %g", c.a, c.b, x.name, x.got, x.want)
			}
		}
	}
}

// Of an event that one run in a hundred has, none of n runs shows it in 0.99ⁿ of experiments; the
// rule of three then states a bound that is at least as large as the truth in 95 % of all
// experiments, whatever the truth.
func TestRuleOfThreeCovers(t *testing.T) {
	for _, n := range []int{5, 20, 200} {
		bound := quantity.RuleOfThree(n)
		if math.Abs(bound*float64(n)-3) > 3.2/float64(n)*2 && n > 5 {
			t.Errorf("of %d runs the bound is %.4f, about 3/n expected", n, bound)
		}
		for _, truth := range []float64{bound / 3, bound, 1.01 * bound, 0.5} {
			if wrong := math.Pow(1-truth, float64(n)); truth > bound && wrong > 0.05 {
				t.Errorf("a share of %.3f shows in none of %d runs with chance %.3f and lies above the bound %.3f", truth, n,
					wrong, bound)
			}
		}
	}
}

// Pairs that differ from each other by the rounding of the difference alone are all alike: no
// interval and no standard error. A small error that is none of rounding stays.
func TestPairsAlikeButForRounding(t *testing.T) {
	base, other, moved := []float64{1e9 / 3, 7e9 / 9, 1.1e9}, make([]float64, 3), make([]float64, 3)
	for r, x := range base {
		other[r], moved[r] = x+0.1, x+0.1+1e-3*float64(r)
	}
	if d := Paired(base, other); !d.Alike() || !math.IsNaN(d.Change.Low) || math.Abs(d.Change.Value-.1) > 1e-6 {
		t.Errorf("%+v", d)
	}
	if d := Paired(base, moved); d.Alike() || !(d.Change.High > d.Change.Low) {
		t.Errorf("%+v", d)
	}
}
