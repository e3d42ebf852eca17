package measure

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"simulate/sim/concentration"
	"simulate/sim/table"
)

// Options say which columns of the table hold what. The zero value finds everything out.
type Options struct {
	// columns of amounts, each a group of its own where there are several; none: the only one with
	// numbers
	Value     []string
	Members   []string // columns that are a member each, instead of Value
	By        []string // columns whose distinct values make the groups; none: one group
	Member    string   // column that names the member, whose rows are added up; "": each row is a member
	Rest      []string // cells' texts, or columns of Members, that are remainders; none: recognised by their names
	RestIsOne bool     // a remainder counts as one member; otherwise it is many small ones
	// cells' texts, or columns of Members, that are sums of others; none: recognised; NoTotal: none
	// is
	Total []string
	// what rows are that are the sum of rows beside them; "": decided, or refused where either may be
	SumsAre     string
	SkipMissing bool // rows without an amount are left out
}

// What SumsAre says: the rows are totals, to be left out, or the members, whose parts are.
const (
	SumsAreTotals  = "totals"
	SumsAreMembers = "members"
)

// NoTotal says that no row is a sum of others.
const NoTotal = "none"

// Group is one set of members that share a total.
type Group struct {
	Keys    []string  // values of the By columns
	Members int       // listed members, those with nothing included
	Total   float64   // of all amounts, the remainder included
	Values  []float64 // a value per row of concentration.Measures, NaN where undefined
}

// Result is what a table says.
type Result struct {
	By     []string // names of a group's keys
	Groups []Group  // in the order of their first row
}

// entry is one amount with its place.
type entry struct {
	group  int
	member int // in names
	value  float64
	row    int
	column *table.SheetColumn
	rest   bool
	gone   bool // a sum of others, or a part of one that counts in its stead
	given  bool // a sum that the user names
}

// amounts are a table taken apart.
type amounts struct {
	sheet   *table.Sheet
	o       Options
	by      []string
	keys    [][]string // by group
	entries []entry
	named   bool // members have names
	names   []string
	percent bool // amounts carry percent signs
	column  string
	texts   []*table.SheetColumn // in which the words of Rest and Total are looked up
	parts   []*table.SheetColumn // the words that tell the rows of a member apart
	heads   map[int]bool         // rows that have the label of a block for a name
	sums    []string             // names of rows that were found to be sums of rows beside them
	// entries that are called sums and are none
	doubtful []int
	asked    map[word][]bool // which members are called by a word, once that is asked; not to be changed
	chance   []block         // that may be sums by chance
}

// Of computes every measure for every group of a table. Mistakes in the table are returned together
// as table.Problems; what was found out is noted at the table.
func Of(s *table.Sheet, o Options) (*Result, error) {
	a, err := gather(s, o)
	if err != nil {
		return nil, err
	}
	if err := a.markRest(); err != nil {
		return nil, err
	}
	if err := a.markTotals(); err != nil {
		return nil, err
	}
	a.noteRest()
	a.noteSpellings()
	a.noteNameless()
	out := &Result{By: a.by}
	members := a.members()
	for g, keys := range a.keys {
		group := Group{Keys: keys, Members: len(members[g].x), Total: members[g].rest}
		for _, v := range members[g].x {
			group.Total += v
		}
		if math.IsInf(group.Total, 0) {
			return nil, table.Problems{fmt.Sprintf("%s: the amounts%s add up to more than a number can hold; write "+
				"them in a "+
				"larger unit", s.Path(), a.of(g))}
		}
		group.Values = valuesOf(members[g])
		out.Groups = append(out.Groups, group)
	}
	a.noteScale(members, out.Groups)
	a.noteSmall(out.Groups)
	return out, nil
}

// valuesOf takes all measures; of many members beside each other.
func valuesOf(h held) []float64 {
	out := make([]float64, len(concentration.Measures))
	if len(h.x) < many {
		slices.Sort(h.x) // once, for measures that rank
		for i, m := range concentration.Measures {
			out[i] = m.Of(h.x, h.rest)
		}
		return out
	}
	h.x = sorted(h.x)
	var all sync.WaitGroup
	for i, m := range concentration.Measures {
		all.Go(func() { out[i] = m.Of(h.x, h.rest) })
	}
	all.Wait()
	return out
}

// many members are worth several processors.
const many = 10_000

// sorted sorts the halves of many values beside each other and merges them.
func sorted(x []float64) []float64 {
	a, b := x[:len(x)/2], x[len(x)/2:]
	var halves sync.WaitGroup
	halves.Go(func() { slices.Sort(a) })
	slices.Sort(b)
	halves.Wait()
	out := make([]float64, 0, len(x))
	for len(a) > 0 && len(b) > 0 {
		if b[0] < a[0] {
			a, b = b, a
		}
		out, a = append(out, a[0]), a[1:]
	}
	return append(append(out, a...), b...)
}

// held is what the members of a group have, and what is left for small ones.
type held struct {
	x    []float64
	rest float64
}

// members adds up what each member has where they are named by --member, and notes names on several
// rows otherwise.
func (a *amounts) members() []held {
	out, sizes := make([]held, len(a.keys)), make([]int, len(a.keys))
	for _, e := range a.entries {
		sizes[e.group]++
	}
	for g, n := range sizes {
		out[g].x = make([]float64, 0, n)
	}
	at := newPlaces(len(a.keys), len(a.names), len(a.entries))
	twice := -1
	for i, e := range a.entries {
		switch {
		case e.gone:
			continue
		case e.rest && !a.o.RestIsOne:
			out[e.group].rest += e.value
			continue
		}
		if a.named {
			if j, known := at.get(e.group, e.member); known && a.names[e.member] != "" {
				if a.o.Member != "" {
					out[e.group].x[j] += e.value
					continue
				}
				if twice < 0 {
					twice = i
				}
			}
			at.set(e.group, e.member, len(out[e.group].x))
		}
		out[e.group].x = append(out[e.group].x, e.value)
	}
	if twice >= 0 {
		e := a.entries[twice]
		a.sheet.Note(fmt.Sprintf("%q stands on several rows%s, each of which counts as a member of its own; --member %s "+
			"adds them up, --by makes groups",
			a.names[e.member], a.of(e.group), a.column))
	}
	return out
}

// places says where a member stands in its group: in a list where most pairs of a group and a
// member are there, as in a single group, in a map otherwise.
type places struct {
	members int
	list    []int32 // 0: nowhere, otherwise the place from 1
	known   map[[2]int]int32
}

func newPlaces(groups, members, entries int) *places {
	if groups*members <= 4*entries {
		return &places{members: members, list: make([]int32, groups*members)}
	}
	return &places{known: make(map[[2]int]int32, entries)}
}

func (p *places) get(group, member int) (place int, known bool) {
	at := int32(0)
	if p.list != nil {
		at = p.list[group*p.members+member]
	} else {
		at = p.known[[2]int{group, member}]
	}
	return int(at) - 1, at > 0
}

func (p *places) set(group, member, place int) {
	if p.list != nil {
		p.list[group*p.members+member] = int32(place + 1)
	} else {
		p.known[[2]int{group, member}] = int32(place + 1)
	}
}

// of names a group in a note; "" where there is one.
func (a *amounts) of(group int) string {
	if len(a.by) == 0 {
		return ""
	}
	return " of " + strings.Join(a.keys[group], " ")
}

// noteSmall says where a measure of one member is no finding.
func (a *amounts) noteSmall(groups []Group) {
	one := func(g Group) bool { return g.Members == 1 && g.Total > 0 }
	switch {
	case len(groups) > 1 && !slices.ContainsFunc(groups, func(g Group) bool { return !one(g) }):
		a.sheet.Note("every group has one row alone, so that each is a monopoly; a wide table, with a column per " +
			"member, " +
			"is read without --value, or with --members COLUMN,…")
	case len(groups) == 1 && one(groups[0]) && len(a.entries) == 1:
		a.sheet.Note("there is one member alone")
	}
}
