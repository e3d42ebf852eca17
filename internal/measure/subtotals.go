package measure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/internal/pattern"
)

// A subtotal is the sum of the rows above it, or below it, up to the next sum. One that is counted
// as a member counts its firms twice, so that a row called so is left out where the sum shows it to
// be one and is pointed at where it does not.

var (
	subtotalWord = holding(`(?i)(^|[^\pL])(sub-?totals?|zwischensummen?|teilsummen?|sous-totaux|sous-total|`+
		`subtotale|subtotaal|delsumma|delsum|mezisoučet|suma częściowa|välisumma|промежуточный итог|`+
		`подытог)([^\pL]|$)|小計|小计|소계`, "tot", "sum")
	sumOf = holding(`(?i)^(total|sum|summe|gesamt|totale|suma)[ :,-]+\S|\S[ :,-]+(total|summe|gesamt|totale|sum)$`,
		"tot", "sum", "gesamt")
)

// holding is a word whose texts hold one of some parts, or other characters than ASCII.
func holding(expression string, parts ...string) word {
	return word{pattern.Late(expression), func(name string) bool { return pattern.ContainsFolded(name, parts...) }}
}

// markSubtotals leaves out the rows that are called subtotals, or the total of something, and are
// the sum of the rows beside them.
func (a *amounts) markSubtotals() {
	if len(a.o.Members) > 0 || !a.named {
		return
	}
	strong, weak, whole := a.called(subtotalWord), a.called(sumOf), a.called(totalWord)
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
			// A name that may be a firm's is a sum of several rows alone, and nearly exactly.
			least, within := 1, .01
			if !strong[e.member] {
				least, within = 2, .002
			}
			sums := func(step int) bool {
				sum, n := a.run(group, at, step, called)
				return n >= least && e.value > 0 && math.Abs(e.value-sum) <= within*e.value
			}
			if sums(-1) || sums(1) {
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

// run adds up the entries beside one in a direction, up to the next sum, and counts them.
func (a *amounts) run(group []int, at, step int, called func(int) bool) (sum float64, n int) {
	for k := at + step; k >= 0 && k < len(group) && !called(k); k += step {
		sum += a.entries[group[k]].value
		n++
	}
	return sum, n
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
