package analysis

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"simulate/internal/quantity"
)

// Frontier holds what policies do against what they cost.
type Frontier struct {
	Objective      string
	HigherIsBetter bool
	Policies       []PolicyCost // by cost
	Cheapest       int          // of them the one against which the others are held: 0
}

// PolicyCost is a policy as the frontier sees it.
type PolicyCost struct {
	Policy  int     // in the order of the set
	Cost    float64 // mean over futures and replications
	Outcome float64 // mean of the objective
	// Change is the mean outcome less that of the cheapest policy in the same futures under the same
	// luck, with its 95 % interval; SE is its standard error, NaN where nothing tells one.
	Change Estimate
	SE     float64
	// On tells whether no policy of the set costs no more and has a mean outcome at least as good, one
	// of the two better; By is one that does, −1 for none.
	On bool
	By int
}

// CostFrontier compares policies by one objective and their cost, both by policy, future and
// replication. Where sampled, futures are a draw and count in the error. It is an error where all
// policies cost the same.
func CostFrontier(o Objective, cost [][][]float64, sampled bool) (*Frontier, error) {
	if len(cost) != len(o.Values) || len(cost) == 0 {
		return nil, fmt.Errorf("there are costs of %s and outcomes of %d", quantity.Plural(len(cost), "policy"),
			len(o.Values))
	}
	f := &Frontier{Objective: o.Name, HigherIsBetter: o.HigherIsBetter}
	for p := range cost {
		spent, _ := Pooled(cost[p], false)
		got, _ := Pooled(o.Values[p], false)
		f.Policies = append(f.Policies, PolicyCost{Policy: p, Cost: spent.Value, Outcome: got.Value, By: -1})
	}
	better := func(a, b float64) bool { return a < b && !o.HigherIsBetter || a > b && o.HigherIsBetter }
	slices.SortStableFunc(f.Policies, func(a, b PolicyCost) int {
		if c := cmp.Compare(a.Cost, b.Cost); c != 0 {
			return c
		}
		if better(a.Outcome, b.Outcome) {
			return -1
		}
		return 0
	})
	n := len(f.Policies)
	top := max(math.Abs(f.Policies[0].Cost), math.Abs(f.Policies[n-1].Cost))
	if !(f.Policies[n-1].Cost-f.Policies[0].Cost > 1e-9*top) {
		return nil, fmt.Errorf("all policies cost the same")
	}
	first := o.Values[f.Policies[0].Policy]
	for k := range f.Policies {
		q := &f.Policies[k]
		var d [][]float64
		for i, of := range o.Values[q.Policy] {
			row := make([]float64, len(of))
			for r, v := range of {
				row[r] = v - first[i][r]
			}
			d = append(d, row)
		}
		if q.Change, q.SE = Pooled(d, sampled); k == 0 {
			q.Change, q.SE = Estimate{0, math.NaN(), math.NaN()}, math.NaN()
		}
		q.On = true
		for _, other := range f.Policies {
			if other.Policy == q.Policy || other.Cost > q.Cost || better(q.Outcome, other.Outcome) ||
				other.Cost == q.Cost && other.Outcome == q.Outcome {
				continue
			}
			q.On, q.By = false, other.Policy
			break
		}
	}
	return f, nil
}
