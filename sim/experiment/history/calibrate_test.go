package history

import (
	"context"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"simulate/sim/experiment/run"
	"simulate/sim/observed"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

func calibrate(t *testing.T, spec CalibrationSpec) *Calibration {
	t.Helper()
	if spec.Scenario == nil {
		spec.Scenario = baseline(t)
	}
	c, err := Calibrate(context.Background(), spec)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The built-in scenario is a member of its own set, the bytes do not depend on workers, and
// replications draw from the file.
func TestCalibration(t *testing.T) {
	spec := CalibrationSpec{Scenario: baseline(t), Observed: observed.Builtin(), Samples: 120, Seed: 5, Discrepancy: 0.1,
		Conduct: Conduct{Jobs: 2}}
	c := calibrate(t, spec)
	if !c.BaseIn() {
		t.Error(c.Verdict())
	}
	if n := len(c.Members); n < 20 || n > 100 {
		t.Errorf("%d of 120 vectors fit", n)
	}
	for _, f := range c.Fits {
		if f.Aside != (f.Series.Name() == "revenue anthropic" && f.Point.Day == "2024-01-31") {
			t.Errorf("%s at %s: set aside is %v", f.Series.Name(), f.Point.Day, f.Aside)
		}
	}
	dir, other := t.TempDir(), t.TempDir()
	inPlace(t, dir, spec.Identity(), c.Save)
	spec.Jobs = 1
	inPlace(t, other, spec.Identity(), calibrate(t, spec).Save)
	same(t, folder(t, dir), folder(t, other))

	posterior, err := table.Read(filepath.Join(dir, "posterior.csv"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := scenario.Load("baseline-2024", scenario.Options{Parameters: filepath.Join(dir, "posterior.csv")})
	if err != nil {
		t.Fatal(err)
	}
	found := map[float64]bool{}
	gamma, _ := s.Knob("research.gamma")
	for _, v := range posterior.Number("research.gamma") {
		if v < 1.2 || v > 12 {
			t.Errorf("γ = %g is no factor of a year", v)
		}
		found[gamma.FromTable(v)] = true
	}
	for r := 1; r <= 5; r++ {
		cfg, err := s.Draw(1, r)
		if err != nil {
			t.Fatal(err)
		}
		if g := cfg.Parameters.Research.Gamma; !found[g] {
			t.Errorf("replication %d draws γ = %g, which is not in the file", r, g)
		}
	}
}

// A twin experiment: revenue that the model itself gave at a share of chips in the price of 0.57
// with all else at its defaults moves that parameter to lower values, and the truth stays in the
// set.
func TestCalibrationFindsWhatMadeTheData(t *testing.T) {
	if testing.Short() {
		t.Skip("tries thousands of vectors")
	}
	// What is set with an interval of its own is drawn from it, what is set without one is not:
	// capacity, itself uncertain, would stand for the share.
	twin := baseline(t, "chips.chip_share_of_price={value: 0.57, range: 0.54 to 0.75}", "chips.capacity=2.33M H100e/yr")
	all, err := match(twin.Config(), observed.Join(points(t, "quantity,date,value\nsupplier_revenue,2024-02,1\n")))
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := twin.Vary(twin.Config(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Stochastic = false
	run, err := follow(context.Background(), run.NewEngine(1, nil), run.Job{Config: cfg, Seed: 1, Replication: 1}, all)
	if err != nil {
		t.Fatal(err)
	}
	own := points(t, "quantity,date,value\nsupplier_revenue,2024-02,1\n")
	own[0].Value = run[0][2]
	c := calibrate(t, CalibrationSpec{Scenario: twin, Observed: own, Samples: 3000, Seed: 2, Discrepancy: 0.01,
		Conduct: Conduct{Jobs: 2}})
	if c.BaseWorst > 1e-6 {
		t.Errorf("the twin misses its own data by %g", c.BaseWorst)
	}
	told := map[string]*Parameter{}
	for _, p := range c.Parameters {
		told[p.Knob.Path] = p
	}
	share := told["chips.chip_share_of_price"]
	if share.Identified == "no" || !(share.Posterior[0] <= 0.57 && 0.57 <= share.Posterior[4]) {
		t.Errorf("share: %+v, identified %s", share, share.Identified)
	}
	if eta := told["market.eta"]; eta.Identified == "yes" {
		t.Errorf("chip revenue of two months identifies the elasticity of demand: %+v", eta)
	}
}

func TestImpossibleObservations(t *testing.T) {
	csv := "quantity,date,value\nhhi_compute_owned,2024-03,1000\nlabs_active,2024-03,9000\n"
	c := calibrate(t, CalibrationSpec{Observed: points(t, csv), Samples: 20, Seed: 1, Discrepancy: 0.1,
		Conduct: Conduct{Jobs: 2}})
	if f := c.Fits[1]; !f.Aside || f.Met != 0 {
		t.Errorf("9,000 labs are met %d times", f.Met)
	}
	if len(c.Members) == 0 || !strings.Contains(c.Verdict(), "hhi_compute_owned") {
		t.Error(c.Verdict())
	}
}

func TestShiftAndPlace(t *testing.T) {
	near(t, "shift of evenly spread values", shift([]float64{.1, .3, .5, .7, .9}), .1, 1e-12)
	near(t, "shift of the lower half", shift([]float64{.05, .15, .25, .35, .45}), .55, 1e-12)
	for _, c := range []struct {
		width, shift float64
		n            int
		want         string
	}{{.4, .5, 1000, "yes"}, {.7, .2, 1000, "in part"}, {.9, .2, 1000, "in part"}, {.9, .08, 1000, "no"}, {.4, .3, 20,
		"no"}, {nan, nan, 0, ""}} {
		if got := identified(c.width, c.shift, c.n); got != c.want {
			t.Errorf("width %g, shift %g of %d: %q, want %q", c.width, c.shift, c.n, got, c.want)
		}
	}
	l, found := baseline(t).Knob("market.eta")
	if !found {
		t.Fatal("no eta")
	}
	near(t, "place", place(l, math.Sqrt(l.Range[0]*l.Range[1])), .5, 1e-9)
}
