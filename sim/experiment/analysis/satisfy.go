package analysis

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"simulate/internal/quantity"
)

// wilson is a share with Wilson's (1927) score interval.
func wilson(k, n int, level float64) Estimate {
	z := distuv.UnitNormal.Quantile((1 + level) / 2)
	N, p := float64(n), float64(k)/float64(n)
	centre := (p + z*z/(2*N)) / (1 + z*z/N)
	half := z / (1 + z*z/N) * math.Sqrt(p*(1-p)/N+z*z/(4*N*N))
	return Estimate{p, max(0, centre-half), min(1, centre+half)}
}

// Sentences say, for each objective, which policy has the least worst regret, and which keeps the bounds most often.
func (r *Robustness) Sentences() []string {
	var out []string
	for _, o := range r.Objectives {
		names := make([]string, len(o.Minimax))
		for i, p := range o.Minimax {
			names[i] = r.Policies[p]
		}
		best := o.Policies[o.Minimax[0]]
		if best.Worst == 0 {
			out = append(out, fmt.Sprintf("%s: %s is best in every one of %d futures.", o.Name, quantity.List(names), r.Futures))
			continue
		}
		out = append(out, fmt.Sprintf("%s: the least worst regret is that of %s, %s in future %d; it is best in %s of %d futures.",
			o.Name, quantity.List(names), quantity.ThreeDigits(best.Worst), best.WorstFuture+1, percent(best.BestIn), r.Futures))
	}
	top := 0
	for p, s := range r.Satisfies {
		if s.Value > r.Satisfies[top].Value {
			top = p
		}
	}
	if s := r.Satisfies[top]; !math.IsNaN(s.Value) {
		out = append(out, fmt.Sprintf("%s keeps every bound in %s of %d futures (%s interval %s to %s), the most of all policies.", r.Policies[top],
			percent(s.Value), r.Futures, exactPercent(r.Confidence), percent(s.Low), percent(s.High)))
	}
	return out
}
