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

	dates   map[string][]string       // by case, ascending
	summary *statsRows                // nil: set by hand
	set     map[StatsKey]Stats        // by hand
	part    map[string]Parts          // by table, read when a pattern asks for it
	market  *table.Table              // read when a difference asks for it
	rows    map[[2]string][]marketRow // of market, by case and date
	values  map[StatsKey][]float64    // in the place of market, where set by hand

	partValues map[string]map[PartKey][]float64 // of segments or labs by table, read when a pattern asks for them
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
	o = &Outcome{Dir: dir, Manifest: m, dates: map[string][]string{}}
	t, err := o.Table(SummaryTable)
	if err != nil {
		return nil, err
	}
	o.summary = findStats(t, "")
	for _, b := range o.summary.blocks {
		o.dates[b.name] = append(o.dates[b.name], b.date)
	}
	return o, nil
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
	if s, ok := o.set[StatsKey{name, date, metric}]; ok {
		return s
	}
	return o.summary.at(name, date, "", metric)
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
