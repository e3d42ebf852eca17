package sim

import (
	"fmt"
	"testing"
)

// The k-th best lab's lag is its distance to the frontier: of twelve labs with 5, 4.9, 4.8, … OOM,
// given in no order, the 2nd has 4.9, the 4th 4.7 and the 10th 4.1; with nine labs there is no
// 10th.
func TestLagsOfTheBestByHand(t *testing.T) {
	for _, n := range []int{12, 9} {
		m := started(t, testConfig(labs(n, 1e9)...), 1)
		for i := range m.labs {
			m.labs[i].Capability = 5 - .1*float64(i*5%n)
			if n == 9 {
				m.labs[i].Capability = 5 - .1*float64(i*4%n)
			}
		}
		for _, k := range []struct {
			k    int
			name string
		}{{2, "2nd"}, {4, "4th"}, {10, "10th"}} {
			got := metric(t, m, fmt.Sprintf("lag_%s_lab_oom", k.name))
			if n < k.k {
				if got == got {
					t.Errorf("of %d labs the %s is %g behind", n, k.name, got)
				}
				continue
			}
			near(t, k.name, got, m.frontier()-(5-.1*float64(k.k-1)), 1e-12)
		}
	}
}
