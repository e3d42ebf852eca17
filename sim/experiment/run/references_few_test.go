package run

import (
	"strings"
	"testing"

	"simulate/sim/experiment/tiny"
)

// Levels that rest on few reference runs are said to, and no others.
func TestFewReferencesAreSaid(t *testing.T) {
	for _, c := range []struct {
		name, set string
		says      string
	}{
		{"base", "reference_replications=4", "of base are means of 4 runs (reference_replications)"},
		{"base", "reference_replications=64", ""},
		{"fixed", "reference_replications=4", ""},
	} {
		if got := FewReferences(tiny.Load(t, c.name, c.set)); !strings.Contains(got, c.says) || got != "" && c.says == "" {
			t.Errorf("%s, %s: %q", c.name, c.set, got)
		}
	}
}
