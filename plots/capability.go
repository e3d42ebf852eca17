package plots

import (
	"fmt"
	"math"
)

const (
	mostNamedLines = 11 // labels that find room beside the data
)

func drawCapability(r *Results) ([]*Chart, error) {
	return r.eachCase(func(c Case, all []*class) (*Chart, error) {
		dates := datesOfAll(all)
		x := extent{dates[0], dates[len(dates)-1], true}
		p := &panel{unit: "OOM above GPT-4", x: timeAxis(x)}
		var y extent
		lines := make([]line, len(all))
		for k, cl := range all {
			lines[k] = line{x: dates, y: cl.medians("capability", dates), colour: lightGrey, width: 1.1}
			y.add(false, lines[k].y...)
		}
		frontier, open := r.caseMetric("frontier_capability", c), r.caseMetric("open_frontier_capability", c)
		if !y.ok && frontier == nil {
			return nil, absent("capability is missing or empty in the table of labs")
		}
		for _, f := range []*path{frontier, open} {
			if f != nil {
				y.add(false, f.q50...)
			}
		}
		p.y = linearAxis(y, 8, oom)
		if frontier != nil {
			addEnd(p, "Frontier", frontier, endLabel{colour: ink, weight: semiBold})
		}
		if open != nil {
			addEnd(p, "Open frontier (dashed)", open, endLabel{colour: ink, weight: semiBold, rank: 1})
		}
		nameLabs(p, all, lines)
		for k := len(lines) - 1; k >= 0; k-- { // the most important on top
			p.layers = append(p.layers, lines[k])
		}
		ch := &Chart{
			Title:    "Capability by lab",
			Subtitle: "Capability of the model each lab offers, orders of magnitude (OOM) of effective training compute above GPT-4. " + r.statistic("Medians") + existing(all),
			panels:   []*panel{p},
		}
		if frontier != nil {
			p.layers = append(p.layers, line{x: frontier.date, y: frontier.q50, colour: ink, width: 2.4})
		}
		if open != nil {
			p.layers = append(p.layers, line{x: open.date, y: open.q50, colour: paper, width: 3.6}, line{x: open.date, y: open.q50, colour: ink, width: 2.2, dashes: dashed})
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
	at, v := last(open.date, open.q50)
	gap := valueAt(frontier.date, frontier.q50, at) - v
	if math.IsNaN(gap) {
		return "Capability by lab"
	}
	return fmt.Sprintf("Capability: the open frontier trails by %s OOM %s", plain(gap, .01), when(at))
}

func addEnd(p *panel, name string, of *path, label endLabel) {
	if _, v := last(of.date, of.q50); !math.IsNaN(v) {
		label.text, label.at = name, v
		p.ends = append(p.ends, label)
	}
}

// nameLabs names and colours the most important lines that reach the end, and the lowest so that the range is told. The
// others stay light grey.
func nameLabs(p *panel, all []*class, lines []line) {
	final := 0
	for _, l := range lines {
		for i, v := range l.y {
			if !math.IsNaN(v) {
				final = max(final, i)
			}
		}
	}
	end := func(k int) float64 { return lines[k].y[final] }
	lowest := -1
	for k := range lines {
		if !math.IsNaN(end(k)) && (lowest < 0 || end(k) < end(lowest)) {
			lowest = k
		}
	}
	for k, c := range all {
		if math.IsNaN(end(k)) || !(c.named && len(p.ends) < mostNamedLines || k == lowest) {
			continue
		}
		colour := grey
		if c.named {
			colour = c.colour
		}
		lines[k].colour, lines[k].width = colour, 1.6
		p.ends = append(p.ends, endLabel{text: c.name, at: end(k), colour: colour, weight: regular, rank: 2 + k})
	}
}
