package measure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/sim/table"
)

// near tells a sum of rounded shares that is meant as a whole.
func near(v, whole float64) bool { return math.Abs(v-whole) <= whole/100 }

// has tells whether a row holds a text in one of its words, or the entry's column is called so.
func (a *amounts) has(e *entry, text string) bool {
	if len(a.o.Members) > 0 && strings.EqualFold(a.names[e.member], text) {
		return true
	}
	for _, c := range a.texts {
		if strings.EqualFold(c.Text(e.row), text) {
			return true
		}
	}
	return false
}

// sum is what is known of the rows with one name.
type sum struct {
	entries  []int
	hits     int     // groups in which the row is the sum of all others
	whole    int     // groups in which the others add up to 100 or to 1
	halves   int     // groups in which all, the row included, add up to a whole, so that it may be half of the market
	outside  int     // groups of three others or more, the row first or last, whose sum with it is no whole
	miss     int     // the entry of the first group without a hit; -1: none
	together float64 // the others in that group
}

// markTotals leaves out the rows, or columns of a wide table, that are sums: those that the user
// names, the heads and totals of blocks, and sums of all others, called so or explained by nothing
// else. A row called a sum that is none is refused, and one that is a sum by chance is noted.
func (a *amounts) markTotals() error {
	if a.noTotal() {
		return nil
	}
	if err := a.markNamed(); err != nil {
		return err
	}
	for _, mark := range []func() error{a.markMeasures, a.markOfWhich, a.markHeads, a.markParts, a.markSubtotals,
		a.markBlocks} {
		if err := mark(); err != nil {
			return err
		}
	}
	if err := a.markSums(); err != nil {
		return err
	}
	if a.o.SumsAre != "" && !slices.ContainsFunc(a.entries, func(e entry) bool { return e.gone && !e.given }) {
		return table.Problems{a.sheet.Path() + ": --sums-are is given, and no row is the sum of rows beside it; " +
			"leave the " +
			"option out"}
	}
	a.noteDoubtful()
	a.noteChance()
	a.noteGiven()
	return nil
}

// noTotal tells whether the user says that no row is a sum.
func (a *amounts) noTotal() bool {
	return len(a.o.Total) == 1 && strings.EqualFold(strings.TrimSpace(a.o.Total[0]), NoTotal)
}

// noteGiven says where the members do not add up to a total that the user names.
func (a *amounts) noteGiven() {
	sums := make([]float64, len(a.keys))
	for _, e := range a.entries {
		if !e.gone {
			sums[e.group] += e.value
		}
	}
	for _, e := range a.entries {
		if left := sums[e.group]; e.given && e.value > 1.01*left && left > 0 {
			a.sheet.Note(fmt.Sprintf("the members%s add up to %s of the %s that %q says: what is missing counts in no "+
				"measure; "+
				"write it as a row of its own called Other", a.of(e.group), number(left), number(e.value), a.nameOf(e)))
			return
		}
	}
}

// nameOf is the name of an entry, or its amount where it has none.
func (a *amounts) nameOf(e entry) string {
	if name := a.names[e.member]; name != "" {
		return name
	}
	return e.column.Text(e.row)
}

// refused is one problem at a place.
func refused(place, format string, args ...any) error {
	var wrong table.Problems
	wrong.Add(place, format, args...)
	return wrong
}

// markSums leaves out sums of all others.
func (a *amounts) markSums() error {
	var wrong table.Problems
	for _, name := range a.suspects() {
		s := name.sum
		word := name.called
		e := a.entries[s.entries[0]]
		n := len(s.entries)
		shown := a.nameOf(e)
		switch {
		case s.hits == n && (word || n > 1 && s.halves < n || s.whole == n || s.outside == n):
			for _, i := range s.entries {
				a.entries[i].gone = true
			}
			if name.text == "" {
				a.sheet.Note(fmt.Sprintf("%s, %s without a name, is the sum of the others and is left out; --total none "+
					"counts it as a member", a.sheet.Nth(e.row), shown))
			} else {
				a.sheet.Note(fmt.Sprintf("%q is the sum of the others and is left out; --total none counts it as a "+
					"member", shown))
			}
		case word && a.entries[s.miss].value == 0 && s.together == 0:
			e = a.entries[s.miss]
			wrong.Add(e.column.Place(e.row), "%q and all others are 0; leave the row out with --total %q, or write amounts",
				shown, name.text)
		case word && s.halves == n:
			a.sheet.Note(fmt.Sprintf("%q counts as a member, for all add up to a whole with it; if it is a sum of others, "+
				"leave it out with --total %q", shown, name.text))
		case word:
			e = a.entries[s.miss]
			wrong.Add(e.column.Place(e.row), "%q of %s is not the sum of the others, %s; leave it out with --total "+
				"%q, write "+
				"what is missing as a row of its own called Other, or say --total none if it is a member",
				shown, number(e.value), number(s.together), name.text)
		case s.hits > 0:
			a.sheet.Note(fmt.Sprintf("%q is also the sum of the others; if it is their total, leave it out with --total %q",
				shown, shown))
		}
	}
	if len(wrong) > 0 {
		return wrong
	}
	return nil
}

// markNamed leaves out the rows with the texts that the user names.
func (a *amounts) markNamed() error {
	for _, given := range a.o.Total {
		wanted, found := strings.TrimSpace(given), false
		for i := range a.entries {
			e := &a.entries[i]
			if a.has(e, wanted) {
				e.gone, e.given, found = true, true, true
			}
		}
		if !found {
			return table.Problems{fmt.Sprintf("%s: no cell says %q; --total takes the text that marks a sum of "+
				"others, or none",
				a.sheet.Path(), wanted)}
		}
	}
	return nil
}

type namedSum struct {
	text   string
	called bool // as sums are
	*sum
}

// suspects lists the names that may be totals, in the order of their first row.
func (a *amounts) suspects() []namedSum {
	totals, sizes, members := make([]float64, len(a.keys)), make([]int, len(a.keys)), make([]int, len(a.keys))
	first, last := make([]int, len(a.keys)), make([]int, len(a.keys))
	fresh := func(entry) bool { return true }
	if a.o.Member != "" { // members and not rows are what a total is held against
		seen := newPlaces(len(a.keys), len(a.names), len(a.entries))
		fresh = func(e entry) bool {
			_, known := seen.get(e.group, e.member)
			seen.set(e.group, e.member, 0)
			return !known
		}
	}
	for i, e := range a.entries {
		if e.gone {
			continue
		}
		if sizes[e.group] == 0 {
			first[e.group] = i
		}
		totals[e.group] += e.value
		sizes[e.group]++
		if fresh(e) {
			members[e.group]++
		}
		last[e.group] = i
	}
	called := a.called(totalWord)
	index := map[int]int{}
	var out []namedSum
	candidate := func(i int, e entry) bool {
		t := totals[e.group]
		if called[e.member] {
			return true
		}
		others := t - e.value
		rounded := i == last[e.group] && (near(others, 100) || near(others, 1)) && near(e.value, others)
		return members[e.group] > 2 && e.value > 0 && !e.rest && (rounded || math.Abs(e.value-others) <= 1e-9*e.value)
	}
	for i, e := range a.entries {
		if e.gone || !candidate(i, e) {
			continue
		}
		if _, known := index[e.member]; !known {
			index[e.member] = len(out)
			out = append(out, namedSum{a.names[e.member], called[e.member], &sum{miss: -1}})
		}
	}
	if len(out) == 0 {
		return nil
	}
	for i, e := range a.entries {
		k, known := index[e.member]
		if e.gone || !known || !a.named && !candidate(i, e) {
			continue
		}
		s, t, n := out[k].sum, totals[e.group], sizes[e.group]
		others := t - e.value
		tolerance := 1e-9
		if called[e.member] || near(others, 100) || near(others, 1) {
			tolerance = 0.01 // sums of rounded shares
		}
		hit := math.Abs(e.value-others) <= tolerance*max(e.value, others) && e.value > 0 && n > 1
		s.entries = append(s.entries, i)
		switch {
		case !hit:
			if s.miss < 0 {
				s.miss, s.together = i, others
			}
		case near(others, 100) || near(others, 1):
			s.whole++
		case n > 3 && !near(t, 100) && !near(t, 1) && (i == first[e.group] || i == last[e.group]):
			s.outside++
		}
		if near(t, 100) || near(t, 1) {
			s.halves++
		}
		if hit {
			s.hits++
		}
	}
	return out
}
