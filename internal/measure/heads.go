package measure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/sim/table"
)

// Sums that the columns of words show: the first line of a block, which has the block's label and
// no name, and the rows of a member that say Total where others say which part.

// markHeads leaves out the rows that head a block and are its sum. One that heads a block and is
// not is refused.
func (a *amounts) markHeads() error {
	for i, e := range a.entries {
		if !a.heads[e.row] || e.gone {
			continue
		}
		var below []int
		sum := 0.0
		for k := i + 1; k < len(a.entries); k++ {
			b := a.entries[k]
			if b.column != e.column || a.isHead(b.row) {
				break
			}
			if b.group == e.group && !b.gone {
				below, sum = append(below, k), sum+b.value
			}
		}
		switch {
		case len(below) == 0:
		case math.Abs(e.value-sum) <= .01*e.value:
			a.settle(i, below, a.nameOf(e))
		default:
			return refused(e.column.Place(e.row), "%q of %s heads rows that add up to %s; if it is their sum, leave "+
				"it out with "+
				"--total %q, or write what is missing as a row of its own",
				a.nameOf(e), number(e.value), number(sum), a.nameOf(e))
		}
	}
	return nil
}

// isHead tells whether a row has a label for a name.
func (a *amounts) isHead(row int) bool {
	_, ok := a.heads[row]
	return ok
}

// settle leaves out a sum, or its parts where the sums are the members; name is for the note.
func (a *amounts) settle(sum int, parts []int, name string) {
	if a.o.SumsAre == SumsAreMembers {
		for _, k := range parts {
			a.entries[k].gone = true
		}
		return
	}
	a.entries[sum].gone = true
	a.sums = append(a.sums, name)
}

// wholeOf are the codes by which statistics call all parts together.
var wholeOf = []string{"T", "_T", "TOTAL", "TOT", "_Z"}

// isWhole tells whether a label says that a row is of all parts.
func isWhole(label string) bool { return totalWord.is(label) || slices.Contains(wholeOf, label) }

// slice are the rows that differ in one column of words alone.
type slice struct {
	all, others []int
	sum         float64 // of the others
}

// markParts leaves out, of the rows that differ in one column of words alone, those that are of all
// parts together: a total per firm over its segments, a total per segment over all firms.
func (a *amounts) markParts() error {
	if len(a.o.Members) > 0 || !a.named || len(a.parts) == 0 {
		return nil
	}
	member, err := a.sheet.Column(a.column)
	if err != nil {
		return nil
	}
	for _, c := range append(slices.Clone(a.parts), member) {
		all := a.labelsOfAll(c)
		if len(all) == 0 {
			continue
		}
		slices := a.slices(c, all)
		for _, s := range slices {
			for _, i := range s.all {
				e := a.entries[i]
				label := c.Text(e.row)
				switch fits := math.Abs(e.value-s.sum) <= .01*e.value; {
				case len(s.others) == 0 || label == "" && len(s.others) < 2:
				case fits:
					name := a.nameOf(e)
					if c != member && label != "" {
						name += ", " + label
					}
					a.settle(i, s.others, name)
				case label == "" || c == member || !isWhole(label):
				default:
					return refused(c.Place(e.row), "%q of %s is not the sum of the other rows of %s, %s; leave such rows "+
						"out with "+
						"--total %q, or write what is missing as a row of its own", label, number(e.value), a.nameOf(e),
						number(s.sum), label)
				}
			}
		}
	}
	return nil
}

// slices gathers the entries that agree in all words but those of one column.
func (a *amounts) slices(c *table.SheetColumn, all map[string]bool) []*slice {
	index := map[string]*slice{}
	var out []*slice
	var key strings.Builder
	for i, e := range a.entries {
		if e.gone || a.isHead(e.row) {
			continue
		}
		key.Reset()
		fmt.Fprintf(&key, "%d", e.group)
		if c.Name != a.column {
			fmt.Fprintf(&key, "\x00%d", e.member)
		}
		for _, other := range a.parts {
			if other != c {
				key.WriteString("\x00" + other.Text(e.row))
			}
		}
		s := index[key.String()]
		if s == nil {
			s = &slice{}
			index[key.String()], out = s, append(out, s)
		}
		if all[c.Text(e.row)] {
			s.all = append(s.all, i)
		} else {
			s.others, s.sum = append(s.others, i), s.sum+e.value
		}
	}
	return out
}

// labelsOfAll are the labels of a column that say that a row is of all parts: words for it, a blank
// beside others, or the one label whose rows are the sum of the others wherever it stands.
func (a *amounts) labelsOfAll(c *table.SheetColumn) map[string]bool {
	const most = 50
	labels, order := map[string]bool{}, []string{}
	out := map[string]bool{}
	for _, e := range a.entries {
		label := c.Text(e.row)
		if labels[label] || e.gone {
			continue
		}
		labels[label], order = true, append(order, label)
		if isWhole(label) || label == "" && c.Name != a.column && c.Position() > a.position() {
			out[label] = true
		}
	}
	if len(out) > 0 || c.Name == a.column || len(order) > most || len(order) < 3 || len(a.entries) > mostLooks {
		return out
	}
	for _, label := range order {
		one := map[string]bool{label: true}
		hits := 0
		for _, s := range a.slices(c, one) {
			if len(s.all) == 1 && len(s.others) > 1 {
				if v := a.entries[s.all[0]].value; v == 0 || math.Abs(v-s.sum) > exactly*v {
					hits = -len(a.entries)
				}
				hits++
			}
		}
		if hits > 1 {
			return one
		}
	}
	return out
}

// position is where the column of members stands.
func (a *amounts) position() int {
	c, err := a.sheet.Column(a.column)
	if err != nil {
		return 0
	}
	return c.Position()
}
