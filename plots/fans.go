package plots

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot"

	"simulate/internal/quantity"
	"simulate/plots/chart"
)

// series is a path with the name and look of its case.
type series struct {
	name string
	look
	path *path
}

const mostFans = 3 // with more series a panel shows means alone

// fan describes a panel of one metric over time.
type fan struct {
	title, unit string
	log         bool
	format      chart.Format
	include     []float64 // values of y that must be in sight
	names       bool      // end labels carry the names of cases, otherwise the last mean of a single one
	ticks       int       // most ticks on the y axis
	falls       bool      // an end below a thousandth is written as what the first value is divided by
}

// panel draws means and, for up to three series, bands.
func (f fan) panel(all []series) *chart.Panel {
	var x chart.Extent
	for _, s := range all {
		x.Add(false, s.path.date...)
	}
	y := f.extent(all)
	y.Add(f.log, f.include...)
	p := &chart.Panel{Title: f.title, Unit: f.unit, X: chart.TimeAxis(x)}
	if f.log {
		p.Y = chart.LogAxis(y, f.ticks, f.format)
	} else {
		p.Y = chart.LinearAxis(y, f.ticks, f.format)
	}
	p.Layers = fanLayers(all)
	p.Ends = f.endLabels(all, x.Hi)
	return p
}

// mainSeries are the series that are more than a reference.
func mainSeries(all []series) []series {
	return slices.DeleteFunc(slices.Clone(all), func(s series) bool { return s.reference })
}

func numberAsked(all []series) int { return len(mainSeries(all)) }

// extent is the range of what is drawn.
func (f fan) extent(all []series) (whole chart.Extent) {
	for _, s := range all {
		whole.Add(f.log, s.path.mean...)
		if numberAsked(all) <= mostFans && !s.reference {
			whole.Add(f.log, s.path.q05...)
			whole.Add(f.log, s.path.q95...)
		}
	}
	return whole
}

// fanLayers puts all bands under all means. Of several series only the 90 % bands are drawn, as
// outlines, since their areas would blend to a colour that belongs to none.
func fanLayers(all []series) []plot.Plotter {
	var bands, minor, means []plot.Plotter
	for _, s := range all {
		switch {
		case numberAsked(all) > mostFans || s.reference || !s.path.spread():
		case numberAsked(all) == 1:
			bands = append(bands, chart.Band{X: s.path.date, Lo: s.path.q05, Hi: s.path.q95, Colour: chart.Faint(s.colour,
				chart.AlphaOuter)},
				chart.Band{X: s.path.date, Lo: s.path.q25, Hi: s.path.q75, Colour: chart.Faint(s.colour, chart.AlphaInner)})
		default:
			for _, edge := range [][]float64{s.path.q05, s.path.q95} {
				bands = append(bands, chart.Line{X: s.path.date, Y: edge, Colour: chart.Blend(s.colour, chart.Paper, .25),
					Width: .7})
			}
		}
		mean := chart.Line{X: s.path.date, Y: s.path.mean, Colour: s.colour, Width: 2, Dashes: s.dashes}
		switch {
		case s.minor:
			mean.Width = .8
			minor = append(minor, mean)
			continue
		case s.reference:
			minor = append(minor, mean)
			continue
		}
		means = append(means, mean)
	}
	return slices.Concat(bands, minor, means)
}

func (f fan) endLabels(all []series, end float64) []chart.EndLabel {
	if len(all) > 1 && !f.names {
		return nil
	}
	var ends []chart.EndLabel
	for i, s := range all {
		at, v := last(s.path.date, s.path.mean)
		if s.minor || math.IsNaN(v) || f.log && v <= 0 {
			continue
		}
		label := chart.EndLabel{Value: f.ending(s.path, v), At: v, Colour: s.colour, Weight: chart.SemiBold, Rank: i}
		if f.names {
			label.Text = s.name
		}
		if at < end-1e-6 {
			label.Value = "until " + quantity.Years(math.Ceil(at)-1, 0)
		}
		if label.Text == "" {
			label.Text, label.Value = label.Value, ""
		}
		ends = append(ends, label)
	}
	return ends
}

// bands says what the bands around means are, or that there are none.
func (r *Results) bands(all []series) string {
	spread := false
	for _, s := range all {
		spread = spread || s.path.spread()
	}
	n := r.Manifest.Replications
	switch {
	case !spread && n > 1:
		return fmt.Sprintf("the same in all %s", quantity.Plural(n, "replication"))
	case !spread:
		return "one run"
	}
	s := "mean"
	switch {
	case numberAsked(all) == 1:
		s += ", 50% and 90% bands"
	case numberAsked(all) <= mostFans:
		s += " and 90% bands (thin lines)"
	}
	if n > 0 {
		s += " of " + quantity.Plural(n, "replication")
		if len(r.Manifest.Cases) > 1 {
			s += " a case"
		}
	}
	for _, other := range all {
		if other.reference {
			s += "; grey: " + quantity.Within(other.name) + ", with the same luck"
		}
	}
	return s + r.highlighted(all)
}

// statistic says over what means are taken.
func (r *Results) statistic(name string) string {
	if n := r.Manifest.Replications; n > 1 {
		return name + " over " + quantity.Plural(n, "replication")
	}
	return "One run"
}

// ending writes the last value of a series.
func (f fan) ending(p *path, v float64) string {
	if f.falls && v > 0 && v < 1e-3 {
		for _, first := range p.mean {
			if first > 0 {
				return "÷" + chart.Space + quantity.Scaled(first/v, 0)
			}
		}
	}
	return f.format(v, 0)
}
