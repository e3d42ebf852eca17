package measure

import (
	"fmt"
	"hash/maphash"
	"math"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"

	"simulate/sim/table"
)

// skipMissing is the remedy for a cell without an amount.
const skipMissing = "write 0 for none, or leave such rows out with --skip-missing"

// gather reads the amounts of a table in the shape that the options say or the columns show.
func gather(s *table.Sheet, o Options) (*amounts, error) {
	if s.Len() == 0 {
		return nil, table.Problems{s.Path() + ": a header without rows; write one row per member"}
	}
	if len(o.Value) > 0 && len(o.Members) > 0 {
		return nil, table.Problems{s.Path() + ": --value and --members exclude each other; --members is for tables " +
			"with a " +
			"column per member"}
	}
	nameRows(s, o)
	if len(o.Value) == 0 && len(o.Members) == 0 {
		if err := findColumns(s, &o); err != nil {
			return nil, err
		}
	}
	a := &amounts{sheet: s, o: o, heads: map[int]bool{}}
	by, err := columns(s, o.By)
	if err != nil {
		return nil, err
	}
	values, err := columns(s, append(slices.Clone(o.Value), o.Members...))
	if err != nil {
		return nil, err
	}
	for _, c := range values {
		if slices.Contains(by, c) {
			return nil, table.Problems{fmt.Sprintf("%s: %q cannot be both --value and --by", s.Path(), c.Name)}
		}
	}
	for _, c := range by {
		a.by = append(a.by, c.Name)
	}
	byColumn := len(o.Value) > 1
	if byColumn {
		a.by = append(a.by, "column")
	}
	keys, err := labels(s, by, values)
	if err != nil {
		return nil, err
	}
	if len(o.Members) > 0 && len(by) == 0 && s.Len() > 1 {
		a.by, keys = append(a.by, rowKey), [][]string{rowNumbers(s.Len())}
	}
	var names []string
	if len(o.Members) > 0 {
		for _, c := range values[1:] {
			if c.Unit() != values[0].Unit() {
				return nil, table.Problems{fmt.Sprintf("%s: columns %s and %s are in %q and %q by the row of units; "+
					"bring members "+
					"to one unit", s.Path(), values[0].Name, c.Name, values[0].Unit(), c.Unit())}
			}
		}
		a.named, a.names = true, namesOf(values)
	} else {
		if names, err = a.memberNames(by, values); err != nil {
			return nil, err
		}
		names = a.fillNames(names, keys, by, values)
		for i, name := range names {
			if isNameless(name) {
				names[i] = ""
			}
		}
	}
	if err := a.sameUnit(by, values, keys); err != nil {
		return nil, err
	}
	a.notePooled(by, keys)
	headings, err := a.headings(values)
	if err != nil {
		return nil, err
	}
	return a, a.read(values, keys, names, byColumn, headings)
}

// nameRows takes the first column, which has no name, for that of the members or of dates where no
// other column names them.
func nameRows(s *table.Sheet, o Options) {
	named := func(c *table.SheetColumn) bool {
		return !slices.Contains(o.By, c.Name) && (periods(c, s.Len()) || !isAmounts(c)) && !isEmpty(c, s.Len())
	}
	if o.Member == "" && !slices.ContainsFunc(s.Columns(), named) {
		s.NameRows("name")
	}
}

// rowKey names the groups of a wide table in which no column names the rows.
const rowKey = "row"

func rowNumbers(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = strconv.Itoa(i + 1)
	}
	return out
}

// read collects the amounts of all value columns, and what is wrong in them together. Members are
// numbered by their names meanwhile.
func (a *amounts) read(values []*table.SheetColumn, keys [][]string, names []string, byColumn bool,
	headings []int) error {
	s := a.sheet
	var members []int
	var numbering sync.WaitGroup
	if len(a.o.Members) == 0 {
		numbering.Go(func() { members = a.number(names) })
	}
	read, errs := make([]*table.Numbers, len(values)), make([]error, len(values))
	for j, c := range values {
		read[j], errs[j] = c.Numbers(true)
	}
	numbering.Wait()
	var wrong table.Problems
	index, last, g := map[string]int{}, "", 0 // groups by key, and that of the last amount
	dropped, first := 0, 0
	a.entries = make([]entry, 0, s.Len()*len(values))
	for j, c := range values {
		numbers, err := read[j], errs[j]
		if bad, ok := err.(table.Problems); ok && numbers != nil {
			wrong = append(wrong, bad...)
		} else if err != nil {
			return err
		}
		a.percent = a.percent || numbers.Percent
		numbers.Missing = slices.DeleteFunc(numbers.Missing, func(i int) bool { return slices.Contains(headings, i) })
		if len(numbers.Missing) > 0 && !a.o.SkipMissing {
			if bad, ok := c.MissingCells(numbers.Missing, skipMissing).(table.Problems); ok {
				wrong = append(wrong, bad...)
			}
		}
		for i, v := range numbers.Values {
			switch {
			case math.IsNaN(v) && slices.Contains(headings, i):
				continue
			case math.IsNaN(v):
				if dropped++; dropped == 1 {
					first = i
				}
				continue
			case math.IsInf(v, 0):
				if strings.ContainsAny(c.Text(i), "0123456789") {
					continue // too large, which is said
				}
				wrong.Add(c.Place(i), "%q is not a finite number; write an amount, or leave the row out", c.Text(i))
				continue
			case v < 0:
				wrong.Add(c.Place(i), "%s is negative; shares of a total are 0 or more", c.Text(i))
				continue
			}
			key := ""
			for _, k := range keys {
				key += k[i] + "\x00"
			}
			if byColumn {
				key += c.Name
			}
			if len(a.keys) == 0 || key != last {
				var known bool
				if g, known = index[key]; !known {
					g = len(a.keys)
					index[key] = g
					var of []string
					for _, k := range keys {
						of = append(of, k[i])
					}
					if byColumn {
						of = append(of, c.Name)
					}
					a.keys = append(a.keys, of)
				}
				last = key
			}
			e := entry{group: g, value: v, row: i, column: c}
			if len(a.o.Members) > 0 {
				e.member = j
			} else if members != nil {
				e.member = members[i]
			}
			a.entries = append(a.entries, e)
		}
	}
	if len(wrong) > 0 {
		return wrong
	}
	if dropped > 0 {
		s.Note(fmt.Sprintf("%d without an amount left out, first in %s", dropped, s.Nth(first)))
	}
	if len(a.entries) == 0 {
		return table.Problems{s.Path() + ": no row has an amount"}
	}
	return nil
}

func columns(s *table.Sheet, names []string) ([]*table.SheetColumn, error) {
	var out []*table.SheetColumn
	for _, name := range names {
		c, err := s.Column(name)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

func wordsOf(list []*table.SheetColumn) ([][]string, error) {
	var out [][]string
	for _, c := range list {
		w, err := c.Words()
		if err != nil {
			return nil, err
		}
		out = append(out, w)
	}
	return out, nil
}

// noteSpellings says where names differ in capitals, spaces or the form of accents alone.
func (a *amounts) noteSpellings() {
	const most = 100_000
	if !a.named || len(a.names) > most {
		return
	}
	alike := make(map[string]string, len(a.names))
	for _, name := range a.names {
		key := strings.Join(strings.Fields(strings.ToLower(norm.NFKC.String(name))), " ")
		if other, known := alike[key]; known && key != "" {
			a.sheet.Note(fmt.Sprintf("%q and %q count as two members; if they are one, write its name in one way",
				other, name))
			return
		}
		alike[key] = name
	}
}

// number gives each different name a number in the order of their first rows; without names all
// have the number of "". Names are looked up by their hashes in a list of its own, since a map of a
// million names takes four times as long.
func (a *amounts) number(names []string) []int {
	if names == nil {
		a.names = []string{""}
		return nil
	}
	out := make([]int, len(names))
	places := make([]uint64, 1<<bits.Len(uint(2*len(names)))) // by hash: 32 bits of it, and a name's number from 1
	clear(places)                                             // memory that is written first comes at half the price
	seed := maphash.MakeSeed()
	for i, name := range names {
		hash := maphash.String(seed, name)
		for at := hash; ; at++ {
			p := &places[at&uint64(len(places)-1)]
			if *p == 0 {
				if len(a.names) == i { // all differ so far
					a.names = names[: i+1 : i+1]
				} else {
					a.names = append(a.names, name)
				}
				*p = hash>>32<<32 | uint64(len(a.names))
			}
			if k := int(uint32(*p)) - 1; *p>>32 == hash>>32 && a.names[k] == name {
				out[i] = k
				break
			}
		}
	}
	return out
}

// isNameless tells the words for a missing name.
func isNameless(name string) bool {
	const longest = 20
	if len(name) > longest {
		return false
	}
	switch strings.ToLower(name) {
	case "n/a", "n.a.", "none", "-", "–", "—", "?", "(blank)", "(leer)", "(vide)", "(en blanco)", "not available":
		return true
	}
	return false
}

// memberNames are the members' names: of the named column, of one that is called as those of firms
// are, or of countries, or of that with most different words. nil where there is none.
func (a *amounts) memberNames(by, values []*table.SheetColumn) ([]string, error) {
	a.texts = a.wordColumns(nil, values)
	labels := slices.DeleteFunc(a.wordColumns(by, values), func(c *table.SheetColumn) bool {
		return columnIs(c.Name, flagColumn) && !isFirms(c) || isUnits(c, a.sheet.Len()) || isEmpty(c, a.sheet.Len())
	})
	var best *table.SheetColumn
	if a.o.Member != "" {
		c, err := a.sheet.Column(a.o.Member)
		if err != nil {
			return nil, err
		}
		best = c
		if !slices.Contains(a.texts, c) {
			a.texts = append(a.texts, c)
		}
	} else {
		best = a.bestNames(labels)
	}
	if best == nil {
		return nil, nil
	}
	a.named, a.column, a.parts = true, best.Name, without(labels, best)
	return best.Words()
}

// bestNames is the column of words that names members best; nil where there is none.
func (a *amounts) bestNames(labels []*table.SheetColumn) *table.SheetColumn {
	// Of an owner and its brands, the owner: the one with fewer names, unless it is one throughout.
	var firms *table.SheetColumn
	fewest := 0
	for _, c := range labels {
		if n := len(different(c, a.sheet.Len())); isFirms(c) && (firms == nil || n < fewest && n > 1 || fewest == 1) {
			firms, fewest = c, n
		}
	}
	if firms != nil {
		return firms
	}
	// A column of dates, or of what the amounts are of, names members only where no other does.
	isOther := func(c *table.SheetColumn) bool {
		return periods(c, a.sheet.Len()) || columnIs(c.Name, quantityColumn)
	}
	for _, is := range []func(*table.SheetColumn) bool{
		isMemberName, func(c *table.SheetColumn) bool { return !isOther(c) }, isOther} {
		var best *table.SheetColumn
		most := 0
		for _, c := range labels {
			if n := len(different(c, a.sheet.Len())); is(c) && n > most {
				best, most = c, n
			}
		}
		if best != nil {
			return best
		}
	}
	return nil
}

// different are the words of a column's first rows.
func different(c *table.SheetColumn, rows int) map[string]bool {
	const most = 10_000
	out := map[string]bool{}
	for i := range min(rows, most) {
		out[c.Text(i)] = true
	}
	return out
}

// wordColumns are the columns that hold words, without those given.
func (a *amounts) wordColumns(by, values []*table.SheetColumn) (out []*table.SheetColumn) {
	for _, c := range a.sheet.Columns() {
		if !slices.Contains(by, c) && !slices.Contains(values, c) && !isAmounts(c) {
			out = append(out, c)
		}
	}
	return out
}
