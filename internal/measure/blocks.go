package measure

import (
	"fmt"
	"slices"
	"strconv"
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
			wrong.Add(by[j].Place(bad), "the cell is blank, and %s; write the label of --by %q into each row, or take "+
				"the row "+
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

// fillNames writes the member's name above into blank cells of the column that names the members,
// as labels does, and notes it. A row that heads a block, with a label in a column before and no
// name, has the label for a name. A row stays without a name where no other word tells what it is,
// as that of a total, where such a word calls it a sum or a remainder, and in a column in which a
// name stands on several rows, so that a blank may be a gap.
func (a *amounts) fillNames(names []string, keys [][]string, by, values []*table.SheetColumn) []string {
	if blanks(names) == 0 || len(names) == 0 {
		return names
	}
	c, err := a.sheet.Column(a.column)
	if err != nil {
		return names
	}
	texts := without(a.wordColumns(by, values), c)
	outer := slices.DeleteFunc(slices.Clone(texts), func(o *table.SheetColumn) bool {
		return o.Position() > c.Position() || !slices.Contains(a.parts, o)
	})
	out, headed := slices.Clone(names), map[string]bool{}
	above, first, filled := "\x00", -1, 0
	for i, w := range names {
		within := ""
		for _, k := range keys {
			within += k[i] + "\x00"
		}
		label, isHead := newLabel(outer, i, len(names))
		switch {
		case w == "" && label != "":
			out[i], a.heads[i] = label, isHead
		case w == "" && above == within && i > 0 && !a.isHead(i-1) && described(texts, i):
			if out[i] = out[i-1]; out[i] == "" {
				break
			}
			if filled++; first < 0 {
				first = i
			}
		case w != "" && headed[within+"\x00"+w] && len(outer) == 0:
			return names
		case w != "":
			headed[within+"\x00"+w] = true
		}
		above = within
	}
	if filled > 0 {
		a.sheet.Note(fmt.Sprintf("blank cells of %s, %d of them, are taken as the name above them, first %q in %s",
			a.column, filled, out[first], a.sheet.Nth(first)))
	}
	return out
}

// newLabel is the last label of some columns that differs from that of the row above; isHead says
// that the rows below have none, so that it heads them.
func newLabel(list []*table.SheetColumn, row, rows int) (label string, isHead bool) {
	for _, c := range slices.Backward(list) {
		if w := c.Text(row); w != "" && (row == 0 || c.Text(row-1) != w) {
			return w, row+1 < rows && c.Text(row+1) == ""
		}
	}
	return "", false
}

// described tells whether a word of some columns says what a row is, and none calls it a sum or a
// remainder.
func described(texts []*table.SheetColumn, row int) bool {
	any := false
	for _, c := range texts {
		w := strings.TrimSpace(c.Text(row))
		if any = any || w != ""; totalWord.is(w) || restWord.is(w) {
			return false
		}
	}
	return any
}

// noteNameless says which rows count as members without a name.
func (a *amounts) noteNameless() {
	if !a.named || len(a.o.Members) > 0 {
		return
	}
	n, first := 0, -1
	for i, e := range a.entries {
		if (a.names[e.member] == "" || a.isHead(e.row)) && !e.gone && !e.rest {
			if n++; first < 0 {
				first = i
			}
		}
	}
	if n == 0 {
		return
	}
	what := "1 row without a name in column %s counts as a member of its own, "
	if n > 1 {
		what = strconv.Itoa(n) + " rows without a name in column %s count as a member each, first "
	}
	a.sheet.Note(fmt.Sprintf(what+"%s; write the name into each row, or say --rest or --total of a remainder or a sum",
		a.column, a.sheet.Nth(a.entries[first].row)))
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

// headings are rows that have a name and no amount at all because they are no members': the second
// row of a header, which names the column of members, is left out. Lines that head the blocks below
// them, as years and segments do, are refused, for their blocks would make one group.
func (a *amounts) headings(values []*table.SheetColumn) ([]int, error) {
	s := a.sheet
	if !a.named || len(a.o.Members) > 0 {
		return nil, nil
	}
	c, err := s.Column(a.column)
	if err != nil {
		return nil, nil
	}
	isHeading := func(i int) bool {
		return i < s.Len() && c.Text(i) != "" && !slices.ContainsFunc(values, func(v *table.SheetColumn) bool {
			return v.Text(i) != ""
		})
	}
	if !isHeading(0) {
		return nil, nil
	}
	if name := c.Text(0); firmColumn.matches().MatchString(name) || placeColumn.matches().MatchString(name) {
		s.Note(fmt.Sprintf("%s is left out, for it names the column: %q", s.Nth(0), name))
		return []int{0}, nil
	}
	for i := 1; i < s.Len(); i++ {
		if isHeading(i) && !isHeading(i-1) && i+1 < s.Len() && !isHeading(i+1) {
			return nil, refused(c.Place(0), "%q stands above rows without an amount of its own, as %q does in %s; "+
				"write it into "+
				"each of these rows, in a column of its own, and make groups of that with --by", c.Text(0), c.Text(i),
				s.Nth(i))
		}
	}
	return nil, nil
}
