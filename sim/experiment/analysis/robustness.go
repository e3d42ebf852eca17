package analysis

import (
	"fmt"
	"math"
	"slices"

	"simulate/internal/quantity"
)

// Objective is one outcome by which policies are judged.
type Objective struct {
	Name           string
	HigherIsBetter bool
	// policy × future × replication; replications with the same number share their luck across
	// policies
	Values [][][]float64
}

// RobustnessOptions say how policies are judged. The zero value is usual.
type RobustnessOptions struct {
	Confidence float64 // of intervals; 0 for 0.95
	// Sampled says that the futures are a sample of all there could be, so that a mean over them has
	// an error of its own.
	Sampled bool
	Futures []string // the futures in words; nil for their numbers
	// Single says that each future is one replication of scenarios, and is called so.
	Single bool
}

// Robustness judges policies across futures.
type Robustness struct {
	Policies     []string
	Futures      int
	FutureWords  []string
	Replications int
	Single       bool // each future is one replication of scenarios
	Sampled      bool // the futures are a sample
	Objectives   []ObjectiveRegret
	// Satisfies is the share of runs in which a policy keeps everything that is to be kept, with
	// Wilson's interval, in which the runs of a future are one cluster; NaN where nothing is. Most is
	// the policy that does so most often, and those that do not clearly do so less often.
	Satisfies  []Estimate
	Most       []int
	Confidence float64
}

// ObjectiveRegret is what each policy gives up on one objective by not being the best of the set in
// a future.
type ObjectiveRegret struct {
	Name           string
	HigherIsBetter bool
	// Regret is by policy and future the mean over replications of what the policy is worse by than
	// the best policy of that future, under the same luck; 0 where it is the best. RegretSE is its
	// standard error, NaN with one replication.
	Regret, RegretSE [][]float64
	// Clear tells whether a policy is worse than the best of a future by more than luck makes: at 5 %
	// by Student's t, over all policies and futures together (Bonferroni), as an effect is clear in a
	// comparison. Without replications there is no luck to tell it from, and any regret is.
	Clear    [][]bool
	Policies []PolicyRegret
	Criteria []CriterionValues // in the order of Criteria
}

// PolicyRegret summarises one policy.
type PolicyRegret struct {
	Policy       string
	WorstFuture  int     // of the regret, counted from 0
	BestIn       float64 // share of futures in which its mean is the best of the set
	ClearIn      float64 // share of futures in which it is, and every other policy is clearly worse
	MeanOutcome  float64
	WorstOutcome float64
	SD           float64 // of the outcome over futures
}

// CriterionValues are the values of one criterion by policy, its errors, and the policies that are
// best by it: the one of least value and all that are not clearly worse, at 5 % by Student's t over
// the policies (and the futures, where the criterion picks one of them) together (Bonferroni).
type CriterionValues struct {
	Criterion
	Values, SE []float64 // SE is NaN where there is none
	Best       []int
}

// Criterion is a way of judging a policy by one objective over all futures. Less is better.
type Criterion struct {
	Name, Meaning string
	ofRegret      bool // rather than of the outcome
	sampled       bool // a sample of futures gives it an error: it is no extreme
	picks         bool // it is that of one future or two, picked from all of them
	// value is the criterion of what is worse when greater, by future, and what each future adds to it
	// at the margin.
	value func(x []float64) (v float64, weights []float64)
}

// Criteria lists the criteria by which policies are judged (McPhail et al. 2018, Kwakkel et al.
// 2016).
var Criteria = []Criterion{
	{Name: "worst regret", Meaning: "regret in the future in which it is greatest (Savage 1951)", ofRegret: true,
		picks: true, value: greatest},
	{Name: "90 % regret", Meaning: "regret that nine of ten futures do not exceed", ofRegret: true,
		picks: true, value: quantile90},
	{Name: "mean regret", Meaning: "regret on average over futures", ofRegret: true, sampled: true, value: average},
	{Name: "mean–variance", Meaning: "mean outcome, moved by one standard deviation over futures to the worse",
		sampled: true, value: meanAndSD},
	{Name: "undesirable deviation", Meaning: "how far outcomes lie beyond the policy's own median on the worse side, " +
		"on average over all futures", sampled: true, value: beyondMedian},
}

func greatest(x []float64) (float64, []float64) {
	w := make([]float64, len(x))
	at := 0
	for f, v := range x {
		if v > x[at] {
			at = f
		}
	}
	w[at] = 1
	return x[at], w
}

func quantile90(x []float64) (float64, []float64) {
	order := ascending(x)
	w := make([]float64, len(x))
	h := 0.9 * float64(len(x)-1)
	i := int(h)
	w[order[i]] += 1 - (h - float64(i))
	if i+1 < len(x) {
		w[order[i+1]] += h - float64(i)
	}
	v := 0.0
	for f := range x {
		v += w[f] * x[f]
	}
	return v, w
}

func average(x []float64) (float64, []float64) {
	return mean(x), slices.Repeat([]float64{1 / float64(len(x))}, len(x))
}

func meanAndSD(x []float64) (float64, []float64) {
	m, w := average(x)
	sd := deviation(x)
	for f, v := range x {
		if sd > 0 {
			w[f] += (v - m) / sd / float64(len(x)-1)
		}
	}
	return m + sd, w
}

func beyondMedian(x []float64) (float64, []float64) {
	order := ascending(x)
	n := float64(len(x))
	median := (x[order[(len(x)-1)/2]] + x[order[len(x)/2]]) / 2
	w := make([]float64, len(x))
	v, beyond := 0.0, 0.0
	for f, y := range x {
		if y > median {
			v += (y - median) / n
			w[f] = 1 / n
			beyond += 1 / n
		}
	}
	// The median moves with the futures around it, of which luck makes now this and now that the
	// middle one: the middle fifth.
	from, to := len(x)*2/5, len(x)-len(x)*2/5
	for _, f := range order[from:to] {
		w[f] -= beyond / float64(to-from)
	}
	return v, w
}

// deviation is the standard deviation, 0 of a single value.
func deviation(x []float64) float64 {
	if len(x) < 2 {
		return 0
	}
	_, sd := meanAndDeviation(x)
	return sd
}

func ascending(x []float64) []int {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case x[a] < x[b]:
			return -1
		case x[a] > x[b]:
			return 1
		}
		return 0
	})
	return order
}

// Robust judges policies by one or more objectives over the same futures, and by how often they
// keep what is to be kept: kept tells it by policy, future and replication; nil where nothing is to
// be kept.
func Robust(policies []string, objectives []Objective, kept [][][]bool, o RobustnessOptions) (*Robustness, error) {
	level, err := confidence(o.Confidence)
	if err != nil {
		return nil, err
	}
	if err := checkObjectives(policies, objectives, kept != nil); err != nil {
		return nil, err
	}
	out := &Robustness{Policies: policies, FutureWords: o.Futures, Confidence: level, Single: o.Single,
		Sampled:   o.Sampled,
		Satisfies: slices.Repeat([]Estimate{missing}, len(policies))}
	for _, objective := range objectives {
		out.Futures, out.Replications = len(objective.Values[0]), len(objective.Values[0][0])
		out.Objectives = append(out.Objectives, judge(policies, objective, o.Sampled, level))
	}
	if kept != nil {
		out.satisfy(kept, o.Sampled)
	}
	return out, nil
}

func checkObjectives(policies []string, objectives []Objective, kept bool) error {
	if len(policies) < 2 || len(objectives) == 0 && !kept {
		return fmt.Errorf("regret compares at least two policies by at least one objective; there are %d and %d",
			len(policies), len(objectives))
	}
	for i, p := range policies {
		if slices.Index(policies, p) != i {
			return fmt.Errorf("two policies are called %q; give each its own name", p)
		}
	}
	for _, o := range objectives {
		if len(o.Values) != len(policies) {
			return fmt.Errorf("%s has outcomes of %s instead of %d; run every policy", o.Name,
				quantity.Plural(len(o.Values), "policy"),
				len(policies))
		}
		for p, values := range o.Values {
			if n := len(objectives[0].Values[0]); len(values) != n || n == 0 {
				return fmt.Errorf("%s has %s under %s and %d under %s; run every policy in every future", o.Name,
					quantity.Plural(len(values), "future"), policies[p], n, policies[0])
			}
			for f, of := range values {
				if n := len(objectives[0].Values[0][0]); len(of) != n || n == 0 {
					return fmt.Errorf("%s has %s under %s in future %d and %d under %s in future 1; run every policy "+
						"with the same luck",
						o.Name, quantity.Plural(len(of), "replication"), policies[p], f+1, n, policies[0])
				}
				if slices.ContainsFunc(of, func(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) }) {
					return fmt.Errorf("%s is missing or not finite under %s in future %d; leave the future out of every policy, or "+
						"choose an outcome that is always defined",
						o.Name, policies[p], f+1)
				}
			}
		}
	}
	return nil
}

// judge finds the regrets of one objective and its criteria.
func judge(policies []string, o Objective, sampled bool, level float64) ObjectiveRegret {
	r := ObjectiveRegret{Name: o.Name, HigherIsBetter: o.HigherIsBetter}
	worse := 1.0 // the sign of what is worse
	if o.HigherIsBetter {
		worse = -1
	}
	futures := len(o.Values[0])
	bad := make([][]float64, len(policies)) // mean over replications, the greater the worse
	scale := 0.0                            // of rounding
	for p, of := range o.Values {
		bad[p] = make([]float64, futures)
		for f, y := range of {
			bad[p][f] = worse * mean(y)
			scale = max(scale, math.Abs(bad[p][f]))
		}
	}
	best := make([]int, futures)
	for f := range best {
		for p := range policies {
			if bad[p][f] < bad[best[f]][f] {
				best[f] = p
			}
		}
	}
	outcome := func(p, f, replication int) float64 { return worse * o.Values[p][f][replication] }
	regret := func(p, f, replication int) float64 {
		return outcome(p, f, replication) - outcome(best[f], f, replication)
	}
	tolerance := 1e-9 * scale
	replications := len(o.Values[0][0])
	rule := clearRule{level: level, looks: (len(policies) - 1) * futures, tolerance: tolerance}
	beaten := make([]int, futures) // clearly, policies by future
	for p, name := range policies {
		s := PolicyRegret{Policy: name, MeanOutcome: worse*mean(bad[p]) + 0, WorstOutcome: worse*slices.Max(bad[p]) + 0,
			SD: deviation(bad[p])}
		g, se, clear := make([]float64, futures), make([]float64, futures), make([]bool, futures)
		for f := range futures {
			g[f] = bad[p][f] - bad[best[f]][f]
			se[f] = luckError(len(o.Values[p][f]), func(k int) float64 { return regret(p, f, k) })
			if g[f] <= tolerance {
				s.BestIn += 1 / float64(futures)
			}
			if clear[f] = rule.clear(g[f], se[f], replications); clear[f] {
				beaten[f]++
			}
			if g[f] > g[s.WorstFuture] {
				s.WorstFuture = f
			}
		}
		r.Regret, r.RegretSE, r.Policies = append(r.Regret, g), append(r.RegretSE, se), append(r.Policies, s)
		r.Clear = append(r.Clear, clear)
	}
	for f, n := range beaten {
		if n == len(policies)-1 {
			r.Policies[best[f]].ClearIn += 1 / float64(futures)
		}
	}
	for _, c := range Criteria {
		x, of := bad, outcome
		if c.ofRegret {
			x, of = r.Regret, regret
		}
		v := weigh(c, x, replications, of, sampled, rule)
		if !c.ofRegret && c.Name != "undesirable deviation" {
			for p := range v.Values {
				v.Values[p] = worse*v.Values[p] + 0
			}
		}
		r.Criteria = append(r.Criteria, v)
	}
	return r
}
