package design_test

import (
	"fmt"

	"simulate/sim/design"
)

func show(name string, s design.Spec) {
	d, err := design.LookUp(name)
	if err != nil {
		fmt.Println(err)
		return
	}
	points, err := d.Make(s)
	if err != nil {
		fmt.Println(err)
		return
	}
	for i := range points.Len() {
		fmt.Printf("%.3v\n", points.Row(i, nil))
	}
}

// Two values of one input and three of another make six points, each in the middle of its part of
// [0, 1].
func Example_grid() {
	show("grid", design.Spec{Dimensions: 2, Levels: []int{2, 3}})
	// Output:
	// [0.25 0.167]
	// [0.25 0.5]
	// [0.25 0.833]
	// [0.75 0.167]
	// [0.75 0.5]
	// [0.75 0.833]
}

// Sobol' points as published: each new one falls into the largest gap.
func Example_sobol() {
	show("sobol", design.Spec{Dimensions: 2, Samples: 4, Unscrambled: true})
	// Output:
	// [0 0]
	// [0.5 0.5]
	// [0.75 0.25]
	// [0.25 0.75]
}

// One input at a time: the base, then low and high of each.
func Example_oneAtATime() {
	show("oat", design.Spec{Dimensions: 2})
	// Output:
	// [0.5 0.5]
	// [0.05 0.5]
	// [0.95 0.5]
	// [0.5 0.05]
	// [0.5 0.95]
}
