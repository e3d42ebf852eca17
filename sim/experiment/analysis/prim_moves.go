package analysis

import (
	"math"
	"slices"
)

// move is a change of one limit, and the runs and cases that it takes or adds.
type move struct {
	input      int
	upper      bool
	category   int // −1 for a number
	limit      float64
	runs, hits int
}

// peel makes the box smaller by the slice whose loss raises density most per run lost. It reports
// whether there was one.
func (p *prim) peel(o PRIMOptions) bool {
	if p.hits == p.inside {
		return false
	}
	density := float64(p.hits) / float64(p.inside)
	best, gain := move{}, math.Inf(-1)
	p.moves(o.Peel, false, func(m move) {
		left := p.inside - m.runs
		if m.runs == 0 || left == 0 || float64(left) < o.MinMass*float64(len(p.interest)) {
			return
		}
		if g := (float64(p.hits-m.hits)/float64(left) - density) / float64(m.runs); g > gain {
			best, gain = m, g
		}
	})
	if math.IsInf(gain, -1) {
		return false
	}
	p.apply(best, false)
	return true
}

// paste makes the box larger by the slice next to it of highest density, if that does not lower the
// density of the box.
func (p *prim) paste(o PRIMOptions) bool {
	best, density := move{}, float64(p.hits)/float64(p.inside)
	found := false
	p.moves(o.Paste, true, func(m move) {
		if m.runs == 0 {
			return
		}
		if g := float64(p.hits+m.hits) / float64(p.inside+m.runs); g > density || g == density && !found {
			best, density, found = m, g, true
		}
	})
	if found {
		p.apply(best, true)
	}
	return found
}

// moves tries every slice of the rows that may move: at the lower and upper side of each number a
// share of the box (with ties), and each category. Slices are taken from the sides when peeling,
// and from next to the box when pasting.
func (p *prim) moves(share float64, pasting bool, try func(move)) {
	size := max(1, int(math.Ceil(share*float64(p.inside)-1e-9)))
	for j := range p.in.Names {
		w, n := p.within[j], len(p.sorted[j])
		switch keep := p.limits.keep[j]; {
		case keep != nil:
			p.categories(j, keep, pasting, try)
		case pasting:
			p.slice(j, w[1], n, 1, size, true, try) // upwards from the upper side
			p.slice(j, w[0]-1, -1, -1, size, true, try)
		default:
			p.slice(j, w[0], w[1], 1, size, false, try)
			p.slice(j, w[1]-1, w[0]-1, -1, size, false, try)
		}
	}
}

// slice tries the first rows that may move, in the order of input j from one place up or down to
// another: up to a size and on through ties. The new limit is halfway to the next row. Rows that
// may move are those inside when peeling, and when pasting those that only the limit of j keeps
// outside.
func (p *prim) slice(j, from, to, step, size int, pasting bool, try func(move)) {
	m := move{input: j, upper: (step < 0) != pasting, category: -1}
	may := int32(0)
	if pasting {
		may = 1
	}
	last := math.NaN()
	next, more := 0.0, false
	for k := from; k != to; k += step {
		i := p.order[j][k]
		if p.broken[i] != may {
			continue
		}
		v := p.sorted[j][k]
		if m.runs >= size && v != last {
			next, more = v, true
			break
		}
		last = v
		m.runs++
		if p.interest[i] {
			m.hits++
		}
	}
	switch {
	case m.runs == 0:
		return
	case more && pasting:
		m.limit = between(next, last)
	case more:
		m.limit = between(last, next)
	case m.upper:
		m.limit = math.Inf(1)
	default:
		m.limit = math.Inf(-1)
	}
	try(m)
}

// between is a limit that shuts one value out and lets the other in, halfway where there is a
// number between them.
func between(out, in float64) float64 {
	if m := out/2 + in/2; m != in && min(out, in) <= m && m <= max(out, in) {
		return m
	}
	return out
}

func (p *prim) categories(j int, keep []bool, pasting bool, try func(move)) {
	outside := make([]tally, len(keep))
	if pasting {
		for i, broken := range p.broken {
			if broken == 1 && p.sole[i] == int32(j) {
				outside[int(p.in.Rows[i][j])].add(p.interest[i], 1)
			}
		}
	}
	for c, kept := range keep {
		if kept == pasting {
			continue
		}
		t := p.kept[j][c]
		if pasting {
			t = outside[c]
		}
		try(move{input: j, category: c, runs: t.runs, hits: t.hits})
	}
}

func (p *prim) apply(m move, pasting bool) {
	switch {
	case m.category >= 0:
		p.keep(m.input, m.category, pasting)
	case m.upper:
		p.bound(m.input, p.limits.low[m.input], m.limit)
	default:
		p.bound(m.input, m.limit, p.limits.high[m.input])
	}
}

// simplify drops restrictions whose quasi-p value is above a bound, the least significant first,
// and returns the box. A restriction without which the box would no longer have the density that
// was asked for stays.
func (p *prim) simplify(o PRIMOptions) Box {
	for {
		b := p.describe()
		worst := -1
		for k, r := range b.Restrictions {
			j := slices.Index(p.in.Names, r.Input)
			without := float64(p.hits+p.alone[j].hits) / float64(p.inside+p.alone[j].runs)
			if r.QuasiP > o.MaxQuasiP && !(without < o.MinDensity && b.Density >= o.MinDensity) && (worst < 0 ||
				r.QuasiP > b.Restrictions[worst].QuasiP) {
				worst = k
			}
		}
		if worst < 0 {
			return b
		}
		p.release(slices.Index(p.in.Names, b.Restrictions[worst].Input))
	}
}
