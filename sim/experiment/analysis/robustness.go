package analysis

import (
	"fmt"
	"math"
	"slices"
)

// Objective is one outcome by which policies are judged.
type Objective struct {
	Name           string
	HigherIsBetter bool
	Values         [][]float64 // policy × future
	// Bound that a satisfactory outcome keeps: at most it, or at least it if higher is better. nil for none.
	Bound *float64
}

// Robustness judges policies across futures.
type Robustness struct {
	Policies   []string
	Futures    int
	Objectives []ObjectiveRegret
	// Satisfies is the share of futures in which a policy keeps every bound, with Wilson's interval; NaN if there is no bound.
	Satisfies  []Estimate
	Confidence float64
}

// ObjectiveRegret is what each policy gives up on one objective by not being the best of the set in a future.
type ObjectiveRegret struct {
	Name      string
	Regret    [][]float64 // policy × future, 0 where the policy is best
	Policies  []PolicyRegret
	Minimax   []int      // the policies of least worst regret: more than one only if they tie
	Satisfies []Estimate // per policy, of this objective's bound alone
}

// PolicyRegret summarises one policy.
type PolicyRegret struct {
	Policy       string
	Mean         float64 // regret over futures
	Quantile90   float64
	Worst        float64
	WorstFuture  int     // counted from 0
	BestIn       float64 // share of futures in which no policy of the set is better
	MeanOutcome  float64
	WorstOutcome float64
}

// Robust judges policies by one or more objectives over the same futures. confidence 0 is 0.95.
func Robust(policies []string, objectives []Objective, level float64) (*Robustness, error) {
	level, err := confidence(level)
	if err != nil {
		return nil, err
	}
	if err := checkObjectives(policies, objectives); err != nil {
		return nil, err
	}
	futures := len(objectives[0].Values[0])
	out := &Robustness{Policies: policies, Futures: futures, Confidence: level, Satisfies: make([]Estimate, len(policies))}
	keeps := make([][]bool, len(policies)) // every bound so far
	for p := range keeps {
		keeps[p] = slices.Repeat([]bool{true}, futures)
	}
	bounded := false
	for _, o := range objectives {
		r := regrets(policies, o)
		r.Satisfies = slices.Repeat([]Estimate{missing}, len(policies))
		for p := range policies {
			if o.Bound == nil {
				break
			}
			bounded = true
			kept := 0
			for f, v := range o.Values[p] {
				if v == *o.Bound || (v > *o.Bound) == o.HigherIsBetter {
					kept++
				} else {
					keeps[p][f] = false
				}
			}
			r.Satisfies[p] = wilson(kept, futures, level)
		}
		out.Objectives = append(out.Objectives, r)
	}
	for p := range policies {
		kept := 0
		for _, k := range keeps[p] {
			if k {
				kept++
			}
		}
		out.Satisfies[p] = wilson(kept, futures, level)
		if !bounded {
			out.Satisfies[p] = missing
		}
	}
	return out, nil
}

func checkObjectives(policies []string, objectives []Objective) error {
	if len(policies) < 2 || len(objectives) == 0 {
		return fmt.Errorf("regret compares at least two policies by at least one objective; there are %d and %d", len(policies), len(objectives))
	}
	for i, p := range policies {
		if slices.Index(policies, p) != i {
			return fmt.Errorf("two policies are called %q; give each its own name", p)
		}
	}
	for _, o := range objectives {
		if len(o.Values) != len(policies) {
			return fmt.Errorf("%s has outcomes of %d policies instead of %d; run every policy", o.Name, len(o.Values), len(policies))
		}
		for p, values := range o.Values {
			if n := len(objectives[0].Values[0]); len(values) != n || n == 0 {
				return fmt.Errorf("%s has %d futures under %s and %d under %s; run every policy in every future", o.Name, len(values), policies[p], n, policies[0])
			}
			for f, v := range values {
				if math.IsNaN(v) || math.IsInf(v, 0) {
					return fmt.Errorf("%s is missing or not finite under %s in future %d; leave the future out of every policy, or choose an outcome that is always defined",
						o.Name, policies[p], f+1)
				}
			}
		}
	}
	return nil
}

func regrets(policies []string, o Objective) ObjectiveRegret {
	futures := len(o.Values[0])
	r := ObjectiveRegret{Name: o.Name, Regret: make([][]float64, len(policies))}
	sense := 1.0 // of what is worse
	if o.HigherIsBetter {
		sense = -1
	}
	best := slices.Repeat([]float64{math.Inf(1)}, futures)
	for _, values := range o.Values {
		for f, v := range values {
			best[f] = min(best[f], sense*v)
		}
	}
	least := math.Inf(1)
	for p, values := range o.Values {
		s := PolicyRegret{Policy: policies[p], MeanOutcome: mean(values), WorstOutcome: sense * values[0]}
		r.Regret[p] = make([]float64, futures)
		for f, v := range values {
			g := sense*v - best[f]
			r.Regret[p][f] = g
			if g > s.Worst {
				s.Worst, s.WorstFuture = g, f
			}
			if g == 0 {
				s.BestIn += 1 / float64(futures)
			}
			s.WorstOutcome = max(s.WorstOutcome, sense*v)
		}
		s.WorstOutcome = sense*s.WorstOutcome + 0 // no negative zero
		s.Mean = mean(r.Regret[p])
		s.Quantile90 = quantile(slices.Sorted(slices.Values(r.Regret[p])), 0.9)
		if s.Worst < least {
			least, r.Minimax = s.Worst, nil
		}
		if s.Worst == least {
			r.Minimax = append(r.Minimax, p)
		}
		r.Policies = append(r.Policies, s)
	}
	return r
}
