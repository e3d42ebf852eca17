package history

import (
	"bytes"
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/observed"
	"simulate/sim/scenario"
)

func backtest(t *testing.T, change func(*BacktestSpec), set ...string) *Backtest {
	t.Helper()
	s := baseline(t, set...)
	spec := BacktestSpec{Scenario: s, Observed: observed.Builtin(), Until: 2024, Replications: 12, Seed: 3,
		Discrepancy: 0.1, Conduct: Conduct{Jobs: 2}}
	if change != nil {
		change(&spec)
	}
	b, err := RunBacktest(context.Background(), spec)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func saved(t *testing.T, b *Backtest) map[string]string {
	t.Helper()
	dir := t.TempDir()
	inPlace(t, dir, b.Spec.Identity(), b.Save)
	return folder(t, dir)
}

// The bytes do not depend on workers, and nothing that was known only after the cut reaches the
// model: neither inputs nor observations.
func TestNothingLeaksFromTheFuture(t *testing.T) {
	first := backtest(t, nil)
	files := saved(t, first)
	same(t, files, saved(t, backtest(t, func(s *BacktestSpec) { s.Jobs = 1 })))
	same(t, files, saved(t, backtest(t, nil, "labs.openai.budget.values.2024=$200B/yr",
		"outside_buyers.orders.values.2024=$1B/yr", "labs.anthropic.sales.enterprise.target_share=0.01",
		"segments.reasoning.spending.values.2025-01=$90B/yr")), "inputs_cut.csv", "inputs.csv")
	later := backtest(t, func(s *BacktestSpec) {
		for i, p := range s.Observed {
			if p.Date > 2024 {
				s.Observed[i].Low, s.Observed[i].Value, s.Observed[i].High = p.Low/2, p.Value/2, p.High/2
			}
		}
	})
	if files["backtest_paths.csv"] != saved(t, later)["backtest_paths.csv"] {
		t.Error("later observations change the model's paths")
	}
	if first.Total.NoChange.Ratio == later.Total.NoChange.Ratio {
		t.Error("later observations do not change the scores")
	}
	other := saved(t, backtest(t, func(s *BacktestSpec) { s.Seed = 4 }))
	if other["backtest_paths.csv"] == files["backtest_paths.csv"] {
		t.Error("another seed gives the same paths")
	}
}

// Observations that a run itself has made are met: the model beats everything and covers most of
// them.
func TestBacktestOfItsOwnRun(t *testing.T) {
	s := baseline(t)
	cfg, err := s.Vary(s.Config(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := cutInputs(s, cfg, 2024); err != nil {
		t.Fatal(err)
	}
	all, err := match(cfg, observed.Join(observed.Builtin()))
	if err != nil {
		t.Fatal(err)
	}
	cfg.Steps = 12
	sp := &space{scenario: s, base: cfg}
	calm, err := sp.config(nil, false)
	if err != nil {
		t.Fatal(err)
	}
	run, err := follow(context.Background(), run.NewEngine(1, nil), run.Job{Config: calm, Seed: 1, Replication: 1}, all)
	if err != nil {
		t.Fatal(err)
	}
	var own []observed.Point
	for i, x := range all {
		for _, p := range x.Points {
			if w, covered := cover(cfg, p); covered {
				p.Low, p.High = nan, nan
				p.Value = x.value(run[i], w, 12)
				own = append(own, p)
			} else if p.Date < 2024 {
				own = append(own, p)
			}
		}
	}
	b := backtest(t, func(spec *BacktestSpec) { spec.Observed, spec.FixParameters, spec.Replications = own, true, 40 })
	if !(b.Total.NoChange.Ratio < 0.4 && b.Total.Trend.Ratio < 0.4) || b.Total.Within < b.Total.WithinOf*2/3 {
		t.Errorf("%+v", b.Total)
	}
	if text := b.Verdict(); !strings.HasPrefix(text, "The model beats no change in total") {
		t.Error(text)
	}
}

// A user's later data are scored, with the built-in observations as their history.
func TestOwnObservations(t *testing.T) {
	own := points(t, "quantity,entity,date,value\ncompute_stock,,2025-03,8e6\nlabs_active,,2025-03,18\n")
	b := backtest(t, func(s *BacktestSpec) { s.Observed, s.Until = append(s.Observed, own...), 2025 })
	if len(b.Series) != 2 || len(b.Series[0].History) != 5 || b.Series[0].Trend.Kind != "log-linear" ||
		len(b.Series[1].History) != 0 || !math.IsNaN(b.Series[1].NoChange.CRPS) {
		t.Fatalf("%+v", b.Series)
	}
	for _, i := range b.Inputs {
		if strings.Contains(i.Path, "target") {
			t.Errorf("%s is cut, though it was fitted to 2024", i.Path)
		}
	}
	_, err := RunBacktest(context.Background(), BacktestSpec{Scenario: baseline(t), Observed: observed.Builtin(),
		Until: 2025, Replications: 2})
	var input *results.InputError
	if !errors.As(err, &input) || !strings.Contains(err.Error(), "nothing is observed after 2024-12-31") {
		t.Errorf("nothing to score gave %v", err)
	}
	for row, want := range map[string]string{
		"supplier_revenue,2025-03-31,2e11,2024-11-01": "supplier_revenue of 2025-03-31 was known before",
		"supplier_revenue,2199-12-31,2e11,2199-12-31": "supplier_revenue of 2199-12-31 lies beyond the end of the clock",
	} {
		own := points(t, "quantity,date,value,known\n"+row+"\n")
		_, err := RunBacktest(context.Background(), BacktestSpec{Scenario: baseline(t), Observed: own, Until: 2025,
			Replications: 2})
		if !errors.As(err, &input) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", row, err)
		}
	}
}

// A folder of something else is refused before a run, and nothing is left of what was begun and not
// written.
func TestAFolderOfSomethingElseIsRefused(t *testing.T) {
	b := backtest(t, func(s *BacktestSpec) { s.Replications, s.FixParameters = 2, true })
	dir := t.TempDir()
	inPlace(t, dir, b.Spec.Identity(), b.Save)
	inPlace(t, dir, b.Spec.Identity(), b.Save)
	if m, err := results.ReadManifest(dir); err != nil || m.Kind != "backtest" || len(m.Tables) != 6 {
		t.Errorf("manifest %+v, %v", m, err)
	}
	f, err := Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(f.Listings, b.Listings()) || f.Verdict != b.Verdict() || !slices.Equal(f.Remarks,
		[]string{b.Label(), b.Cut()}) || f.Calibration {
		t.Errorf("read back it says %+v, not %+v", f, b.Listings())
	}
	if text, err := os.ReadFile(filepath.Join(dir, "scenario.yaml")); err != nil || !bytes.Equal(text,
		b.Spec.Scenario.YAML()) {
		t.Errorf("the scenario is not beside the tables: %v", err)
	}
	other := CalibrationSpec{Scenario: b.Spec.Scenario, Observed: observed.Builtin(), Samples: 2, Discrepancy: 0.1,
		Conduct: Conduct{Jobs: 2}}
	runs := 0
	other.Progress = func(run.Progress) { runs++ }
	other.Begin = func(*run.Batch) (string, error) {
		_, err := results.OpenPlace(results.PlaceSpec{Out: dir, Name: other.Name(), Identity: other.Identity(),
			Differs: other.Differs})
		return "", err
	}
	_, err = Calibrate(context.Background(), other)
	if err == nil || !strings.Contains(err.Error(), "a backtest, not a calibration") || runs > 0 {
		t.Errorf("a calibration in its folder, after %d runs: %v", runs, err)
	}
	at, err := results.OpenPlace(results.PlaceSpec{Out: filepath.Join(dir, "new"), Name: other.Name(),
		Identity: other.Identity()})
	if err != nil {
		t.Fatal(err)
	}
	at.Close()
	if _, err := os.Stat(at.Dir); !os.IsNotExist(err) {
		t.Errorf("a place without a result is left: %v", err)
	}
	stopped, cancel := context.WithCancelCause(context.Background())
	cancel(errors.New("enough"))
	if _, err := RunBacktest(stopped, BacktestSpec{Scenario: b.Spec.Scenario, Observed: observed.Builtin(), Until: 2024,
		Replications: 5, Conduct: Conduct{Jobs: 2}}); err == nil || !strings.HasPrefix(err.Error(), "enough with 0 of") {
		t.Errorf("a stopped back-test gave %v", err)
	}
}

// An event that is cut takes the intervals of its values along, one that is kept keeps its own;
// both for policies too.
func TestCutEventsAreNotUncertain(t *testing.T) {
	s := baseline(t, "events=[{at: 2024-02-01, shock: {lab: mistral, training_efficiency: {value: 8x, range: 5x to "+
		"15x}}}, {at: 2024-06-01, shock: {lab: deepseek, training_efficiency: {value: 8x, range: 5x to 15x}}}]",
		"policies={early: {from: 2024-01, grant: {amount: {value: $1B/yr, range: $0.5B/yr to $2B/yr}}}, late: {from: "+
			"2025-01, grant: {amount: {value: $1B/yr, range: $0.5B/yr to $2B/yr}}}}")
	cfg, err := s.Vary(s.Config(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	cut, err := cutInputs(s, cfg, 2024.25)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, l := range uncertain(s, cut) {
		paths = append(paths, l.Path)
	}
	all := " " + strings.Join(paths, " ") + " "
	for path, want := range map[string]bool{"events.0.shock.training_efficiency": true,
		"events.1.shock.training_efficiency": false, "policies.early.grant.amount": true,
		"policies.late.grant.amount": false, "market.eta": true} {
		if strings.Contains(all, " "+path+" ") != want {
			t.Errorf("%s is uncertain: %v", path, !want)
		}
	}
	if !math.IsInf(cfg.Shocks[1].Date, 1) || math.IsInf(cfg.Shocks[0].Date, 1) || !math.IsInf(cfg.Policies[1].From, 1) {
		t.Errorf("cut: %+v %+v", cfg.Shocks, cfg.Policies)
	}
	set := func(sets ...string) map[string]string {
		return saved(t, backtest(t, func(spec *BacktestSpec) { spec.Scenario, spec.Replications = baseline(t, sets...), 4 }))
	}
	same(t, set("events=[{at: 2024-06-01, shock: {lab: deepseek, training_efficiency: {value: 8x, range: 5x to 15x}}}]"),
		set(), "inputs_cut.csv", "inputs.csv")
}

// A value that --set gives alone is that of every run; one with an interval of its own is drawn.
func TestWhatIsSetIsNotDrawn(t *testing.T) {
	const path, other = "market.fit_spread", "market.eta"
	for set, want := range map[string]bool{
		"":                                 true,
		path + "=0":                        false,
		path + "={value: 0.5}":             false,
		path + "={value: 0.5, source: me}": false,
		path + "=0.4 to 0.6":               true,
		path + "={value: 0.5, range: 0.4 to 0.6}": true,
	} {
		var o scenario.Options
		if set != "" {
			o.Set = []string{set}
		}
		s, err := scenario.Load("baseline-2024", o)
		if err != nil {
			t.Fatal(err)
		}
		drawn := map[string]bool{}
		for _, l := range uncertain(s, nil) {
			drawn[l.Path] = true
		}
		if drawn[path] != want || !drawn[other] {
			t.Errorf("--set %s: %s is drawn: %v, %s: %v", set, path, drawn[path], other, drawn[other])
		}
	}
}

// What no vector meets decides nothing, and is named.
func TestWhatNoVectorMeetsIsSetAside(t *testing.T) {
	b := backtest(t, func(s *BacktestSpec) { s.Until, s.Replications = 2024.25, 4 })
	if len(b.Aside) != 1 || b.Fit == 0 || !strings.Contains(b.Label(), "(1 more met by no vector and set aside: "+
		"revenue anthropic on 2024-01-31)") {
		t.Errorf("%d set aside, %d fit: %s", len(b.Aside), b.Fit, b.Label())
	}
}
