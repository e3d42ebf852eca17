package plots

import (
	"math"
	"testing"
)

// A figure of indices says that it has intervals only where it draws one.
func TestIndicesSayWhetherTheyHaveIntervals(t *testing.T) {
	none := Bar{First: Interval{.4, math.NaN(), math.NaN()}}
	with := Bar{First: Interval{.4, .3, .5}}
	for want, bars := range map[string][]Bar{"Sobol indices with 95% intervals": {none, with},
		"Sobol indices, estimates without an interval": {none, none}} {
		if got := IndicesOf(bars); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
