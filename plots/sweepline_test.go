package plots

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"simulate/internal/quantity"
	"simulate/plots/chart"
	"simulate/sim/table"
)

// lineSweep is a sweep of one input, values in the order given, with HHI 1000·value and as many
// further metrics as asked for.
func lineSweep(t *testing.T, path, unit string, values []any, replications, more int) string {
	t.Helper()
	dir := t.TempDir()
	kind := table.Number
	if _, words := values[0].(string); words {
		kind = table.Text
	}
	metrics := []string{"hhi_sales"}
	for i := range more {
		metrics = append(metrics, fmt.Sprintf("metric_%d", i))
	}
	design := table.New("design", table.Column{Name: "case"}, table.Column{Name: path, Kind: kind},
		table.Column{Name: "market.sigma", Kind: table.Number})
	columns := []table.Column{{Name: "case"}, {Name: "date"}, {Name: path, Kind: kind}}
	for _, m := range metrics {
		columns = append(columns, table.Column{Name: m, Kind: table.Number})
	}
	runs := table.New("runs", columns...)
	dictionary := table.New("dictionary", table.Column{Name: "table"}, table.Column{Name: "column"},
		table.Column{Name: "unit"})
	dictionary.Append("design", path, unit)
	for i, v := range values {
		name := fmt.Sprint(i + 1)
		design.Append(name, v, .5)
		level := 1000.0
		if x, ok := v.(float64); ok {
			level *= x
		}
		for k := range replications { // 0.8 to 1.2 of the level
			value := level
			if replications > 1 {
				value *= .8 + .4*float64(k)/float64(replications-1)
			}
			row := []any{name, "2033-12-31", v}
			for range metrics {
				row = append(row, value)
			}
			runs.Append(row...)
		}
	}
	for _, tb := range []*table.Table{design, runs, dictionary} {
		if err := tb.Save(filepath.Join(dir, tb.Name+".csv")); err != nil {
			t.Fatal(err)
		}
	}
	text := fmt.Sprintf(`{"name": "s", "replications": %d, "sweep": {"design": "grid", "cases": %d, "metrics": ["%s"]}}`,
		replications, len(values), strings.Join(metrics, `", "`))
	if err := os.WriteFile(filepath.Join(dir, "manifest.json"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestSweepLine(t *testing.T) {
	dir := lineSweep(t, "market.eta", "1", []any{1.5, .6, 1.1}, 10, 0)
	ch := charts(t, dir, "sweep_line")["sweep_line"]
	golden(t, "sweep_line", ch)
	textFindsRoom(t, "sweep_line", ch)
	p := ch.Panels[0]
	for _, l := range p.Layers {
		switch l := l.(type) {
		case chart.Line:
			if fmt.Sprintf("%v %.6g", l.X, l.Y) != "[0.6 1.1 1.5] [600 1100 1500]" {
				t.Errorf("mean %v over %v", l.Y, l.X)
			}
		case chart.Band: // quantiles of type 7 of ten values from 480 to 720
			if low := fmt.Sprintf("%.6g", l.Lo[0]); low != "492" && low != "540" {
				t.Errorf("a band starts at %v", l.Lo[0])
			}
		}
	}
	if labels(p.X) != "0.6 1.1 1.5" || p.XUnit != "Outer elasticity η" {
		t.Errorf("ticks %q, %q", labels(p.X), p.XUnit)
	}
	if ch.Title != "Sales concentration (HHI): 600 where Outer elasticity η is 0.6, 1,500 where it is 1.5" {
		t.Errorf("title %q", ch.Title)
	}
	if files, err := Draw(dir, filepath.Join(t.TempDir(), "f"), Options{}); err != nil || len(files) != 1 {
		t.Errorf("files %v, %v", files, err)
	}
	// Rates of growth, money and dates are written as in scenarios; few metrics all have a panel.
	growth := charts(t, lineSweep(t, "research.gamma", "x/yr", []any{2.0, 4.0, 8.0}, 4, 2), "sweep_line")["sweep_line"]
	if len(growth.Panels) != 3 || labels(growth.Panels[0].X) != "2× 4× 8×" || !strings.Contains(growth.Title,
		"Research: gamma, times a year") {
		t.Errorf("growth: %d panels, ticks %q, %q", len(growth.Panels), labels(growth.Panels[0].X), growth.Title)
	}
	dates := charts(t, lineSweep(t, "policies.aid.from", "ISO date", []any{"2026-01-01", "2026-07-01", "2028-03-01"}, 2,
		20), "sweep_line")["sweep_line"]
	if len(dates.Panels) != 1 || labels(dates.Panels[0].X) != "Jan 2026 Jul 2026 Mar 2028" {
		t.Errorf("dates: %d panels, ticks %q", len(dates.Panels), labels(dates.Panels[0].X))
	}
	money := charts(t, lineSweep(t, "labs.x.budget", "USD/yr", []any{1e8, 1e9, 1e10}, 1, 20), "sweep_line")["sweep_line"]
	if len(money.Panels) != 1 || !money.Panels[0].X.Log || labels(money.Panels[0].X) != "$100M $1B $10B" ||
		len(money.Panels[0].Layers) != 2 {
		t.Errorf("money: %d panels, ticks %q, %d layers", len(money.Panels), labels(money.Panels[0].X),
			len(money.Panels[0].Layers))
	}
}

// An input that takes words has a row for each, in which nothing is joined.
func TestSweepOverWords(t *testing.T) {
	dir := lineSweep(t, "labs.x.openness", "", []any{"open", "delayed", "closed"}, 10, 2)
	ch := charts(t, dir, "sweep_line")["sweep_line"]
	textFindsRoom(t, "sweep over words", ch)
	if len(ch.Panels) != 3 || labels(ch.Panels[0].Y) != "Open Delayed Closed" {
		t.Fatalf("%d panels with rows %q", len(ch.Panels), labels(ch.Panels[0].Y))
	}
	for _, l := range ch.Panels[0].Layers {
		if line, ok := l.(chart.Line); ok && line.Y[0] != line.Y[1] {
			t.Errorf("a line joins rows: %v", line.Y)
		}
	}
	p := &path{date: []float64{0, 1, 2}, mean: []float64{1500, 900, 1200}}
	if title := (&Results{}).choiceTitle("hhi_sales", p, []string{"open", "delayed", "closed"}, "openness"); title !=
		"Sales concentration (HHI): 900 (delayed) to 1,500 (open) by openness" {
		t.Errorf("title %q", title)
	}
	one := charts(t, lineSweep(t, "labs.x.openness", "", []any{"open", "closed"}, 10, 0), "sweep_line")["sweep_line"]
	if one.Title != "Sales concentration (HHI): 1,000, whatever X: openness is" ||
		!strings.Contains(one.Subtitle, "50% (thick) and 90% (thin) of 10 replications") {
		t.Errorf("%q, %q", one.Title, one.Subtitle)
	}
}

// TestSweepLineRefuses says why many words and two inputs have no line, and leaves no folder.
func TestSweepLineRefuses(t *testing.T) {
	var many []any
	for i := range mostChoices + 1 {
		many = append(many, fmt.Sprintf("word-%d", i))
	}
	words := lineSweep(t, "labs.x.openness", "", many, 2, 0)
	for dir, reason := range map[string]string{words: "more than 30 words", sweepFolder(t, false): "one input"} {
		_, err := Draw(dir, t.TempDir(), Options{Figures: []string{"sweep_line"}})
		var a Absent
		if !errors.As(err, &a) || !strings.Contains(a.Reason, reason) {
			t.Errorf("%v, want %s", err, reason)
		}
	}
	out := filepath.Join(t.TempDir(), "figures")
	if files, err := Draw(words, out, Options{}); err != nil || len(files) > 0 {
		t.Errorf("files %v, %v", files, err)
	}
	if _, err := os.Stat(out); !os.IsNotExist(err) {
		t.Errorf("an empty folder is left: %v", err)
	}
}

// labels are the words at the ticks of an axis.
func labels(a chart.Axis) string {
	var s []string
	for _, t := range a.Ticks {
		s = append(s, t.Label)
	}
	return strings.Join(s, " ")
}

// TestScatterJoinsListedValues: where an input has few listed values the line has a mean at each.
func TestScatterJoinsListedValues(t *testing.T) {
	s := scattered{path: "a", x: []float64{0, 0, 0, 2, 2, 2, 5, 5, 5}}
	y := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9}
	for _, l := range s.panel(y, "A", quantity.Plain).Layers {
		if line, is := l.(chart.Line); is && (!slices.Equal(line.X, []float64{0, 2, 5}) ||
			!slices.Equal(line.Y, []float64{2, 5, 8})) {
			t.Errorf("the line joins %v, %v", line.X, line.Y)
		}
	}
	if got := meansOf([]scattered{s}); got != "means at each value" {
		t.Error(got)
	}
}
