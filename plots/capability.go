package plots

import (
	"fmt"
	"math"

	"simulate/internal/quantity"
	"simulate/plots/chart"
)

const (
	mostNamedLines = 11 // labels that find room beside the data
)

func drawCapability(r *Results) ([]*chart.Chart, error) {
	return r.eachCase(func(c Case, all []*class) (*chart.Chart, error) {
		dates := datesOfAll(all)
		x := chart.Extent{Lo: dates[0], Hi: dates[len(dates)-1], Ok: true}
		p := &chart.Panel{Unit: "OOM above GPT-4", X: chart.TimeAxis(x)}
		var y chart.Extent
		lines := make([]chart.Line, len(all))
		for k, cl := range all {
			lines[k] = chart.Line{X: dates, Y: cl.means("capability", dates), Colour: chart.LightGrey, Width: 1.1}
			y.Add(false, lines[k].Y...)
		}
		frontier, open := r.caseMetric("frontier_capability", c), r.caseMetric("open_frontier_capability", c)
		if !y.Ok && frontier == nil {
			return nil, absent("capability is missing or empty in the table of labs")
		}
		for _, f := range []*path{frontier, open} {
			if f != nil {
				y.Add(false, f.mean...)
			}
		}
		p.Y = chart.LinearAxis(y, 8, quantity.OOM)
		if frontier != nil {
			addEnd(p, "Frontier", frontier, chart.EndLabel{Colour: chart.Ink, Weight: chart.SemiBold})
		}
		if open != nil {
			addEnd(p, "Open frontier (dashed)", open, chart.EndLabel{Colour: chart.Ink, Weight: chart.SemiBold, Rank: 1})
		}
		others := nameLabs(p, all, lines)
		for k := len(lines) - 1; k >= 0; k-- { // the most important on top
			p.Layers = append(p.Layers, lines[k])
		}
		ch := &chart.Chart{
			Title: "Capability by lab",
			Subtitle: "Capability of the model each lab offers, orders of magnitude (OOM) of effective training compute " +
				"above GPT-4. " + r.statistic("Means") + existing(all) + others,
			Panels: []*chart.Panel{p},
		}
		if frontier != nil {
			p.Layers = append(p.Layers, chart.Line{X: frontier.date, Y: frontier.mean, Colour: chart.Ink, Width: 2.4})
		}
		if open != nil {
			p.Layers = append(p.Layers, chart.Line{X: open.date, Y: open.mean, Colour: chart.Paper, Width: 3.6},
				chart.Line{X: open.date, Y: open.mean, Colour: chart.Ink, Width: 2.2, Dashes: dashed})
		}
		if frontier != nil && open != nil {
			ch.Title = gapTitle(frontier, open)
		}
		r.decorate(ch, c)
		return ch, nil
	})
}

// gapTitle states by how much the open frontier trails.
func gapTitle(frontier, open *path) string {
	at, v := last(open.date, open.mean)
	gap := valueAt(frontier.date, frontier.mean, at) - v
	if math.IsNaN(gap) {
		return "Capability by lab"
	}
	return fmt.Sprintf("Capability: the open frontier trails by %s OOM %s", quantity.Plain(gap, .01), chart.When(at))
}

func addEnd(p *chart.Panel, name string, of *path, label chart.EndLabel) {
	if _, v := last(of.date, of.mean); !math.IsNaN(v) {
		label.Text, label.At = name, v
		p.Ends = append(p.Ends, label)
	}
}

// nameLabs names and colours the most important lines that reach the end, and the lowest so that
// the range is told. The others stay light grey, of which it returns the words.
func nameLabs(p *chart.Panel, all []*class, lines []chart.Line) (others string) {
	final := 0
	for _, l := range lines {
		for i, v := range l.Y {
			if !math.IsNaN(v) {
				final = max(final, i)
			}
		}
	}
	end := func(k int) float64 { return lines[k].Y[final] }
	lowest := -1
	for k := range lines {
		if !math.IsNaN(end(k)) && (lowest < 0 || end(k) < end(lowest)) {
			lowest = k
		}
	}
	for k, c := range all {
		if math.IsNaN(end(k)) || !(c.named && len(p.Ends) < mostNamedLines || k == lowest) {
			continue
		}
		colour := chart.Grey
		if c.named {
			colour = c.colour
		}
		lines[k].Colour, lines[k].Width = colour, 1.6
		if c.highlit {
			lines[k].Width = 2.4
		}
		p.Ends = append(p.Ends, chart.EndLabel{Text: c.name, At: end(k), Colour: colour, Weight: chart.Regular, Rank: 2 + k})
	}
	for _, l := range lines {
		if l.Colour == chart.LightGrey {
			return "; light grey: the other labs"
		}
	}
	return ""
}
