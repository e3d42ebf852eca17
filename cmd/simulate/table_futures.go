package main

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/urfave/cli/v2"

	"simulate/internal/paper"
	"simulate/internal/quantity"
	"simulate/plots"
	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/results"
	"simulate/sim/table"
	"simulate/sim/table/xlsx"
)

// futuresTable writes the table of a comparison over futures for a paper: a row per future and
// alternative, with what varies, the base's mean and the effect with its interval; nil where the
// folder holds something else. Whole csv and xlsx have the rows of effects beside what varies.
func (p *program) futuresTable(c *cli.Context, dir, format string) (*bytes.Buffer, error) {
	m, err := results.ReadManifestAs(dir, p.reads(c))
	if err != nil || m.Futures == nil {
		return nil, err
	}
	metrics := split(c.StringSlice("metric"))
	for _, name := range metrics {
		if !slices.Contains(m.Futures.Metrics, name) {
			return nil, usagef("option --metric: the comparison has no %q%s", name, didYouMean(name, m.Futures.Metrics))
		}
	}
	if len(metrics) == 0 {
		metrics = m.Futures.Metrics
	}
	cases := split(c.StringSlice("case"))
	for _, name := range cases {
		if !slices.Contains(m.Futures.Alternatives, name) {
			return nil, usagef("option --case: there is no alternative %q%s", name, didYouMean(name, m.Futures.Alternatives))
		}
	}
	_, effects, err := compare.ReadFutures(dir, p.reads(c))
	if err != nil {
		return nil, err
	}
	var dates []string
	for _, e := range effects {
		if !slices.Contains(dates, e.Date) {
			dates = append(dates, e.Date)
		}
	}
	slices.Sort(dates)
	at, err := results.FindDates(dates, split(c.StringSlice("at")))
	if err != nil {
		return nil, err
	}
	if len(at) == 0 && len(dates) > 0 {
		at = dates[len(dates)-1:]
	}
	effects = slices.DeleteFunc(effects, func(e compare.Effect) bool {
		return !slices.Contains(metrics, e.Metric) || !slices.Contains(at, e.Date) ||
			len(cases) > 0 && !slices.Contains(cases, e.Case)
	})
	design, err := readDesign(m, dir)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	switch format {
	case "csv":
		err = p.led(effectRows(effects, design)).WriteCSV(&b)
	case "xlsx":
		var notes []string
		notes, err = xlsx.Book{Title: m.Title, Author: "simulate", Pages: []xlsx.Page{{Name: "effects",
			Table: p.led(effectRows(effects, design))}}}.Write(&b)
		p.tell(c, notes)
	default:
		t := statedEffects(m, effects, design, chosen(c, "interval"))
		t.Note = p.how.Note()
		err = t.Write(&b, format)
	}
	return &b, err
}

// statedEffects has a row per future and alternative, a column per metric and date.
func statedEffects(m *results.Manifest, effects []compare.Effect, design *table.Table, interval string) paper.Table {
	inputs := inputsOf(design)
	t := paper.Table{Label: "effects"}
	t.Header = inputHeads(inputs)
	several := len(m.Futures.Alternatives) > 1
	if several {
		t.Header = append(t.Header, "Alternative")
	}
	t.Text = len(t.Header)
	type row struct {
		point int
		name  string
	}
	var rows []row
	var columns []metricAt
	cells := map[row]map[metricAt]string{}
	for _, e := range effects {
		k, at := row{e.Point, e.Case}, metricAt{e.Metric, e.Date}
		if !slices.Contains(columns, at) {
			columns = append(columns, at)
			t.Header = append(t.Header, metricHead(plots.Writer(e.Metric, unitOfMetric(e.Metric), true), e.Metric, e.Date))
		}
		if cells[k] == nil {
			cells[k] = map[metricAt]string{}
			rows = append(rows, k)
		}
		cells[k][at] = statedEffect(e, interval)
	}
	for _, k := range rows {
		line := inputCells(design, inputs, slices.Index(design.Number("point"), float64(k.point)))
		if several {
			line = append(line, plots.Label(k.name))
		}
		for _, at := range columns {
			line = append(line, cells[k][at])
		}
		t.Rows = append(t.Rows, line)
	}
	what := "95 % interval of the mean effect (Student's t over replications)"
	switch interval {
	case "runs":
		what = "5 to 95 % of the effect over runs"
	case "both":
		what += "; in brackets 5 to 95 % of the effect over runs"
	}
	var names []string
	for _, name := range m.Futures.Alternatives {
		names = append(names, plots.Label(name))
	}
	t.Caption = fmt.Sprintf("Effects of %s against %s, mean of paired differences under the same luck; in parentheses "+
		"the %s. A star marks effects told apart from 0 at 5 %% over all futures of a metric and date (Bonferroni). "+
		"%s.", quantity.List(names), plots.Label(m.Futures.Base), what, sourceOfPoints(m, quantity.Plural(m.Futures.Points,
		"future")))
	if k := slices.IndexFunc(effects, compare.Effect.Unchanged); k >= 0 {
		t.Caption += " Where a cell has no interval, " + effects[k].NoRun() + "."
	}
	return t
}

// statedEffect is an effect with the intervals asked for.
func statedEffect(e compare.Effect, interval string) string {
	number := plots.Writer(e.Metric, unitOfMetric(e.Metric), true).Short
	text := number(e.Change.Value)
	if e.Clear {
		text += "*"
	}
	spread := number(e.LowSpread) + " to " + number(e.HighSpread)
	if interval == "runs" {
		return text + " (" + spread + ")"
	}
	if e.SE > 0 {
		text += " (" + number(e.Change.Low) + " to " + number(e.Change.High) + ")"
	}
	if interval == "both" {
		text += " [" + spread + "]"
	}
	return text
}

// effectRows are the rows of effects with what varies beside them.
func effectRows(effects []compare.Effect, design *table.Table) *table.Table {
	inputs := inputsOf(design)
	columns := []table.Column{{Name: "point", Kind: table.Integer}}
	columns = append(columns, inputs...)
	for _, name := range []string{"case", "base", "metric", "date"} {
		columns = append(columns, table.Column{Name: name})
	}
	columns = append(columns, table.Column{Name: "n", Kind: table.Integer})
	for _, name := range []string{"base_mean", "alternative_mean", "effect", "se", "low", "high", "low_spread",
		"high_spread", "share_lower"} {
		columns = append(columns, table.Column{Name: name, Kind: table.Number})
	}
	t := table.New("effects", append(columns, table.Column{Name: "clear"})...)
	points := design.Number("point")
	for _, e := range effects {
		at := slices.Index(points, float64(e.Point))
		row := append([]any{e.Point}, cellsOf(design, inputs, at)...)
		t.Append(append(row, e.Case, e.Against, e.Metric, e.Date, e.Replications, e.Base, e.Alternative, e.Change.Value, e.SE,
			e.Change.Low, e.Change.High, e.LowSpread, e.HighSpread, e.ShareLower, fmt.Sprint(e.Clear))...)
	}
	return t
}
