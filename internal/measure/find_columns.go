package measure

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"simulate/internal/shell"
	"simulate/sim/table"
)

// Which columns of a table hold members, amounts and dates where the user does not say.

// roles are the columns of a table by what they hold. Columns of row numbers, units and remarks are
// in none.
type roles struct {
	amounts, dates, words []*table.SheetColumn
	apart                 []*table.SheetColumn // the words that tell one row from another
	time                  bool                 // the columns of amounts are headed by dates
}

// rolesOf sorts the columns that the options leave open.
func rolesOf(s *table.Sheet, o *Options, by []*table.SheetColumn) roles {
	r := roles{time: wideInTime(s)}
	for _, c := range s.Columns() {
		switch {
		case slices.Contains(by, c) || c.Name == o.Member || columnIs(c.Name, flagColumn) && !isFirms(c):
		case whole(c, s.Len()) && columnIs(c.Name, indexColumn):
			s.Note(fmt.Sprintf("column %s is taken for numbers of rows", c.Name))
		case isUnits(c, s.Len()):
		case r.time && isDated(c.Name) && isAmounts(c):
			r.amounts = append(r.amounts, c)
		case isEmpty(c, s.Len()):
		case periods(c, s.Len()) || columnIs(c.Name, dateColumn) && r.mayBeDates(c, s.Len()):
			if len(different(c, s.Len())) > 1 {
				r.dates = append(r.dates, c)
			}
		case isAmounts(c):
			r.amounts = append(r.amounts, c)
		default:
			r.words = append(r.words, c)
		}
	}
	for _, c := range r.words {
		if s.Len() == 1 || len(different(c, s.Len())) > 1 { // one country or market throughout tells no row from another
			r.apart = append(r.apart, c)
		}
	}
	return r
}

// mayBeDates tells whether a column that is called a date holds some: whole numbers or words.
// Beside columns of dates it holds parts of a year, and otherwise their sum, as Year beside Q1 to
// Q4.
func (r *roles) mayBeDates(c *table.SheetColumn, rows int) bool {
	if !r.time {
		return whole(c, rows) || !c.IsNumeric()
	}
	const months = 12
	return c.IsNumeric() && allCells(c, rows, func(cell string) bool {
		n, err := strconv.Atoi(cell)
		return err == nil && n >= 1 && n <= months
	})
}

// wideInTime tells whether two columns of numbers or more, and half of them, are headed by dates
// that differ in nothing else. Among many columns some are called Firm 1900.
func wideInTime(s *table.Sheet) bool {
	stems := map[string]int{}
	amounts := 0
	for _, c := range s.Columns() {
		if stem, ok := dated(c.Name); ok {
			stems[stem]++
			amounts++
		} else if isAmounts(c) && !isChange(c) {
			amounts++
		}
	}
	headed := 0
	for _, n := range stems {
		if n > 1 {
			headed += n
		}
	}
	return headed > 0 && 2*headed >= amounts
}

// whole tells a column of whole numbers.
func whole(c *table.SheetColumn, rows int) bool {
	for i := range rows {
		if !isDigits(c.Text(i)) {
			return false
		}
	}
	return true
}

// isFirms tells a column that is called as those of firms are.
func isFirms(c *table.SheetColumn) bool { return columnHas(c.Name, firmColumn) }

// isChange tells a column that is called growth.
func isChange(c *table.SheetColumn) bool {
	return columnHas(c.Name, changeColumn) || columnIs(c.Name, changeColumn)
}

// isEmpty tells a column without a filled cell.
func isEmpty(c *table.SheetColumn, rows int) bool {
	for i := range rows {
		if c.Text(i) != "" {
			return false
		}
	}
	return true
}

// isMemberName tells a column that is called as those of firms, countries and other members are.
func isMemberName(c *table.SheetColumn) bool { return isFirms(c) || columnHas(c.Name, placeColumn) }

// findColumns tells which columns hold amounts where the options do not: the only one with numbers,
// those that are headed by dates, or those that are members because each row of them is a date or
// adds up to a whole. Where that is not certain it refuses with the options for each reading.
func findColumns(s *table.Sheet, o *Options) error {
	by, err := columns(s, o.By)
	if err != nil {
		return err
	}
	r := rolesOf(s, o, by)
	if _, err := columns(s, namesOf(r.amounts)); err != nil { // two of one name
		return err
	}
	if err := mistyped(s, r); err != nil && len(r.amounts) > 0 {
		return err
	}
	if len(r.amounts) == 0 && len(r.dates) == 1 && len(by) == 0 && r.dates[0].IsNumeric() {
		r.amounts, r.dates = r.dates, nil // amounts that look like years
	}
	if r.time || len(r.words) > 0 && !wholes(s, r.amounts) {
		r.leaveOut(s, "change", func(c *table.SheetColumn) bool { return isChange(c) })
	}
	switch {
	case len(r.amounts) == 0:
		return noNumbers(s, append(r.words, r.dates...))
	case len(r.amounts) == 1:
		return r.single(s, o)
	case r.time:
		return r.overTime(s, o)
	}
	return r.wide(s, o)
}

// single takes the only column of numbers. Rows of several dates are one group only where the user
// says so.
func (r *roles) single(s *table.Sheet, o *Options) error {
	c := r.amounts[0]
	if len(r.dates) > 0 && len(o.By) == 0 {
		dates := r.dates[0]
		if o.Member == "" && len(r.apart) == 0 && !slices.ContainsFunc(r.words, isMemberName) {
			return table.Problems{fmt.Sprintf("%s: column %s holds dates and no column names members, so that %s is "+
				"one series "+
				"over time, of which there is no concentration; give a column per member, or rows of a date, a member "+
				"and an "+
				"amount; if each date is meant as a member, say --member %s",
				s.Path(), dates.Name, c.Name, listed(namesOf(r.dates[:1])))}
		}
		amounts := "--value " + listed(namesOf(r.amounts)) + member(o)
		return table.Problems{fmt.Sprintf("%s: the rows are of %d dates; for a group of each say %s --by %s, for "+
			"one group of "+
			"all %s", dates.Place(0), len(different(dates, s.Len())), amounts, listed(namesOf(r.dates)), amounts)}
	}
	o.Value = namesOf(r.amounts)
	return nil
}

// member is the option --member as it was given, behind other options.
func member(o *Options) string {
	if o.Member == "" {
		return ""
	}
	return " --member " + listed([]string{o.Member})
}

// groupsBy is the option --by for some columns, or as it was given.
func groupsBy(o *Options, list ...*table.SheetColumn) string {
	names := o.By
	if len(names) == 0 {
		names = namesOf(list)
	}
	if len(names) == 0 {
		return ""
	}
	return " --by " + listed(names)
}

// wide decides whether several columns of numbers are a member each. They are not where a column
// names firms, and where both the rows and the columns add up to a whole nobody can know.
func (r *roles) wide(s *table.Sheet, o *Options) error {
	all := namesOf(r.amounts)
	// A corner may name what the columns are: Firm, then a column per firm and a row per quantity.
	isQuantities := func(c *table.SheetColumn) bool {
		return allCells(c, s.Len(), func(cell string) bool { return columnIs(cell, asideColumn) })
	}
	k := slices.IndexFunc(r.words, func(c *table.SheetColumn) bool { return isFirms(c) && !isQuantities(c) })
	if k >= 0 || o.Member != "" {
		firms := o.Member
		if k >= 0 {
			firms = r.words[k].Name
		}
		by, across := groupsBy(o, r.dates...), ""
		if o.Member == "" && wholes(s, r.amounts) && !beginAlike(all) {
			across = fmt.Sprintf("; if each column is a member, say --members %s --by %s", listed(all),
				listed(append(namesOf(r.dates), firms)))
		}
		return table.Problems{fmt.Sprintf("%s: columns %s hold numbers, and the rows of column %s are the members; "+
			"choose the amounts: --value %s%s%s, or a group each: --value %s%s%s%s", s.Path(), brief(all), firms,
			listed(r.likeliest(s)), by, member(o), listed(all), by, member(o), across)}
	}
	if err := r.partPercentages(s, o); err != nil {
		return err
	}
	if err := r.setAside(s); err != nil {
		return err
	}
	names := namesOf(r.amounts)
	over := append(slices.Clone(r.dates), r.apart...)
	sumsOfRows := wholes(s, r.amounts)
	switch {
	case len(names) == 1:
		return r.single(s, o)
	case sumsOfRows && len(r.apart) > 0 && len(r.dates) == 0 && s.Len() > 1 && wholeColumns(s, r.amounts):
		return table.Problems{fmt.Sprintf("%s: both the rows and the columns %s add up to a whole; if the rows of "+
			"column %s are "+
			"the members, say --value %s; if each column is a member, say --members %s --by %s", s.Path(), brief(names),
			r.apart[0].Name, listed(names), listed(names), listed(namesOf(r.apart)))}
	case len(r.apart) == 0 && (len(r.dates) > 0 || len(o.By) > 0 || s.Len() == 1), sumsOfRows:
		o.Members = names
		if len(o.By) == 0 {
			o.By = namesOf(over)
		}
		s.Note(fmt.Sprintf("the table is wide: columns %s are taken for a member each, a row for a group", brief(names)))
		return nil
	case len(r.apart) > 0 && len(r.dates) > 0:
		return table.Problems{fmt.Sprintf("%s: columns %s hold numbers; if the rows of column %s are the members, "+
			"choose the amounts, as in --value %s --by %s; if each column is a member, say --members %s --by %s",
			s.Path(), brief(names), r.apart[0].Name, listed(r.likeliest(s)), listed(namesOf(r.dates)),
			listed(names), listed(namesOf(append(r.apart[:1:1], r.dates...))))}
	}
	return table.Problems{fmt.Sprintf("%s: columns %s hold numbers; choose the amounts with --value %s, or a "+
		"group each with "+
		"--value %s, or, in a wide table, name the columns that are a member each: --members %s%s",
		s.Path(), strings.Join(names, ", "), listed(r.likeliest(s)), listed(names), listed(names), groupsBy(o, over...))}
}

// beginAlike tells names with one first word, as rev_enterprise and rev_consumer.
func beginAlike(names []string) bool {
	return !slices.ContainsFunc(names, func(n string) bool { return tokens(n)[0] != tokens(names[0])[0] })
}

// likeliest is the column of amounts with most different cells: codes and sizes of samples repeat.
func (r *roles) likeliest(s *table.Sheet) []string {
	best, most := "", 0
	for _, c := range r.amounts {
		if n := len(different(c, s.Len())); n > most {
			best, most = c.Name, n
		}
	}
	return []string{best}
}

// mistyped refuses columns that are neither numbers nor words: beside dates, or headed by one, a
// column with some numbers is one of amounts, whose other cells want mending.
func mistyped(s *table.Sheet, r roles) error {
	var wrong table.Problems
	for _, c := range r.words {
		numbers, inexact, _, odd := c.Holds()
		if numbers+inexact == 0 || odd < 0 || len(r.dates) == 0 && !isDated(c.Name) || isMemberName(c) {
			continue
		}
		remedy := ""
		if !isDated(c.Name) {
			remedy = "; if it names the members, say --member " + listed([]string{c.Name})
		}
		wrong.Add(c.Place(odd), "%s; other cells of column %s are numbers%s", c.NotANumber(odd), c.Name, remedy)
	}
	if len(wrong) > 0 {
		return wrong
	}
	return nil
}

// noNumbers refuses a table without amounts and shows the first cell that was perhaps meant as one:
// one with digits, otherwise the last of its row.
func noNumbers(s *table.Sheet, columns []*table.SheetColumn) error {
	remedy := "part columns with commas, semicolons or tabs, write plain numbers such as 12.5, and name the " +
		"column with " +
		"--value where there are several"
	if len(s.Names()) == 1 && strings.Contains(s.Names()[0], " ") {
		remedy = "if spaces part the columns, quote names that hold one (quote = TRUE in R), or part columns with tabs"
	}
	for row := range s.Len() {
		for _, c := range slices.Backward(columns) {
			if number, inexact, _, _ := c.Holds(); number == 0 && inexact == 0 && isMemberName(c) || isPeriod(c.Text(row)) {
				continue
			}
			if cell := c.Text(row); strings.ContainsFunc(cell, unicode.IsDigit) && len(columns) > 1 {
				return table.Problems{fmt.Sprintf("%s: %s; no column holds numbers", c.Place(row), c.NotANumber(row))}
			}
		}
	}
	at := s.Path() + ": no column holds numbers"
	if last := columns[max(len(columns)-1, 0):]; len(last) > 0 && s.Len() > 0 {
		at = fmt.Sprintf("%s: %q is not a number, and no column holds numbers", last[0].Place(0), last[0].Text(0))
	}
	return table.Problems{at + "; " + remedy}
}

// isAmounts tells a column that is meant as numbers: more than half of its filled cells are some,
// or hold one beside a mark, as <1 and ~45 do. Those are refused by cell later.
func isAmounts(c *table.SheetColumn) bool {
	numbers, inexact, filled, _ := c.Holds()
	return c.IsNumeric() || 2*(numbers+inexact) > filled && !isMemberName(c)
}

func namesOf(list []*table.SheetColumn) []string {
	var out []string
	for _, c := range list {
		out = append(out, c.Name)
	}
	return out
}

// listed is a list of columns as an option of a shell's line takes it.
func listed(names []string) string {
	const most = 50
	if len(names) > most {
		return shell.Word(strings.Join(names[:2], ",") + ",…") // which a reader goes on with
	}
	var out []string
	for _, name := range names {
		if strings.ContainsAny(name, `,"`) {
			name = `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
		}
		out = append(out, name)
	}
	return shell.Word(strings.Join(out, ","))
}

// brief is a list of names with the middle of a long one left out.
func brief(names []string) string {
	if n := len(names); n > 5 {
		return strings.Join(names[:3], ", ") + ", … " + names[n-1] + " (" + strconv.Itoa(n) + ")"
	}
	return strings.Join(names, ", ")
}
