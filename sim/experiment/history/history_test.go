package history

import (
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/observed"
	"simulate/sim/scenario"
)

func baseline(t *testing.T, set ...string) *scenario.Scenario {
	t.Helper()
	s, err := scenario.Load("baseline-2024", scenario.Options{Set: append([]string{"clock.end=2025-06"}, set...)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func points(t *testing.T, csv string) []observed.Point {
	t.Helper()
	p, err := observed.Read("mine.csv", strings.NewReader(csv))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// What a run gives for an observation: the mean over the steps of a quarter, growth over a year,
// the state at an instant.
func TestObservationsCoverSteps(t *testing.T) {
	cfg := &sim.Config{Start: 2024, Steps: 12, StepsPerYear: 12}
	p := points(
		t,
		"quantity,from,date,value,unit\nq,2024-02,2024-04,1,\nq,2024-01,2024-12,1,x/yr\nq,,2024-12-31,1,\n"+
			"q,2023-11,2024-01,1,\nq,,2025-01,1,\nq,,2023-12,1,\n",
	)
	path := make([]float64, 13)
	for i := range path {
		path[i] = float64(i + 1)
	}
	for i, want := range []float64{4, 13, 13, math.NaN(), math.NaN(), 1} {
		w, covered := cover(cfg, p[i])
		if covered == math.IsNaN(want) {
			t.Errorf("row %d: covered is %v", i+2, covered)
		}
		if s := (&Series{Growth: p[i].Unit == observed.Growth}); covered {
			near(t, p[i].Day, s.value(path, w, 12), want, 1e-12)
		}
	}
}

func TestEveryBuiltinSeriesIsMatched(t *testing.T) {
	s := baseline(t)
	all, err := match(s.Config(), observed.Join(observed.Builtin()))
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := s.Vary(s.Config(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Stochastic, cfg.Steps = false, 12
	run, err := follow(context.Background(), run.NewEngine(1, nil), run.Job{Config: cfg, Seed: 1, Replication: 1}, all)
	if err != nil {
		t.Fatal(err)
	}
	for i, x := range all {
		v := run[i][12]
		if math.IsNaN(v) || x.Log && v <= 0 {
			t.Errorf("%s is %g at the end of 2024", x.Name(), v)
		}
	}
	// Shares of compute are shares: those of four labs agree with the model's own measure of the four
	// largest.
	sum, cr4 := 0.0, nan
	for i, x := range all {
		switch {
		case x.Quantity == shareOfCompute:
			sum += run[i][12]
		case x.Quantity == "cr4_compute_owned":
			cr4 = run[i][12]
		}
	}
	near(t, "sum of four shares", sum, cr4, 1e-12)
}

func TestMismatchesAreNamedAllAtOnce(t *testing.T) {
	csv := "quantity,entity,date,value,unit\nhhi_salez,,2024-12,1,\ncompute_used,nobody,2024-12,1,\n" +
		"compute_stock,,2024-12,1,USD\nbudgets,openai,2024-12,1,\nshare_of_sales,enterprise/nobody,2024-12,1,\n" +
		"spendings,enterprise,2024-12,1,\n"
	_, err := match(baseline(t).Config(), observed.Join(points(t, csv)))
	var input *results.InputError
	if !errors.As(err, &input) {
		t.Fatalf("%v is no input error", err)
	}
	for _, want := range []string{`mine.csv:2:1: column quantity: no metric "hhi_salez"`,
		`mine.csv:3:14: column entity: compute_used "nobody"`,
		"mine.csv:4:26: column unit: the unit of compute_stock is H100e",
		`mine.csv:5:1: column quantity: no variable "budgets"`, "mine.csv:6:16: column entity: ", "mine.csv:7:1: "} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is missing in\n%v", want, err)
		}
	}
}

// An HHI may be in points, as tables and figures call its unit.
func TestPointsAreAUnit(t *testing.T) {
	csv := "quantity,entity,date,value,unit\nhhi_sales,,2024-12,2340,points\n"
	if _, err := match(baseline(t).Config(), observed.Join(points(t, csv))); err != nil {
		t.Error(err)
	}
	csv = "quantity,entity,date,value,unit\ncompute_stock,,2024-12,2340,points\n"
	if _, err := match(baseline(t).Config(), observed.Join(points(t, csv))); err == nil {
		t.Error("points are taken for a stock")
	}
}

// TestPlansStandInForWhatTheyAnnounced cuts at a date between an announcement and what became of
// it: the plan stands there, times the part of plans that is carried out, and a run without a cut
// has the value.
func TestPlansStandInForWhatTheyAnnounced(t *testing.T) {
	s := baseline(t)
	meta := slices.IndexFunc(s.Config().Labs, func(l sim.LabSpec) bool { return l.ID == "meta" })
	carried, known := s.Knob("plans.carried_out")
	if !known || !carried.HasRange {
		t.Fatal("plans are not drawn")
	}
	budget := func(until, part float64) float64 {
		cfg, err := s.Vary(s.Config(), []*scenario.Knob{carried}, []float64{part})
		if err != nil {
			t.Fatal(err)
		}
		if until > 0 {
			cut, err := cutInputs(s, cfg, until)
			if err != nil {
				t.Fatal(err)
			}
			i := slices.IndexFunc(cut, func(in Input) bool { return in.Path == "labs.meta.budget" })
			if i < 0 || !strings.Contains(cut[i].Change, "what was planned by 2023-10-25") || !cut[i].holds(
				"labs.meta.budget.values.2024") {
				t.Errorf("%+v", cut)
			}
		}
		m, err := sim.New(cfg)
		if err != nil {
			t.Fatal(err)
		}
		return m.Config().Labs[meta].Budget.At(2024.5)
	}
	for _, c := range []struct{ until, part, want float64 }{{0, 0.9, 39.2e9}, {2024, 1, 32.5e9}, {2024, 0.9,
		0.9 * 32.5e9}} {
		if got := budget(c.until, c.part); math.Abs(got/c.want-1) > 1e-12 {
			t.Errorf("cut at %g, %g of plans: %g, want %g", c.until, c.part, got, c.want)
		}
	}
}

func TestInputsAreCut(t *testing.T) {
	s := baseline(t)
	cfg, err := s.Vary(s.Config(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	cut, err := cutInputs(s, cfg, 2024)
	if err != nil {
		t.Fatal(err)
	}
	if len(cut) < 40 {
		t.Errorf("%d inputs", len(cut))
	}
	series := []sim.Series{cfg.Outside.Orders}
	for _, l := range cfg.Labs {
		series = append(series, l.Budget)
		if b := l.Budget; math.Abs(b.At(2024)/b.At(2023.5)-1) < 1e-6 {
			t.Errorf("%s does not grow after the cut", l.ID)
		}
		for _, p := range l.Sales {
			if !math.IsNaN(p.Target) && p.Target != p.Share {
				t.Errorf("%s keeps the target %g", l.ID, p.Target)
			}
		}
	}
	for _, g := range cfg.Segments {
		series = append(series, g.Spending)
		if g.ID == "reasoning" && !math.IsInf(g.From, 1) {
			t.Error("a segment that nobody had seen opens")
		}
	}
	for _, r := range cfg.Regions {
		series = append(series, r.RelativePricePerformance)
	}
	for _, x := range series {
		for _, p := range x.Points {
			if p.Date > 2024+1e-9 && !(p.Known > 0 && p.Known < 2024) {
				t.Errorf("a value of %g is left", p.Date)
			}
		}
	}
	if n := len(s.Config().Outside.Orders.Points); n != 2 {
		t.Errorf("the scenario itself has lost values: %d", n)
	}
	var input *results.InputError
	if _, err := cutInputs(s, cfg, 2023); !errors.As(err, &input) {
		t.Errorf("a cut before the start gave %v", err)
	}
}

func TestDistance(t *testing.T) {
	at := window{1, 1}
	target := &Target{Series: &Series{Log: true}, Point: observed.Point{Value: 100}, at: at, perYear: 12,
		Error: 0.3, Luck: 0.4, Discrepancy: 1.2}
	near(t, "distance in logs", target.distance(100*math.E), 1/1.3, 1e-12)
	target.Series.Log = false
	near(t, "distance", target.distance(87), 10, 1e-12)
	if d := target.distance(math.NaN()); !math.IsInf(d, 1) {
		t.Errorf("an undefined value is %g away", d)
	}
}

// inPlace writes into a folder, which may hold the same already.
func inPlace(t *testing.T, dir, identity string, save func(*results.Place, []string) error) {
	t.Helper()
	at, err := results.OpenPlace(results.PlaceSpec{Out: dir, Name: "test", Identity: identity})
	if err != nil {
		t.Fatal(err)
	}
	defer at.Close()
	if err := save(at, nil); err != nil {
		t.Fatal(err)
	}
}

// folder reads all files of a folder but the manifest.
func folder(t *testing.T, dir string) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	out := map[string]string{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(f)] = string(b)
	}
	return out
}

func same(t *testing.T, a, b map[string]string, but ...string) {
	t.Helper()
	for name := range a {
		if a[name] != b[name] && !strings.Contains(strings.Join(but, " "), name) {
			t.Errorf("%s differs", name)
		}
	}
}

// A refusal of an observation names the cell and what to write: the lab that was meant, the number
// in the model's unit.
func TestRemediesForObservations(t *testing.T) {
	for row, want := range map[string]string{
		"budget,OpenAI,2024-12,7e9,":         `mine.csv:2:8: column entity: budget "OpenAI" is no lab or segment`,
		"budget,University Lab,2024-12,7e9,": `did you mean "university_lab"?`,
		"budget,antropic,2024-12,7e9,":       `did you mean "anthropic"?`,
		"supplier_revenue,,2025-03,160,USD bn": "mine.csv:2:31: column unit: the unit of supplier_revenue is USD/yr, not " +
			"USD bn; write 160000000000",
		"supplier_revenue,,2025-03,160,Mrd. USD":  "write 160000000000 and leave the unit out",
		"supplier_revenue,,2025-03,160,$m a year": "write 160000000 and leave the unit out",
		"supplier_revenue,,2025-03,160,EUR bn":    "write a plain number in that unit",
	} {
		csv := "quantity,entity,date,value,unit\n" + row + "\n"
		if _, err := match(baseline(t).Config(), observed.Join(points(t, csv))); err == nil || !strings.Contains(err.Error(),
			want) {
			t.Errorf("%s: %v, want %q", row, err, want)
		}
	}
}
