package study

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/internal/condition"
	"simulate/internal/quantity"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
)

// Where reads conditions on outcomes and inputs of the study, as package condition does: each in
// the unit of its table's column. A statistic (hhi_sales.mean) is one over the replications of a
// point. The error is an *InputError.
func (s *Study) Where(texts ...string) (condition.Conditions, error) {
	all, err := condition.Read(texts...)
	if err == nil {
		all, err = condition.Resolve(all, s.quantity)
	}
	return all, results.AsInput(err)
}

// Discovered is where Discover finds runs of interest.
type Discovered struct {
	*analysis.Discovery
	Date  string   // of the outcomes; "" of a table
	Notes []string // what a reader should know of the rows, a sentence each
	where string   // the conditions in words
	row   string   // what is counted: run, point or row
}

// Sentence says where in the space of inputs the conditions hold.
func (d *Discovered) Sentence() string { return d.Discovery.Sentence(d.where, d.row) }

// Discover finds where in the space of inputs runs satisfy all of some conditions at a date, "" for
// the last. Each replication counts as a run; where every condition is about a statistic over
// replications, each point does. The error is an *InputError.
func (s *Study) Discover(where condition.Conditions, date string, o analysis.PRIMOptions) (*Discovered, error) {
	if !slices.ContainsFunc(where, func(c condition.Condition) bool { return !slices.Contains(s.Inputs.Names, c.Name) }) {
		return nil, results.InputErrorf("%s bounds inputs alone, so that the box is known beforehand; give a condition on "+
			"an outcome", where)
	}
	byPoint := !slices.ContainsFunc(where, func(c condition.Condition) bool { return c.Statistic == "" })
	runs := s.Replications
	if byPoint {
		runs = 1
	}
	in := analysis.Inputs{Names: s.Inputs.Names, Labels: s.Inputs.Labels, Write: s.Inputs.Write}
	for _, row := range s.Inputs.Rows {
		in.Rows = append(in.Rows, slices.Repeat([][]float64{row}, runs)...)
	}
	interest, left := slices.Repeat([]bool{true}, len(in.Rows)), make([]bool, len(in.Rows))
	for _, c := range where {
		y, err := s.series(c.Name, date)
		if err != nil {
			return nil, err
		}
		for i, of := range y {
			if r := slices.IndexFunc(of, math.IsNaN); r >= 0 && !s.skipMissing {
				return nil, results.InputErrorf("%s is missing at point %d, replication %d; choose an outcome that is defined "+
					"in every run, or leave such runs out with --skip-missing", c.Name, i+1, r+1)
			}
			for r := range runs {
				v := of[min(r, len(of)-1)]
				if c.Statistic != "" {
					v = results.Describe(slices.Clone(of)).Of(c.Statistic)
				}
				interest[i*runs+r] = interest[i*runs+r] && c.Holds(v)
				left[i*runs+r] = left[i*runs+r] || math.IsNaN(v)
			}
		}
	}
	var notes []string
	if n := len(in.Rows); slices.Contains(left, true) {
		kept := 0
		for i := range left {
			if !left[i] {
				in.Rows[kept], interest[kept] = in.Rows[i], interest[i]
				kept++
			}
		}
		in.Rows, interest = in.Rows[:kept], interest[:kept]
		notes = []string{fmt.Sprintf("%s of %s left out, for an outcome is missing there.", quantity.Plural(n-kept, "run",
			"runs"), quantity.Count(n))}
	}
	d, err := analysis.PRIM(in, interest, o)
	if err != nil {
		return nil, results.InputErrorf("%s%s: %w", s.WhereCalled(where), atDate(s.dateOf(date)), err)
	}
	out := &Discovered{Discovery: d, Date: s.dateOf(date), Notes: notes, row: "run"}
	switch {
	case byPoint:
		out.row = "point"
	case out.Date == "":
		out.row = "row"
	}
	out.where = s.WhereCalled(where) + atDate(out.Date)
	return out, nil
}

// series are the values of an outcome by point and replication, or those of an input, the same in
// each replication.
func (s *Study) series(name, date string) ([][]float64, error) {
	j := s.input(name)
	if j < 0 {
		return s.Outcome(name, date)
	}
	out := make([][]float64, len(s.Inputs.Rows))
	for i, row := range s.Inputs.Rows {
		out[i] = []float64{row[j]}
	}
	return out, nil
}

// nearest is the name that is meant: one that is spelt alike, or the only one that begins so.
func nearest(name string, known []string) string {
	if near := quantity.Nearest(name, known); near != "" {
		return near
	}
	var begin []string
	for _, k := range known {
		if strings.HasPrefix(k, name) {
			begin = append(begin, k)
		}
	}
	if len(begin) == 1 {
		return begin[0]
	}
	return ""
}

// unknownName is the complaint about a name that is neither an input nor an outcome.
func unknownName(name string, known []string) error {
	if near := nearest(name, known); len(known) > 12 && near != "" {
		return &condition.Error{What: fmt.Errorf("there is no input or outcome %q", name),
			Remedy: "did you mean " + near + "?"}
	}
	if len(known) > 12 {
		return &condition.Error{What: fmt.Errorf("there is no input or outcome %q", name), Remedy: "`simulate list " +
			"metrics` names the metrics"}
	}
	remedy := "there are " + quantity.List(known)
	if near := nearest(name, known); near != "" {
		remedy = fmt.Sprintf("did you mean %s? There are %s", near, quantity.List(known))
	}
	return &condition.Error{What: fmt.Errorf("there is no %q", name), Remedy: remedy}
}
