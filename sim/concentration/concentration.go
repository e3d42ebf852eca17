package concentration

import (
	"math"
	"slices"

	"simulate/sim/portable"
)

// HHI is the Herfindahl–Hirschman index 10,000·Σs², from above 0 (atomistic) to 10,000 (one
// member).
func HHI(x []float64, rest float64) float64 { return float64(1e4 * herfindahl(x, rest)) }

// herfindahl is Σs².
func herfindahl(x []float64, rest float64) float64 {
	total := Total(x) + rest
	if !(total > 0) {
		return math.NaN()
	}
	h := 0.0
	for _, v := range x {
		s := v / total
		h += float64(s * s)
	}
	return h
}

// NormalisedHHI is (H−1/n)/(1−1/n) with H = Σs² over n members: 0 for equal shares, 1 for one
// member. With an atomistic remainder n is without bound and the value is H itself.
func NormalisedHHI(x []float64, rest float64) float64 {
	h := herfindahl(x, rest)
	n := float64(len(x))
	switch {
	case rest > 0 || math.IsNaN(h):
		return h
	case n == 1:
		return 1
	}
	return (h - 1/n) / (1 - 1/n)
}

// EffectiveNumber is 1/Σs², the number of equal members that would give the same HHI.
// It is NaN also where the remainder is all there is, or all that numbers can tell from it.
func EffectiveNumber(x []float64, rest float64) float64 {
	return effectiveNumber(herfindahl(x, rest))
}

func effectiveNumber(herfindahl float64) float64 {
	if n := 1 / herfindahl; !math.IsInf(n, 1) {
		return n
	}
	return math.NaN()
}

// CR is the concentration ratio, the joint share of the n largest members, from 0 to 1.
func CR(x []float64, rest float64, n int, scratch []float64) float64 {
	total := Total(x) + rest
	if !(total > 0) {
		return math.NaN()
	}
	top := scratch[:0] // the n largest so far, ascending
	for _, v := range x {
		if len(top) == n {
			if !(v > top[0]) {
				continue
			}
			top = append(top[:0], top[1:]...)
		}
		at := len(top)
		for top = append(top, v); at > 0 && top[at-1] > v; at-- {
			top[at-1], top[at] = v, top[at-1]
		}
	}
	return Total(top) / total
}

// Gini is the Gini coefficient in its population form, Σ(2i−n−1)·x_(i)/(n·Σx) with x ascending:
// 0 for equal members, (n−1)/n where one of n holds everything.
func Gini(x, scratch []float64) float64 {
	total := Total(x)
	if !(total > 0) {
		return math.NaN()
	}
	sorted := append(scratch[:0], x...)
	slices.Sort(sorted)
	return gini(sorted, total)
}

// gini is Gini of ascending members and their sum.
func gini(sorted []float64, total float64) float64 {
	n := float64(len(sorted))
	g := 0.0
	for i, v := range sorted {
		g += float64((float64(2*float64(i+1)) - n - 1) * v)
	}
	return g / float64(n*total)
}

// Theil is Theil's T, (1/n)·Σ(x/μ)·ln(x/μ), from 0 (equal) to ln n; an x of zero adds nothing.
func Theil(x []float64) float64 {
	total := Total(x)
	if !(total > 0) {
		return math.NaN()
	}
	mean, t := total/float64(len(x)), 0.0
	for _, v := range x {
		if v > 0 {
			t += float64(v / mean * portable.Log(v/mean))
		}
	}
	return t / float64(len(x))
}

// Atkinson is Atkinson's index 1−(mean of x^(1−ε))^(1/(1−ε))/μ for inequality aversion ε ≥ 0, from
// 0 (equal) to 1. At ε = 1 the generalised mean is the geometric one.
func Atkinson(x []float64, epsilon float64) float64 {
	total := Total(x)
	if !(total > 0) {
		return math.NaN()
	}
	n := float64(len(x))
	mean, m := total/n, 0.0
	if epsilon == 1 {
		for _, v := range x {
			m += portable.Log(v / mean)
		}
		return 1 - portable.Exp(m/n)
	}
	for _, v := range x {
		m += portable.Pow(v/mean, 1-epsilon)
	}
	return 1 - portable.Pow(m/n, 1/(1-epsilon))
}

// Entropy is Shannon's −Σs·ln s in nats, from 0 (one member) to ln n (equal). NaN with a remainder:
// atoms have no bound.
func Entropy(x []float64, rest float64) float64 {
	total := Total(x)
	if !(total > 0) || rest > 0 {
		return math.NaN()
	}
	e := 0.0
	for _, v := range x {
		if v > 0 {
			e -= float64(v / total * portable.Log(v/total))
		}
	}
	return e + 0 // −0 becomes 0
}

// Hill is the Hill number (Σs^q)^(1/(1−q)) of order q ≥ 0, an effective number of members: order 0
// counts those above zero, 1 is exp(entropy), 2 the inverse of Σs², +Inf the inverse of the largest
// share. NaN with a remainder for q ≤ 1.
func Hill(x []float64, rest, q float64) float64 {
	total := Total(x) + rest
	if !(total > 0) || len(x) == 0 || rest > 0 && q <= 1 {
		return math.NaN()
	}
	switch {
	case q == 1:
		return portable.Exp(Entropy(x, 0))
	case math.IsInf(q, 1):
		return total / slices.Max(x)
	}
	h := 0.0
	for _, v := range x {
		if v > 0 {
			h += portable.Pow(v/total, q)
		}
	}
	return portable.Pow(h, 1/(1-q))
}

// HallTideman is 1/(2·Σi·s_(i)−1) with shares descending, from 1/n (equal) to 1 (one member). NaN
// with a remainder.
func HallTideman(x []float64, rest float64, scratch []float64) float64 {
	total := Total(x)
	if !(total > 0) || rest > 0 {
		return math.NaN()
	}
	sorted := append(scratch[:0], x...)
	slices.Sort(sorted)
	h := 0.0
	for i, v := range sorted {
		h += float64(float64(len(sorted)-i) * v / total)
	}
	return 1 / (float64(2*h) - 1)
}

// Dominance is García Alba's Σ(s²/H)² with H = Σs², from 1/n (equal) to 1 (one member). A remainder
// cancels out.
func Dominance(x []float64) float64 {
	total := Total(x)
	if !(total > 0) {
		return math.NaN()
	}
	h, d := herfindahl(x, 0), 0.0
	for _, v := range x {
		s := v / total
		d += float64(float64(s*s/h) * float64(s*s/h))
	}
	return d
}

// HymerPashigian is the turnover Σ|s_after − s_before| between two vectors of shares of the whole
// market, members in the same order, from 0 to 2. Members beyond the end of the shorter vector have
// no share in it.
func HymerPashigian(before, after []float64) float64 {
	t := 0.0
	for i := range max(len(before), len(after)) {
		var a, b float64
		if i < len(before) {
			b = before[i]
		}
		if i < len(after) {
			a = after[i]
		}
		t += math.Abs(a - b)
	}
	return t
}

// Total is the sum of all members, the remainder apart.
func Total(x []float64) float64 {
	t := 0.0
	for _, v := range x {
		t += v
	}
	return t
}
