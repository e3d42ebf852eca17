package main

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"

	"github.com/urfave/cli/v2"

	"simulate/internal/quantity"
	"simulate/sim/experiment/compare"
)

// showComparison prints the table or JSON on stdout and the sentences on stderr.
func (p *program) showComparison(c *cli.Context, o *compare.Outcome, metrics []string) error {
	rows, err := o.Effects()
	if err != nil {
		return err
	}
	parts, err := o.Decomposition()
	if err != nil {
		return err
	}
	dates := map[string][]string{} // by case
	for _, k := range o.Manifest.Cases {
		if dates[k.Name] = o.TellingDates(k); c.IsSet("at") {
			if dates[k.Name], err = o.DatesAt(k.Name, split(c.StringSlice("at"))); err != nil {
				return err
			}
		}
	}
	costs := func(r compare.Effect) bool {
		return r.Metric == compare.CostMetric && slices.Contains(dates[r.Case],
			r.Date) && r.Change.Value != 0 && !math.IsNaN(r.Change.Value)
	}
	if !c.IsSet("metrics") && slices.ContainsFunc(rows, costs) {
		metrics = append(slices.Clone(metrics), compare.CostMetric)
	}
	costless := map[string]bool{} // cases of whose cost nothing is shown unless asked
	for name := range dates {
		costless[name] = !c.IsSet("metrics") && !slices.ContainsFunc(rows,
			func(r compare.Effect) bool { return r.Case == name && costs(r) })
	}
	shown := func(name, date, metric string) bool {
		return slices.Contains(metrics, metric) && slices.Contains(dates[name],
			date) && !(metric == compare.CostMetric && costless[name])
	}
	rows = slices.DeleteFunc(rows, func(r compare.Effect) bool { return !shown(r.Case, r.Date, r.Metric) })
	parts = slices.DeleteFunc(parts, func(e compare.PartEffect) bool { return !shown(e.Case, e.Date, e.Metric) })
	if c.Bool("json") {
		return p.printJSON(comparisonAsJSON(o, rows, parts))
	}
	single := len(o.Manifest.Compare.Alternatives) == 1
	if err := p.printCompared(rows, metrics, single); err != nil {
		return err
	}
	if err := p.printDecomposition(parts, rows, metrics, single); err != nil || c.Bool("quiet") {
		return err
	}
	p.tellComparison(c, o, metrics)
	return nil
}

// printCompared writes a row per metric, alternative and date. A single alternative is not named in
// each row.
func (p *program) printCompared(rows []compare.Effect, metrics []string, single bool) error {
	var cells [][]string
	for _, metric := range metrics {
		for _, r := range rows {
			if r.Metric != metric {
				continue
			}
			size := math.Max(math.Abs(r.Base), math.Abs(r.Alternative))
			change := func(v float64) float64 { return compare.Unrounded(v, size) }
			cells = append(cells, []string{metric, r.Case, r.Date, cellOf(metric, r.Base), cellOf(metric, r.Alternative),
				cellOf(metric, change(r.Change.Value)), intervalOfCell(metric, change(r.Change.Low), change(r.Change.High)),
				noiseSaved(r)})
		}
	}
	return p.printWithoutCase([]string{"metric", "case", "date", "base", "alternative", "effect", "95 % interval",
		"noise saved"}, cells, single)
}

// noiseSaved is the part of the variance that common random numbers took away, which is not all of
// it where an error is left.
func noiseSaved(r compare.Effect) string {
	switch {
	case math.IsNaN(r.VarianceSaved):
		return "–"
	case r.VarianceSaved >= 0.995 && r.SE > 0:
		return "> 99 %"
	}
	return quantity.Share(r.VarianceSaved)
}

// printWithoutCase writes a table, its second column left out where there is a single case.
func (p *program) printWithoutCase(header []string, rows [][]string, single bool) error {
	if single {
		header = slices.Delete(slices.Clone(header), 1, 2)
		for i := range rows {
			rows[i] = slices.Delete(slices.Clone(rows[i]), 1, 2)
		}
	}
	return p.printTable(header, rows, true)
}

// printDecomposition writes the parts of split changes, a table per kind of split.
func (p *program) printDecomposition(parts []compare.PartEffect, rows []compare.Effect, metrics []string,
	single bool) error {
	type cell struct{ name, date, metric string }
	sizes := map[cell]float64{}
	for _, r := range rows {
		sizes[cell{r.Case, r.Date, r.Metric}] = math.Max(math.Abs(r.Base), math.Abs(r.Alternative))
	}
	var kinds []string
	for _, e := range parts {
		if !slices.Contains(kinds, e.Split) {
			kinds = append(kinds, e.Split)
		}
	}
	for _, kind := range kinds {
		header := []string{"effect (s.e.)", "case", "date"}
		var cells [][]string
		for _, metric := range metrics {
			for _, e := range parts {
				if e.Metric != metric || e.Split != kind {
					continue
				}
				if !slices.Contains(header, e.Part) {
					header = append(header, e.Part)
				}
				if e.Part == header[3] {
					cells = append(cells, []string{metric, e.Case, e.Date})
				}
				text := cellOf(metric, compare.Unrounded(e.Change.Value, sizes[cell{e.Case, e.Date, metric}]))
				if !math.IsNaN(e.SE) {
					text += " (" + cellOf(metric, compare.Unrounded(e.SE, sizes[cell{e.Case, e.Date, metric}])) + ")"
				}
				for i, row := range cells {
					if row[0] == metric && row[1] == e.Case && row[2] == e.Date {
						cells[i] = append(row, text)
					}
				}
			}
		}
		fmt.Fprintln(p.stdout)
		if err := p.printWithoutCase(header, cells, single); err != nil {
			return err
		}
	}
	return nil
}

// tellComparison says each difference in a sentence on stderr.
func (p *program) tellComparison(c *cli.Context, o *compare.Outcome, metrics []string) {
	lines := o.TellMain()
	if c.IsSet("metrics") {
		lines = o.TellAll(metrics)
	}
	for _, line := range append(lines, o.Caveats()...) {
		fmt.Fprintln(p.stderr, wrap(line, "", helpWidth))
	}
	fmt.Fprintf(p.stderr, "Results in %s%c\n", o.Dir, filepath.Separator)
	p.noteLength(o.Manifest)
}

// comparisonAsJSON is what `compare --json` prints.
func comparisonAsJSON(o *compare.Outcome, rows []compare.Effect, parts []compare.PartEffect) ordered {
	effects, split := []ordered{}, []ordered{}
	for _, e := range rows {
		effects = append(effects, effectAsJSON(e, nil))
	}
	for _, e := range parts {
		split = append(split, ordered{{"case", e.Case}, {"split", e.Split}, {"part", e.Part}, {"date", e.Date}, {"metric",
			e.Metric}, {"n", e.N}, {"effect", orNull(e.Change.Value)}, {"se", orNull(e.SE)}, {"low", orNull(e.Change.Low)},
			{"high", orNull(e.Change.High)}})
	}
	return ordered{{"folder", o.Dir}, {"experiment", o.Manifest.Identity}, {"base", o.Manifest.Cases[0].Name},
		{"effects", effects}, {"decomposition", split}}
}

// effectAsJSON is a row of the table effects, with the values of its point of a design if it has
// one.
func effectAsJSON(e compare.Effect, inputs ordered) ordered {
	out := ordered{{"case", e.Case}, {"base", e.Against}, {"point", e.Point}}
	if inputs != nil {
		out = append(out, pair{"inputs", inputs})
	}
	return append(out, ordered{{"segment", e.Segment}, {"metric", e.Metric}, {"date", e.Date}, {"n", e.Replications},
		{"base_mean", orNull(e.Base)}, {"alternative_mean", orNull(e.Alternative)}, {"effect", orNull(e.Change.Value)},
		{"se", orNull(e.SE)}, {"low", orNull(e.Change.Low)}, {"high", orNull(e.Change.High)},
		{"low_spread", orNull(e.LowSpread)}, {"high_spread", orNull(e.HighSpread)},
		{"share_lower", orNull(e.ShareLower)}, {"noise_saved", orNull(e.VarianceSaved)}, {"clear", e.Clear},
		{"long_tail", e.LongTail}}...)
}
