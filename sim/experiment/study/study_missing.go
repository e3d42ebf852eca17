package study

import (
	"fmt"
	"math"
	"slices"

	"simulate/internal/quantity"
	"simulate/sim/design"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
)

// present is what of a study an analysis takes: points with their outcomes.
type present struct {
	inputs      analysis.Inputs
	coordinates [][]float64
	y           [][]float64
	units       []int
	notes       []string
}

// complete takes the points whose outcome is there in every replication. Where some are missing it
// refuses, or leaves them out as the study was told to: whole blocks of a design, single points of
// any other sample.
func (s *Study) complete(name string, y [][]float64) (present, error) {
	all := present{inputs: s.Inputs, coordinates: s.Coordinates, y: y, units: s.units}
	missing := func(of []float64) bool {
		return slices.ContainsFunc(of, func(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) })
	}
	at := slices.IndexFunc(y, missing)
	switch {
	case at < 0:
		return all, nil
	case !s.skipMissing:
		return all, results.InputErrorf("%s is missing or not a finite number at point %d; choose an outcome that is "+
			"defined everywhere, rerun what failed, or leave such points out with --skip-missing", name, at+1)
	case s.order() == design.Swings:
		return all, results.InputErrorf("%s is missing at point %d of a design in which no point can be left out; rerun it",
			name, at+1)
	}
	if s.repeated && s.order() == design.AnyOrder {
		return s.rowsPresent(name, y)
	}
	in := s.Inputs
	if s.Coordinates != nil {
		in = analysis.Inputs{Names: in.Names, Rows: s.Coordinates}
	}
	block, err := analysis.Block(s.order(), in)
	if err != nil {
		return all, results.InputErrorf("%s: %w", name, err)
	}
	out := present{inputs: analysis.Inputs{Names: s.Inputs.Names, Labels: s.Inputs.Labels}}
	for from := 0; from < len(y); from += block {
		if slices.ContainsFunc(y[from:from+block], missing) {
			continue
		}
		out.y = append(out.y, y[from:from+block]...)
		out.inputs.Rows = append(out.inputs.Rows, s.Inputs.Rows[from:from+block]...)
		if s.Coordinates != nil {
			out.coordinates = append(out.coordinates, s.Coordinates[from:from+block]...)
		}
		if s.units != nil {
			out.units = append(out.units, s.units[from:from+block]...)
		}
	}
	if len(out.y) == 0 {
		return all, results.InputErrorf("%s is missing everywhere that counts; choose another outcome or date", name)
	}
	out.units = renumbered(out.units)
	left := len(y) - len(out.y)
	text := fmt.Sprintf("%s of %s left out, for %s is missing there", quantity.Plural(left, "point", "points"),
		quantity.Count(len(y)), name)
	if block > 1 {
		text += fmt.Sprintf(" or in the same block of %d", block)
	}
	out.notes = []string{text + "; what is said holds where it is defined."}
	return out, nil
}

// rowsPresent leaves out the rows of a table in which an outcome is missing, and not the other rows
// of equal inputs: a row is a point of its own then, and equal ones are drawn together.
func (s *Study) rowsPresent(name string, y [][]float64) (present, error) {
	out := present{inputs: analysis.Inputs{Names: s.Inputs.Names, Labels: s.Inputs.Labels}}
	rows := 0
	for i, of := range y {
		for _, v := range of {
			rows++
			if !math.IsNaN(v) && !math.IsInf(v, 0) {
				out.inputs.Rows, out.units = append(out.inputs.Rows, s.Inputs.Rows[i]), append(out.units, i)
				out.y = append(out.y, []float64{v})
			}
		}
	}
	if len(out.y) == 0 {
		return out, results.InputErrorf("%s is missing everywhere that counts; choose another outcome or date", name)
	}
	out.units = renumbered(out.units)
	out.notes = []string{fmt.Sprintf("%s of %s left out, for %s is missing there; what is said holds where it is defined.",
		quantity.Plural(rows-len(out.y), "row", "rows"), quantity.Count(rows), name)}
	return out, nil
}

// order is what the order of the points means.
func (s *Study) order() design.Order {
	d, err := design.LookUp(s.Design)
	if err != nil { // any sample
		return design.AnyOrder
	}
	return d.Order
}

// renumbered gives units numbers without gaps.
func renumbered(units []int) []int {
	number := map[int]int{}
	var out []int
	for _, u := range units {
		if _, known := number[u]; !known {
			number[u] = len(number)
		}
		out = append(out, number[u])
	}
	return out
}
