package measure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/internal/pattern"
)

// A subtotal is the sum of the rows above it, or below it, up to the next sum. One that is counted as
// a member counts its firms twice, so that a row called so is left out where the sum shows it to be
// one and is pointed at where it does not.

var (
	subtotalWord = pattern.Late(`(?i)(^|[^\pL])(sub-?totals?|zwischensummen?|teilsummen?|sous-totaux|sous-total|` +
		`subtotale|subtotaal|delsumma|delsum|mezisoučet|suma częściowa|välisumma|промежуточный итог|` +
		`подытог)([^\pL]|$)|小計|小计|소계`)
	sumOf = pattern.Late(`(?i)^(total|sum|summe|gesamt|totale|suma)[ :,-]+\S|\S[ :,-]+(total|summe|gesamt|totale|sum)$`)
)

// markSubtotals leaves out the rows that are called subtotals, or the total of something, and are the
// sum of the rows beside them.
func (a *amounts) markSubtotals() {
	if len(a.o.Members) > 0 || !a.named {
		return
	}
	strong, weak, whole := a.called(subtotalWord()), a.called(sumOf()), a.called(totalWord())
	if !slices.Contains(strong, true) && !slices.Contains(weak, true) {
		return
	}
	rows := make([][]int, len(a.keys)) // entries of each group
	for i, e := range a.entries {
		rows[e.group] = append(rows[e.group], i)
	}
	var out, doubtful []string
	for _, group := range rows {
		for at, i := range group {
			e := &a.entries[i]
			if !strong[e.member] && !weak[e.member] || whole[e.member] && !strong[e.member] {
				continue
			}
			called := func(k int) bool {
				m := a.entries[group[k]].member
				return strong[m] || weak[m] || whole[m]
			}
			if a.run(group, at, -1, called) || a.run(group, at, 1, called) {
				e.gone = true
				out = append(out, a.names[e.member])
			} else if !whole[e.member] {
				doubtful = append(doubtful, a.names[e.member])
			}
		}
	}
	if len(out) > 0 {
		a.sheet.Note(fmt.Sprintf("%s the sum of the rows beside and left out; --total none counts every row as a member",
			are(out)))
	}
	if len(doubtful) > 0 && len(a.o.Total) == 0 {
		a.sheet.Note(fmt.Sprintf("%s counted as a member, for it is not the sum of the rows beside; if it is a sum of "+
			"others, leave it out with --total %q", are(doubtful), doubtful[0]))
	}
}

// run tells whether an entry is the sum of those beside it in one direction, up to the next sum.
func (a *amounts) run(group []int, at, step int, called func(int) bool) bool {
	sum, n := 0.0, 0
	for k := at + step; k >= 0 && k < len(group) && !called(k); k += step {
		sum += a.entries[group[k]].value
		n++
	}
	v := a.entries[group[at]].value
	return n > 0 && v > 0 && math.Abs(v-sum) <= 0.01*v // sums of rounded amounts
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
