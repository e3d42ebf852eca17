package plots

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"simulate/plots/chart"
	"simulate/sim/table"
)

// shown is where pictures of made-up results go: the folder of -keep, or a temporary one.
func shown(t *testing.T) string {
	if *keep != "" {
		return *keep
	}
	return t.TempDir()
}

func TestBarChart(t *testing.T) {
	none := Interval{math.NaN(), math.NaN(), math.NaN()}
	b := BarChart{Title: "What drives HHI", Subtitle: "Sobol indices", Unit: "Share of the variance",
		Names: [2]string{"first order", "total order"}, Percent: true, Source: "Source: test",
		Bars: []Bar{{"small", Interval{.05, -.02, .12}, Interval{.06, 0, .1}}, {"large", Interval{.6, .5, .7}, Interval{.8,
			.7, .9}}, {"seed noise", Interval{.2, .1, .3}, none}}}
	ch := b.Chart()
	if err := ch.Save(filepath.Join(shown(t), "bars.png"), "png", 100); err != nil {
		t.Fatal(err)
	}
	var order []string
	for _, tick := range ch.Panels[0].Y.Ticks {
		order = append(order, tick.Label)
	}
	if got := strings.Join(order, " "); got != "large seed noise small" || ch.Panels[0].Y.Ticks[0].At != 2 {
		t.Errorf("bars stand in the order %q, the first at %v", got, ch.Panels[0].Y.Ticks[0].At)
	}
	if e := ch.Panels[0].X; e.Min > -.02 || e.Max < .9 {
		t.Errorf("the axis goes from %v to %v", e.Min, e.Max)
	}
}

func TestTrajectory(t *testing.T) {
	ch := Trajectory{Title: "Runs", Peeling: [][2]float64{{1, .1}, {.9, .4}, {.5, .8}}, Pasting: [][2]float64{{.6, .8}},
		Chosen: [2]float64{.9, .4}, Source: "Source: test"}.Chart()
	if err := ch.Save(filepath.Join(shown(t), "trajectory.svg"), "svg", 0); err != nil {
		t.Fatal(err)
	}
	if len(ch.Key) != 3 || len(ch.Notes) != 0 {
		t.Errorf("key %v, notes %q", ch.Key, ch.Notes)
	}
	box := Trajectory{Title: "Price index < 1 where pace is above 2.6x/yr", Peeling: [][2]float64{{1, .1}, {.9, .4}},
		Chosen: [2]float64{.9, .4}, Overall: .1, Bounds: []BoxBound{{"Pace of software progress γ", "above " +
			"2.64x/yr", .2, 1, nil},
			{"Outer elasticity η", "below 1.2", 0, .6, nil}}}.Chart()
	textFindsRoom(t, "box", box)
	golden(t, "discovery", box)
	if len(box.Panels) != 2 || !slices.Contains(written(box), "above 2.64x/yr") {
		t.Errorf("%d panels: %q", len(box.Panels), written(box))
	}
	// a restriction to some of the categories of an input is drawn and written as others are
	words := Trajectory{Title: "T", Peeling: [][2]float64{{1, .1}}, Chosen: [2]float64{1, .1}, Bounds: []BoxBound{
		{Name: "Conduct", Words: "bertrand or cournot", Stay: []bool{true, true, false}}}}.Chart()
	textFindsRoom(t, "categories", words)
	strips := map[string]int{}
	for _, l := range words.Panels[0].Layers {
		if line, is := l.(chart.Line); is {
			strips[chart.Hex(line.Colour)]++
		}
	}
	if !slices.Contains(written(words), "bertrand or cournot") || strips[chart.Hex(chart.Vermilion)] != 2 ||
		strips[chart.Hex(chart.Hairline)] != 3 || len(words.Panels[0].X.Ticks) != 0 {
		t.Errorf("strips %v: %q", strips, written(words))
	}
	off := Trajectory{Title: "Runs", Peeling: [][2]float64{{1, .1}, {.9, .32}}, Pasting: [][2]float64{{.9, .31}},
		Chosen: [2]float64{.9, .2}}.Chart()
	if err := off.Save(filepath.Join(shown(t), "trajectory-off.png"), "png", 100); err != nil {
		t.Fatal(err)
	}
	textFindsRoom(t, "trajectory", off)
	if len(off.Notes) != 1 || !strings.Contains(off.Notes[0], "off the curve") || !strings.Contains(off.Notes[0],
		"last box of pasting") {
		t.Errorf("notes %q", off.Notes)
	}
}

// sweepFolder is a sweep over two inputs whose HHI is 100·i + 1000·j, with two replications around
// it.
func sweepFolder(t *testing.T, drop bool) string {
	dir := t.TempDir()
	design := table.New("design", table.Column{Name: "case"}, table.Column{Name: "market.eta", Kind: table.Number},
		table.Column{Name: "rule"})
	runs := table.New("runs", table.Column{Name: "case"}, table.Column{Name: "market.eta", Kind: table.Number},
		table.Column{Name: "rule"}, table.Column{Name: "hhi_sales", Kind: table.Number})
	for i, eta := range []float64{1.5, .6, 11} {
		for j, rule := range []string{"none", "strict"} {
			design.Append("1", eta, rule)
			for _, luck := range []float64{-7, 7} {
				v := float64(100*i+1000*j) + luck
				if drop {
					v = math.NaN()
				}
				runs.Append("1", eta, rule, v)
			}
		}
	}
	for _, tb := range []*table.Table{design, runs} {
		if err := tb.Save(filepath.Join(dir, tb.Name+".csv")); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "manifest.json"),
		[]byte(`{"name": "s", "replications": 2, "sweep": {"design": "grid", "cases": 6}}`), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestSweepMaps(t *testing.T) {
	dir := sweepFolder(t, false)
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	g, err := r.sweepGrid("hhi_sales")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Join(g.texts[0], " ") != "0.6 1.5 11" || strings.Join(g.texts[1], " ") != "none strict" {
		t.Errorf("values %v", g.texts)
	}
	if g.mean[[2]int{0, 1}] != 1100 || g.mean[[2]int{1, 0}] != 0 || g.mean[[2]int{2, 1}] != 1200 {
		t.Errorf("means %v", g.mean)
	}
	files, err := Draw(dir, filepath.Join(shown(t), "sweep"), Options{Skipped: func(f,
		reason string) {
		t.Errorf("%s: %s", f, reason)
	}})
	if err != nil || len(files) != 2 {
		t.Errorf("files %v, %v", files, err)
	}
	var reason Absent
	if _, err := Draw(sweepFolder(t, true), t.TempDir(), Options{Figures: []string{"sweep_map"}}); !errors.As(err,
		&reason) {
		t.Errorf("without values: %v", err)
	}
}

// differencesFolder is a comparison of one alternative with a jump after a year.
func differencesFolder(t *testing.T) string {
	dir := usualWorld().write(t)
	text := []table.Column{{Name: "case"}, {Name: "split"}, {Name: "part"}, {Name: "date"}, {Name: "metric"}}
	numbers := []table.Column{{Name: "effect", Kind: table.Number}, {Name: "low", Kind: table.Number}, {Name: "high",
		Kind: table.Number}}
	effects := table.New("effects", append([]table.Column{text[0], {Name: "point", Kind: table.Integer}, {Name: "segment"},
		text[3], text[4]}, numbers...)...)
	decomposition := table.New("decomposition", append(text, numbers...)...)
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	last := r.Manifest.Cases[len(r.Manifest.Cases)-1].Name
	for q, date := range usualWorld().dates() {
		v := 0.0
		if q > 4 {
			v = -700 * math.Exp(-float64(q-4)/10)
		}
		for _, m := range []string{"hhi_sales", "entry_ticket"} {
			effects.Append(last, 0, "", date, m, v, v-50, v+50)
			effects.Append(last, 0, "enterprise", date, m, 9*v, 9*v-50, 9*v+50)
			for k, part := range []string{"access", "performance", "interaction", "total"} {
				f := []float64{.9, .2, -.1, 1}[k]
				decomposition.Append(last, "access and performance", part, date, m, f*v, f*v-50, f*v+50)
			}
		}
	}
	for _, tb := range []*table.Table{effects, decomposition} {
		if err := tb.Save(filepath.Join(dir, tb.Name+".csv")); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestDifferences(t *testing.T) {
	dir := differencesFolder(t)
	files, err := Draw(dir, filepath.Join(shown(t), "differences"), Options{Figures: []string{"differences",
		"decomposition"},
		DPI: 100})
	if err != nil || len(files) != 2 {
		t.Fatalf("files %v, %v", files, err)
	}
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	charts, err := drawDifferences(r)
	if err != nil || len(charts[0].Panels) != 2 {
		t.Fatalf("%v, %v", charts, err)
	}
	if p := charts[0].Panels[0]; !p.Y.Contains(0) || !p.Y.Contains(-700) {
		t.Errorf("the axis goes from %v to %v", p.Y.Min, p.Y.Max)
	}
	for _, m := range []string{"policy_cost", "consumer_surplus"} {
		r := costly(t, m)
		charts, err := drawDifferences(r)
		if err != nil {
			t.Fatal(err)
		}
		var titles []string
		for _, p := range charts[0].Panels {
			titles = append(titles, p.Title)
		}
		got := strings.Join(titles, ", ")
		if m == "policy_cost" && got != "HHI of sales, Cost of policies, Consumer surplus" || m != "policy_cost" &&
			got != "HHI of sales" {
			t.Errorf("where %s differs there are the panels %s", m, got)
		}
	}
	charts, err = drawDecomposition(r)
	if err != nil || len(charts[0].Key) != 3 {
		t.Errorf("%v, %v", charts, err)
	}
}

// costly is a comparison in which only HHI and one further metric differ from zero.
func costly(t *testing.T, metric string) *Results {
	dir := usualWorld().write(t)
	c := table.New("effects", table.Column{Name: "case"}, table.Column{Name: "point", Kind: table.Integer},
		table.Column{Name: "segment"}, table.Column{Name: "date"}, table.Column{Name: "metric"},
		table.Column{Name: "effect", Kind: table.Number}, table.Column{Name: "low", Kind: table.Number},
		table.Column{Name: "high", Kind: table.Number})
	for _, date := range usualWorld().dates() {
		for _, m := range []string{"hhi_sales", "policy_cost", "consumer_surplus"} {
			v := 0.0
			if m == metric || m == "hhi_sales" {
				v = 1e9
			}
			c.Append("deepseek-shock", 0, "", date, m, v, v-1, v+1)
		}
	}
	if err := c.Save(filepath.Join(dir, "effects.csv")); err != nil {
		t.Fatal(err)
	}
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
