package main

import (
	"slices"
	"testing"
)

// Policies of several levers are named by the ends of their PATHs, as long as tells them apart;
// scenarios and a single lever keep their names.
func TestPoliciesAreNamedBriefly(t *testing.T) {
	for _, c := range []struct{ names, brief, figure []string }{
		{[]string{"policies.a.grant.amount = $0/yr, policies.a.from = Jan 2026"},
			[]string{"amount = $0/yr, from = Jan 2026"}, []string{"amount $0/yr, from Jan 2026"}},
		{[]string{"policies.a.grant.amount = $0/yr, policies.b.grant.amount = $1B/yr"},
			[]string{"a.grant.amount = $0/yr, b.grant.amount = $1B/yr"},
			[]string{"a.grant.amount $0/yr, b.grant.amount $1B/yr"}},
		{[]string{"policies.a.grant.amount = $0/yr"}, []string{"policies.a.grant.amount = $0/yr"}, []string{"$0/yr"}},
		{[]string{"baseline", "all-open"}, []string{"baseline", "all-open"}, []string{"Baseline", "All open"}},
		{[]string{"tax = 1, cap = 2"}, []string{"tax = 1, cap = 2"}, []string{"tax 1, cap 2"}},
	} {
		if brief, _ := briefPolicies(c.names); !slices.Equal(brief, c.brief) {
			t.Errorf("%q is briefly %q, want %q", c.names, brief, c.brief)
		}
		if got := shortPolicies(c.names); !slices.Equal(got, c.figure) {
			t.Errorf("%q is %q in a figure, want %q", c.names, got, c.figure)
		}
	}
}
