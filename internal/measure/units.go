package measure

import (
	"fmt"
	"slices"
	"strings"

	"simulate/internal/pattern"
	"simulate/sim/table"
)

// Columns that say in what unit, or of what, the amounts of a row are. Rows that differ in it
// cannot be added up.

var (
	unitCell = pattern.Late(`(?i)^(%|percent|per cent|prozent|pc(_\w+)?|pct|(mio|mrd|tsd|thousand|million|billion|` +
		`trillion|mn|bn|m|k)s?\.?|` + `((mio|mrd|mrd|tsd|thousand|million|billion|thou|mil|th|bn|` +
		`mn)s?\.?[ _])?(` + currencyCode +
		`)([ _/]?(m|mn|mln|mio\.?|b|bn|mrd\.?|k|t|tn|tsd\.?|thousand|million|billion|trillion)s?)?)$`)
	power = pattern.Late(`(?i)^(unit_mult|unit multiplier|powercode|multiplier|scale)$`)
)

const currencyCode = `us\$|\$|€|£|¥|₹|usd|us dollars?|dollars?|eur|euros?|gbp|cny|rmb|cnh|inr|jpy|chf|cad|aud|` +
	`nzd|sek|nok|` +
	`dkk|krw|pln|czk|huf|ron|brl|hkd|sgd|twd|rub|try|mxn|zar|ils|thb|idr|myr|vnd|php|aed|sar|nac|pps|ppp`

// isUnits tells a column of units or currencies: by its name, or by its cells.
func isUnits(c *table.SheetColumn, rows int) bool {
	if c.IsNumeric() {
		return columnIs(c.Name, word{&tells{power, nil}}) && allCells(c, rows, isPower)
	}
	return columnIs(c.Name, unitColumn) || allCells(c, rows, func(s string) bool { return unitCell().MatchString(s) })
}

// isPower tells the powers of ten by which statistics multiply.
func isPower(s string) bool { return slices.Contains([]string{"0", "3", "6", "9", "12"}, s) }

// sameUnit refuses rows of one group that differ in the unit of their amounts, or in what these are
// amounts of.
func (a *amounts) sameUnit(by, values []*table.SheetColumn, keys [][]string) error {
	s := a.sheet
	for _, c := range s.Columns() {
		if slices.Contains(by, c) || slices.Contains(values, c) || c.Name == a.column || c.Name == a.o.Member {
			continue
		}
		what := ""
		switch {
		case isUnits(c, s.Len()):
			what = "units"
		case a.named && a.column != "" && !c.IsNumeric() && columnIs(c.Name, quantityColumn) && !isFirms(c):
			what = "things"
		default:
			continue
		}
		first := map[string]string{}
		for i := range s.Len() {
			unit, key := c.Text(i), ""
			for _, k := range keys {
				key += k[i] + "\x00"
			}
			switch other, known := first[key]; {
			case unit == "":
			case !known:
				first[key] = unit
			case !strings.EqualFold(unit, other):
				remedy := ""
				if what == "things" && columnIs(c.Name, variableColumn) {
					remedy = fmt.Sprintf("; if it names the members, say --member %s --by %s", listed([]string{c.Name}),
						listed(append(namesOf(by), a.column)))
				}
				return table.Problems{fmt.Sprintf("%s: %q stands beside %q, and amounts of different %s are not added "+
					"up; bring "+
					"all rows to one, or make a group of each with --by %s%s", c.Place(i), unit, other, what,
					listed(append(namesOf(by), c.Name)), remedy)}
			}
		}
	}
	return nil
}

// notePooled says where rows of several dates, or of several markets, make one group.
func (a *amounts) notePooled(by []*table.SheetColumn, keys [][]string) {
	const fewest = 2 // rows of each market
	s := a.sheet
	for _, c := range s.Columns() {
		isDates := periods(c, s.Len()) || columnIs(c.Name, dateColumn) && whole(c, s.Len())
		isMarket := slices.Contains(a.parts, c) && a.o.Member == "" && !columnIs(c.Name, quantityColumn)
		if slices.Contains(by, c) || c.Name == a.column || slices.Contains(a.o.Value, c.Name) || !isDates && !isMarket {
			continue
		}
		n, least := 0, 0
		times := map[string]int{}
		for i := range s.Len() {
			if len(keys) == 0 || sameGroup(keys, i, 0) {
				times[c.Text(i)]++
			}
		}
		for label, rows := range times {
			if label != "" {
				if n++; least == 0 || rows < least {
					least = rows
				}
			}
		}
		if n > 1 && (isDates || times[""] == 0 && least >= fewest) {
			s.Note(fmt.Sprintf("rows of %d different values of %s make one group%s; --by %s makes a group of each",
				n, c.Name,
				map[bool]string{true: ", all dates together", false: ""}[isDates],
				listed(append(namesOf(by), c.Name))))
		}
	}
}

// sameGroup tells whether two rows have the same keys.
func sameGroup(keys [][]string, i, j int) bool {
	return !slices.ContainsFunc(keys, func(k []string) bool { return k[i] != k[j] })
}
