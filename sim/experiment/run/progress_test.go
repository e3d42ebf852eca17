package run

import (
	"context"
	"testing"

	"simulate/sim/experiment/tiny"
	"simulate/sim/scenario"
)

// What is said to be left, reference runs included, is right within a factor of two once a tenth of
// the work is done.
func TestProgressForeseesTheWork(t *testing.T) {
	vary := func(s *scenario.Scenario, n int, path, spec string) Experiment {
		t.Helper()
		e, err := NewSweep(SweepSpec{Scenario: s, Inputs: tiny.Vary(t, s, path+"="+spec), Replications: n, Record: "final"})
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	runs := func(n int, all ...*scenario.Scenario) Experiment {
		t.Helper()
		e, err := NewRuns(Spec{Scenarios: all, Replications: n, Record: "year"})
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	event := "events:\n  - {at: 2025-01-20, label: jump, shock: {lab: deepseek, efficiency: 4x}}\n"
	beside := func(s *scenario.Scenario) []*scenario.Scenario {
		t.Helper()
		base, _, err := s.Base()
		if err != nil || base == nil {
			t.Fatalf("the base of %s: %v, %v", s.Name, base, err)
		}
		return []*scenario.Scenario{s, base}
	}
	for what, e := range map[string]Experiment{
		"beside the counterfactual": runs(20, beside(short(t, "extends: baseline\n"+event))...),
		"a vector beside the counterfactual": runs(20,
			beside(short(t, "extends: baseline\nparameters: {market.eta: 0.8}\n"+event))...),
		"vectors drawn beside the counterfactual": runs(6,
			beside(short(t, "extends: baseline\nparameters: {market.eta: 0.8 to 1.2}\n"+event))...),
		"cases that share a reference": runs(20, tiny.Load(t, "base"), tiny.Load(t, "shock")),
		"parameters drawn":             runs(20, tiny.Load(t, "drawn"), tiny.Load(t, "base")),
		"a vector and its centre":      runs(20, short(t, "extends: baseline\nparameters: {market.eta: 0.8}\n")),
		"vectors drawn":                runs(6, short(t, "extends: baseline\nparameters: {market.eta: 0.8 to 1.2}\n")),
		"vectors swept":                vary(short(t, "extends: baseline\n"), 3, "market.eta", "0.8:1.2:0.1"),
		"a policy swept":               vary(tiny.Load(t, "shock"), 3, "events.0.shock.training_efficiency", "2x,4x,8x"),
	} {
		for _, jobs := range []int{1, 3} {
			var all [][2]int
			_, _, err := Do(context.Background(), e, Output{Out: t.TempDir()}, Options{Jobs: jobs, Progress: func(p Progress) {
				if p.Phase == "runs" {
					done, total := p.Work()
					all = append(all, [2]int{done, total})
				}
			}})
			if err != nil {
				t.Fatal(err)
			}
			end := all[len(all)-1]
			if end[0] != end[1] {
				t.Errorf("%s: ends with %d of %d", what, end[0], end[1])
			}
			for _, at := range all {
				left, said := end[0]-at[0], at[1]-at[0]
				if at[0] >= end[0]/10 && left > 4 && (2*said < left || said > 2*left) {
					t.Errorf("%s, %d jobs: after %d of %d it says that %d are left", what, jobs, at[0], end[0], said)
					break
				}
			}
		}
	}
}

// The pace counts what was done since the start, and 0 says that it is not known.
func TestPace(t *testing.T) {
	if perSecond, left := (Progress{Done: 30, Resumed: 10, Total: 100, References: 60,
		Ahead: 10}).Pace(4e9); perSecond != 20 || left != 4e9 {
		t.Errorf("%g a second, %v left, want 80 in four seconds and 80 left", perSecond, left)
	}
	if perSecond, _ := (Progress{Done: 10, Resumed: 10, Total: 100}).Pace(4e9); perSecond != 0 {
		t.Errorf("%g a second before the first", perSecond)
	}
}
