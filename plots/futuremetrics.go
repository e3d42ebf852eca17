package plots

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"simulate/internal/quantity"
	"simulate/plots/chart"
)

// futureMetrics draws quantities of a comparison over futures: with difference what the
// alternatives change in them over the inputs, otherwise their levels over time.
func (r *Results) futureMetrics(quantities []string, difference bool) ([]Drawn, error) {
	for _, q := range quantities {
		if !slices.Contains(r.Manifest.Futures.Metrics, q) {
			return nil, asked("--metric %s: a comparison over futures has metrics of the market alone, and this one records "+
				"%s; --metrics of `simulate compare` records others", q, quantity.List(r.Manifest.Futures.Metrics))
		}
	}
	if difference {
		return r.futureEffects(quantities)
	}
	return r.futureLevels(quantities)
}

// futureEffects draws effects as the first figure that fits the design.
func (r *Results) futureEffects(quantities []string) ([]Drawn, error) {
	if r.window.From != "" {
		return nil, asked("--from %s: effects over futures are drawn at one date, the last before --to", r.window.From)
	}
	r.Manifest.Futures.Metrics = quantities
	for _, draw := range []func(*Results) ([]*chart.Chart, error){drawEffectMap, drawEffectLine, drawEffectForest} {
		charts, err := draw(r)
		var reason Absent
		if errors.As(err, &reason) && reason.Elsewhere {
			continue
		}
		if err != nil {
			return nil, err
		}
		var out []Drawn
		for _, ch := range charts {
			out = append(out, Drawn{differenceFigure, ch})
		}
		return out, nil
	}
	return nil, asked("--metric %s: the design has no input to draw effects over", strings.Join(quantities, ","))
}

// futureLevels draws levels over time, of each scenario over futures and replications together.
func (r *Results) futureLevels(quantities []string) ([]Drawn, error) {
	over := r.Manifest.Futures
	t, err := r.read("market", "case", "point", "replication", "date")
	if err != nil {
		return nil, err
	}
	if t == nil {
		return nil, asked("--metric %s: the folder has no table market, which has paths over time", strings.Join(quantities,
			","))
	}
	alternatives := over.Alternatives
	if len(r.window.Cases) > 0 {
		alternatives = r.window.Cases
	}
	r.Manifest.Cases = nil
	for _, name := range append([]string{over.Base}, alternatives...) {
		r.Manifest.Cases = append(r.Manifest.Cases, Case{Name: name})
	}
	r.all, r.looks = r.Manifest.Cases, r.looksOf()
	from, to, err := r.window.bounds()
	if err != nil {
		return nil, err
	}
	cases, dates := t.Text("case"), t.Text("date")
	points, replications := t.Text("point"), t.Text("replication")
	var all []*Measured
	for _, q := range quantities {
		m := &Measured{Text: q, Name: r.metricName(q), Unit: r.metricUnit("market", q), paths: map[string]*path{}}
		samples := map[string]sample{}
		runs := map[string]int64{} // number of a run, by point and replication
		for i, v := range t.Number(q) {
			if math.IsNaN(v) {
				continue
			}
			d, err := decimalYear(dates[i])
			if err != nil {
				return nil, err
			}
			run := points[i] + "/" + replications[i]
			if _, known := runs[run]; !known {
				runs[run] = int64(len(runs))
			}
			if samples[cases[i]] == nil {
				samples[cases[i]] = sample{}
			}
			if samples[cases[i]][d] == nil {
				samples[cases[i]][d] = map[int64]float64{}
			}
			samples[cases[i]][d][runs[run]] = v
		}
		for _, c := range r.Manifest.Cases {
			p := samples[c.Name].path()
			if p.crop(from, to); len(p.date) > 0 {
				m.paths[c.Name] = p
			}
		}
		if len(m.paths) == 0 {
			return nil, asked("--metric %s: it has no value in these cases and dates", q)
		}
		all = append(all, m)
	}
	each := r.Manifest.Replications
	r.Manifest.Replications = each * over.Points
	ch := r.metricChart(all)
	ch.Subtitle = strings.Replace(ch.Subtitle, strconv.Itoa(each*over.Points)+" replications", fmt.Sprintf("%s of %s",
		quantity.Plural(over.Points, "future"), quantity.Plural(each, "replication")), 1)
	r.Manifest.Replications = each
	ch.Source = r.futuresSource()
	ch.Suffix = fileWord(strings.Join(quantities, "+"))
	return []Drawn{{metricFigure, ch}}, nil
}
