package results

import (
	"math"
	"strconv"
	"strings"

	"simulate/sim/table"
)

// StatsKey says which value statistics are of: a metric of a case at a recorded date (ISO).
type StatsKey struct{ Case, Date, Metric string }

// PartKey is the same of a part of the market, a segment or a lab.
type PartKey struct {
	StatsKey
	Part string
}

// Parts are the statistics of the parts of the market, segments or labs.
type Parts struct {
	rows *statsRows
	set  PartStats // by hand
}

// PartStats are the same as they are set by hand.
type PartStats map[PartKey]Stats

// At gives the statistics of a metric of a part at a date; N is 0 where there are none.
func (p Parts) At(name, date, part, metric string) Stats {
	if s, ok := p.set[PartKey{StatsKey{name, date, metric}, part}]; ok {
		return s
	}
	return p.rows.at(name, date, part, metric)
}

// Parts reads the table of the statistics of segments or of labs.
func (o *Outcome) Parts(name string) (stats Parts, err error) {
	defer table.Misfit(&err)
	if known, there := o.part[name]; there {
		return known, nil
	}
	column := "segment"
	if name == LabsSummaryTable {
		column = "lab"
	}
	t, err := o.Table(name)
	if err != nil {
		return Parts{}, err
	}
	if o.part == nil {
		o.part = map[string]Parts{}
	}
	o.part[name] = Parts{rows: findStats(t, column)}
	return o.part[name], nil
}

// PartValues lists a metric of a segment or lab at a date by replication, NaN where one failed; nil
// where the table of runs, segments or labs, was not kept.
func (o *Outcome) PartValues(name string, k PartKey) []float64 {
	if v, set := o.partValues[name][k]; set {
		return v
	}
	column := strings.TrimSuffix(name, "s")
	t, err := o.Table(name)
	if err != nil || !t.Has(k.Metric) {
		return nil
	}
	out := make([]float64, o.Manifest.Replications)
	for i := range out {
		out[i] = math.NaN()
	}
	rows := t.Where("case", k.Case).Where("date", k.Date).Where(column, k.Part)
	values := rows.Number(k.Metric)
	for i, text := range rows.Text("replication") {
		if r, err := strconv.Atoi(text); err == nil && r >= 1 && r <= len(out) {
			out[r-1] = values[i]
		}
	}
	for _, c := range o.Manifest.Cases {
		if c.Name == k.Case && c.Replications == 1 {
			for i := range out {
				out[i] = out[0]
			}
		}
	}
	o.SetPartValues(name, k, out)
	return out
}

// statsRows finds rows of a summary table, in which the rows of a case and date stand together. Few
// of many are looked up, so that they are counted off there.
type statsRows struct {
	metrics, parts []string // by row; parts are nil where it has none
	blocks         []statsBlock
	number         map[[2]string]int // of a case and date, among blocks
	columns        statsColumns
}

// statsBlock is the rows of a case and date: from, up to and not including to, and so on.
type statsBlock struct {
	name, date string
	ranges     [][2]int
}

// statsColumns are the columns of a summary table; nil where it has none of the name.
type statsColumns struct {
	n, mean, se, shared, low, high, sd []float64
	quantiles                          [5][]float64
}

// findStats looks through a summary table. That of labs calls the metric variable and has no
// standard error. part is the column that names the part, "" for none.
func findStats(t *table.Table, part string) *statsRows {
	metric := "metric"
	if !t.Has(metric) {
		metric = "variable"
	}
	optional := func(name string) []float64 {
		if !t.Has(name) {
			return nil
		}
		return t.Number(name)
	}
	s := &statsRows{metrics: t.Text(metric), number: map[[2]string]int{}}
	if part != "" {
		s.parts = t.Text(part)
	}
	s.columns = statsColumns{n: t.Number("n"), mean: t.Number("mean"), sd: t.Number("sd"), se: optional("se"),
		shared: optional("se_reference"), low: optional("low"), high: optional("high")}
	for i, name := range LevelNames {
		s.columns.quantiles[i] = t.Number(name)
	}
	cases, dates := t.Text("case"), t.Text("date")
	for row := range t.Len() {
		if row > 0 && cases[row] == cases[row-1] && dates[row] == dates[row-1] {
			continue
		}
		to := row + 1
		for to < t.Len() && cases[to] == cases[row] && dates[to] == dates[row] {
			to++
		}
		key := [2]string{cases[row], dates[row]}
		at, known := s.number[key]
		if !known {
			at = len(s.blocks)
			s.number[key] = at
			s.blocks = append(s.blocks, statsBlock{name: key[0], date: key[1]})
		}
		s.blocks[at].ranges = append(s.blocks[at].ranges, [2]int{row, to})
	}
	return s
}

// at gives the statistics of a row; everything is NaN, and N is 0, where there is none. s may be
// nil.
func (s *statsRows) at(name, date, part, metric string) Stats {
	if s == nil {
		return Describe(nil)
	}
	at, known := s.number[[2]string{name, date}]
	if !known {
		return Describe(nil)
	}
	for _, r := range s.blocks[at].ranges {
		for row := r[0]; row < r[1]; row++ {
			if s.metrics[row] == metric && (s.parts == nil || s.parts[row] == part) {
				return s.columns.at(row)
			}
		}
	}
	return Describe(nil)
}

// at puts the statistics of a row together.
func (c statsColumns) at(row int) Stats {
	of := func(column []float64) float64 {
		if column == nil {
			return math.NaN()
		}
		return column[row]
	}
	s := Stats{N: int(c.n[row]), Mean: c.mean[row], SE: of(c.se), Shared: of(c.shared), Low: of(c.low), High: of(c.high),
		SD: c.sd[row]}
	for i := range c.quantiles {
		s.Quantiles[i] = c.quantiles[i][row]
	}
	return s
}
