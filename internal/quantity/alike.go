package quantity

import (
	"fmt"

	"simulate/sim/portable"
)

// RuleOfThree is the share of runs below which, at 95 %, the true share lies of what none of n runs
// shows: 1 − 0.05^(1/n), about 3/n.
func RuleOfThree(n int) float64 { return 1 - portable.Pow(0.05, 1/float64(n)) }

// NoRunDiffers says of n pairs of runs that are equal what they tell: no interval, but a bound.
func NoRunDiffers(n int) string {
	return fmt.Sprintf("no run of %s differs; at most %s of runs would", Count(n), FineShare(RuleOfThree(n)))
}

// EachRunDiffersBy says the same of n pairs of runs that all differ by the same.
func EachRunDiffersBy(n int) string {
	return fmt.Sprintf("the same in each of %s of runs; at most %s of runs would differ", Plural(n, "pair"),
		FineShare(RuleOfThree(n)))
}
