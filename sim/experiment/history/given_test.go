package history

import (
	"slices"
	"strings"
	"testing"

	"simulate/sim/observed"
)

// An observation that an input was derived from is shown and does not count; where the scenario has
// another value, or the observation is the user's own, it does.
func TestInputsAreNotScored(t *testing.T) {
	inputs := func(b *Backtest) (paths []string) {
		for _, s := range b.Series {
			for k := range s.Scored {
				if s.Inputs[k] != "" {
					paths = append(paths, s.Inputs[k])
				}
			}
		}
		return paths
	}
	b := backtest(t, nil)
	if got := inputs(b); len(got) != len(derived) || b.Total.GivenOf != len(derived) {
		t.Errorf("%v, %+v", got, b.Total)
	}
	if !strings.Contains(b.Verdict(), "; with the 3 that inputs were derived from, ") ||
		!strings.Contains(b.Label(), "Not scored, for inputs were derived from them: compute_used google on 2024-12-31 "+
			"(labs.google.share_for_other_products)") {
		t.Error(b.Label(), b.Verdict())
	}
	other := backtest(t, nil, "labs.deepseek.compute=10_000 H100e")
	if got := inputs(other); slices.Contains(got, "labs.deepseek.compute") || other.Total.WithinOf != b.Total.WithinOf+1 {
		t.Errorf("an input of the user's own is taken for the roster's: %v", got)
	}
	own := backtest(t, func(s *BacktestSpec) {
		s.Observed = slices.Clone(s.Observed)
		for i, p := range s.Observed {
			s.Observed[i].Builtin = p.Builtin && p.Quantity != "compute_used"
		}
	})
	if got := inputs(own); got != nil || own.Total.GivenOf != 0 {
		t.Errorf("observations of the user's own are taken for inputs: %v", got)
	}
}

// Each input that is said to be derived exists in the roster and names its observation's source,
// and each observation exists.
func TestDerivedInputsExist(t *testing.T) {
	s := baseline(t)
	for _, d := range derived {
		if k, found := s.Knob(d.path); !found || !k.Given {
			t.Errorf("%s is no input of %s", d.path, roster)
		}
		if !slices.ContainsFunc(observed.Builtin(), func(p observed.Point) bool {
			return p.Quantity == d.quantity && p.Entity == d.entity && p.Day == d.day
		}) {
			t.Errorf("nothing is observed of %s %s on %s", d.quantity, d.entity, d.day)
		}
		for _, in := range s.Inputs() {
			if in.Path == d.path && !strings.Contains(in.Source, "end of 2024") {
				t.Errorf("%s: %s", d.path, in.Source)
			}
		}
	}
}
