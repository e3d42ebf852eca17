package measure

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"simulate/sim"
)

// Group is one set of members that share a total.
type Group struct {
	Keys    []string  // values of the By columns
	Members int       // listed members, those with nothing included
	Total   float64   // of all amounts, the remainder included
	Values  []float64 // a value per row of sim.Measures, NaN where undefined
}

// File computes every measure for every group of the CSV that r holds, groups in the order of their first row.
// Mistakes in the file are returned together as Problems.
func File(r io.Reader, o Options) ([]Group, error) {
	s, err := readSheet(r, o.Name)
	if err != nil {
		return nil, err
	}
	by := make([]int, len(o.By))
	for i, name := range o.By {
		if by[i], err = s.column(name); err != nil {
			return nil, err
		}
	}
	value, err := s.valueColumn(o.Value, by)
	if err != nil {
		return nil, err
	}
	if slices.Contains(by, value) {
		return nil, Problems{fmt.Sprintf("%s: %q cannot be both --value and --by", s.name, s.header[value])}
	}
	return groups(s, value, by, o.Others)
}

func groups(s *sheet, value int, by []int, others string) ([]Group, error) {
	type amounts struct {
		keys []string
		x    []float64
		rest float64
	}
	var all []*amounts
	index := map[string]*amounts{}
	var problems Problems
	foundOthers := false
	for i, row := range s.rows {
		keys := make([]string, len(by))
		for k, c := range by {
			keys[k] = row[c]
		}
		id := strings.Join(keys, "\x00")
		g := index[id]
		if g == nil {
			g = &amounts{keys: keys}
			index[id], all = g, append(all, g)
		}
		v, wrong := amount(row[value])
		if wrong != "" {
			problems.add(s.name, s.places[i][value], "column %s: %s", s.header[value], wrong)
			continue
		}
		if others != "" && slices.Contains(row, others) {
			foundOthers = true
			g.rest += v
			continue
		}
		g.x = append(g.x, v)
	}
	if others != "" && !foundOthers && len(problems) == 0 {
		problems = append(problems, fmt.Sprintf("%s: no cell says %q; --others takes the text that marks the remainder", s.name, others))
	}
	if len(problems) > 0 {
		return nil, problems
	}
	out := make([]Group, len(all))
	for i, g := range all {
		out[i] = Group{Keys: g.keys, Members: len(g.x), Total: g.rest}
		for _, v := range g.x {
			out[i].Total += v
		}
		for _, m := range sim.Measures {
			out[i].Values = append(out[i].Values, m.Of(g.x, g.rest))
		}
	}
	return out, nil
}
