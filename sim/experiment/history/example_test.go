package history_test

import (
	"fmt"

	"simulate/sim/experiment/history"
)

// Members 0 and 2, and 1 came true: the mean distance is 1, half the mean distance between two
// draws of members is 0.5.
func ExampleCRPS() {
	fmt.Println(history.CRPS([]float64{0, 2}, 1))
	// Output: 0.5
}

// A history of 1, 2, 3 moves by 1 a step; a forecast that is off by 2 has twice the error of no
// change.
func ExampleMASE() {
	fmt.Println(history.MASE([]float64{6}, []float64{4}, []float64{1, 2, 3}))
	// Output: 2
}
