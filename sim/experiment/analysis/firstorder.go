package analysis

import (
	"math"
	"slices"
)

// explained is what one input tells of the outcome of a sample.
type explained struct {
	value   float64   // variance of what the input lets one expect
	parts   []float64 // of each unit drawn; their mean is about value, their spread its error. nil: none are
	against []float64 // what each of these units adds to the variance of one run
	chance  float64   // variance of value besides, which is all there is where the input tells nothing
	without []float64 // value without each replication, where there are three
	terms   int       // numbers fitted
	freedom float64   // degrees, where parts are no longer known
}

// plus adds what another input tells of the same units.
func (e explained) plus(o explained) explained {
	add := func(a, b []float64) []float64 {
		if a == nil {
			return b
		}
		out := slices.Clone(a)
		for i := range b {
			out[i] += b[i]
		}
		return out
	}
	least := o.freedom
	if e.freedom > 0 {
		least = min(e.freedom, o.freedom)
	}
	against := o.against
	if against == nil {
		against = e.against
	}
	return explained{value: e.value + o.value, chance: e.chance + o.chance, terms: max(e.terms, o.terms), freedom: least,
		parts: add(e.parts, o.parts), against: against, without: add(e.without, o.without)}
}

// alone counts the error that units make as chance, where other inputs are told by other units.
func (e explained) alone(variance float64) explained {
	e.freedom = float64(len(e.parts) - e.terms)
	e.chance, e.parts, e.against = e.chance+e.units(e.value/variance), nil, nil
	return e
}

// units is the variance that the choice of units makes in what the input tells, less a share of
// what it makes in the variance of one run.
func (e explained) units(share float64) float64 {
	if len(e.parts) < 2 {
		return 0
	}
	mean, meanOf, n := mean(e.parts), mean(e.against), float64(len(e.parts))
	sum := 0.0
	for u, v := range e.against {
		d := e.parts[u] - mean - share*(v-meanOf)
		sum += d * d
	}
	return sum / (n * max(1, n-float64(e.terms)))
}

// pairs is a variance by pairs of replications. Of several only pairs of different ones count, in
// which the luck of one meets that of another: luck that points share enters no variance then.
type pairs struct {
	all  float64   // over all pairs
	same []float64 // of each with itself
	with []float64 // of each with all
}

// mean is that of pairs of different replications, of a single one its own.
func (b pairs) mean() float64 {
	v, R := b.all, float64(len(b.same))
	if R == 1 {
		return v
	}
	for _, o := range b.same {
		v -= o
	}
	return v / (R * (R - 1))
}

// without is the mean without each replication, where there are three or more.
func (b pairs) without() (out []float64) {
	R := float64(len(b.same) - 1)
	if R < 2 {
		return nil
	}
	same := 0.0
	for _, o := range b.same {
		same += o
	}
	for r, o := range b.same {
		out = append(out, (b.all-2*b.with[r]+o-(same-o))/(R*(R-1)))
	}
	return out
}

// plus weighs both and adds them.
func (b pairs) plus(times float64, o pairs, timesOther float64) pairs {
	out := pairs{all: times*b.all + timesOther*o.all}
	for r := range b.same {
		out.same = append(out.same, times*b.same[r]+timesOther*o.same[r])
		out.with = append(out.with, times*b.with[r]+timesOther*o.with[r])
	}
	return out
}

// outcomes are the replications of the points of a sample, each less its mean over them.
type outcomes struct {
	of  [][]float64 // by replication and point
	sum []float64   // over replications
}

func newOutcomes(y [][]float64) outcomes {
	n := len(y)
	o := outcomes{sum: make([]float64, n)}
	for r := range y[0] {
		v, m := make([]float64, n), 0.0
		for i, of := range y {
			v[i] = of[r]
			m += of[r] / float64(n)
		}
		for i := range v {
			v[i] -= m
			o.sum[i] += v[i]
		}
		o.of = append(o.of, v)
	}
	return o
}

// joined is the mean product of the replications with what a linear map makes of them.
func (o outcomes) joined(n float64, to func(v []float64) []float64) (out pairs, sum []float64) {
	var mapped [][]float64
	for _, v := range o.of {
		m := to(v)
		if sum == nil {
			sum = make([]float64, len(m))
		}
		for i := range m {
			sum[i] += m[i]
		}
		mapped = append(mapped, m)
	}
	out.all = dot(o.sum, sum) / n
	for r, v := range o.of {
		out.same = append(out.same, dot(v, mapped[r])/n)
		out.with = append(out.with, (dot(v, sum)+dot(o.sum, mapped[r]))/2/n)
	}
	return out, sum
}

// beside is the mean product of what differences from neighbours leave of the replications.
func (o outcomes) beside(b neighbours) (out pairs) {
	var each [][]float64
	all := b.left(o.sum)
	n := float64(len(all))
	out.all = dot(all, all) / n
	for _, v := range o.of {
		each = append(each, b.left(v))
	}
	for _, v := range each {
		out.same = append(out.same, dot(v, v)/n)
		out.with = append(out.with, dot(v, all)/n)
	}
	return out
}

// explain estimates the variance that one input explains in a sample whose points stand by
// themselves: that of the points less what is left when each is predicted from the others (Kline,
// Saggio & Sølvsten 2020), which noise does not bias, however unequal. What a smooth fit misses of
// a large effect is more than its error, so that differences from neighbours, which miss next to
// nothing and have a larger error where the effect is small, count the more the larger the effect.
func (o outcomes) explain(s smoother, near *neighbours) explained {
	n, R := float64(len(o.sum)), float64(len(o.of))
	total, _ := o.joined(n-1, func(v []float64) []float64 { return v })
	smooth, left := o.joined(n, s.leftOut)
	value := total.plus(1, smooth, -1)
	squares, own := make([]float64, len(left)), s.own()
	for i, l := range left {
		squares[i] = l * l * (1 - own[i]) / (R * R)
	}
	out := explained{chance: s.chance(squares) / (n * n), terms: s.terms()}
	if near != nil {
		share := 0.0
		if t := total.mean(); t > 0 {
			share = min(1, max(0, value.mean()/t))
		}
		w := share * share / (share*share + (1-share)*(1-share))
		value = value.plus(1-w, total.plus(1, o.beside(*near), -1), w)
		both := 0.0
		for k := 1; k < len(near.order); k++ {
			both += squares[near.order[k-1]] * squares[near.order[k]] / n
		}
		out.chance = (1-w)*(1-w)*out.chance + w*w*17/9*both/n
	}
	for i, v := range o.sum {
		out.parts = append(out.parts, v*v/(R*R)-squares[i])
	}
	out.value, out.without = value.mean(), value.without()
	return out
}

// estimate makes an index of what is explained, the variance of one run, and that without each
// replication.
func (e explained) estimate(variance float64, without []float64, level float64) Estimate {
	share := e.value / variance
	freedom := e.freedom
	if e.parts != nil {
		freedom = float64(len(e.parts) - e.terms)
	}
	half := quantileT(max(1, freedom), level) * math.Sqrt(e.units(share)+e.chance) / variance
	if R := float64(len(e.without)); R > 2 {
		m, squares := 0.0, 0.0
		for r, v := range e.without {
			m += v / without[r] / R
			squares += v / without[r] * (v / without[r]) / R
		}
		half = math.Hypot(half, quantileT(R-1, level)*math.Sqrt(max(0, (R-1)*(squares-m*m))))
	}
	return Estimate{share, share - half, share + half}
}
