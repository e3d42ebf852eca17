package plots

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"simulate/plots/chart"
	"simulate/sim/table"
)

func columnsFrom(texts, numbers string) (out []table.Column) {
	for _, n := range strings.Fields(texts) {
		out = append(out, table.Column{Name: n, Kind: table.Text})
	}
	for _, n := range strings.Fields(numbers) {
		out = append(out, table.Column{Name: n, Kind: table.Number})
	}
	return out
}

func saveIn(t *testing.T, dir string, tables ...*table.Table) {
	t.Helper()
	for _, tb := range tables {
		if err := tb.Save(filepath.Join(dir, tb.Name+".csv")); err != nil {
			t.Fatal(err)
		}
	}
	text := `{"name": "baseline", "version": "0.1.0", "seed": 1, "replications": 200, "inputs_until": "2023-12-31",
		"cases": [{"name": "baseline", "start": 2024}]}`
	if err := os.WriteFile(filepath.Join(dir, "manifest.json"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// madeUpBacktest has amounts, shares and a series without history; extra adds more of the last.
func madeUpBacktest(t *testing.T, extra int) string {
	dir := t.TempDir()
	points := table.New("backtest_points", columnsFrom("quantity entity title unit date role",
		"low value high no_change trend")...)
	paths := table.New("backtest_paths", columnsFrom("quantity entity unit date", "q05 q25 q50 q75 q95")...)
	nan := math.NaN()
	add := func(quantity, entity, title, unit string, level, growth float64, history int) {
		for k := range history {
			v := level * math.Exp(-growth*float64(history-1-k)/2)
			points.Append(quantity, entity, title, unit, []string{"2022-12-31", "2023-06-30", "2023-12-31"}[3-history+k],
				"history", .8*v, v, 1.3*v, nan, nan)
		}
		flat, line := level, level*math.Exp(growth)
		if history == 0 {
			flat, line = nan, nan
		}
		points.Append(quantity, entity, title, unit, "2024-12-31", "scored", nan, 1.1*level*math.Exp(growth), nan, flat, line)
		for m := range 13 {
			day := []string{"2023-12-31", "2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31", "2024-06-30",
				"2024-07-31", "2024-08-31", "2024-09-30", "2024-10-31", "2024-11-30", "2024-12-31"}[m]
			v, s := level*math.Exp(growth*float64(m)/12), .1*math.Sqrt(float64(m))
			paths.Append(quantity, entity, unit, day, v*(1-s), v*(1-s/2), v, v*(1+s/2), v*(1+s))
		}
	}
	add("supplier_revenue", "", "Supplier revenue", "USD/yr", 6e10, .8, 3)
	add("share_of_compute_owned", "microsoft", "Share", "0–1", .2, -.1, 3)
	add("compute_used", "openai", "compute used", "H100e", 1e5, 1.3, 1)
	add("share_of_sales", "enterprise/anthropic", "Share", "0–1", .12, .6, 1)
	for i := range extra {
		add("revenue", fmt.Sprintf("lab_with_a_long_name_%d", i), "revenue", "USD/yr", 1e9, 1, 0)
	}
	saveIn(t, dir, points, paths)
	return dir
}

func madeUpCalibration(t *testing.T, identified string) string {
	dir := t.TempDir()
	p := table.New("parameters", columnsFrom("path unit identified", "q05 q95 at05 at25 at50 at75 at95 at_base shift")...)
	p.Append("chips.price", "USD/H100e", identified, 31900.0, 49100.0, .3, .4, .5, .6, .7, .55, .4)
	p.Append("research.gamma", "x/yr", "no", 1.507, 9.974, .05, .25, .5, .75, .95, .6, .01)
	p.Append("market.brand_of_open_models", "nats", "no", -2.8, -.2, .06, .24, .5, .74, .95, .5, .02)
	p.Append("chips.price_performance_growth", "x/yr", "no", 1.2092, 1.477, .05, .25, .5, .75, .95, 0.0, .03)
	saveIn(t, dir, p)
	return dir
}

func TestHistoryFigures(t *testing.T) {
	for name, dir := range map[string]string{"backtest": madeUpBacktest(t, 0), "calibration": madeUpCalibration(t,
		"in part")} {
		ch := charts(t, dir, name)[name]
		if ch == nil {
			t.Fatalf("%s is not drawn", name)
		}
		golden(t, name, ch)
	}
	for name, dir := range map[string]string{"backtest": madeUpBacktest(t, 30), "calibration": madeUpCalibration(t,
		"yes")} {
		textFindsRoom(t, name, charts(t, dir, name)[name])
	}
	crowded := charts(t, madeUpBacktest(t, 30), "backtest")["backtest"]
	if len(crowded.Panels) != mostBacktests || !strings.Contains(strings.Join(crowded.Notes, " "), "15 of 34 series") {
		t.Errorf("%d panels, notes %q", len(crowded.Panels), crowded.Notes)
	}
	if s := charts(t, madeUpCalibration(t, "yes"), "calibration")["calibration"].Subtitle; !strings.Contains(s,
		"literature or, for many, by assumption") {
		t.Error(s)
	}
	if title := charts(t, madeUpCalibration(t, "yes"), "calibration")["calibration"].Title; title != "Observations "+
		"identify 1 of 4 parameters and say nothing of 3" {
		t.Error(title)
	}
}

// The rows of the prior's figure have words for PATHs, given or made of their parts.
func TestCalibrationNamesItsInputsInWords(t *testing.T) {
	o := Options{Figures: []string{"calibration"}}
	o.Names = func(id string) string {
		return map[string]string{"market.eta": "Outer elasticity η"}[id]
	}
	all, err := Charts(madeUpCalibration(t, "yes"), o)
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for _, p := range all[0].Chart.Panels {
		for _, tick := range p.Y.Ticks {
			rows = append(rows, tick.Label)
		}
	}
	text := strings.Join(rows, "|")
	if strings.ContainsAny(text, "._") || !strings.Contains(text, "rand of open models") {
		t.Errorf("rows %q", rows)
	}
}

// A folder of runs misses neither figure, and asking for one says which command makes it.
func TestHistoryFiguresAreElsewhere(t *testing.T) {
	dir := usualWorld().write(t)
	for _, name := range []string{"backtest", "calibration"} {
		_, err := Draw(dir, t.TempDir(), Options{Figures: []string{name}})
		var reason Absent
		if !errors.As(err, &reason) || !reason.Elsewhere || !strings.Contains(reason.Reason, "`simulate ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestIntervals(t *testing.T) {
	for want, got := range map[string]string{
		"$32k–$49k/H100e":    interval(31900, 49100, "USD/H100e"),
		"1.5–9.9×/yr":        interval(1.51, 9.87, "x/yr"),
		"−2.8 to −0.15 nats": interval(-2.8, -.15, "nats"),
		"0.1–0.27 1/yr":      interval(.1, .267, "1/yr"),
		"1.9M–2.9M H100e":    interval(1.9e6, 2.88e6, "H100e"),
		"0–0.94":             interval(.0001, .94, "1"),
	} {
		if got = chart.Breakable(got); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
