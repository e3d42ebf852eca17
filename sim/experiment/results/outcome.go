package results

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/table"
)

// Outcome is a complete results folder, read back.
type Outcome struct {
	Dir      string
	Manifest *Manifest
	// AlreadyComplete says that the folder was complete before and nothing was computed.
	AlreadyComplete bool

	dates   map[string][]string // by case, ascending
	summary map[StatsKey]Stats
	part    map[string]PartStats      // by table, read when a pattern asks for it
	market  *table.Table              // read when a difference asks for it
	rows    map[[2]string][]marketRow // of market, by case and date
	values  map[StatsKey][]float64    // in the place of market, where set by hand
}

// StatsKey says which value statistics are of: a metric of a case at a recorded date (ISO).
type StatsKey struct{ Case, Date, Metric string }

// PartStats are the statistics of the parts of the market, segments or labs.
type PartStats map[PartKey]Stats

// PartKey is the same of a part of the market, a segment or a lab.
type PartKey struct {
	StatsKey
	Part string
}

// At gives the statistics of a metric of a part at a date; N is 0 where there are none.
func (p PartStats) At(name, date, part, metric string) Stats {
	if s, ok := p[PartKey{StatsKey{name, date, metric}, part}]; ok {
		return s
	}
	return Describe(nil)
}

// Load reads a complete results folder, whose tables must be as they were written.
func Load(dir string) (*Outcome, error) { return LoadAs(dir, nil) }

// LoadAs reads a complete results folder in the given way.
func LoadAs(dir string, how *table.Reading) (o *Outcome, err error) {
	defer table.Misfit(&err)
	m, err := ReadManifestAs(dir, how)
	if err != nil {
		return nil, err
	}
	o = &Outcome{Dir: dir, Manifest: m, dates: map[string][]string{}, summary: map[StatsKey]Stats{}}
	t, err := o.Table(SummaryTable)
	if err != nil {
		return nil, err
	}
	eachStats(t, func(row int, k StatsKey, s Stats) {
		known := o.dates[k.Case]
		if len(known) == 0 || known[len(known)-1] != k.Date {
			o.dates[k.Case] = append(known, k.Date)
		}
		o.summary[k] = s
	})
	return o, nil
}

// eachStats visits the rows of a summary table. That of labs calls the metric variable and has no
// standard error.
func eachStats(t *table.Table, visit func(row int, k StatsKey, s Stats)) {
	metric := "metric"
	if !t.Has(metric) {
		metric = "variable"
	}
	cases, dates, metrics := t.Text("case"), t.Text("date"), t.Text(metric)
	n, mean, sd := t.Number("n"), t.Number("mean"), t.Number("sd")
	of := func(name string) func(int) float64 {
		if !t.Has(name) {
			return func(int) float64 { return math.NaN() }
		}
		values := t.Number(name)
		return func(row int) float64 { return values[row] }
	}
	se, shared, low, high := of("se"), of("se_reference"), of("low"), of("high")
	var quantiles [5][]float64
	for i, name := range LevelNames {
		quantiles[i] = t.Number(name)
	}
	for row := range t.Len() {
		s := Stats{N: int(n[row]), Mean: mean[row], SE: se(row), Shared: shared(row), Low: low(row), High: high(row),
			SD: sd[row]}
		for i := range quantiles {
			s.Quantiles[i] = quantiles[i][row]
		}
		visit(row, StatsKey{cases[row], dates[row], metrics[row]}, s)
	}
}

// Parts reads the table of the statistics of segments or of labs.
func (o *Outcome) Parts(name string) (stats PartStats, err error) {
	defer table.Misfit(&err)
	column := "segment"
	if name == LabsSummaryTable {
		column = "lab"
	}
	if o.part[name] == nil {
		t, err := o.Table(name)
		if err != nil {
			return nil, err
		}
		all := PartStats{}
		parts := t.Text(column)
		eachStats(t, func(row int, k StatsKey, s Stats) { all[PartKey{k, parts[row]}] = s })
		if o.part == nil {
			o.part = map[string]PartStats{}
		}
		o.part[name] = all
	}
	return o.part[name], nil
}

// Table reads one of the folder's tables.
func (o *Outcome) Table(name string) (*table.Table, error) {
	return o.Manifest.Table(o.Dir, name)
}

// Known tells whether there are results of a case.
func (o *Outcome) Known(name string) bool {
	_, known := o.dates[name]
	return known
}

// Dates lists the recorded dates of a case (ISO), the first the day before its start.
func (o *Outcome) Dates(name string) []string { return o.dates[name] }

// Stats gives the statistics of a metric over the replications of a case at a recorded date.
// Everything is NaN, and N is 0, where there are none.
func (o *Outcome) Stats(name, date, metric string) Stats {
	if s, ok := o.summary[StatsKey{name, date, metric}]; ok {
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

// ReadMarket reads the market table once and finds its rows by case and date.
func (o *Outcome) ReadMarket() (err error) {
	defer table.Misfit(&err)
	if o.values != nil {
		return nil
	}
	if o.market == nil {
		t, err := o.Table(MarketTable)
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

// HasMetric tells whether the market table has a metric. The table must have been read.
func (o *Outcome) HasMetric(name string) bool {
	if o.values == nil {
		return o.market.Has(name)
	}
	for k := range o.values {
		if k.Metric == name {
			return true
		}
	}
	return false
}

// Values lists a metric at a date by replication, NaN where a replication failed. A case without
// chance, run once, has its value in all.
func (o *Outcome) Values(name, metric, date string) []float64 {
	if v, set := o.values[StatsKey{name, date, metric}]; set {
		return v
	}
	out := make([]float64, o.Manifest.Replications)
	for i := range out {
		out[i] = math.NaN()
	}
	if o.market == nil {
		return out
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

// DatesAt finds recorded dates of a case by what a user writes: a date, a month or a year, which
// stand for the last recorded date in them. The error names one that is not recorded.
func (o *Outcome) DatesAt(name string, wanted []string) ([]string, error) {
	return FindDates(o.Dates(name), wanted)
}

var datePattern = regexp.MustCompile(`^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$`)

// FindDates finds what a user writes among recorded dates, as DatesAt does.
func FindDates(dates, wanted []string) ([]string, error) {
	var out []string
	for _, w := range wanted {
		w = quantity.WithoutTime(w)
		found := ""
		for _, d := range dates {
			if d == w || strings.HasPrefix(d, w+"-") {
				found = d
			}
		}
		switch {
		case found != "":
		case !datePattern.MatchString(w):
			return nil, InputErrorf("%q is not a date; write a year, a month or a day, as in 2027, 2027-06 or 2027-06-30", w)
		default:
			return nil, InputErrorf("nothing is recorded at %s; records go from %s to %s, --record step has every step", w,
				dates[0], dates[len(dates)-1])
		}
		out = append(out, found)
	}
	return out, nil
}
