package plots

import (
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"simulate/plots/chart"
	"simulate/sim/table"
)

// pairedFolder has two cases with single replications: hhi_sales is 1000 + 10·replication, 300 less
// in the alternative; of labs a and b only b is missing in the third replication.
func pairedFolder(t *testing.T) string {
	t.Helper()
	w := usualWorld()
	w.cases = []Case{{Name: "baseline", Start: 2024}, {Name: "shock", Start: 2024, Markers: []Marker{shockMarker}}}
	dir := w.write(t)
	keys := []table.Column{{Name: "case"}, {Name: "replication", Kind: table.Integer}, {Name: "date"}}
	market := table.New("market", append(keys, table.Column{Name: "hhi_sales", Kind: table.Number})...)
	segments := table.New("segments", append(keys, table.Column{Name: "segment"}, table.Column{Name: "hhi_sales",
		Kind: table.Number})...)
	labs := table.New("labs", append(keys, table.Column{Name: "lab"}, table.Column{Name: "capability",
		Kind: table.Number})...)
	offers := table.New("lab_segments", append(keys, table.Column{Name: "lab"}, table.Column{Name: "segment"},
		table.Column{Name: "share", Kind: table.Number}, table.Column{Name: "sales", Kind: table.Number})...)
	for k, c := range w.cases {
		for n := 1; n <= 4; n++ {
			for _, d := range w.dates() {
				v := 1000 + 10*float64(n) - 300*float64(k) - float64(k*n)
				market.Append(c.Name, n, d, v)
				segments.Append(c.Name, n, d, "consumer", 2*v)
				segments.Append(c.Name, n, d, "enterprise", v)
				labs.Append(c.Name, n, d, "openai", 5+float64(n))
				offers.Append(c.Name, n, d, "openai", "consumer", .5+.1*float64(k), 9e9)
				offers.Append(c.Name, n, d, "openai", "enterprise", .1, 1e9)
				if n > 1 {
					offers.Append(c.Name, n, d, "deepseek", "consumer", .1*float64(n), 5e9)
				}
				if n != 3 {
					labs.Append(c.Name, n, d, "deepseek", 4+float64(k))
				}
			}
		}
	}
	dictionary := table.New("dictionary", table.Column{Name: "table"}, table.Column{Name: "column"},
		table.Column{Name: "unit"})
	dictionary.Append("market", "hhi_sales", "0–10,000")
	dictionary.Append("labs", "capability", "OOM")
	for _, tb := range []*table.Table{market, segments, labs, offers, dictionary} {
		if err := tb.Save(filepath.Join(dir, tb.Name+".csv")); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// Differences and gaps are those of equal replications.
func TestMeasuredPairsReplications(t *testing.T) {
	dir := pairedFolder(t)
	for _, c := range []struct {
		quantity   string
		difference bool
		of         string
		n          int
		mean, q95  float64
		name       string
	}{
		{"hhi_sales", true, "shock", 4, -302.5, -301.15, "HHI sales"},
		{"hhi_sales:consumer", true, "shock", 4, -605, -602.3, "HHI sales, consumer"},
		{"capability:openai-deepseek", false, "baseline", 3, 10. / 3, 4.8, "Capability, OpenAI less DeepSeek"},
		{"capability:openai-deepseek", true, "shock", 3, -1, -1, "Capability, OpenAI less DeepSeek"},
		{"share:consumer/openai", false, "shock", 4, .6, .6, "Share, OpenAI in consumer"},
		{"share:consumer/openai", true, "shock", 4, .1, .1, "Share, OpenAI in consumer"},
		{"share:consumer/openai-deepseek", false, "baseline", 3, .2, .29, "Share, OpenAI less DeepSeek in consumer"},
		{"share:consumer/openai-consumer/deepseek", false, "baseline", 3, .2, .29, "Share, OpenAI less DeepSeek in consumer"},
		{"revenue:enterprise/openai", false, "baseline", 4, 1e9, 1e9, "Sales, OpenAI in enterprise"},
	} {
		all, _, err := Measure(dir, []string{c.quantity}, c.difference, Options{})
		if err != nil {
			t.Errorf("%s: %v", c.quantity, err)
			continue
		}
		m := all[0]
		p := m.paths[c.of]
		if p == nil || m.Name != c.name || p.n[8] != float64(c.n) || math.Abs(p.mean[8]-c.mean) > 1e-9 ||
			math.Abs(p.q95[8]-c.q95) > 1e-9 {
			t.Errorf("%s: %q, %+v", c.quantity, m.Name, p)
		}
	}
	all, _, err := Measure(dir, []string{"hhi_sales"}, true, Options{})
	if err != nil {
		t.Fatal(err)
	}
	// Four pairs −301 … −304: sd 1.29099, Student's t at 3 degrees 3.18245.
	if p := all[0].paths["shock"]; math.Abs(p.high[3]-(-302.5+3.182446305*1.290994449/2)) > 1e-6 {
		t.Errorf("the interval of the mean ends at %v", p.high[3])
	}
	if len(all[0].paths) != 1 {
		t.Errorf("the base has a difference from itself: %v", all[0].paths)
	}
}

func TestMetricsDraw(t *testing.T) {
	dir := pairedFolder(t)
	for _, c := range []struct {
		quantities []string
		difference bool
		file       string
		panels     int
		title      string
	}{
		{[]string{"hhi_sales"}, false, "metric-hhi_sales", 1, "HHI sales by case"},
		{[]string{"hhi_sales", "entry_ticket"}, false, "metric-hhi_sales+entry_ticket", 2, "HHI sales · Entry ticket"},
		{[]string{"capability:openai-deepseek"}, false, "metric-capability_openai-deepseek", 1, "Capability, OpenAI less"},
		{[]string{"hhi_sales"}, true, "difference-hhi_sales", 1, "What shock changes against baseline: HHI sales"},
	} {
		all, err := Metrics(dir, c.quantities, c.difference, Options{})
		if err != nil {
			t.Errorf("%v: %v", c.quantities, err)
			continue
		}
		ch := all[0].Chart
		textFindsRoom(t, c.file, ch)
		if all[0].Name() != c.file || len(ch.Panels) != c.panels || !strings.HasPrefix(ch.Title, c.title) {
			t.Errorf("%s with %d panels: %q", all[0].Name(), len(ch.Panels), ch.Title)
		}
		if c.difference {
			golden(t, "difference_one", ch)
		}
	}
}

// What a folder cannot show is refused with the nearest thing that it can.
func TestMetricsRefuse(t *testing.T) {
	dir, alone := pairedFolder(t), usualWorld().write(t)
	names := func(id string) string { return map[string]string{"hhi_new": "HHI, new"}[id] }
	for _, c := range []struct {
		dir, quantity string
		difference    bool
		window        Window
		want          string
	}{
		{dir, "hhi_sale", false, Window{}, "hhi_sales"},
		{dir, "hhi_sale", false, Window{}, "`simulate list metrics` names all"},
		{kindOf(t, "backtest"), "hhi_sales", false, Window{}, "tables backtest and backtest_points have the numbers"},
		{kindOf(t, "calibration"), "hhi_sales", false, Window{}, "the folder is a calibration"},
		{dir, "hhi_new", false, Window{}, "the folder does not record it"},
		{dir, "capability", false, Window{}, "capability:microsoft-google for the gap"},
		{dir, "capability:openia", false, Window{}, "openai"},
		{dir, "capabilty:openai", false, Window{}, "capability"},
		{dir, "capability:university_lab", false, Window{}, "are several labs"},
		{dir, "hhi_sale:consumer", false, Window{}, "hhi_sales"},
		{dir, "share:consumr/openai", false, Window{}, "consumer"},
		{dir, "share:consumer/opnai", false, Window{}, "openai"},
		{dir, "share:consumer/", false, Window{}, "name a lab, as in share:consumer/openai"},
		{dir, "shar:consumer/openai", false, Window{}, "share"},
		{dir, "share:enterprise/deepseek", false, Window{}, "DeepSeek sells nothing in enterprise here"},
		{dir, "share:enterprise/openai-microsoft", false, Window{}, "sells nothing in enterprise here"},
		{alone, "share:consumer/openai", false, Window{}, "--tables lab_segments"},
		{alone, "hhi_sales", true, Window{}, "no table market"},
		{mapFolder(t, 3, func(i, j int) float64 { return 1 }), "hhi_sales", false, Window{From: "2027"}, "over its inputs"},
		{mapFolder(t, 3, func(i, j int) float64 { return 1 }), "hhi_sale", false, Window{},
			"no such metric; `simulate list metrics` names all"},
		{t.TempDir(), "hhi_sales", false, Window{To: "2027"}, "no table summary"},
		{dir, "hhi_sales", false, Window{Cases: []string{"shok"}}, "shock"},
		{dir, "hhi_sales", false, Window{From: "2050"}, "2023-12-31 to 2033-12-31"},
		{dir, "hhi_sales", false, Window{From: "2030", To: "2027"}, "nothing lies between"},
		{dir, "hhi_sales", false, Window{From: "soon"}, "write 2027, 2027-06 or 2027-06-30"},
		{dir, "hhi_sales", true, Window{Cases: []string{"baseline"}}, "what others are held against; --case may name shock"},
	} {
		_, err := Metrics(c.dir, []string{c.quantity}, c.difference, Options{Window: c.window, Names: names})
		var wrong Asked
		if !errors.As(err, &wrong) || !strings.Contains(wrong.Reason, c.want) {
			t.Errorf("%s: %v, want %q", c.quantity, err, c.want)
		}
	}
}

// kindOf is a folder of what is held against observations.
func kindOf(t *testing.T, kind string) string {
	dir := t.TempDir()
	writeManifest(t, dir, `{"kind": "`+kind+`", "name": "mine", "version": "1"}`)
	return dir
}

// A table of a sweep or of a back-test is refused with what to use instead.
func TestMeasureRefuses(t *testing.T) {
	for dir, want := range map[string]string{
		kindOf(t, "backtest"):                                "`simulate plot DIR` without --metric draws them",
		mapFolder(t, 3, func(i, j int) float64 { return 1 }): "`simulate analyse sensitivity DIR --outcome METRIC`",
	} {
		_, _, err := Measure(dir, nil, false, Options{})
		if wrong := (Asked{}); !errors.As(err, &wrong) || !strings.Contains(wrong.Reason, want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

// A variable of labs has the words of the registry, its unit is said once.
func TestVariablesOfLabsHaveWords(t *testing.T) {
	names := func(id string) string { return map[string]string{"capability": "How able"}[id] }
	all, _, err := Measure(pairedFolder(t), []string{"capability:openai"}, false, Options{Names: names})
	if err != nil || all[0].Name != "How able, OpenAI" {
		t.Errorf("%v: %+v", err, all)
	}
}

// A window leaves only its cases and dates.
func TestWindow(t *testing.T) {
	all, err := Charts(pairedFolder(t), Options{Figures: []string{"hhi_sales", "shares", "lags", "industry"},
		Window: Window{Cases: []string{"shock"}, From: "2026", To: "2028-06"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		textFindsRoom(t, d.Name(), d.Chart)
		for _, p := range d.Chart.Panels {
			if p.X.Min < 2026-1e-6 || p.X.Max > 2028.5+1e-6 {
				t.Errorf("%s: the axis goes from %g to %g", d.Name(), p.X.Min, p.X.Max)
			}
		}
	}
	if n := len(all); n != 4 || len(all[0].Chart.Panels[0].Ends) != 1 {
		t.Errorf("%d figures", n)
	}
	if all[0].Chart.Key != nil || !strings.Contains(chart.Breakable(all[0].Chart.Source), "scenario shock ·") {
		t.Errorf("source %q", all[0].Chart.Source)
	}
}

// A sample over several inputs is drawn over each, the most telling first.
func TestSweepScatter(t *testing.T) {
	dir := t.TempDir()
	number := func(name string) table.Column { return table.Column{Name: name, Kind: table.Number} }
	design := table.New("design", table.Column{Name: "case"}, number("market.eta"), number("market.sigma"),
		table.Column{Name: "rule"})
	runs := table.New("runs", table.Column{Name: "case"}, table.Column{Name: "date"}, number("hhi_sales"))
	for i := range 60 {
		eta, sigma := float64(i*37%60)/60, 2+float64(i*23%60)/30
		design.Append(fmt.Sprint(i+1), eta, sigma, []string{"a", "b"}[i%2])
		runs.Append(fmt.Sprint(i+1), "2034-12-31", 1500+900*sigma+40*eta)
	}
	for _, tb := range []*table.Table{design, runs} {
		if err := tb.Save(filepath.Join(dir, tb.Name+".csv")); err != nil {
			t.Fatal(err)
		}
	}
	writeManifest(
		t,
		dir,
		`{"name": "s", "replications": 1, "sweep": {"design": "sobol", "cases": 60, "metrics": ["hhi_sales"]}}`,
	)
	ch := charts(t, dir, "sweep_scatter")["sweep_scatter"]
	textFindsRoom(t, "sweep_scatter", ch)
	golden(t, "sweep_scatter", ch)
	if first := ch.Panels[0]; len(ch.Panels) != 2 || first.Title != "Market: sigma" || first.Unit != "corr. 1.00" ||
		!strings.Contains(strings.Join(ch.Notes, " "), "Also varied, in words, and not drawn: Rule.") {
		t.Errorf("panels %q %q, notes %q", first.Title, first.Unit, ch.Notes)
	}
	files, err := Draw(dir, t.TempDir(), Options{})
	if err != nil || len(files) != 1 {
		t.Errorf("%v, %v", files, err)
	}
	all, err := Metrics(dir, []string{"hhi_sales"}, false, Options{})
	if err != nil || all[0].Name() != "metric-hhi_sales" {
		t.Errorf("%v, %v", all, err)
	}
}
