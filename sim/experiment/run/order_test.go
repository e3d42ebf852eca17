package run

import "testing"

// Every run has one case and replication and the other way round, in either order.
func TestOrder(t *testing.T) {
	for what, o := range map[string]order{
		"by case":             byCase(3, 4),
		"by replication":      byReplication(4, []bool{false, false, false}),
		"with a fixed case":   byReplication(4, []bool{false, true, false}),
		"of fixed cases":      byReplication(4, []bool{true, true}),
		"of one fixed case":   byReplication(9, []bool{true}),
		"of one replication":  byReplication(1, []bool{false, true}),
		"of a single replica": byCase(5, 1),
	} {
		seen := map[[2]int]bool{}
		for run := range o.total() {
			number, replication := o.at(run)
			if o.run(number, replication) != run {
				t.Fatalf("%s: run %d is case %d, replication %d, which is run %d", what, run, number, replication, o.run(number,
					replication))
			}
			seen[[2]int{number, replication}] = true
		}
		n := 0
		for number := range o.cases {
			for r := 1; r <= o.of(number, o.replications); r++ {
				if n++; !seen[[2]int{number, r}] {
					t.Errorf("%s: replication %d of case %d has no run", what, r, number)
				}
			}
		}
		if n != o.total() || len(seen) != n {
			t.Errorf("%s: %d runs for %d of cases", what, o.total(), n)
		}
		if !o.byCase && o.upTo(1) != o.cases {
			t.Errorf("%s: the first replication has %d runs", what, o.upTo(1))
		}
	}
}
