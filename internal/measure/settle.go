package measure

import (
	"fmt"
	"slices"
)

// What becomes of the sums that were found: they are left out, or their parts are, or the table is
// refused.

// settleBlocks leaves out what was chosen, refuses where the parts may be what is not meant, and
// notes what may be chance.
func (a *amounts) settleBlocks(groups []findings, telling []bool) error {
	var doubtful []block
	var chance []block
	some := false
	for _, f := range groups {
		for _, b := range f.blocks {
			e := a.entries[b.sum]
			isChosen := slices.ContainsFunc(f.chosen, func(c block) bool { return c.sum == b.sum })
			some = some || isChosen
			switch {
			case isChosen && (b.beside || len(f.totals) == 0) && !telling[e.member] &&
				len(b.parts)+1 < len(f.live)-len(f.totals):
				doubtful = append(doubtful, b)
			case !isChosen && b.parts == nil:
				a.doubtful = append(a.doubtful, b.sum)
			case !isChosen && b.beside && len(f.totals) == 0 && !near(f.sum, 100) && !near(f.sum, 1) &&
				len(b.parts)+1 < len(f.live):
				chance = append(chance, b)
			}
		}
	}
	switch {
	case a.o.SumsAre == "" && len(doubtful) > 0:
		slices.SortFunc(doubtful, func(x, y block) int { return x.sum - y.sum })
		return a.refuseBlocks(doubtful, len(groups[a.entries[doubtful[0].sum].group].totals) > 0)
	case a.o.SumsAre == SumsAreMembers:
		a.dropParts(groups)
	case some:
		var names []string
		for _, f := range groups {
			slices.SortFunc(f.chosen, func(x, y block) int { return x.sum - y.sum })
			for _, b := range f.chosen {
				a.entries[b.sum].gone = true
				names = append(names, a.nameOf(a.entries[b.sum]))
			}
		}
		a.sheet.Note(fmt.Sprintf("%s the sum of other rows and left out; --total none counts every row as a member",
			are(names)))
	}
	a.chance = chance
	return nil
}

// noteChance says which row that counts as a member is the sum of others that do, where shares do
// not add up to a whole with it.
func (a *amounts) noteChance() {
	sums := make([]float64, len(a.keys))
	for _, e := range a.entries {
		if !e.gone {
			sums[e.group] += e.value
		}
	}
	for _, b := range a.chance {
		gone := func(i int) bool { return a.entries[i].gone }
		e := a.entries[b.sum]
		if sum := sums[e.group]; !e.gone && !slices.ContainsFunc(b.parts, gone) && !near(sum, 100) && !near(sum, 1) {
			a.sheet.Note(fmt.Sprintf("%q is also the sum of %s beside it; if it is their total, leave it out with "+
				"--total %q",
				a.nameOf(e), a.list(b.parts), a.nameOf(e)))
			return
		}
	}
}

// dropParts leaves out what sums are made of, and sums of everything.
func (a *amounts) dropParts(groups []findings) {
	var names []string
	for _, f := range groups {
		for _, b := range f.chosen {
			covered := len(b.parts)
			for _, other := range f.chosen {
				if isInside(other, b) {
					covered++
				}
			}
			if covered+1 >= len(f.live)-len(f.totals) {
				a.entries[b.sum].gone = true
				continue
			}
			names = append(names, a.nameOf(a.entries[b.sum]))
			for _, i := range b.parts {
				a.entries[i].gone = true
			}
			for _, other := range f.chosen { // a sum within a sum
				if isInside(other, b) {
					a.entries[other.sum].gone = true
				}
			}
		}
	}
	if len(names) > 0 {
		a.sheet.Note(fmt.Sprintf("%s the sum of other rows, which are its parts and left out", are(names)))
	}
}

// isInside tells whether one sum is of parts of another.
func isInside(inner, outer block) bool {
	return inner.sum != outer.sum && len(inner.parts) > 0 && slices.Contains(outer.parts, inner.parts[0])
}

// refuseBlocks says which rows are sums and gives the option for each reading.
func (a *amounts) refuseBlocks(list []block, total bool) error {
	b := list[0]
	e := a.entries[b.sum]
	more := ""
	if len(list) > 1 {
		more = fmt.Sprintf(", as %q is of %s", a.nameOf(a.entries[list[1].sum]), a.list(list[1].parts))
	}
	every := ""
	if !total {
		every = "; if every row is a member, say --total none"
	}
	return refused(e.column.Place(e.row), "%q of %s is the sum of %s%s; if such rows are sums, leave "+
		"them out with "+
		"--sums-are totals; if they are the members and the others their parts, say --sums-are members%s",
		a.nameOf(e), number(e.value), a.list(b.parts), more, every)
}

// list names a few entries.
func (a *amounts) list(entries []int) string {
	const most = 3
	out := ""
	for k, i := range entries {
		switch {
		case k == most:
			return out + fmt.Sprintf(" and %d more", len(entries)-most)
		case k > 0:
			out += ", "
		}
		out += fmt.Sprintf("%q", a.nameOf(a.entries[i]))
	}
	return out
}
