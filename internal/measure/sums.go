package measure

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Rows that are the sum of some of the others, found by arithmetic: totals of regions above their
// countries, of firms above their products. One such row may be chance. Where a total, or a whole
// of 100 or 1, comes out right without them and wrong with them it is none.

const (
	mostRows  = 200     // of a group in which sums are looked for
	mostLooks = 200_000 // rows in all
	mostSums  = 12      // of a group
	exactly   = 1e-6    // how near a row without a telling name is to a sum
	roughly   = .005    // how near one with such a name is
)

// block is an entry that is the sum of others that stand in one block.
type block struct {
	sum    int
	parts  []int // none: it is called an aggregate, of rows that are not known
	beside bool  // the block stands right above or below it
}

// findings are the blocks of a group and what the group adds up to.
type findings struct {
	live   []int // entries
	blocks []block
	totals []float64 // what rows called totals say
	sum    float64   // of all other entries
	chosen []block   // those that are sums without doubt
}

// markBlocks leaves out rows that are the sum of others where that is certain, notes it where it
// may be chance, and refuses where either the sums or their parts may be the members.
func (a *amounts) markBlocks() error {
	if len(a.entries) > mostLooks {
		return nil
	}
	total := a.called(totalWord)
	telling, aggregate := a.telling(), a.called(aggregateWord)
	groups := make([]findings, len(a.keys))
	for i, e := range a.entries {
		f := &groups[e.group]
		switch {
		case e.given:
			f.totals = append(f.totals, e.value)
		case e.gone:
		case total[e.member] && len(f.totals) > 0 && math.Abs(f.totals[0]-e.value) <= roughly*e.value:
			a.entries[i].gone = true
			a.sheet.Note(fmt.Sprintf("%q is the total once more and left out; --total none counts every row as a member",
				a.nameOf(e)))
		case total[e.member]:
			f.live, f.totals = append(f.live, i), append(f.totals, e.value)
		default:
			f.live, f.sum = append(f.live, i), f.sum+e.value
		}
	}
	for g := range groups {
		if f := &groups[g]; len(f.live) > 2 && len(f.live) <= mostRows {
			f.blocks = a.blocks(f.live, total, telling)
			for _, i := range f.live { // sums of rows that stand here and there
				if k := a.entries[i].member; aggregate[k] && !total[k] && !f.has(i) {
					f.blocks = append(f.blocks, block{sum: i})
				}
			}
		}
	}
	a.dropChance(groups)
	for g := range groups {
		groups[g].choose(a, aggregate)
	}
	return a.settleBlocks(groups, telling)
}

// telling tells by member whether its name says that it is a sum of some.
func (a *amounts) telling() []bool {
	out := slices.Clone(a.called(aggregateWord))
	for _, w := range []word{sumOf, subtotalWord, totalWord} {
		for k, is := range a.called(w) {
			out[k] = out[k] || is
		}
	}
	return out
}

// blocks finds the sums of a group, small ones first, so that their parts are not counted twice in
// larger ones: first those of rows right beside, then those of other rows that follow one another.
func (a *amounts) blocks(live []int, total, telling []bool) []block {
	var list []int // without totals and nothing
	for _, i := range live {
		if e := a.entries[i]; !total[e.member] && e.value > 0 {
			list = append(list, i)
		}
	}
	order := slices.Clone(list)
	slices.SortStableFunc(order, func(i, j int) int {
		switch {
		case a.entries[i].value < a.entries[j].value:
			return -1
		case a.entries[i].value > a.entries[j].value:
			return 1
		}
		return 0
	})
	var out []block
	for _, beside := range []bool{true, false} {
		for _, i := range order {
			at := slices.Index(list, i)
			if at < 0 {
				continue
			}
			within := exactly
			if telling[a.entries[i].member] {
				within = roughly
			}
			parts := a.partsOf(list, at, within, beside)
			taken := slices.ContainsFunc(out, func(b block) bool { return slices.Equal(b.parts, parts) })
			if parts != nil && (!taken || telling[a.entries[i].member]) {
				out = append(out, block{i, parts, beside})
				list = slices.Delete(list, at, at+1)
			}
		}
	}
	return out
}

// partsOf are two or more entries of a list that follow one another and add up to the one at a
// place, on one side of it: right beside it, or anywhere.
func (a *amounts) partsOf(list []int, at int, within float64, beside bool) []int {
	want := a.entries[list[at]].value
	for _, side := range [][2]int{{at + 1, len(list)}, {0, at}} {
		from, sum := side[0], 0.0
		for to := side[0]; to < side[1]; to++ { // entries from … to
			sum += a.entries[list[to]].value
			for sum > want*(1+within) && from <= to {
				sum -= a.entries[list[from]].value
				from++
			}
			touches := from == at+1 || to == at-1
			if to > from && math.Abs(sum-want) <= within*want && (touches || !beside) {
				return slices.Clone(list[from : to+1])
			}
		}
	}
	return nil
}

// dropChance keeps the blocks of names that are a sum in every group in which they have something.
func (a *amounts) dropChance(groups []findings) {
	sums, rows := map[int]int{}, map[int]int{}
	for _, f := range groups {
		for _, b := range f.blocks {
			sums[a.entries[b.sum].member]++
		}
		for _, i := range f.live {
			if e := a.entries[i]; e.value > 0 && len(f.live) > 2 && len(f.live) <= mostRows {
				rows[e.member]++
			}
		}
	}
	for g := range groups {
		groups[g].blocks = slices.DeleteFunc(groups[g].blocks, func(b block) bool {
			k := a.entries[b.sum].member
			return a.names[k] != "" && sums[k] < rows[k]
		})
	}
}

// choose finds which blocks are sums without doubt: those without which the group adds up to its
// total, or to a whole; those that are called as aggregates of countries are; those that leave no
// row unexplained.
func (f *findings) choose(a *amounts, aggregate []bool) {
	if len(f.blocks) == 0 {
		return
	}
	isWhole := func(v float64) bool { return math.Abs(v-100) <= .3 || math.Abs(v-1) <= .003 }
	isTotal := func(v float64) bool {
		return !slices.ContainsFunc(f.totals, func(t float64) bool { return math.Abs(t-v) > roughly*t })
	}
	right := isWhole
	if len(f.totals) > 0 {
		right = func(v float64) bool { return isTotal(v) || len(a.o.Total) > 0 && isWhole(v) }
	}
	if right(f.sum) || len(f.totals) == 0 && (near(f.sum, 100) || near(f.sum, 1)) {
		return
	}
	of := func(keep func(block) bool) []block {
		return slices.DeleteFunc(slices.Clone(f.blocks), func(b block) bool { return !keep(b) })
	}
	beside := of(func(b block) bool { return b.beside })
	named := of(func(b block) bool { return aggregate[a.entries[b.sum].member] })
	if len(named) > 0 && right(f.sum-a.sumOfBlocks(named)) {
		f.chosen = named
		return
	}
	itemised := of(func(b block) bool { return b.beside && a.itemised(b) })
	if len(itemised) > 0 {
		f.chosen = itemised
		return
	}
	found := f.without(a, beside, right)
	if len(found) == 0 {
		found = f.without(a, f.blocks, right)
	}
	switch {
	case len(found) == 1:
		f.chosen = found[0]
	case len(found) == 0 && (a.o.SumsAre != "" || f.tiled()):
		f.chosen = beside
	default:
		f.chosen = of(func(b block) bool { return aggregate[a.entries[b.sum].member] && b.parts != nil })
	}
}

// itemised tells a block whose parts are marked as items below the row that they belong to.
func (a *amounts) itemised(b block) bool {
	item := func(i int) bool {
		name := a.nameOf(a.entries[i])
		return strings.IndexAny(name, "-–—•·└├↳>") == 0 && len(name) > 1
	}
	return !item(b.sum) && !slices.ContainsFunc(b.parts, func(i int) bool { return !item(i) })
}

// sumOfBlocks adds up the sums of some blocks.
func (a *amounts) sumOfBlocks(list []block) (sum float64) {
	for _, b := range list {
		sum += a.entries[b.sum].value
	}
	return sum
}

// has tells whether an entry is known to be a sum.
func (f *findings) has(entry int) bool {
	return slices.ContainsFunc(f.blocks, func(b block) bool { return b.sum == entry })
}

// without lists which of some blocks may be taken out so that what is left is right.
func (f *findings) without(a *amounts, blocks []block, right func(float64) bool) (found [][]block) {
	if len(blocks) > mostSums {
		return nil
	}
	for mask := 1; mask < 1<<len(blocks); mask++ {
		left := f.sum
		var some []block
		for k, b := range blocks {
			if mask>>k&1 == 1 {
				some, left = append(some, b), left-a.entries[b.sum].value
			}
		}
		if right(left) {
			found = append(found, some)
		}
	}
	return found
}

// tiled tells whether two blocks or more, each beside its sum, explain all rows.
func (f *findings) tiled() bool {
	explained := map[int]bool{}
	n := 0
	for _, b := range f.blocks {
		if b.beside {
			n++
			explained[b.sum] = true
			for _, i := range b.parts {
				explained[i] = true
			}
		}
	}
	return n > 1 && len(explained) >= len(f.live)-len(f.totals)
}
