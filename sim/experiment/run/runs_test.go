package run

import (
	"strings"
	"testing"

	"simulate/sim/experiment/results"
	"simulate/sim/experiment/tiny"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

func TestNames(t *testing.T) {
	for given, want := range map[string]string{"deepseek-shock": "deepseek-shock", "a/b c": "a_b_c", "..": "_..",
		"académie#2": "académie#2", "": "_"} {
		if got := results.FileName(given); got != want {
			t.Errorf("%q becomes %q, want %q", given, got, want)
		}
	}
	two := []*scenario.Scenario{{Name: "baseline"}, {Name: "reform"}}
	if got := Name(two); got != "baseline+reform" {
		t.Errorf("the experiment is called %q", got)
	}
	if got := Name([]*scenario.Scenario{{Name: "baseline"}, {Name: strings.Repeat("x", 90)}}); got != "baseline+1-more" {
		t.Errorf("the experiment is called %q", got)
	}
}

// One seed and number of replications hold for all cases, the first scenario's unless given, and
// the summary says where one gave way.
func TestCasesAgreeOnSeedAndReplications(t *testing.T) {
	own := tiny.Load(t, "shock", "seed=9", "replications=4")
	spec := Spec{Scenarios: []*scenario.Scenario{tiny.Load(t, "base"), own}, Out: t.TempDir()}
	p, err := NewRuns(spec)
	if err != nil {
		t.Fatal(err)
	}
	if p.seed != 7 || p.replications != 6 || len(p.notes) != 2 {
		t.Errorf("seed %d, %d replications, notes %q", p.seed, p.replications, p.notes)
	}
	tiny.Contains(t, strings.Join(runTiny(t, spec).Manifest.Notes, " "), "shock runs with seed 7",
		"shock runs 6 replications")
	if text := string(p.cases[1].yaml(6)); !strings.Contains(text, "seed: 7") || !strings.Contains(text,
		"replications: 6") {
		t.Error("the resolved scenario does not have the experiment's seed and replications")
	}
	if own.Seed != 9 || own.Replications != 4 {
		t.Error("the caller's scenario was changed")
	}
	seed := uint64(3)
	spec.Seed, spec.Replications, spec.Record = &seed, 2, "year"
	if p, err = NewRuns(spec); err != nil || p.seed != 3 || p.replications != 2 || p.record != "year" ||
		len(p.notes) != 0 {
		t.Errorf("given seed %d, %d replications, record %s, notes %q, %v", p.seed, p.replications, p.record, p.notes, err)
	}
}

// The resolved scenario of a folder repeats the experiment.
func TestResolvedScenarioHasTheSameIdentity(t *testing.T) {
	dir := t.TempDir()
	first := runTiny(t, Spec{Out: dir}, "shock")
	again, err := scenario.Load(dir+"/scenario.yaml", scenario.Options{})
	if err != nil {
		t.Fatal(err)
	}
	o := runTiny(t, Spec{Out: dir, Scenarios: []*scenario.Scenario{again}})
	if o.Manifest.Identity != first.Manifest.Identity || !o.AlreadyComplete {
		t.Errorf("identity %s, of the resolved scenario %s", first.Manifest.Identity, o.Manifest.Identity)
	}
}

// Worlds whose reference paths are means of different numbers of runs are not held against each
// other; without a comparison each is what it is.
func TestDifferentReferencesAreNotCompared(t *testing.T) {
	two := []*scenario.Scenario{tiny.Load(t, "base"), tiny.Load(t, "shock", "reference_replications=3")}
	_, err := NewRuns(Spec{Scenarios: two, Compare: nothingAdded{}})
	if err == nil || !strings.Contains(err.Error(), "reference_replications=") {
		t.Errorf("a comparison says %v", err)
	}
	if _, err := NewRuns(Spec{Scenarios: two}); err != nil {
		t.Error(err)
	}
	varied := tiny.Vary(t, two[0], "market.eta=0.6,1.1")
	futures := FuturesSpec{Scenarios: two, Sweep: SweepSpec{Inputs: varied}}
	if _, err := NewFutures(futures); err == nil || !strings.Contains(err.Error(), "3 runs") {
		t.Errorf("futures say %v", err)
	}
}

// nothingAdded is a comparison without tables of its own.
type nothingAdded struct{}

func (nothingAdded) Comparison() *results.Comparison { return &results.Comparison{} }
func (nothingAdded) Tables() []*table.Table          { return nil }
func (nothingAdded) Write(func(string) (*Sample, error), func(string, *table.Record) error) error {
	return nil
}
