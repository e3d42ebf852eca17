package compare

import (
	"strings"
	"testing"

	"simulate/sim/experiment/results"
	"simulate/sim/experiment/tiny"
	"simulate/sim/scenario"
)

// What money buys is the effect of policies alone: a case with a shock besides, or with another
// assumption, gets no figure, unless the runs hold the same world without its policies.
func TestMoneyIsCreditedWithPoliciesAlone(t *testing.T) {
	const aid = "policies:\n  aid: {from: 2024-06, grant: {amount: $1B/yr, rule: equal}}\n"
	parsed := func(name, text string) *scenario.Scenario {
		t.Helper()
		s, err := scenario.Parse(name, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	base, both := parsed("base", tiny.Base), parsed("both", tiny.Base+tiny.Variants["shock"]+aid)
	less, err := both.Less(scenario.WithoutPolicies)
	if err != nil {
		t.Fatal(err)
	}
	other := parsed("other", strings.Replace(tiny.Base, "spending: $1B/yr", "spending: $2B/yr", 1)+aid)
	for _, c := range []struct {
		base, alternative *scenario.Scenario
		for1B             string
	}{
		{less, both, "for each $1B of it: HHI"},
		{base, parsed("aided", tiny.Base+aid), "for each $1B of it: HHI"},
		{base, parsed("package", tiny.Base+aid+"  fee: {from: 2024-06, subsidy: {rate: 10%}}\n"),
			"for 2 policies act together"},
		{base, both, ""},
		{base, other, "for each $1B of it against other.assumptions: HHI"}, // which the comparison runs to split
	} {
		o := comparedTiny(t, Options{}, c.base, c.alternative)
		says := o.TellCost(o.Manifest.Cases[0], o.Manifest.Cases[1])
		want := c.for1B
		if want == "" {
			want = "`simulate compare without_policies FILE`"
		}
		if tiny.Contains(t, says, "costs the public $", "B a year more", want); c.for1B == "" && strings.Contains(says,
			"HHI") {
			t.Errorf("%s against %s: %s", c.alternative.Name, c.base.Name, says)
		}
	}
}

// Money is not credited with what policies beside it change.
func TestPoliciesMore(t *testing.T) {
	grant, cap := results.Marker{Kind: "policy", Label: "grant"}, results.Marker{Kind: "policy", Label: "cap"}
	shock := results.Marker{Kind: "shock", Label: "jump"}
	base := results.Case{Markers: []results.Marker{shock}}
	for want, markers := range [][]results.Marker{{shock}, {shock, grant}, {shock, grant, cap}} {
		if got := policiesMore(results.Case{Markers: markers}, base); got != want {
			t.Errorf("%d policies more, want %d", got, want)
		}
	}
}
