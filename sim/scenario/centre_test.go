package scenario

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"simulate/sim"
)

// written saves a scenario file and loads it.
func written(t *testing.T, text string) *Scenario {
	t.Helper()
	path := filepath.Join(t.TempDir(), "mine.yaml")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := Load(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// sameInput compares what decides reference paths, undefined values included.
func sameInput(a, b *sim.Config) bool {
	return fmt.Sprintf("%#v", *sim.ReferenceConfig(a)) == fmt.Sprintf("%#v", *sim.ReferenceConfig(b))
}

// Whoever changes the baseline, by whatever way, has it as centre, on the own clock, and so has the
// resolved scenario.
func TestCentre(t *testing.T) {
	baseline := mustLoad(t, "baseline")
	if baseline.CentreName != "baseline" || !sameInput(baseline.Centre(), baseline.Config()) {
		t.Errorf("the baseline's centre is %q", baseline.CentreName)
	}
	for what, s := range map[string]*Scenario{
		"a built-in scenario":   mustLoad(t, "deepseek-shock"),
		"a value on the way":    mustLoad(t, "baseline", "market.eta=0.9"),
		"a file":                written(t, "title: x\nextends: baseline\nparameters: {market.eta: 0.9}\n"),
		"a file that draws":     written(t, "title: x\nextends: deepseek-shock\nparameters: {market.eta: 0.9 to 1.2}\n"),
		"a shorter clock":       mustLoad(t, "baseline", "clock.end=2027-01"),
		"quarters":              mustLoad(t, "baseline", "clock.step=quarter"),
		"fewer reference runs":  mustLoad(t, "baseline", "reference_replications=20"),
		"a deterministic model": mustLoad(t, "baseline", "mode=deterministic"),
	} {
		again, err := Parse(s.Name, s.YAML())
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		for how, s := range map[string]*Scenario{"": s, ", resolved": again} {
			c, own := s.Centre(), s.Config()
			if s.CentreName != "baseline" || c.Parameters.Market.Eta != baseline.Config().Parameters.Market.Eta {
				t.Errorf("%s%s: the centre is %q with eta %g", what, how, s.CentreName, c.Parameters.Market.Eta)
			}
			if c.Start != own.Start || c.Steps != own.Steps || c.StepsPerYear != own.StepsPerYear ||
				c.Stochastic != own.Stochastic ||
				c.ReferenceReplications != own.ReferenceReplications {
				t.Errorf("%s%s: the centre has another clock, mode or number of runs", what, how)
			}
			if s.Centre() != c {
				t.Errorf("%s%s: the centre is made twice", what, how)
			}
		}
	}
	if s, err := Parse("x", baseline.YAML()); err != nil || !sameInput(s.Centre(), s.Config()) {
		t.Errorf("the resolved baseline is not its own centre: %v", err)
	}
	if _, err := Parse("x", []byte("title: x\nextends: baseline\ncentre: nothing\n")); err == nil {
		t.Error("a centre that does not exist is taken")
	}
}
