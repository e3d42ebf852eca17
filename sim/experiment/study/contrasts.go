package study

import (
	"slices"

	"simulate/sim/design"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
)

// Contrasts say how much a metric itself differs between the two ends of each input that varies, at
// a date; "" is the last. There are no Indices. The error is an *InputError.
func (s *Study) Contrasts(metric, date string) (*Drivers, error) {
	y, err := s.Outcome(metric, date)
	if err != nil {
		return nil, err
	}
	of, err := s.complete(metric, y)
	if err != nil {
		return nil, err
	}
	d := &Drivers{Metric: metric, Date: date, Points: len(of.y), study: s}
	if d.Interactions, err = analysis.Interactions(of.inputs, of.y); err != nil {
		return nil, results.InputErrorf("%s%s: %w", metric, atDate(date), err)
	}
	return d, nil
}

// ContrastsOf say how much effects, by run, at some points (from 0) differ between the two ends of
// each input, but for those left out, in which the points differ by what has the effect. The error
// is an *InputError.
func (s *Study) ContrastsOf(metric, date string, points []int, effects [][]float64,
	leave func(path string) bool) (*Drivers, error) {
	in := analysis.Inputs{}
	var kept []int
	for j, name := range s.Inputs.Names {
		if leave(name) {
			continue
		}
		kept, in.Names = append(kept, j), append(in.Names, name)
		if s.Inputs.Labels != nil {
			in.Labels = append(in.Labels, s.Inputs.Labels[j])
		}
	}
	for _, i := range points {
		if i >= len(s.Inputs.Rows) {
			return nil, results.InputErrorf("there is no point %d", i+1)
		}
		row := make([]float64, len(kept))
		for k, j := range kept {
			row[k] = s.Inputs.Rows[i][j]
		}
		in.Rows = append(in.Rows, row)
	}
	d := &Drivers{Metric: metric, Date: date, Points: len(points), study: s}
	how, unknown := design.LookUp(s.Design)
	d.Mean, _ = analysis.Pooled(effects, unknown == nil && how.Fills)
	var err error
	if len(kept) > 0 {
		if d.Interactions, err = analysis.Interactions(in, effects); err != nil {
			return nil, results.InputErrorf("%s%s: %w", metric, atDate(date), err)
		}
	}
	return d, nil
}

// Named are the same with other names of the inputs.
func (d *Drivers) Named(name func(path string) string) *Drivers {
	out := *d
	out.paths, out.Interactions = map[string]string{}, slices.Clone(d.Interactions)
	for i, x := range out.Interactions {
		out.Interactions[i].Name = name(x.Name)
		out.paths[out.Interactions[i].Name] = x.Name
	}
	if d.Indices != nil && d.Indices.Sobol != nil {
		indices, sobol := *d.Indices, *d.Indices.Sobol
		sobol.Inputs = slices.Clone(sobol.Inputs)
		for i, x := range sobol.Inputs {
			sobol.Inputs[i].Name = name(x.Name)
		}
		indices.Sobol, out.Indices = &sobol, &indices
	}
	return &out
}
