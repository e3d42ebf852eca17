package measure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/sim/table"
)

// Tables with several columns of numbers: which of them belong together.

// leaveOut takes columns that hold something else than amounts out of them, unless none would
// remain, and says so.
func (r *roles) leaveOut(s *table.Sheet, what string, is func(*table.SheetColumn) bool) {
	out := slices.DeleteFunc(slices.Clone(r.amounts), func(c *table.SheetColumn) bool { return !is(c) })
	if len(out) == 0 || len(out) == len(r.amounts) {
		return
	}
	r.amounts = slices.DeleteFunc(r.amounts, is)
	for _, c := range out {
		s.Note(fmt.Sprintf("column %s is taken for a %s and left out; --value names the amounts otherwise", c.Name, what))
	}
}

// stem are the columns that are headed by dates which differ in nothing else.
type stem struct {
	text    string
	columns []*table.SheetColumn
}

// stems are the columns of amounts by what their headings say beside a date; others have none.
func (r *roles) stems() (list []stem, others []*table.SheetColumn) {
	for _, c := range r.amounts {
		text, ok := dated(c.Name)
		if !ok {
			others = append(others, c)
			continue
		}
		k := slices.IndexFunc(list, func(s stem) bool { return s.text == text })
		if k < 0 {
			k, list = len(list), append(list, stem{text: text})
		}
		list[k].columns = append(list[k].columns, c)
	}
	return list, others
}

// overTime takes the columns that are headed by dates for a group each. Beside them a column may
// hold their sum or mean.
func (r *roles) overTime(s *table.Sheet, o *Options) error {
	list, others := r.stems()
	for _, c := range others {
		if !totalWord.is(c.Name) && !columnIs(c.Name, asideColumn) {
			list = append(list, stem{columns: []*table.SheetColumn{c}})
			continue
		}
		s.Note(fmt.Sprintf("column %s stands beside dates, is taken for their sum or another quantity and left out; "+
			"--value "+
			"names the amounts otherwise", c.Name))
	}
	over := append(slices.Clone(r.dates), by(s, o)...)
	if len(list) > 1 {
		var each []string
		for _, l := range list {
			each = append(each, "--value "+listed(namesOf(l.columns))+groupsBy(o, r.dates...)+member(o))
		}
		return table.Problems{fmt.Sprintf("%s: columns %s are amounts of different things; choose those that make a "+
			"group each: %s",
			s.Path(), brief(namesOf(r.amounts)), strings.Join(each, ", or "))}
	}
	r.amounts = list[0].columns
	names := namesOf(r.amounts)
	if len(r.words) == 0 && o.Member == "" && len(over) > 0 {
		return table.Problems{fmt.Sprintf("%s: both the columns %s and the rows of column %s are dates, so that "+
			"nothing names "+
			"members; give a column with their names", s.Path(), brief(names), over[0].Name)}
	}
	if len(o.By) == 0 {
		o.By = namesOf(r.dates)
	}
	o.Value = names
	s.Note(fmt.Sprintf("the table is wide: columns %s are taken for periods, a group each", brief(names)))
	return nil
}

// by are the columns of the option --by.
func by(s *table.Sheet, o *Options) []*table.SheetColumn {
	list, err := columns(s, o.By)
	if err != nil {
		return nil
	}
	return list
}

// setAside takes columns that are no member's out of a table with a column per member: those that
// are called as sizes of samples, measures and amounts of a market are, and the only one beside
// which the others add up to a whole.
func (r *roles) setAside(s *table.Sheet) error {
	all := namesOf(r.amounts)
	say := func(c *table.SheetColumn, why string) {
		s.Note(fmt.Sprintf("column %s is taken for no member and left out, %s; --members names the members "+
			"otherwise", c.Name, why))
	}
	var kept, aside []*table.SheetColumn
	sumsUp := addUp(s, r.amounts) // then all are members, whatever they are called
	for _, c := range r.amounts {
		if !sumsUp && (columnIs(c.Name, asideColumn) || columnIs(c.Name, changeColumn)) && !r.isSumOf(s, c) {
			aside = append(aside, c)
		} else {
			kept = append(kept, c)
		}
	}
	if len(kept) == 0 {
		return table.Problems{fmt.Sprintf("%s: columns %s are called as quantities are and not as members; choose "+
			"the amounts "+
			"with --value %s, or name the columns that are a member each: --members %s", s.Path(), brief(all),
			listed(all[:1]),
			listed(all))}
	}
	for _, c := range aside {
		say(c, "for its name says so")
	}
	r.amounts = kept
	if len(kept) < 3 || wholes(s, kept) {
		return nil
	}
	var odd []*table.SheetColumn
	sums, ok := rowSums(s, kept)
	if !ok {
		return nil
	}
	for _, c := range kept {
		n, _ := c.Numbers(true)
		hits := 0
		for i, v := range n.Values {
			if others := sums[i] - v; near(others, 100) || near(others, 1) {
				hits++
			}
		}
		if hits*5 >= s.Len()*4 && (s.Len() > 1 || n.Values[0] > 101) && !r.isSumOf(s, c) {
			odd = append(odd, c)
		}
	}
	if len(odd) == 1 {
		say(odd[0], "for the others add up to a whole without it")
		r.amounts = without(kept, odd[0])
	}
	return nil
}

// partPercentages refuses columns of percentages beside columns of amounts, which are of two
// things. A single column of amounts is left out.
func (r *roles) partPercentages(s *table.Sheet, o *Options) error {
	var percentages, plain []*table.SheetColumn
	for _, c := range r.amounts {
		if n, err := c.Numbers(true); err == nil && n.Percent {
			percentages = append(percentages, c)
		} else if err == nil {
			plain = append(plain, c)
		}
	}
	by := groupsBy(o, append(slices.Clone(r.dates), r.apart...)...)
	switch {
	case len(percentages) < 2 || len(plain) == 0:
		return nil
	case len(plain) == 1:
		s.Note(fmt.Sprintf("column %s is taken for no member and left out, for the others hold percentages; "+
			"--members names "+
			"the members otherwise", plain[0].Name))
		r.amounts = percentages
		return nil
	}
	return table.Problems{fmt.Sprintf("%s: columns %s hold percentages and columns %s do not; choose those that "+
		"are a member "+
		"each: --members %s%s, or --members %s%s", s.Path(), brief(namesOf(percentages)), brief(namesOf(plain)),
		listed(namesOf(percentages)), by, listed(namesOf(plain)), by)}
}

func without(list []*table.SheetColumn, c *table.SheetColumn) []*table.SheetColumn {
	return slices.DeleteFunc(slices.Clone(list), func(other *table.SheetColumn) bool { return other == c })
}

// isSumOf tells whether a column is the sum of the other amounts in every row.
func (r *roles) isSumOf(s *table.Sheet, c *table.SheetColumn) bool {
	n, err := c.Numbers(true)
	sums, ok := rowSums(s, without(r.amounts, c))
	if err != nil || !ok {
		return false
	}
	for i, v := range n.Values {
		if !(math.Abs(v-sums[i]) <= .01*v) {
			return false
		}
	}
	return true
}

// rowSums adds up some columns by row; false where a cell is no number.
func rowSums(s *table.Sheet, list []*table.SheetColumn) ([]float64, bool) {
	sums := make([]float64, s.Len())
	for _, c := range list {
		n, err := c.Numbers(true)
		if err != nil {
			return nil, false
		}
		for i, v := range n.Values {
			if !math.IsNaN(v) {
				sums[i] += v
			}
		}
	}
	return sums, true
}

// isTotalRow tells whether a word calls a row the sum of others.
func isTotalRow(s *table.Sheet, row int) bool {
	return slices.ContainsFunc(s.Columns(), func(c *table.SheetColumn) bool {
		return !c.IsNumeric() && totalWord.is(c.Text(row))
	})
}

// wholes tells columns whose rows add up to 100 or to 1, nearly all of them. Columns that are
// called sums are not counted.
func wholes(s *table.Sheet, list []*table.SheetColumn) bool {
	return addUp(s, slices.DeleteFunc(slices.Clone(list),
		func(c *table.SheetColumn) bool { return totalWord.is(c.Name) }))
}

// addUp is wholes with all columns. Rows that are called sums are not counted.
func addUp(s *table.Sheet, parts []*table.SheetColumn) bool {
	if len(parts) < 2 {
		return false
	}
	sums, ok := rowSums(s, parts)
	n, hits := 0, 0
	for i, v := range sums {
		if isTotalRow(s, i) {
			continue
		}
		if n++; near(v, 100) || near(v, 1) {
			hits++
		}
	}
	return ok && n > 0 && hits*5 >= n*4
}

// wholeColumns tells whether each of some columns adds up to 100 or to 1 over the rows.
func wholeColumns(s *table.Sheet, list []*table.SheetColumn) bool {
	for _, c := range list {
		n, err := c.Numbers(true)
		if err != nil {
			return false
		}
		sum := 0.0
		for i, v := range n.Values {
			if !math.IsNaN(v) && !isTotalRow(s, i) {
				sum += v
			}
		}
		if !near(sum, 100) && !near(sum, 1) {
			return false
		}
	}
	return true
}
