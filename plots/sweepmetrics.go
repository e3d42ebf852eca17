package plots

import (
	"errors"
	"strings"

	"simulate/plots/chart"
)

// sweepMetrics draws metrics of a sweep over its inputs.
func (r *Results) sweepMetrics(quantities []string, difference bool) ([]Drawn, error) {
	switch {
	case difference:
		return nil, asked("--difference: a sweep has no base; `simulate compare BASE ALTERNATIVE --vary PATH=SPEC` has one")
	}
	runs, err := r.read("runs", "case")
	if err != nil {
		return nil, err
	}
	if runs == nil {
		return nil, asked("--metric %s: the folder has no table runs; is the sweep merged?", strings.Join(quantities, ","))
	}
	var known []string
	for _, c := range runs.Columns {
		if name := r.metricName(c.Name); r.names != nil && r.names(c.Name) == name {
			known = append(known, c.Name)
		}
	}
	for _, q := range quantities {
		if name, of, whose := strings.Cut(q, ":"); whose {
			return nil, asked("--metric %s: points of a sweep have metrics of the whole market, and %s of %s is none; "+
				"`simulate compare` of a few scenarios draws it over time, and lag_2nd_lab_oom or share metrics say over points "+
				"how far labs are apart", q, name, of)
		}
		if !runs.Has(q) {
			return nil, asked("--metric %s: the sweep has no such metric; %s", q, whichMetric(q, known))
		}
	}
	var out []Drawn
	for _, draw := range []func([]string) ([]*chart.Chart, error){r.sweepLines, r.sweepMaps, r.sweepScatters} {
		charts, err := draw(quantities)
		var reason Absent
		if errors.As(err, &reason) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, ch := range charts {
			ch.Source = r.Manifest.source()
			if ch.Suffix == "" {
				ch.Suffix = strings.Join(quantities, "+")
			}
			out = append(out, Drawn{metricFigure, ch})
		}
		return out, nil
	}
	return nil, asked("--metric %s: the sweep varies nothing to draw it over", strings.Join(quantities, ","))
}
