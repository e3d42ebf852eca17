package export

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"sort"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/table"
)

// statistics are the columns of the table summary that become variables, with the words that follow
// the variable's name.
var statistics = []struct{ column, words string }{
	{"mean", "Mean"}, {"q05", "5th Percentile"}, {"q50", "Median"}, {"q95", "95th Percentile"},
}

// designTable has a row for each point, effectsTable what alternatives change.
const designTable, effectsTable = "design", "effects"

// IAMC writes the yearly values of the table summary in the format of the Integrated Assessment
// Modeling Consortium: model, scenario, region, variable, unit and a column per year, one row per
// metric and statistic. A year's value is that of its last day. metrics nil stands for all; the
// region is World, since metrics are about the whole industry; the model's name says which tables
// were read although they were changed. Of a comparison over futures, which has no such table, it
// writes the means of every scenario in every future. It fails where the folder has neither, where
// no row ends a year, and where a metric is unknown to it.
func (f *Folder) IAMC(w io.Writer, metrics []string) error {
	t, names, err := f.levels()
	if err != nil {
		return err
	}
	if err := known(t, metrics); err != nil {
		return err
	}
	values, years := yearly(t)
	if len(years) == 0 {
		return fmt.Errorf("%s: no row of summary is of a 31 December, and the format knows years only", f.Dir)
	}
	out := csv.NewWriter(w)
	model := "simulate " + f.Manifest.Version
	if changed := f.how.Changed(); len(changed) > 0 { // the format has no other place for it
		model += ", read as it is: " + strings.Join(changed, " ")
	}
	header := []string{"model", "scenario", "region", "variable", "unit"}
	header = append(header, years...)
	if err := out.Write(header); err != nil {
		return err
	}
	for i, scenario := range distinct(t.Text("case")) {
		for _, metric := range distinct(t.Text("metric")) {
			if metrics != nil && !slices.Contains(metrics, metric) {
				continue
			}
			for _, s := range statistics {
				row := []string{model, names[i], "World", variable(metric) + "|" + s.words, f.unitOf(metric)}
				defined := false
				for _, y := range years {
					cell := values[key{scenario, metric, y, s.column}]
					defined = defined || cell != ""
					row = append(row, cell)
				}
				if !defined {
					continue
				}
				if err := out.Write(row); err != nil {
					return err
				}
			}
		}
	}
	out.Flush()
	return out.Error()
}

// known refuses metrics that a summary does not have.
func known(t *table.Table, metrics []string) error {
	have := distinct(t.Text("metric"))
	for _, m := range metrics {
		if !slices.Contains(have, m) {
			return fmt.Errorf("table summary has no metric %s; `simulate list metrics` names them", m)
		}
	}
	return nil
}

// key names a cell of the yearly values.
type key struct{ scenario, metric, year, statistic string }

// yearly picks the rows of 31 December.
func yearly(t *table.Table) (map[key]string, []string) {
	values := map[key]string{}
	var years []string
	cases, dates, metrics := t.Text("case"), t.Text("date"), t.Text("metric")
	for _, s := range statistics {
		if !t.Has(s.column) {
			continue
		}
		cells := t.Text(s.column)
		for i, day := range dates {
			if len(day) != 10 || day[4:] != "-12-31" {
				continue
			}
			values[key{cases[i], metrics[i], day[:4], s.column}] = cells[i]
			if !slices.Contains(years, day[:4]) {
				years = append(years, day[:4])
			}
		}
	}
	sort.Strings(years)
	return values, years
}

// variable is the name of a metric in the format's hierarchy: its title, under the industry, and
// below it the unit where metrics in several units have one title, as lags do. No two metrics have
// one name.
func variable(metric string) string {
	at := slices.IndexFunc(sim.Metrics, func(m sim.Metric) bool { return m.Name == metric })
	if at < 0 || sim.Metrics[at].Title == "" {
		return "AI Industry|" + metric
	}
	title, unit, alike := sim.Metrics[at].Title, sim.Metrics[at].Unit, 0
	for _, m := range sim.Metrics {
		if m.Title != title {
			continue
		}
		if alike++; m.Unit == unit && m.Name != metric { // neither title nor unit tells them apart
			return "AI Industry|" + title + "|" + metric
		}
	}
	if alike > 1 {
		title += "|" + quantity.Raised(unit)
	}
	return "AI Industry|" + title
}

// unitOf is the unit of a metric by the folder's dictionary.
func (f *Folder) unitOf(metric string) string {
	unit := f.meanings[results.MarketTable][metric].unit
	if unit == "" {
		return "1"
	}
	return unit
}

// distinct are the values of a column in the order in which they first stand.
func distinct(cells []string) (out []string) {
	seen := map[string]bool{}
	for _, c := range cells {
		if !seen[c] {
			seen[c] = true
			out = append(out, c)
		}
	}
	return out
}
