package study

import (
	"testing"

	"simulate/sim/experiment/tiny"
	"simulate/sim/scenario"
)

// What policies cost at one date says what they cost only where they begin and end together.
func TestPoliciesThatBeginApart(t *testing.T) {
	of := func(name, dates string) *scenario.Scenario {
		aid := "policies: {aid: {" + dates + ", grant: {amount: $1B/yr, rule: equal}}}\n"
		s, err := scenario.Parse(name, []byte(tiny.Base+aid))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	base, err := scenario.Parse("base", []byte(tiny.Base))
	if err != nil {
		t.Fatal(err)
	}
	all := []*scenario.Scenario{base, of("a", "from: 2024-06"), of("b", "from: 2024-06"), of("late", "from: 2024-09"),
		of("ended", "from: 2024-06, until: 2024-12")}
	for name, want := range map[string]bool{"b": false, "late": true, "ended": true} {
		if got := beginApart(all, []string{"base", "a", name}); got != want {
			t.Errorf("a and %s: %v", name, got)
		}
	}
}
