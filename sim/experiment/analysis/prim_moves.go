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

// peel makes the box smaller by the slice whose loss raises density most per run lost. It reports whether there was one.
func (p *prim) peel(o PRIMOptions) bool {
	if p.hits == p.inside {
		return false
	}
	density := float64(p.hits) / float64(p.inside)
	best, gain := move{}, math.Inf(-1)
	p.moves(func(i int, _ int) bool { return p.broken[i] == 0 }, o.Peel, false, func(m move) {
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

// paste makes the box larger by the slice next to it of highest density, if that does not lower the density of the box.
func (p *prim) paste(o PRIMOptions) bool {
	best, density := move{}, float64(p.hits)/float64(p.inside)
	found := false
	outside := func(i, j int) bool { return p.broken[i] == 1 && !p.limits.holds(j, p.in.Rows[i][j]) }
	p.moves(outside, o.Paste, true, func(m move) {
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

// moves tries every slice of the rows that may move: at the lower and upper side of each number a share of the box (with ties),
// and each category. Slices are taken from the sides when peeling, and from next to the box when pasting.
func (p *prim) moves(may func(i, j int) bool, share float64, pasting bool, try func(move)) {
	size := max(1, int(math.Ceil(share*float64(p.inside)-1e-9)))
	rows := make([]int, 0, len(p.interest))
	for j := range p.in.Names {
		rows = rows[:0]
		for _, i := range p.order[j] {
			if may(i, j) {
				rows = append(rows, i)
			}
		}
		if keep := p.limits.keep[j]; keep != nil {
			p.categories(j, rows, keep, pasting, try)
			continue
		}
		if !pasting {
			p.slice(j, rows, size, false, false, try)
			slices.Reverse(rows)
			p.slice(j, rows, size, true, false, try)
			continue
		}
		below := 0
		for below < len(rows) && p.in.Rows[rows[below]][j] <= p.limits.low[j] {
			below++
		}
		p.slice(j, rows[below:], size, true, true, try) // upwards from the upper side
		lower := rows[:below]
		slices.Reverse(lower)
		p.slice(j, lower, size, false, true, try)
	}
}

// slice tries the first rows of a list up to a size and on through ties. The new limit is halfway to the next row.
func (p *prim) slice(j int, rows []int, size int, upper, pasting bool, try func(move)) {
	m := move{input: j, upper: upper, category: -1}
	value := func(k int) float64 { return p.in.Rows[rows[k]][j] }
	k := 0
	for ; k < len(rows) && (k < size || value(k) == value(k-1)); k++ {
		if p.interest[rows[k]] {
			m.hits++
		}
	}
	m.runs = k
	switch {
	case k == 0:
		return
	case k < len(rows) && pasting:
		m.limit = between(value(k), value(k-1))
	case k < len(rows):
		m.limit = between(value(k-1), value(k))
	case upper:
		m.limit = math.Inf(1)
	default:
		m.limit = math.Inf(-1)
	}
	try(m)
}

// between is a limit that shuts one value out and lets the other in, halfway where there is a number between them.
func between(out, in float64) float64 {
	if m := out + (in-out)/2; m != in {
		return m
	}
	return out
}

func (p *prim) categories(j int, rows []int, keep []bool, pasting bool, try func(move)) {
	for c, kept := range keep {
		if kept == pasting {
			continue
		}
		m := move{input: j, category: c}
		for _, i := range rows {
			if int(p.in.Rows[i][j]) == c {
				m.runs++
				if p.interest[i] {
					m.hits++
				}
			}
		}
		try(m)
	}
}

func (p *prim) apply(m move, pasting bool) {
	switch {
	case m.category >= 0:
		p.limits.keep[m.input][m.category] = pasting
	case m.upper:
		p.limits.high[m.input] = m.limit
	default:
		p.limits.low[m.input] = m.limit
	}
	p.fill()
}

// simplify drops restrictions whose quasi-p value is above a bound, the least significant first, and returns the box.
func (p *prim) simplify(most float64) Box {
	for {
		b := p.describe()
		worst := -1
		for k, r := range b.Restrictions {
			if r.QuasiP > most && (worst < 0 || r.QuasiP > b.Restrictions[worst].QuasiP) {
				worst = k
			}
		}
		if worst < 0 {
			return b
		}
		p.release(slices.Index(p.in.Names, b.Restrictions[worst].Input))
		p.fill()
	}
}
