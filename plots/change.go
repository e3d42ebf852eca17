package plots

import (
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"

	"simulate/internal/quantity"
	"simulate/plots/chart"
)

// changePanel draws differences over the line of no difference: of a single series the mean with
// its interval and the spread of the runs, of several the means with whiskers at three dates.
func changePanel(f fan, all []series) *chart.Panel {
	var x, y chart.Extent
	y.Add(false, 0)
	for _, s := range all {
		x.Add(false, s.path.date...)
		y.Add(false, s.path.mean...)
	}
	var bands, whiskers []plot.Plotter
	if len(all) == 1 {
		s := all[0]
		for _, v := range [][]float64{s.path.low, s.path.high, s.path.q05, s.path.q95} {
			y.Add(false, v...)
		}
		bands = []plot.Plotter{
			chart.Band{X: s.path.date, Lo: s.path.q05, Hi: s.path.q95, Colour: chart.Faint(s.colour, chart.AlphaOuter)},
			chart.Band{X: s.path.date, Lo: s.path.low, Hi: s.path.high, Colour: chart.Faint(s.colour, chart.AlphaInner+20)},
		}
	} else {
		for i, s := range all {
			if w := whiskersOf(s, x, i, len(all)); len(w.X) > 0 {
				y.Add(false, w.Lo...)
				y.Add(false, w.Hi...)
				whiskers = append(whiskers, w)
			}
		}
	}
	p := &chart.Panel{Title: f.title, Unit: f.unit, X: chart.TimeAxis(x), Y: chart.LinearAxis(y, f.ticks, f.format)}
	p.Layers = append(p.Layers, chart.Line{X: []float64{p.X.Min, p.X.Max}, Y: []float64{0, 0}, Colour: chart.Ink,
		Width: .9})
	p.Layers = append(p.Layers, bands...)
	var minor, major []plot.Plotter
	for _, s := range slices.Backward(all) { // the first on top
		line := chart.Line{X: s.path.date, Y: s.path.mean, Colour: s.colour, Width: 2, Dashes: s.dashes}
		if s.minor {
			line.Width = .8
			minor = append(minor, line)
			continue
		}
		major = append(major, line)
	}
	p.Layers = slices.Concat(p.Layers, minor, whiskers, major)
	return p
}

// whiskersAt are the places along the x axis at which series of several show their intervals.
var whiskersAt = []float64{.2, .52, .84}

// whiskersOf shows the interval of a series of n near those places. Where dates are close each
// series has dates of its own there, so that a whisker stands on its line; else all have one date
// and whiskers stand beside each other.
func whiskersOf(s series, x chart.Extent, i, n int) chart.Whiskers {
	const apart, close = .035, 20 // of the axis between neighbours; dates from which they are close
	w := chart.Whiskers{Colour: s.colour}
	if s.minor {
		return w
	}
	aside := 0.0
	if len(s.path.date) >= close {
		aside = min(apart, .28/float64(max(1, n-1))) * (float64(i) - float64(n-1)/2)
	} else {
		w.Shift = shiftOf(i, n)
	}
	for _, at := range whiskersAt {
		wanted, nearest := x.Lo+(at+aside)*(x.Hi-x.Lo), -1
		for k, d := range s.path.date {
			if !math.IsNaN(s.path.low[k]) && (nearest < 0 || math.Abs(d-wanted) < math.Abs(s.path.date[nearest]-wanted)) {
				nearest = k
			}
		}
		if nearest < 0 || slices.Contains(w.X, s.path.date[nearest]) {
			continue
		}
		w.X, w.Lo, w.Hi = append(w.X, s.path.date[nearest]), append(w.Lo, s.path.low[nearest]), append(w.Hi,
			s.path.high[nearest])
	}
	return w
}

// shiftOf moves the whiskers of the i-th of n series aside, so that they stand in a row.
func shiftOf(i, n int) chart.Length {
	const pitch, most = 3.6, 26 // points between neighbours, and of all
	step := min(pitch, most/float64(max(1, n-1)))
	return chart.Length(step * (float64(i) - float64(n-1)/2))
}

// lessOf says which case is taken from which: base is what figures call what they are held against.
func lessOf(drawn []series, base string) string {
	switch {
	case base == "Without them":
		base = "the same world without them"
	case strings.HasPrefix(base, "Without "):
		base = "the same world without it"
	}
	if len(drawn) == 1 {
		return drawn[0].name + " less " + quantity.Within(base)
	}
	return "Each case less " + quantity.Within(base)
}

// changeWords say what lines, bands and whiskers of differences mean, after what they are of. drawn
// are the series of one panel, every those of all.
func changeWords(of string, drawn, every []series, replications int) string {
	s := of
	moves := func(s series) bool { return s.path.moves() }
	if !slices.ContainsFunc(every, func(s series) bool { return s.path.sure() }) {
		switch {
		case replications > 1 && !slices.ContainsFunc(every, moves):
			return s + "; " + quantity.NoRunDiffers(replications)
		case replications > 1:
			return s + "; the same in all " + quantity.Plural(replications, "pair of replications", "pairs of replications")
		}
		return s + "; one pair of runs under common random numbers"
	}
	s += ", mean of paired replications; "
	switch {
	case len(drawn) > 1:
		s += "whiskers at three dates: 95% intervals of the mean"
	case slices.ContainsFunc(every, func(s series) bool { return s.path.spread() }):
		s += "dark band: 95% interval of the mean; light band: 5 to 95% of the pairs"
	default:
		s += "band: 95% interval of the mean"
	}
	s += "; " + quantity.Plural(replications, "replication") + " a case under common random numbers"
	if slices.ContainsFunc(every, func(s series) bool { return !moves(s) }) {
		s += "; where a line lies at 0 throughout " + quantity.NoRunDiffers(replications)
	}
	return s
}

// moves tells whether any mean is another than 0.
func (p *path) moves() bool {
	return slices.ContainsFunc(p.mean, func(v float64) bool { return v != 0 && !math.IsNaN(v) })
}

// sure tells whether any mean has an interval.
func (p *path) sure() bool {
	return slices.ContainsFunc(p.low, func(v float64) bool { return !math.IsNaN(v) })
}
