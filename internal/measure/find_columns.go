package measure

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"simulate/internal/shell"
	"simulate/sim/table"
)

// Which columns of a table hold members, amounts and periods where the user does not say.

// isPeriod tells a date, month, quarter or year.
func isPeriod(s string) bool { return period().MatchString(strings.TrimSpace(s)) }

// periods tells a column of dates: every filled cell is one.
func periods(c *table.SheetColumn, rows int) bool {
	filled := 0
	for i := range rows {
		s := c.Text(i)
		if s == "" {
			continue
		}
		if filled++; !isPeriod(s) {
			return false
		}
	}
	return filled > 0
}

// keyWords name columns of whole numbers that are no amounts: parts of a date, which make groups,
// and numbers of rows.
var (
	dateWords = []string{"year", "month", "quarter", "week", "day", "date", "period", "jahr", "monat", "quartal",
		"woche", "tag", "datum", "année", "annee", "mois", "trimestre", "jour", "año", "mes", "anno", "mese"}
	indexWords = []string{"rank", "rang", "ranking", "position", "pos", "id", "no", "nr", "number", "index", "row",
		"line", "code"}
)

// named tells whether a column is called by one of some words.
func named(c *table.SheetColumn, words []string) bool {
	return slices.Contains(words, strings.ToLower(strings.Trim(c.Name, " .#_")))
}

// called tells whether a column of whole numbers is called by one of some words.
func called(c *table.SheetColumn, rows int, words []string) bool {
	if !named(c, words) {
		return false
	}
	for i := range rows {
		if strings.Trim(c.Text(i), "0123456789") != "" {
			return false
		}
	}
	return true
}

// noNumbers refuses a table without amounts and shows the first cell that was perhaps meant as one:
// one with digits, otherwise the last of its row.
func noNumbers(s *table.Sheet, columns []*table.SheetColumn) error {
	remedy := "part columns with commas, semicolons or tabs, write plain numbers such as 12.5, and name the column with " +
		"--value where there are several"
	if len(s.Names()) == 1 && strings.Contains(s.Names()[0], " ") {
		remedy = "if spaces part the columns, quote names that hold one (quote = TRUE in R), or part columns with tabs"
	}
	at := s.Path() + ": no column holds numbers"
	last := columns[max(len(columns)-1, 0):]
	for row := range s.Len() {
		for _, c := range columns {
			cell := c.Text(row)
			if _, number := strconv.ParseFloat(cell, 64); number != nil && strings.ContainsAny(cell, "0123456789") {
				return table.Problems{fmt.Sprintf("%s: %q is not a number, and no column holds numbers; %s", c.Place(row), cell,
					remedy)}
			}
		}
	}
	if len(last) > 0 && s.Len() > 0 {
		at = fmt.Sprintf("%s: %q is not a number, and no column holds numbers", last[0].Place(0), last[0].Text(0))
	}
	return table.Problems{at + "; " + remedy}
}

// findColumns tells which columns hold amounts where the options do not: the only one with numbers,
// those that are called as periods are, or those that are members because each row of them is a
// period or adds up to a whole.
func findColumns(s *table.Sheet, o *Options) error {
	by, err := columns(s, o.By)
	if err != nil {
		return err
	}
	var numeric, dates, words []*table.SheetColumn
	for _, c := range s.Columns() {
		switch {
		case slices.Contains(by, c) || c.Name == o.Member:
		case called(c, s.Len(), indexWords):
			s.Note(fmt.Sprintf("column %s is taken for numbers of rows", c.Name))
		case periods(c, s.Len()) || named(c, dateWords) && (called(c, s.Len(), dateWords) || !c.IsNumeric()):
			if len(different(c, s.Len())) > 1 {
				dates = append(dates, c)
			}
		case isAmounts(c):
			numeric = append(numeric, c)
		default:
			words = append(words, c)
		}
	}
	if err := mistyped(s, words, dates); err != nil && len(numeric) > 0 {
		return err
	}
	if len(numeric) == 0 && len(dates) == 1 && len(by) == 0 && dates[0].IsNumeric() {
		numeric, dates = dates, nil // amounts that look like years
	}
	names := namesOf(numeric)
	apart := slices.DeleteFunc(slices.Clone(words), func(c *table.SheetColumn) bool {
		return s.Len() > 1 && len(different(c, s.Len())) == 1 // one country or market throughout tells no row from another
	})
	switch {
	case len(numeric) == 0:
		return noNumbers(s, append(words, dates...))
	case len(numeric) == 1 && len(dates) > 0 && len(by) == 0 && o.Member == "" && len(apart) == 0 &&
		!slices.ContainsFunc(words, isMemberName):
		return table.Problems{fmt.Sprintf("%s: column %s holds dates and no column names members, so that %s is one series "+
			"over time, of which there is no concentration; give a column per member, or rows of a date, a member and an "+
			"amount; if each date is meant as a member, say --member %s",
			s.Path(), dates[0].Name, names[0], listed(namesOf(dates[:1])))}
	case len(numeric) == 1 && slices.ContainsFunc(dates, (*table.SheetColumn).IsNumeric):
		return table.Problems{fmt.Sprintf("%s: columns %s, %s hold numbers; choose the amounts with --value, groups with "+
			"--by: --value %s --by %s",
			s.Path(), strings.Join(namesOf(dates), ", "), names[0], listed(names), listed(namesOf(dates)))}
	case len(numeric) == 1:
		o.Value = names
	case len(words) > 0 && !slices.ContainsFunc(names, func(n string) bool { return !isPeriod(n) }):
		o.Value = names
		s.Note(fmt.Sprintf("the table is wide: columns %s are taken for periods, a group each", brief(names)))
	case len(apart) == 0 && (len(dates) > 0 || len(by) > 0 || s.Len() == 1), wholes(s, numeric):
		o.Members = names
		if len(o.By) == 0 {
			o.By = namesOf(append(dates, apart...))
		}
		s.Note(fmt.Sprintf("the table is wide: columns %s are taken for a member each, a row for a group", brief(names)))
	case len(apart) > 0 && len(dates) > 0:
		return table.Problems{fmt.Sprintf("%s: columns %s hold numbers; if the rows of column %s are the members, choose "+
			"the amounts, as in --value %s --by %s; if each column is a member, say --members %s --by %s",
			s.Path(), brief(names), apart[0].Name, listed(names[:1]), listed(namesOf(dates)),
			listed(names), listed(namesOf(append(apart[:1:1], dates...))))}
	default:
		return table.Problems{fmt.Sprintf("%s: columns %s hold numbers; choose the amounts with --value, groups with "+
			"--by, or, in a wide table, name the columns that are a member each with --members",
			s.Path(), strings.Join(names, ", "))}
	}
	return nil
}

// isAmounts tells a column that is meant as numbers: more than half of its filled cells are some,
// or hold one beside a mark, as <1 and ~45 do. Those are refused by cell later.
func isAmounts(c *table.SheetColumn) bool {
	numbers, inexact, filled, _ := c.Holds()
	return c.IsNumeric() || 2*(numbers+inexact) > filled && !isMemberName(c)
}

// mistyped refuses columns that are neither numbers nor words: beside dates, or called as a period,
// a column with some numbers is one of amounts, whose other cells want mending.
func mistyped(s *table.Sheet, words, dates []*table.SheetColumn) error {
	var wrong table.Problems
	for _, c := range words {
		numbers, inexact, _, odd := c.Holds()
		if numbers+inexact == 0 || odd < 0 || len(dates) == 0 && !isPeriod(c.Name) || isMemberName(c) {
			continue
		}
		wrong.Add(c.Place(odd), "%s; other cells of column %s are numbers; if it names the members, say --member %s",
			c.NotANumber(odd), c.Name, listed([]string{c.Name}))
	}
	if len(wrong) > 0 {
		return wrong
	}
	return nil
}

// isMemberName tells a column that is called as those of firms are.
func isMemberName(c *table.SheetColumn) bool {
	return slices.ContainsFunc(tokens(c.Name), func(t string) bool { return slices.Contains(memberWords, t) })
}

// wholes tells columns whose rows add up to 100 or to 1, nearly all of them.
func wholes(s *table.Sheet, numeric []*table.SheetColumn) bool {
	sums := make([]float64, s.Len())
	for _, c := range numeric {
		n, err := c.Numbers(true)
		if err != nil {
			return false
		}
		for i, v := range n.Values {
			if !math.IsNaN(v) {
				sums[i] += v
			}
		}
	}
	whole := 0
	for _, v := range sums {
		if near(v, 100) || near(v, 1) {
			whole++
		}
	}
	return whole*5 >= len(sums)*4
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
