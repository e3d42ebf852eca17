package experiment

import (
	"fmt"
	"math"
	"path/filepath"
	"strconv"

	"simulate/sim/experiment/analysis"
	"simulate/sim/table"
)

// Outcome is a complete results folder, read back.
type Outcome struct {
	Dir      string
	Manifest *Manifest
	// AlreadyComplete says that the folder was complete before and nothing was computed.
	AlreadyComplete bool

	dates   map[string][]string // by case, ascending
	summary map[summaryKey]Stats
	part    map[string]partStats      // by table, read when a pattern asks for it
	market  *table.Table              // read when a difference asks for it
	rows    map[[2]string][]marketRow // of market, by case and date
}

type summaryKey struct{ Case, Date, Metric string }

// partStats are the statistics of the parts of the market, segments or labs.
type partStats map[partKey]Stats

type partKey struct {
	summaryKey
	Part string
}

func (p partStats) at(name, date, part, metric string) Stats {
	if s, ok := p[partKey{summaryKey{name, date, metric}, part}]; ok {
		return s
	}
	return Describe(nil)
}

// Load reads a complete results folder.
func Load(dir string) (*Outcome, error) {
	m, err := ReadManifest(dir)
	if err != nil {
		return nil, err
	}
	o := &Outcome{Dir: dir, Manifest: m, dates: map[string][]string{}, summary: map[summaryKey]Stats{}}
	t, err := o.table(summaryTable)
	if err != nil {
		return nil, err
	}
	eachStats(t, func(row int, k summaryKey, s Stats) {
		known := o.dates[k.Case]
		if len(known) == 0 || known[len(known)-1] != k.Date {
			o.dates[k.Case] = append(known, k.Date)
		}
		o.summary[k] = s
	})
	return o, nil
}

// eachStats visits the rows of a summary table. That of labs calls the metric variable and has no standard error.
func eachStats(t *table.Table, visit func(row int, k summaryKey, s Stats)) {
	metric := "metric"
	if !t.Has(metric) {
		metric = "variable"
	}
	cases, dates, metrics := t.Text("case"), t.Text("date"), t.Text(metric)
	n, mean, sd := t.Number("n"), t.Number("mean"), t.Number("sd")
	se := func(int) float64 { return math.NaN() }
	if t.Has("se") {
		errors := t.Number("se")
		se = func(row int) float64 { return errors[row] }
	}
	var quantiles [5][]float64
	for i, name := range levelNames {
		quantiles[i] = t.Number(name)
	}
	for row := range t.Len() {
		s := Stats{N: int(n[row]), Mean: mean[row], SE: se(row), SD: sd[row]}
		for i := range quantiles {
			s.Quantiles[i] = quantiles[i][row]
		}
		visit(row, summaryKey{cases[row], dates[row], metrics[row]}, s)
	}
}

// parts reads the table of the statistics of segments or of labs.
func (o *Outcome) parts(name string) (partStats, error) {
	column := "segment"
	if name == labsSummaryTable {
		column = "lab"
	}
	if o.part[name] == nil {
		t, err := o.table(name)
		if err != nil {
			return nil, err
		}
		all := partStats{}
		parts := t.Text(column)
		eachStats(t, func(row int, k summaryKey, s Stats) { all[partKey{k, parts[row]}] = s })
		if o.part == nil {
			o.part = map[string]partStats{}
		}
		o.part[name] = all
	}
	return o.part[name], nil
}

// table reads one of the folder's tables.
func (o *Outcome) table(name string) (*table.Table, error) {
	return table.Read(filepath.Join(o.Dir, name+"."+o.Manifest.Format))
}

// Dates lists the recorded dates of a case (ISO), the first the day before its start.
func (o *Outcome) Dates(name string) []string { return o.dates[name] }

// Stats gives the statistics of a metric over the replications of a case at a recorded date. Everything is NaN, and N is 0,
// where there are none.
func (o *Outcome) Stats(name, date, metric string) Stats {
	if s, ok := o.summary[summaryKey{name, date, metric}]; ok {
		return s
	}
	return Describe(nil)
}

// Path is the mean or a quantile of a metric over time: one value per date of Dates.
func (o *Outcome) Path(name, metric string, of func(Stats) float64) []float64 {
	var out []float64
	for _, date := range o.dates[name] {
		out = append(out, of(o.Stats(name, date, metric)))
	}
	return out
}

// Difference compares a metric in case b with case a at a date, replication by replication.
func (o *Outcome) Difference(a, b, metric, date string) (analysis.Difference, error) {
	if err := o.readMarket(); err != nil {
		return analysis.Difference{}, err
	}
	if !o.market.Has(metric) {
		return analysis.Difference{}, fmt.Errorf("there is no metric %q", metric)
	}
	return analysis.Paired(o.values(a, metric, date), o.values(b, metric, date)), nil
}

// readMarket reads the market table once and finds its rows by case and date.
func (o *Outcome) readMarket() error {
	if o.market == nil {
		t, err := o.table(marketTable)
		if err != nil {
			return err
		}
		o.market = t
	}
	if o.rows != nil {
		return nil
	}
	o.rows = map[[2]string][]marketRow{}
	cases, dates, replications := o.market.Text("case"), o.market.Text("date"), o.market.Text("replication")
	for row := range o.market.Len() {
		k := [2]string{cases[row], dates[row]}
		if r, err := strconv.Atoi(replications[row]); err == nil && r >= 1 && r <= o.Manifest.Replications {
			o.rows[k] = append(o.rows[k], marketRow{row, r})
		}
	}
	return nil
}

// marketRow is a row of the market table and its replication, from 1.
type marketRow struct{ row, replication int }

// values lists a metric at a date by replication, NaN where a replication failed. A case without chance, run once, has its value in all.
func (o *Outcome) values(name, metric, date string) []float64 {
	out := make([]float64, o.Manifest.Replications)
	for i := range out {
		out[i] = math.NaN()
	}
	v := o.market.Number(metric)
	for _, at := range o.rows[[2]string{name, date}] {
		out[at.replication-1] = v[at.row]
	}
	for _, c := range o.Manifest.Cases {
		if c.Name == name && c.Replications == 1 {
			for i := range out {
				out[i] = out[0]
			}
		}
	}
	return out
}
