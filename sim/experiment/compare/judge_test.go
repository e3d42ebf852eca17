package compare

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"testing"

	"simulate/sim/experiment/run"
	"simulate/sim/experiment/tiny"
	"simulate/sim/scenario"
)

// What patterns read is enough: every verdict is that of a results folder, to the last digit and
// word, whatever a pattern compares and whether it can be judged at all.
func TestJudgeSaysWhatFoldersSay(t *testing.T) {
	base, shock, entry := tiny.Load(t, "base"), tiny.Load(t, "shock"), tiny.Load(t, "entry")
	eventless, err := shock.Less(scenario.WithoutEvents)
	if err != nil {
		t.Fatal(err)
	}
	inf := math.Inf(1)
	e := func(metric string, at float64, change func(*scenario.Expectation)) scenario.Expectation {
		e := scenario.Expectation{Metric: metric, At: at, Low: -inf, High: 1, Stat: "mean", Since: math.NaN()}
		change(&e)
		return e
	}
	shock.Expect = []scenario.Expectation{
		e(salesHHI, 2025, func(e *scenario.Expectation) {}),
		e(salesHHI, 2025, func(e *scenario.Expectation) { e.Stat = "q95" }),
		e(salesHHI, 2026, func(e *scenario.Expectation) { e.Stat = "se" }),
		e(salesHHI, 2026, func(e *scenario.Expectation) { e.Segment, e.Stat = "everyone", "se" }),
		e(salesHHI, 2026, func(e *scenario.Expectation) { e.Against = "base" }),
		e(salesHHI, 2026, func(e *scenario.Expectation) { e.Against = scenario.WithoutEvents }),
		e(salesHHI, 2026, func(e *scenario.Expectation) { e.Against = "elsewhere" }),
		e(salesHHI, 2026, func(e *scenario.Expectation) { e.Since = 2025 }),
		e(salesHHI, 2026, func(e *scenario.Expectation) { e.Since, e.PerYear = 2025, true }),
		e(salesHHI, 2026, func(e *scenario.Expectation) { e.Minus = "labs_active" }),
		e(salesHHI, 2026, func(e *scenario.Expectation) { e.Case = "entry" }),
		e(salesHHI, 2026, func(e *scenario.Expectation) { e.Case = "elsewhere" }),
		e(salesHHI, 2025.04, func(e *scenario.Expectation) {}),
		e(salesHHI, 2026, func(e *scenario.Expectation) { e.Segment = "nobody" }),
		e("spending", 2026, func(e *scenario.Expectation) { e.Segment, e.Since = "everyone", 2024 }),
		e("run_cost", 2026, func(e *scenario.Expectation) { e.Lab, e.Since, e.PerYear = "small", 2024, true }),
		e("run_cost", 2026, func(e *scenario.Expectation) { e.Lab = "nobody" }),
	}
	spec := run.Spec{Scenarios: []*scenario.Scenario{base, shock, entry, eventless}, Replications: 17, Record: "quarter"}
	got, err := Judge(context.Background(), spec, nil)
	if err != nil {
		t.Fatal(err)
	}
	spec.Out = filepath.Join(t.TempDir(), "r")
	made, err := run.Run(context.Background(), spec)
	if err != nil {
		t.Fatal(err)
	}
	met := 0
	for i, want := range Of(made).Check("shock", shock.Expect) {
		v := got["shock"][i]
		if fmt.Sprintf("%+v", v) != fmt.Sprintf("%+v", want) {
			t.Errorf("%+v\nof a folder: %+v", v, want)
		}
		if v.Reason == "" {
			met++
		}
	}
	if met != 12 || len(got["base"]) > 0 {
		t.Errorf("%d of %d patterns have a value; base has %d", met, len(shock.Expect), len(got["base"]))
	}
}
