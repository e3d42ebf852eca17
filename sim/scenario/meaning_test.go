package scenario

import (
	"strings"
	"testing"

	"simulate/sim"
)

// Every knob of every built-in scenario has a meaning, and what is no PATH has none.
func TestEveryKnobHasAMeaning(t *testing.T) {
	for _, b := range Builtins() {
		s, err := Load(b.Name, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range s.Knobs() {
			if MeaningOf(k.Path) == "" {
				t.Errorf("%s: %s has no meaning", b.Name, k.Path)
			}
		}
	}
	for path, want := range map[string]string{
		"market.eta":                     "Outer elasticity",
		"labs.meta.talent":               "multiplies the pace of own software progress. Default: 1",
		"labs.meta.budget.values.2024":   "What the sponsor spends per year",
		"segments.consumer.theta":        "Value of capability to buyers",
		"policies.any.tax.compute_rate":  "compute",
		"policies.any.tax":               "Taxes on compute and on profit",
		"events.0.shock.lab":             "The lab that finds the gain",
		"labs.meta.nothing":              "",
		"labs.meta.budget.values.2024.x": "",
		"nothing":                        "",
	} {
		if got := MeaningOf(path); !strings.Contains(got, want) || (want == "") != (got == "") {
			t.Errorf("%s is said to be %q", path, got)
		}
	}
	f, _ := sim.LookUp("market.eta")
	if got := MeaningOf("parameters.market.eta"); got != Meaning(f) {
		t.Errorf("parameters.market.eta is said to be %q", got)
	}
}
