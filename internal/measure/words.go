package measure

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"

	"simulate/internal/pattern"
	"simulate/sim/table"
)

// How tables call a remainder and a sum, in the languages of the offices that publish them.
var (
	restWord = anchored(`(?i)^(all |the |tous les |toutes les |alle |tutti gli |todos los |todos os )?` +
		`(others?|misc\.?|miscellaneous|fringe|n\.?e\.?c\.?|unspecified|unallocated|unattributed|rest|remainder|` +
		`remaining|residual|sonstiges?|sonstige[nr]?|andere[nr]?|übrige[nr]?|autres?|divers|otr[oa]s?|resto|` +
		`restante?s?|altri|altre|altro|outr[oa]s?|overige|anderen|övriga|andra|øvrige|andre|inne|pozostałe|ostatní|` +
		`muut|прочие|другие|остальные|その他|其他|其它|기타)` +
		`( (vendors?|firms?|companies|labs?|providers?|suppliers?|countries|brands?|players?|producers?|` +
		`manufacturers?|makers?|models?|sellers?|developers?|organisations?|organizations?|members?|parties|browsers?|` +
		`products?|` +
		`anbieter|hersteller|unternehmen|firmen|länder|marken|entreprises|fournisseurs|pays|sociétés|marques|empresas|` +
		`países|aziende|imprese|of (the )?(market|world|industry)|der welt|du monde|del mundo|del mondo))?` +
		` ?([(*¹²†].*)?$`)
	totalWord = anchored(`(?i)^(grand |sub)?(total|sum|all|overall|combined|aggregate|gesamt|gesamtsumme|gesamtmarkt|` +
		`insgesamt|` +
		`zusammen|summe|alle|ensemble|totale|somme|totaux|suma|soma|somma|totaal|totalt|summa|sammenlagt|i alt|razem|` +
		`ogółem|celkem|yhteensä|toplam|` +
		`итого|всего|合計|総計|总计|合计|총계|합계|world|industry|market|whole market|markt|marché|mercado|mercato|σ|∑)` +
		`( (market|industry|sales|revenue|firms?|companies|members?|labs?|vendors?|amount|of (all )?.*|général|` +
		`generale?|général[e]?|geral|markt|umsatz))?s?:? ?([(*¹²†].*)?$`)
)

// near tells a sum of rounded shares that is meant as a whole.
func near(v, whole float64) bool { return math.Abs(v-whole) <= whole/100 }

// has tells whether a row holds a text in one of its words, or the entry's column is called so.
func (a *amounts) has(e *entry, text string) bool {
	if len(a.o.Members) > 0 && strings.EqualFold(a.names[e.member], text) {
		return true
	}
	for _, c := range a.texts {
		if strings.EqualFold(c.Text(e.row), text) {
			return true
		}
	}
	return false
}

// markRest marks the remainder that the user names, or one that is called as remainders are.
func (a *amounts) markRest() error {
	rest := strings.TrimSpace(a.o.Rest)
	found := false
	called := a.called(restWord)
	for i := range a.entries {
		e := &a.entries[i]
		if rest != "" {
			e.rest = a.has(e, rest)
		} else {
			e.rest = called[e.member]
		}
		found = found || e.rest
	}
	if rest != "" && !found {
		return table.Problems{fmt.Sprintf("%s: no cell says %q; --rest takes the text that marks the remainder, or its "+
			"column in a wide table", a.sheet.Path(), rest)}
	}
	return nil
}

// word is an expression for names, and may, which tells most names that it does not match.
type word struct {
	matches func() *regexp.Regexp
	may     func(name string) bool
}

// anchored is one that begins with ^, and takes capitals for small letters.
func anchored(expression string) word {
	starts := sync.OnceValue(func() *pattern.Starts { return pattern.StartsOf(expression) })
	return word{pattern.Late(expression), func(name string) bool { return starts().May(name) }}
}

// called tells by member whether its name is one of some words.
func (a *amounts) called(w word) []bool {
	out := make([]bool, len(a.names))
	for k, name := range a.names {
		out[k] = name != "" && len(name) < 60 && w.may(name) && w.matches().MatchString(name)
	}
	return out
}

// noteRest says that a remainder was recognised.
func (a *amounts) noteRest() {
	i := slices.IndexFunc(a.entries, func(e entry) bool { return e.rest && !e.gone })
	if i < 0 || a.o.Rest != "" || a.o.RestIsOne {
		return
	}
	a.sheet.Note(fmt.Sprintf("%q is taken for a remainder of many small members, which is in the total and has no "+
		"square; --rest-is one counts it as one member", a.names[a.entries[i].member]))
}

// sum is what is known of the rows with one name.
type sum struct {
	entries  []int
	hits     int     // groups in which the row is the sum of all others
	whole    int     // groups in which the others add up to 100 or to 1
	halves   int     // groups in which all, the row included, add up to a whole, so that it may be half of the market
	outside  int     // groups of three others or more, the row first or last, whose sum with it is no whole
	miss     int     // the entry of the first group without a hit; -1: none
	together float64 // the others in that group
}

// markTotals leaves out the rows, or columns of a wide table, that are sums of all others: those
// called so, and those which nothing else explains. A row called a sum that is none is refused, and
// one that is a sum by chance is noted.
func (a *amounts) markTotals() error {
	if len(a.o.Total) == 1 && strings.EqualFold(strings.TrimSpace(a.o.Total[0]), NoTotal) {
		return nil
	}
	a.markSubtotals()
	if len(a.o.Total) > 0 {
		return a.markNamed()
	}
	var wrong table.Problems
	for _, name := range a.sums() {
		s := name.sum
		word := name.called
		e := a.entries[s.entries[0]]
		n := len(s.entries)
		shown := name.text
		if shown == "" {
			shown = e.column.Text(e.row)
		}
		switch {
		case s.hits == n && (word || n > 1 && s.halves < n || s.whole == n || s.outside == n):
			for _, i := range s.entries {
				a.entries[i].gone = true
			}
			if name.text == "" {
				a.sheet.Note(fmt.Sprintf("%s, %s without a name, is the sum of the others and is left out; --total none "+
					"counts it as a member", a.sheet.Nth(e.row), shown))
			} else {
				a.sheet.Note(fmt.Sprintf("%q is the sum of the others and is left out; --total none counts it as a member", shown))
			}
		case word && a.entries[s.miss].value == 0 && s.together == 0:
			e = a.entries[s.miss]
			wrong.Add(e.column.Place(e.row), "%q and all others are 0; leave the row out with --total %q, or write amounts",
				shown, name.text)
		case word:
			e = a.entries[s.miss]
			wrong.Add(e.column.Place(e.row), "%q of %s is not the sum of the others, %s; leave it out with --total %q, write "+
				"what is missing as a row of its own called Other, or say --total none if it is a member",
				shown, number(e.value), number(s.together), name.text)
		case s.hits > 0:
			a.sheet.Note(fmt.Sprintf("%q is also the sum of the others; if it is their total, leave it out with --total %q",
				shown, shown))
		}
	}
	if len(wrong) > 0 {
		return wrong
	}
	return nil
}

// markNamed leaves out the rows with the texts that the user names.
func (a *amounts) markNamed() error {
	for _, given := range a.o.Total {
		wanted, found := strings.TrimSpace(given), false
		for i := range a.entries {
			e := &a.entries[i]
			if a.has(e, wanted) {
				e.gone, found = true, true
			}
		}
		if !found {
			return table.Problems{fmt.Sprintf("%s: no cell says %q; --total takes the text that marks a sum of others, or none",
				a.sheet.Path(), wanted)}
		}
	}
	return nil
}

type namedSum struct {
	text   string
	called bool // as sums are
	*sum
}

// sums lists the names that may be totals, in the order of their first row.
func (a *amounts) sums() []namedSum {
	totals, sizes, members := make([]float64, len(a.keys)), make([]int, len(a.keys)), make([]int, len(a.keys))
	first, last := make([]int, len(a.keys)), make([]int, len(a.keys))
	fresh := func(entry) bool { return true }
	if a.o.Member != "" { // members and not rows are what a total is held against
		seen := newPlaces(len(a.keys), len(a.names), len(a.entries))
		fresh = func(e entry) bool {
			_, known := seen.get(e.group, e.member)
			seen.set(e.group, e.member, 0)
			return !known
		}
	}
	for i, e := range a.entries {
		if e.gone {
			continue
		}
		if sizes[e.group] == 0 {
			first[e.group] = i
		}
		totals[e.group] += e.value
		sizes[e.group]++
		if fresh(e) {
			members[e.group]++
		}
		last[e.group] = i
	}
	called := a.called(totalWord)
	index := map[int]int{}
	var out []namedSum
	candidate := func(e entry) bool {
		t := totals[e.group]
		return members[e.group] > 2 && e.value > 0 && math.Abs(2*e.value-t) <= 1e-9*t && !e.rest || called[e.member]
	}
	for _, e := range a.entries {
		if e.gone || !candidate(e) {
			continue
		}
		if _, known := index[e.member]; !known {
			index[e.member] = len(out)
			out = append(out, namedSum{a.names[e.member], called[e.member], &sum{miss: -1}})
		}
	}
	if len(out) == 0 {
		return nil
	}
	for i, e := range a.entries {
		k, known := index[e.member]
		if e.gone || !known || !a.named && !candidate(e) {
			continue
		}
		s, t, n := out[k].sum, totals[e.group], sizes[e.group]
		others := t - e.value
		tolerance := 1e-9
		if called[e.member] {
			tolerance = 0.01 // sums of rounded shares
		}
		hit := math.Abs(e.value-others) <= tolerance*e.value && e.value > 0 && n > 1
		s.entries = append(s.entries, i)
		switch {
		case !hit:
			if s.miss < 0 {
				s.miss, s.together = i, others
			}
		case near(others, 100) || near(others, 1):
			s.whole++
		case n > 3 && !near(t, 100) && !near(t, 1) && (i == first[e.group] || i == last[e.group]):
			s.outside++
		}
		if near(t, 100) || near(t, 1) {
			s.halves++
		}
		if hit {
			s.hits++
		}
	}
	return out
}
