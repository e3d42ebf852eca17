package analysis

import (
	"cmp"
	"math"
	"slices"
)

// prim is a search: the data, the current box, and which rows break its limits. A change of a limit
// touches only the rows between the old and the new one, so that a whole peeling costs a few passes
// over the data and not one per box.
type prim struct {
	in       Inputs
	interest []bool
	cases    int
	order    [][]int32   // rows by ascending value of each input
	sorted   [][]float64 // their values
	limits   limits
	broken   []int32 // number of limits that a row breaks
	sole     []int32 // the only limit that a row with one broken limit breaks
	inside   int
	hits     int       // of interest inside
	alone    []tally   // by input: rows that break only its limit
	kept     [][]tally // by categorical input and category: rows inside
	within   [][2]int  // by input: the rows of order that keep its limits, from and to; numbers only
}

// tally counts rows and those of interest.
type tally struct{ runs, hits int }

func newPrim(in Inputs, interest []bool, cases int) *prim {
	d, n := len(in.Names), len(in.Rows)
	p := &prim{in: in, interest: interest, cases: cases, order: make([][]int32, d), sorted: make([][]float64, d),
		broken: make([]int32, n), sole: make([]int32, n), alone: make([]tally, d), kept: make([][]tally, d),
		within: make([][2]int, d)}
	p.limits = limits{make([]float64, d), make([]float64, d), make([][]bool, d)}
	type cell struct {
		value float64
		row   int32
	}
	cells := make([]cell, n)
	for j := range d {
		for i, row := range in.Rows {
			cells[i] = cell{row[j], int32(i)}
		}
		slices.SortFunc(cells, func(a, b cell) int {
			return cmp.Or(cmp.Compare(a.value, b.value), cmp.Compare(a.row,
				b.row))
		})
		p.order[j], p.sorted[j] = make([]int32, n), make([]float64, n)
		for k, c := range cells {
			p.order[j][k], p.sorted[j][k] = c.row, c.value
		}
		p.unbound(j)
	}
	p.fill()
	return p
}

// unbound takes the restriction of an input away, without counting anew.
func (p *prim) unbound(j int) {
	p.limits.low[j], p.limits.high[j] = math.Inf(-1), math.Inf(1)
	if l := p.in.labels(j); l != nil {
		p.limits.keep[j] = slices.Repeat([]bool{true}, len(l))
	}
}

// fill counts anew after limits were set at will.
func (p *prim) fill() {
	p.inside, p.hits = 0, 0
	clear(p.broken)
	clear(p.alone)
	for j := range p.order {
		p.kept[j] = nil
		if l := p.in.labels(j); l != nil {
			p.kept[j] = make([]tally, len(l))
		}
		from, to := len(p.sorted[j]), 0
		for k, v := range p.sorted[j] {
			if p.limits.holds(j, v) {
				from, to = min(from, k), k+1
			} else {
				i := p.order[j][k]
				p.broken[i]++
				p.sole[i] = int32(j)
			}
		}
		p.within[j] = [2]int{min(from, to), to}
	}
	for i, broken := range p.broken {
		switch broken {
		case 0:
			p.enter(i, 1)
		case 1:
			p.alone[p.sole[i]].add(p.interest[i], 1)
		}
	}
}

func (t *tally) add(hit bool, n int) {
	t.runs += n
	if hit {
		t.hits += n
	}
}

// enter counts a row into the box, or out of it.
func (p *prim) enter(i, n int) {
	p.inside += n
	if p.interest[i] {
		p.hits += n
	}
	for j, kept := range p.kept {
		if kept != nil {
			kept[int(p.in.Rows[i][j])].add(p.interest[i], n)
		}
	}
}

// breaks notes that a row breaks the limit of input j, which it kept before.
func (p *prim) breaks(i int32, j int) {
	switch p.broken[i]++; p.broken[i] {
	case 1:
		p.enter(int(i), -1)
		p.sole[i] = int32(j)
		p.alone[j].add(p.interest[i], 1)
	case 2:
		p.alone[p.sole[i]].add(p.interest[i], -1)
	}
}

// keeps notes that a row keeps the limit of input j, which it broke before.
func (p *prim) keeps(i int32, j int) {
	switch p.broken[i]--; p.broken[i] {
	case 0:
		p.alone[j].add(p.interest[i], -1)
		p.enter(int(i), 1)
	case 1:
		for other, v := range p.in.Rows[i] {
			if other != j && !p.limits.holds(other, v) {
				p.sole[i] = int32(other)
				p.alone[other].add(p.interest[i], 1)
				break
			}
		}
	}
}

// bound moves the limits of a number and notes for which rows that changes anything.
func (p *prim) bound(j int, low, high float64) {
	p.limits.low[j], p.limits.high[j] = low, high
	w := &p.within[j]
	for w[0] < w[1] && p.sorted[j][w[0]] <= low {
		p.breaks(p.order[j][w[0]], j)
		w[0]++
	}
	for w[1] > w[0] && p.sorted[j][w[1]-1] >= high {
		w[1]--
		p.breaks(p.order[j][w[1]], j)
	}
	if w[0] == w[1] { // nothing is left: begin where the new limits do
		k, _ := slices.BinarySearchFunc(p.sorted[j], low, func(v, low float64) int {
			if v > low {
				return 1
			}
			return -1
		})
		*w = [2]int{k, k}
	}
	for w[0] > 0 && p.sorted[j][w[0]-1] > low {
		w[0]--
		p.keeps(p.order[j][w[0]], j)
	}
	for w[1] < len(p.sorted[j]) && p.sorted[j][w[1]] < high {
		p.keeps(p.order[j][w[1]], j)
		w[1]++
	}
}

// keep takes a category in or out.
func (p *prim) keep(j, category int, in bool) {
	p.limits.keep[j][category] = in
	from, _ := slices.BinarySearch(p.sorted[j], float64(category))
	for k := from; k < len(p.sorted[j]) && p.sorted[j][k] == float64(category); k++ {
		if in {
			p.keeps(p.order[j][k], j)
		} else {
			p.breaks(p.order[j][k], j)
		}
	}
}

// release takes the restriction of an input away.
func (p *prim) release(j int) {
	if p.limits.keep[j] == nil {
		p.bound(j, math.Inf(-1), math.Inf(1))
		return
	}
	for c, kept := range p.limits.keep[j] {
		if !kept {
			p.keep(j, c, true)
		}
	}
}
