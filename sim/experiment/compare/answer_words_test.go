package compare

import (
	"strings"
	"testing"

	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
)

// Labels stand within sentences as any words do, and a difference that reads 0.0 is no number.
func TestWordsOfAnswers(t *testing.T) {
	for label, want := range map[string]string{"A secret gain": "a secret gain", "The rule": "the rule",
		"An order": "an order", "DeepSeek R1": "DeepSeek R1", "Arms race": "Arms race"} {
		if got := within(label); got != want {
			t.Errorf("%q stands as %q", label, got)
		}
	}
	c := results.Case{Name: "mine", Markers: []results.Marker{{Date: 2025, Label: "A secret gain"}}}
	if got := happening(c, results.Case{}); len(got) != 1 || got[0] != "a secret gain" {
		t.Errorf("what happens is %q", got)
	}
	e := Effect{Metric: salesHHI, Date: "2029-12-31"}
	e.Difference = analysis.Difference{Replications: 8, Base: 3000, SE: 1e-4,
		Change: analysis.Estimate{Value: 5e-4, Low: 1e-4, High: 9e-4}}
	a := Answer{Case: c, Base: results.Case{Name: "baseline"}, What: "mine", End: e.Date}
	if text := a.headline(e); !strings.Contains(text, "by less than 0.05 points at the end of 2029, against baseline") ||
		strings.Contains(text, "0.0 ") {
		t.Error(text)
	}
}
