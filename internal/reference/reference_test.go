package reference

import (
	"math"
	"strings"
	"testing"

	"simulate/sim"
	"simulate/sim/scenario"
)

func TestRewriteFillsBlocksAndLeavesProse(t *testing.T) {
	page := "# Title\n\nprose\n<!-- generated: a -->\nold\n<!-- end -->\nmore\n<!-- generated: b -->\n<!-- end -->\n"
	blocks := map[string]string{"a": "new a\n", "b": "new b"}
	want := "# Title\n\nprose\n<!-- generated: a -->\n\nnew a\n\n<!-- end -->\nmore\n<!-- generated: b -->\n\nnew " +
		"b\n\n<!-- end -->\n"
	got, err := Rewrite(page, blocks)
	if err != nil || got != want {
		t.Fatalf("%q, %v; want %q", got, err, want)
	}
	if again, err := Rewrite(got, blocks); err != nil || again != got {
		t.Errorf("a second time gives %q, %v", again, err)
	}
}

func TestRewriteRefusesBadMarkers(t *testing.T) {
	for page, want := range map[string]string{
		"<!-- generated: c -->\n<!-- end -->":                          `no block "c"; there are a`,
		"<!-- generated: a -->\n":                                      "has no line",
		"<!-- generated: a -->\n<!-- generated: a -->\n<!-- end -->\n": "begins inside block a",
	} {
		if _, err := Rewrite(page, map[string]string{"a": ""}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", page, err, want)
		}
	}
}

func TestEveryParameterIsExplained(t *testing.T) {
	for _, p := range Parameters() {
		if p.Meaning == "" || p.Default == "" || p.Allowed == "" && p.Unit != "date" {
			t.Errorf("%s lacks a meaning, default or range: %+v", p.Path, p)
		}
		if !strings.Contains(p.Path, ".ID.") && p.Source == "" {
			t.Errorf("%s has no source", p.Path)
		}
	}
}

func TestDefaultsLieInTheirIntervalsAndTheseInTheAllowedRange(t *testing.T) {
	for _, f := range sim.Registry() {
		if f.Default < f.Low || f.Default > f.High {
			t.Errorf("%s: default %g is not allowed (%g to %g)", f.Path, f.Default, f.Low, f.High)
		}
		if f.HasInterval && !(f.Low <= f.Interval[0] && f.Interval[0] <= f.Default && f.Default <= f.Interval[1] &&
			f.Interval[1] <= f.High) {
			t.Errorf("%s: default %g, interval %v, allowed %g to %g", f.Path, f.Default, f.Interval, f.Low, f.High)
		}
	}
}

func TestMatching(t *testing.T) {
	tests := []struct {
		path, first string
		count       int // −1: more than one
	}{
		{"market.eta", "market.eta", 1},
		{"market", "market.", -1},
		{"labs.deepseek.talent", "labs.ID.talent", 1},
		{"labs", "labs.ID.", -1},
		{"labs.deepseek.budget", "labs.ID.budget", 1},
		{"policies.public_compute.grant.amount", "policies.ID.grant.amount", 1},
		{"events.at", "events[].at", 1},
		{"eta", "market.eta", -1},
		{"nothing", "", 0},
	}
	for _, test := range tests {
		got := Matching(test.path)
		if test.count >= 0 && len(got) != test.count || test.count < 0 && len(got) < 2 || len(got) > 0 &&
			!strings.HasPrefix(got[0].Path, test.first) {
			t.Errorf("%q matches %d, %+v", test.path, len(got), got)
		}
	}
}

func TestValue(t *testing.T) {
	for _, test := range []struct {
		v    float64
		unit string
		want string
	}{
		{math.Log(3), "growth/yr", "3"}, {40000, "USD/H100e", "40k"}, {2e12, "USD/yr", "2T"}, {.35, "1", "0.35"},
		{2024 + 8./12, "date", "2024-09"},
		{1e26, "FLOP", "1e26"}, {math.Inf(1), "USD/yr", "inf"}, {9000, "USD/H100e", "9000"},
	} {
		if got := Value(test.v, test.unit); got != test.want {
			t.Errorf("Value(%g, %s) = %q, want %q", test.v, test.unit, got, test.want)
		}
	}
}

// Every built-in scenario stands under a question, and no question is without one.
func TestScenariosAreGrouped(t *testing.T) {
	asked := map[string]bool{}
	for _, s := range scenario.Builtins() {
		found := false
		for _, q := range questions {
			if !found && q.asks(s.Name) {
				found, asked[q.title] = true, true
			}
		}
		if !found {
			t.Errorf("%s stands under no question", s.Name)
		}
	}
	for _, q := range questions {
		if !asked[q.title] {
			t.Errorf("no scenario asks %q", q.title)
		}
	}
}
