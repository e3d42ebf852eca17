package portable_test

import (
	"fmt"

	"simulate/sim/portable"
)

// A stock that grows at 4x a year for half a year: 4^0.5 = 2, as e^(0.5·ln 4).
func ExampleExp() {
	fmt.Printf("%.12f\n", portable.Exp(0.5*portable.Log(4)))
	// Output: 2.000000000000
}

// Near 0 the difference e^x − 1 keeps its digits.
func ExampleExpm1() {
	fmt.Println(portable.Expm1(1e-20))
	// Output: 1e-20
}

// A tenth of an order of magnitude is a factor of 1.2589.
func ExamplePow10() {
	fmt.Printf("%.4f\n", portable.Pow10(0.1))
	// Output: 1.2589
}
