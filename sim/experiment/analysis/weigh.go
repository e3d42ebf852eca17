package analysis

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"simulate/sim/design/stream"
)

// clearRule says when a policy is clearly worse than another: by more than the margin of Student's
// t at 5 % when it is one of as many looked at (Bonferroni). The same rule makes an effect clear.
type clearRule struct {
	level     float64 // of confidence
	looks     int
	tolerance float64 // of rounding
}

// clear tells whether a difference with an error known by n values is. Without an error, as with
// one replication or where all differ by the same, there is nothing to tell it from.
func (c clearRule) clear(difference, se float64, n int) bool {
	if difference <= c.tolerance {
		return false
	}
	return !(se > 0) || n < 2 || difference > se*studentsT(n, 1-(1-c.level)/float64(max(1, c.looks)))
}

// weigh values policies by a criterion of x (policy × future, the greater the worse) and finds the
// best ones. of gives what x averages over replications, whose scatter at the margin is the error
// that luck makes; a sample of futures adds its own.
func weigh(c Criterion, x [][]float64, replications int, of func(p, f, r int) float64, sampled bool,
	rule clearRule) CriterionValues {
	out := CriterionValues{Criterion: c}
	weights := make([][]float64, len(x))
	for p := range x {
		v, w := c.value(x[p])
		out.Values, weights[p] = append(out.Values, v), w
	}
	series := func(p, r int) float64 { // whose mean over replications moves as the criterion does
		sum := 0.0
		for f, w := range weights[p] {
			if w != 0 {
				sum += w * of(p, f, r)
			}
		}
		return sum
	}
	var again [][]float64 // the criterion in other samples of futures, by policy
	if sampled && c.sampled {
		for p := range x {
			again = append(again, resampled(x[p], func(x []float64) float64 { v, _ := c.value(x); return v }))
		}
	}
	spread := func(luck func(r int) float64, other func(k int) float64) (se float64, n int) { // known by n values
		se, n = luckError(replications, luck), replications
		if again == nil {
			return se, n
		}
		values := make([]float64, resampledFutures)
		for k := range values {
			values[k] = other(k)
		}
		if of := deviation(values); of > zeroIfNaN(se) { // luck that a future does not share is in both
			se, n = of, len(x[0])
		}
		return zeroIfNaN(se), n
	}
	if !c.picks {
		rule.looks = len(x) - 1
	}
	best := 0
	for p, v := range out.Values {
		if v < out.Values[best] {
			best = p
		}
		se, _ := spread(func(r int) float64 { return series(p, r) }, func(k int) float64 { return again[p][k] })
		out.SE = append(out.SE, se)
	}
	for p, v := range out.Values {
		se, n := spread(func(r int) float64 { return series(p, r) - series(best, r) },
			func(k int) float64 { return again[p][k] - again[best][k] })
		if p == best || !rule.clear(v-out.Values[best], se, n) {
			out.Best = append(out.Best, p)
		}
	}
	return out
}

// luckError is the standard error of a mean over replications, NaN of a single one.
func luckError(n int, of func(r int) float64) float64 {
	if n < 2 {
		return math.NaN()
	}
	x := make([]float64, n)
	for r := range x {
		x[r] = of(r)
	}
	return deviation(x) / math.Sqrt(float64(n))
}

func zeroIfNaN(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return v
}

// resampledFutures is how often futures are drawn anew for the error of their choice.
const resampledFutures = 200

// resampled values x in futures drawn with replacement, the same for whatever has as many futures.
func resampled(x []float64, value func([]float64) float64) []float64 {
	draws := stream.New(stream.Key(0, "analysis/futures"))
	out := make([]float64, resampledFutures)
	drawn := make([]float64, len(x))
	for k := range out {
		for f := range drawn {
			drawn[f] = x[draws.Below(len(x))]
		}
		out[k] = value(drawn)
	}
	return out
}

// satisfy finds how often each policy keeps what is to be kept.
func (r *Robustness) satisfy(kept [][][]bool, sampled bool) {
	r.Futures, r.Replications = len(kept[0]), len(kept[0][0])
	lost := make([][]float64, len(kept)) // share of replications in which something is not kept, by future
	for p, of := range kept {
		for _, runs := range of {
			n := 0
			for _, is := range runs {
				if !is {
					n++
				}
			}
			lost[p] = append(lost[p], float64(n)/float64(len(runs)))
		}
	}
	c := Criterion{Name: "satisfies", sampled: true, value: average}
	v := weigh(c, lost, r.Replications, func(p, f, k int) float64 {
		if kept[p][f][k] {
			return 0
		}
		return 1
	}, sampled, clearRule{level: r.Confidence, tolerance: 1e-9})
	r.Most = v.Best
	for p := range kept {
		r.Satisfies[p] = Wilson(float64(r.Futures)*(1-v.Values[p]), effective(lost[p], r.Replications, r.Confidence),
			float64(r.Futures), r.Confidence)
	}
}

// effective is how many independent runs a share over futures is worth, whose runs are clusters:
// as many as there are futures where each future decides by itself, up to as many as there are runs
// where futures differ no more than luck makes them. How much they differ is known by so many
// futures only, for which Student's t stands in the place of the normal quantile (Korn & Graubard
// 1998).
func effective(share []float64, replications int, level float64) float64 {
	n := float64(len(share))
	p, sd := mean(share), deviation(share)
	if p <= 0 || p >= 1 || sd == 0 || n < 2 {
		return n
	}
	z, t := distuv.UnitNormal.Quantile((1+level)/2), distuv.StudentsT{Sigma: 1, Nu: n - 1}.Quantile((1+level)/2)
	return min(n*float64(replications), max(n, p*(1-p)/(sd*sd/n)*(z/t)*(z/t)))
}

// Wilson is a share k of n with Wilson's (1927) score interval as of a number of independent
// trials.
func Wilson(k, trials, n, level float64) Estimate {
	z := distuv.UnitNormal.Quantile((1 + level) / 2)
	p := k / n
	centre := (p + z*z/(2*trials)) / (1 + z*z/trials)
	half := z / (1 + z*z/trials) * math.Sqrt(p*(1-p)/trials+z*z/(4*trials*trials))
	return Estimate{p, max(0, centre-half), min(1, centre+half)}
}
