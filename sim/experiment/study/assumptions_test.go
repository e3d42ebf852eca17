package study

import (
	"math"
	"testing"

	"simulate/sim/experiment/analysis"
)

// What a sample does not tell apart from nothing is not said to be at least something.
func TestShareOfAssumptions(t *testing.T) {
	for _, of := range []struct {
		share analysis.Estimate
		want  string
	}{
		{analysis.Estimate{Value: .02, Low: -.24, High: .28}, "Values whose source is an assumption (market.eta) make 2 % " +
			"of the variance of hhi by themselves, which is not told apart from none (95 % interval up to 28 %)."},
		{analysis.Estimate{Value: .4, Low: .3, High: .5}, "Values whose source is an assumption (market.eta) make 40 % of " +
			"the variance of hhi by themselves (95 % interval 30 to 50 %)."},
		{analysis.Estimate{Value: .4, Low: math.NaN(), High: math.NaN()}, "Values whose source is an assumption " +
			"(market.eta) make 40 % of the variance of hhi by themselves."},
	} {
		if got := ofAssumptions(of.share, []string{"market.eta"}, "hhi"); got != of.want {
			t.Errorf("%s", got)
		}
	}
}
