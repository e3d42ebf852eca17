package table

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Headers of more than one row, as reports in Excel, pandas and statistics offices have them: a row
// of units above or below the names, and groups above names that repeat. Only what is certain is
// taken apart; a first row of words above numbers that is neither is refused where it is read.

// unitWords are what cells of units consist of, in small letters.
var unitWords = sync.OnceValue(func() []string {
	return strings.Fields("% ％ $ € £ ¥ ₹ us$ usd eur gbp cny rmb inr chf jpy krw sek dollar dollars euro " +
		"euros " +
		"rupee rupees yuan pound pounds franc francs k m b mn mln mio mill million millions millionen bn billion " +
		"billions " +
		"mrd milliarden milliard milliards tn trillion tsd thousand thousands th lakh lakhs cr crore crores 万 亿 元 亿元 " +
		"percent percentage prozent pct pp per cent points a pa year yr annum annually month months days hours flop " +
		"flops " +
		"kw mw gw twh gwh mwh kwh h100 h100e gpu gpus chips tokens users visits number count anzahl no index of in unit " +
		"units einheit einheiten unité unités")
})

// isUnit tells a cell that holds a unit and nothing else: %, USD million, (in Mio. EUR), $/yr.
func isUnit(s string) bool {
	parts := func(r rune) bool { return strings.ContainsRune(" \u00a0.,/()[]", r) }
	words := strings.FieldsFunc(strings.ToLower(s), parts)
	return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool {
		return !slices.Contains(unitWords(), w)
	})
}

// isUnits tells a row of units for the rows below it: each of its cells holds one, or nothing, and
// stands above numbers.
func isUnits(g *Grid, row int, below []int) bool {
	const enough = 20
	units := 0
	for j := range g.width(row) {
		s := g.at(row, j)
		switch {
		case isMissing(s) || s == "name" || s == "text":
		case !isUnit(s):
			return false
		case slices.ContainsFunc(below[:min(len(below), enough)], func(i int) bool {
			return dissect(g.at(i, j)).form != noNumber
		}):
			units++
		default:
			if w := strings.ToLower(s); !strings.HasPrefix(w, "unit") && !strings.HasPrefix(w, "einheit") {
				return false // a word above words
			}
		}
	}
	return units > 0
}

// twoRows joins two rows of names, groups above names that repeat in each of them: 2023 above Sales
// and Share, then 2024 above the same. It gives nil where the rows are anything else.
func twoRows(g *Grid, rows []int) []string {
	if len(rows) < 3 || isData(g, rows[0]) || isData(g, rows[1]) || !isData(g, rows[2]) && (len(rows) < 4 ||
		!isData(g, rows[3])) || isUnits(g, rows[1], rows[2:]) {
		return nil
	}
	up, low := rows[0], rows[1]
	names := make([]string, max(g.width(up), g.width(low)))
	var labels []string
	var groups [][]string
	group := ""
	for j := range names {
		above, below := g.at(up, j), g.at(low, j)
		if below != "" && isMissing(below) || above != "" && isMissing(above) {
			return nil // a row of data without values
		}
		if below == "" || above == below { // one name for both rows
			names[j], group = above, ""
			continue
		}
		if above != "" && above != group {
			group = above
			labels, groups = append(labels, group), append(groups, nil)
		}
		if names[j] = below; group != "" {
			names[j] = group + " " + below
			groups[len(groups)-1] = append(groups[len(groups)-1], below)
		}
	}
	if len(groups) > 2 && !slices.Equal(groups[0], groups[1]) {
		labels, groups = labels[1:], groups[1:] // that of the members: Company above Name and Country
	}
	if len(groups) == 1 && len(names) > 2 && names[0] != "" && names[0] == g.at(up,
		0) && len(groups[0])+1 == len(names) {
		return append(names[:1:1], groups[0]...) // one group above all
	}
	if len(groups) < 2 {
		return nil
	}
	for k, list := range groups {
		if !slices.Equal(list, groups[0]) || slices.Contains(labels[:k], labels[k]) {
			return nil
		}
	}
	return names
}

// joined settles a header of two rows, from the row of names that was found and what stands above
// and below it. It gives the rows of the table, and how many rows above it are none of its own.
func (s *shape) joined(g *Grid, filled []int, at int) (body []int, above int) {
	for _, k := range []int{at - 1, at} {
		if k < 0 {
			continue
		}
		names := twoRows(g, filled[k:])
		if names == nil {
			continue
		}
		s.names, s.header, body = names, filled[k+1], filled[k+2:]
		if first := g.at(body[0], 0); names[0] == "" && first != "" && len(body) > 1 { // as pandas writes it
			if n, _ := g.filled(body[0]); n == 1 && g.width(body[0]) > 1 {
				names[0], body = first, body[1:]
			}
		}
		s.notes = append(s.notes, fmt.Sprintf("the names of columns stand in lines %d and %d: “%s”, “%s”, …",
			g.lines[filled[k]], g.lines[s.header], names[0], names[len(names)-1]))
		return body, k
	}
	if len(filled) > at+2 && isUnits(g, filled[at], filled[at+2:]) && !isData(g,
		filled[at+1]) { // units above the names
		s.units = filled[at]
		s.header, body = filled[at+1], filled[at+2:]
	} else {
		s.header, body = filled[at], filled[at+1:]
	}
	s.names = make([]string, g.width(s.header))
	for j := range s.names {
		s.names[j] = g.at(s.header, j)
	}
	return body, at
}

// withoutUnits takes a row of units off the top of a table's rows.
func (s *shape) withoutUnits(g *Grid, body []int) []int {
	if s.units < 0 && len(body) > 1 && isUnits(g, body[0], body[1:]) {
		s.units, body = body[0], body[1:]
	}
	if s.units >= 0 {
		s.notes = append(s.notes, said(g, []int{s.units}, "it holds units"))
	}
	return body
}

// wordsFirst tells a table whose first row holds words alone where the rows below hold numbers: a
// second row of names perhaps, or of units that nobody knows.
func wordsFirst(g *Grid, rows []int) bool {
	const enough = 20
	if len(rows) < 2 {
		return false
	}
	below := rows[1:min(len(rows), enough)]
	for j := range g.width(rows[0]) {
		if dissect(g.at(rows[0], j)).form != noNumber {
			return false
		}
	}
	for j := range g.width(rows[0]) {
		s := g.at(rows[0], j)
		if !isMissing(s) && !slices.ContainsFunc(below, func(i int) bool {
			return !isMissing(g.at(i, j)) && dissect(g.at(i, j)).form == noNumber
		}) {
			return true
		}
	}
	return false
}

// oneUnnamed tells what R's write.table makes of one column: its name alone in the first line, then
// rows of a name and a number. Numbers before numbers may be thousands apart, unless they count.
func oneUnnamed(g *Grid, rows []int, comma rune) bool {
	if len(rows) < 2 || comma == 0 {
		return false
	}
	if n, width := g.filled(rows[0]); n != 1 || width != 1 || !nameable(g.at(rows[0], 0)) {
		return false
	}
	counts, threes := true, true
	for k, i := range rows[1:] {
		name, value := g.at(i, 0), g.at(i, 1)
		if n, width := g.filled(i); n != 2 || width != 2 || dissect(value).form == noNumber && !isMissing(value) {
			return false
		}
		if dissect(name).form != noNumber {
			counts = counts && name == fmt.Sprint(k+1)
			threes = threes && len(value) == 3
			if !counts || comma == ',' {
				return false
			}
		} else {
			threes = false
		}
	}
	return !threes
}

// headerDoubt is what else to do about a word above numbers; "" where it stands below some.
func (c *SheetColumn) headerDoubt(row int) string {
	s := c.sheet
	if row > 0 || s.shape == nil || !s.shape.doubt || remedyOf(c.Text(row)) != "" || isInexact(c.Text(row)) {
		return ""
	}
	return fmt.Sprintf("; or take %s out if it holds units or a second row of names, and line %d if that is a title",
		s.Nth(row), s.HeaderLine())
}

// RefuseUnits refuses a table with a row of units, for a reader that takes numbers in units of its
// own.
func (s *Sheet) RefuseUnits(remedy string) error {
	if s.shape == nil || s.shape.units < 0 {
		return nil
	}
	return problem(fmt.Sprintf("%s:%d", s.path, s.grid.lines[s.shape.units]), "this row holds units, %s, which "+
		"are not "+
		"applied to the numbers below it; take it out, and %s", strconv.Quote(s.grid.words(s.shape.units)), remedy)
}

// Unit is what a row of units says of the column, "" where there is none.
func (c *SheetColumn) Unit() string {
	s := c.sheet
	if s.shape == nil || s.shape.units < 0 {
		return ""
	}
	if u := s.grid.at(s.shape.units, c.index); !isMissing(u) {
		return u
	}
	return ""
}
