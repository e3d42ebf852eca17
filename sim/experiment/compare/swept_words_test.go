package compare

import (
	"testing"

	"simulate/sim/experiment/results"
)

// PATHs of policies are told by the ends that tell them apart.
func TestPathEnds(t *testing.T) {
	for _, c := range []struct{ paths, want []string }{
		{[]string{"policies.a.grant.amount"}, []string{"policies.a.grant.amount"}},
		{[]string{"policies.a.grant.amount", "policies.a.from", "market.eta"}, []string{"amount", "from", ""}},
		{[]string{"policies.a.grant.amount", "policies.b.grant.amount"}, []string{"a.grant.amount", "b.grant.amount"}},
	} {
		var inputs []results.SweepInput
		for _, path := range c.paths {
			inputs = append(inputs, results.SweepInput{Path: path})
		}
		ends := pathEnds(inputs)
		for i, path := range c.paths {
			if ends[path] != c.want[i] {
				t.Errorf("%s of %v is %q, want %q", path, c.paths, ends[path], c.want[i])
			}
		}
	}
}
