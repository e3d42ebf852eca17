package main

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"

	"github.com/urfave/cli/v2"

	"simulate/internal/paper"
	"simulate/internal/quantity"
	"simulate/plots"
	"simulate/sim/experiment/results"
	"simulate/sim/table"
	"simulate/sim/table/xlsx"
)

// usualOfSweep is the metric of a sweep's table where none is asked for.
const usualOfSweep = "hhi_sales"

// sweepTable writes the table of a sweep for a paper: a row per point with what varies, a column
// per metric and date with the interval; nil where the folder holds something else. csv and xlsx
// have a row per point, metric and date with all statistics.
func (p *program) sweepTable(c *cli.Context, dir, format string) (*bytes.Buffer, error) {
	m, err := results.ReadManifestAs(dir, p.reads(c))
	if err != nil || m.Sweep == nil {
		return nil, err
	}
	if c.Bool("difference") {
		return nil, usagef("option --difference: a sweep has no base at its points; `simulate compare BASE ALTERNATIVE " +
			"--vary PATH=VALUES` states at each point what the alternative changes, and `simulate table` of its folder " +
			"writes that")
	}
	design, err := readDesign(m, dir)
	if err != nil {
		return nil, err
	}
	if m.Sum(results.FileOf(results.SummaryTable, m.Format)) == "" {
		return nil, usagef("%s has no table summary; a sweep with -n 2 or more writes one unless --tables leaves it out", dir)
	}
	summary, err := m.Table(dir, results.SummaryTable)
	if err != nil {
		return nil, err
	}
	rows, columns, err := pointsAsked(c, m, summary)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	switch format {
	case "csv":
		err = p.led(besideInputs(rows, design)).WriteCSV(&b)
	case "xlsx":
		var notes []string
		notes, err = xlsx.Book{Title: m.Title, Author: "simulate", Pages: []xlsx.Page{{Name: "points",
			Table: p.led(besideInputs(rows, design))}}}.Write(&b)
		p.tell(c, notes)
	default:
		t := statedPoints(m, rows, design, columns, chosen(c, "interval"))
		t.Note = p.how.Note()
		err = t.Write(&b, format)
	}
	return &b, err
}

// metricAt is a metric at a date, a column of a table for a paper.
type metricAt struct{ metric, date string }

// pointsAsked are the rows of a sweep's summary of the metrics, dates and points asked for, and the
// columns in the order in which they were.
func pointsAsked(c *cli.Context, m *results.Manifest, summary *table.Table) (rows *table.Table, columns []metricAt,
	err error) {
	known := summary.Distinct("metric")
	wanted := split(c.StringSlice("metric"))
	if len(wanted) == 0 {
		wanted = []string{usualOfSweep}
		if !slices.Contains(known, usualOfSweep) {
			wanted = known[:1]
		}
	}
	for _, name := range wanted {
		if !slices.Contains(known, name) {
			return nil, nil, usagef("option --metric: the sweep's table summary, of the metrics of the whole market, has no "+
				"%q%s; labs and segments over points are in the tables that `simulate sweep --tables all` writes", name,
				didYouMean(name, known))
		}
	}
	points := split(c.StringSlice("case"))
	for _, name := range points {
		if !slices.Contains(summary.Distinct("case"), name) {
			return nil, nil, usagef("option --case: the sweep has no point %q; points are 1 to %d, in the order of its "+
				"table design", name, m.Sweep.Cases)
		}
	}
	dates := summary.Distinct("date")
	slices.Sort(dates)
	at, err := results.FindDates(dates, split(c.StringSlice("at")))
	if err != nil {
		return nil, nil, err
	}
	if len(at) == 0 {
		at = dates[len(dates)-1:]
	}
	cases, metrics, days := summary.Text("case"), summary.Text("metric"), summary.Text("date")
	rows = summary.Filter(func(i int) bool {
		return slices.Contains(wanted, metrics[i]) && slices.Contains(at, days[i]) &&
			(len(points) == 0 || slices.Contains(points, cases[i]))
	})
	for _, metric := range wanted {
		for _, d := range at {
			columns = append(columns, metricAt{metric, d})
		}
	}
	return rows, columns, nil
}

// statedPoints has a row per point, a column per metric and date.
func statedPoints(m *results.Manifest, rows, design *table.Table, columns []metricAt, interval string) paper.Table {
	inputs := inputsOf(design)
	t := paper.Table{Header: inputHeads(inputs), Text: max(1, len(inputs)), Label: "points"}
	if len(inputs) == 0 {
		t.Header = []string{"Point"}
	}
	cells := map[string]map[metricAt]string{} // by point
	cases, metrics, days := rows.Text("case"), rows.Text("metric"), rows.Text("date")
	for i := range cases {
		at := func(column string) float64 { return rows.Number(column)[i] }
		if cells[cases[i]] == nil {
			cells[cases[i]] = map[metricAt]string{}
		}
		if at("n") > 0 {
			cells[cases[i]][metricAt{metrics[i], days[i]}] = stated(plots.Writer(metrics[i], unitOfMetric(metrics[i]), false),
				plots.Statistic{N: int(at("n")), Mean: at("mean"), Low: at("low"), High: at("high"), Q05: at("q05"),
					Q50: at("q50"), Q95: at("q95")}, interval)
		}
	}
	for _, k := range columns {
		t.Header = append(t.Header, metricHead(plots.Writer(k.metric, unitOfMetric(k.metric), false), k.metric, k.date))
	}
	for row, number := range design.Text("case") {
		if cells[number] == nil {
			continue
		}
		line := inputCells(design, inputs, row)
		if len(inputs) == 0 {
			line = []string{number}
		}
		for _, k := range columns {
			line = append(line, cmp.Or(cells[number][k], "–"))
		}
		t.Rows = append(t.Rows, line)
	}
	t.Caption = statedAs(interval) + ". " + sourceOfPoints(m, quantity.Plural(m.Sweep.Cases, "point")) + "."
	return t
}

// besideInputs are rows of a sweep's summary beside what varies at their points.
func besideInputs(rows, design *table.Table) *table.Table {
	inputs := inputsOf(design)
	columns := slices.Concat([]table.Column{{Name: "point", Kind: table.Integer, Meaning: "row of the table design"}},
		inputs, rows.Columns[1:])
	t := table.New("points", columns...)
	numbers := design.Text("case")
	for i, number := range rows.Text("case") {
		at := slices.Index(numbers, number)
		point, _ := strconv.Atoi(number)
		row := []any{point}
		row = append(row, cellsOf(design, inputs, at)...)
		t.Append(append(row, cellsOf(rows, rows.Columns[1:], i)...)...)
	}
	return t
}
