package plots

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot"

	"simulate/internal/quantity"
	"simulate/plots/chart"
)

// drawIndustry draws how many labs there are, and how many entered, closed and were acquired.
func drawIndustry(r *Results) ([]*chart.Chart, error) {
	if !slices.ContainsFunc(r.Manifest.Cases, func(c Case) bool { return c.Stochastic }) {
		return nil, elsewhere("labs enter and leave in stochastic scenarios alone")
	}
	byCase, err := r.metric("labs_active")
	if err != nil {
		return nil, err
	}
	all := r.inCaseOrder(byCase)
	ch := &chart.Chart{
		Title: "Labs by case: how many there are, enter and leave",
		Subtitle: "Number of labs: " + r.bands(all) + ". Entries, exits and acquisitions are counted from the start" +
			r.perReplication(),
		Key: caseKey(all),
	}
	ch.Panels = []*chart.Panel{fan{title: "Labs", format: quantity.Plain, include: []float64{0}, ticks: 5}.panel(all)}
	entries := r.inCaseOrder(r.metrics["entries"])
	exits, acquisitions, err := r.leavings()
	if err != nil {
		return nil, err
	}
	rows := []struct {
		title string
		all   []series
	}{{"Entries", entries}, {"Exits", exits}, {"Acquisitions", acquisitions}}
	if exits == nil {
		rows = rows[:1]
		rows = append(rows, struct {
			title string
			all   []series
		}{"Exits and acquisitions", r.inCaseOrder(r.metrics["departures"])})
	}
	var y chart.Extent
	y.Add(false, 0, 1)
	for _, row := range rows {
		for _, s := range row.all {
			y.Add(false, s.path.mean...)
		}
	}
	for _, row := range rows {
		if len(row.all) > 0 {
			ch.Panels = append(ch.Panels, meanPanel(row.title, row.all, y))
		}
	}
	ch.Columns = columnsFor(len(ch.Panels))
	all, entries = mainSeries(all), mainSeries(entries)
	if len(all) == 1 && len(entries) == 1 && exits != nil {
		at, n := last(all[0].path.date, all[0].path.mean)
		final := func(s []series, one, many string) string {
			switch v := valueAt(mainSeries(s)[0].path.date, mainSeries(s)[0].path.mean, at); {
			case r.Manifest.Replications > 1:
				return quantity.Plain(v, .1) + " " + many
			default:
				return quantity.Plural(int(math.Round(v)), one, many)
			}
		}
		ch.Title = fmt.Sprintf("%s labs %s: %s, %s and %s", quantity.Plain(n, 0), chart.When(at), final(entries, "entry",
			"entries"), final(exits, "exit", "exits"), final(acquisitions, "acquisition", "acquisitions"))
		if r.Manifest.Replications > 1 {
			ch.Title += " in the mean"
		}
	}
	r.decorate(ch)
	return []*chart.Chart{ch}, nil
}

// meanPanel draws means on a given scale.
func meanPanel(title string, all []series, y chart.Extent) *chart.Panel {
	var x chart.Extent
	p := &chart.Panel{Title: title, Y: chart.LinearAxis(y, 5, quantity.Plain)}
	var minor, major []plot.Plotter
	for _, s := range all {
		x.Add(false, s.path.date...)
		l := chart.Line{X: s.path.date, Y: s.path.mean, Colour: s.colour, Width: 2, Dashes: s.dashes}
		if s.minor {
			l.Width = .8
			minor = append(minor, l)
			continue
		}
		major = append(major, l)
		if _, v := last(s.path.date, s.path.mean); len(all) == 1 && !math.IsNaN(v) {
			p.Ends = []chart.EndLabel{{Text: quantity.Plain(v, .1), At: v, Colour: s.colour, Weight: chart.SemiBold}}
		}
	}
	p.X = chart.TimeAxis(x)
	p.Layers = slices.Concat(minor, major)
	return p
}

// leavings are the mean numbers of exits and acquisitions since the start; nil without a table of
// events.
func (r *Results) leavings() (exits, acquisitions []series, err error) {
	t, err := r.read("events", "case", "replication", "date", "kind")
	if t == nil || err != nil {
		return nil, nil, err
	}
	dates := map[string]map[string][]float64{} // by kind and case
	known := map[string]float64{}
	cases, kinds, texts := t.Text("case"), t.Text("kind"), t.Text("date")
	for i := range t.Len() {
		if kinds[i] != "exit" && kinds[i] != "acquisition" {
			continue
		}
		d, ok := known[texts[i]]
		if !ok {
			if d, err = decimalYear(texts[i]); err != nil {
				return nil, nil, fmt.Errorf("table %s: %w", t.Name, err)
			}
			known[texts[i]] = d
		}
		byCase := submap(dates, kinds[i])
		byCase[cases[i]] = append(byCase[cases[i]], d)
	}
	count := func(kind string) []series {
		byCase := map[string]*path{}
		for _, c := range r.Manifest.Cases {
			labs := r.metrics["labs_active"][c.Name]
			if !labs.defined() {
				continue
			}
			p := &path{date: labs.date}
			happened := dates[kind][c.Name]
			slices.Sort(happened)
			k := 0
			for i, d := range labs.date {
				for k < len(happened) && happened[k] <= d+1e-6 {
					k++
				}
				p.mean = append(p.mean, float64(k)/labs.n[i])
			}
			byCase[c.Name] = p
		}
		return r.inCaseOrder(byCase)
	}
	return count("exit"), count("acquisition"), nil
}

// perReplication says that counts are means where there are several replications.
func (r *Results) perReplication() string {
	if r.Manifest.Replications > 1 {
		return ": means over replications"
	}
	return ""
}
