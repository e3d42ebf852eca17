package measure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/sim/table"
)

// A subtotal is the sum of the rows above it, or below it, up to the next sum. One that is counted
// as a member counts its firms twice, so that a row called so is left out where the sum shows it to
// be one and is pointed at where it does not.

// markSubtotals leaves out the rows that are called subtotals, or the total of something, and are
// the sum of the rows beside them.
func (a *amounts) markSubtotals() error {
	if len(a.o.Members) > 0 || !a.named {
		return nil
	}
	strong, weak, whole := a.called(subtotalWord), a.called(sumOf), a.called(totalWord)
	rows := make([][]int, len(a.keys)) // entries of each group
	for i, e := range a.entries {
		if !e.gone {
			rows[e.group] = append(rows[e.group], i)
		}
	}
	for _, group := range rows {
		for at, i := range group {
			e := a.entries[i]
			label := a.blockOf(group, at)
			if !strong[e.member] && !weak[e.member] && label == "" || whole[e.member] && !strong[e.member] {
				continue
			}
			called := func(k int) bool {
				m := a.entries[group[k]].member
				return strong[m] || weak[m] || whole[m] || a.blockOf(group, k) != "" ||
					label != "" && !a.isLabelled(a.entries[group[k]], label)
			}
			// A name that may be a firm's is a sum of several rows alone, and nearly exactly.
			least, within := 1, .01
			if !strong[e.member] {
				least, within = 2, .002
			}
			sums := func(step int) bool {
				parts, sum := a.run(group, at, step, called)
				if len(parts) < least || e.value <= 0 || math.Abs(e.value-sum) > within*e.value {
					return false
				}
				a.settle(i, parts, a.nameOf(e))
				return true
			}
			if !sums(-1) && !sums(1) && !whole[e.member] && (strong[e.member] || weak[e.member]) {
				a.doubtful = append(a.doubtful, i)
			}
		}
	}
	if len(a.sums) > 0 {
		a.sheet.Note(fmt.Sprintf("%s the sum of the rows beside and left out; --total none counts every row as a member",
			are(a.sums)))
	}
	return nil
}

// noteDoubtful says which rows count as members though they are called sums.
func (a *amounts) noteDoubtful() {
	var names []string
	for _, i := range a.doubtful {
		if !a.entries[i].gone && !slices.Contains(names, a.nameOf(a.entries[i])) {
			names = append(names, a.nameOf(a.entries[i]))
		}
	}
	if len(names) > 0 {
		a.sheet.Note(fmt.Sprintf("%s counted as a member, for it is not the sum of the rows beside; if it is a sum of "+
			"others, leave it out with --total %q", are(names), names[0]))
	}
}

// blockOf is the label of the block above or below a row that is called after it, with a word
// beside: "OpenAI total" below the rows of OpenAI, in any language. It is "" where there is none.
func (a *amounts) blockOf(group []int, at int) string {
	name := a.names[a.entries[group[at]].member]
	if name == "" || len(name) > 60 {
		return ""
	}
	for _, k := range []int{at - 1, at + 1} {
		if k < 0 || k >= len(group) {
			continue
		}
		e := a.entries[group[k]]
		if label := a.names[e.member]; after(name, label) {
			return label
		}
		for _, c := range a.parts {
			if label := c.Text(e.row); after(name, label) {
				return label
			}
		}
	}
	return ""
}

// isLabelled tells whether a row is of a member or has a label in another column.
func (a *amounts) isLabelled(e entry, label string) bool {
	return a.names[e.member] == label || slices.ContainsFunc(a.parts, func(c *table.SheetColumn) bool {
		return c.Text(e.row) == label
	})
}

// after tells whether a name is a label and a word more.
func after(name, label string) bool {
	if len(label) < 2 || len(name) < len(label)+2 {
		return false
	}
	return strings.HasPrefix(name, label+" ") || strings.HasSuffix(name, " "+label)
}

// run adds up the entries beside one in a direction, up to the next sum.
func (a *amounts) run(group []int, at, step int, called func(int) bool) (parts []int, sum float64) {
	for k := at + step; k >= 0 && k < len(group) && !called(k); k += step {
		parts, sum = append(parts, group[k]), sum+a.entries[group[k]].value
	}
	return parts, sum
}

// are is a few names, each once, with the verb that they take.
func are(names []string) string {
	const most = 3
	var quoted []string
	seen := map[string]bool{}
	for _, name := range names {
		if !seen[name] {
			quoted = append(quoted, fmt.Sprintf("%q", name))
		}
		seen[name] = true
	}
	switch n := len(quoted); {
	case n == 1:
		return quoted[0] + " is"
	case n > most:
		return fmt.Sprintf("%s and %d more are each", strings.Join(quoted[:most], ", "), n-most)
	default:
		return strings.Join(quoted, ", ") + " are each"
	}
}
