package concentration

import (
	"math"
	"slices"
)

// Amounts are amounts of which several measures are taken: they are summed and sorted once. The
// measures are the functions of their names, to the last bit. The zero value has no member.
type Amounts struct {
	ascending          []float64
	total, rest, share float64 // the sum of the members, the remainder, and the sum of squared shares
}

// Set takes amounts and a remainder, and copies them: a set of no more members allocates nothing.
func (a *Amounts) Set(x []float64, rest float64) {
	a.ascending = append(a.ascending[:0], x...)
	a.total, a.rest, a.share = Total(x), rest, herfindahl(x, rest)
	slices.Sort(a.ascending)
}

// HHI is the Herfindahl–Hirschman index.
func (a *Amounts) HHI() float64 { return float64(1e4 * a.share) }

// EffectiveNumber is the number of equal members that would give the same HHI.
func (a *Amounts) EffectiveNumber() float64 { return effectiveNumber(a.share) }

// CR is the joint share of the n largest members.
func (a *Amounts) CR(n int) float64 {
	if !(a.total+a.rest > 0) {
		return math.NaN()
	}
	return Total(a.ascending[max(0, len(a.ascending)-n):]) / (a.total + a.rest)
}

// Gini is the Gini coefficient of all members.
func (a *Amounts) Gini() float64 { return a.giniFrom(0) }

// GiniOfPositive is the Gini coefficient of the members that hold any.
func (a *Amounts) GiniOfPositive() float64 {
	from := 0
	for from < len(a.ascending) && !(a.ascending[from] > 0) {
		from++
	}
	return a.giniFrom(from)
}

func (a *Amounts) giniFrom(i int) float64 {
	if !(a.total > 0) {
		return math.NaN()
	}
	return gini(a.ascending[i:], a.total)
}
