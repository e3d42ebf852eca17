package measure

import (
	"fmt"
	"slices"
	"strings"

	"simulate/sim/table"
)

// labels are the words of the columns that make groups. Spreadsheets write the label of merged
// cells, and of pivots, in the first row of its block alone: blank cells below it are taken as the
// label above and noted, where each label heads one block. Any other blank is refused, so that no
// group is without a name. values are the columns of amounts.
func labels(s *table.Sheet, by, values []*table.SheetColumn) ([][]string, error) {
	keys, err := wordsOf(by)
	if err != nil {
		return nil, err
	}
	var order []int // outer labels first, which have more blanks
	for j := range keys {
		order = append(order, j)
	}
	slices.SortStableFunc(order, func(i, j int) int { return blanks(keys[j]) - blanks(keys[i]) })
	var wrong table.Problems
	filled := make([][]string, len(keys))
	var outer, full [][]string
	for _, j := range slices.Backward(order) {
		if blanks(keys[j]) == 0 {
			filled[j] = keys[j]
			full = append(full, keys[j])
		}
	}
	for _, j := range order {
		if filled[j] != nil {
			continue
		}
		nameless := namelessRow(s, by[j], values)
		words, bad, why := fill(keys[j], outer, nameless)
		if bad >= 0 && len(full) > 0 {
			if again, still, _ := fill(keys[j], slices.Concat(outer, full), nameless); still < 0 {
				words, bad = again, -1
			}
		}
		if bad >= 0 {
			wrong.Add(by[j].Place(bad), "the cell is blank, and %s; write the label of --by %q into each row, or take the row "+
				"out if it is a total", why, by[j].Name)
			return nil, wrong
		}
		first := slices.Index(keys[j], "")
		s.Note(fmt.Sprintf("blank cells of %s, %d of them, are taken as the label above them, first %q in %s",
			by[j].Name, blanks(keys[j]), words[first], s.Nth(first)))
		filled[j] = words
		outer = append(outer, words)
	}
	return filled, nil
}

// fill writes the label above into blank cells. bad is the first row where that is a guess, and why
// says so; -1 where none is: the first row of each block has its label, which heads no other block
// within the same outer labels, and the row has a name.
func fill(words []string, outer [][]string, nameless func(row int) bool) (out []string, bad int, why string) {
	out = slices.Clone(words)
	headed := map[string]bool{}
	above := "\x00"
	for i, w := range words {
		within := ""
		for _, o := range outer {
			within += o[i] + "\x00"
		}
		key := within + "\x00" + w
		switch {
		case w == "" && i == 0:
			return nil, i, "no label stands above it"
		case w == "" && above != within:
			return nil, i, "the label above it belongs to another group"
		case w == "" && nameless(i):
			return nil, i, "its row has no name either"
		case w == "":
			out[i] = out[i-1]
		case headed[key]:
			return nil, slices.Index(words, ""), fmt.Sprintf("the label %q stands on several rows, so that a blank may be "+
				"a gap", w)
		default:
			headed[key] = true
		}
		above = within
	}
	return out, -1, ""
}

// namelessRow tells of rows that are blank in every column of words, as those of totals are.
func namelessRow(s *table.Sheet, by *table.SheetColumn, values []*table.SheetColumn) func(int) bool {
	var texts []*table.SheetColumn
	for _, c := range s.Columns() {
		if c != by && !slices.Contains(values, c) && !c.IsNumeric() {
			texts = append(texts, c)
		}
	}
	return func(row int) bool {
		return len(texts) > 0 && !slices.ContainsFunc(texts, func(c *table.SheetColumn) bool {
			return strings.TrimSpace(c.Text(row)) != ""
		})
	}
}

func blanks(words []string) (n int) {
	for _, w := range words {
		if w == "" {
			n++
		}
	}
	return n
}
