package analysis_test

import (
	"fmt"

	"simulate/sim/experiment/analysis"
)

// Four pairs of runs that share their luck, and a policy that adds 10, 12, 8 and 10: the change is
// 10, its standard error √(8/3)/√4 = 0.816, although the runs themselves differ by hundreds.
func ExamplePaired() {
	base := []float64{1000, 1400, 1200, 1800}
	with := []float64{1010, 1412, 1208, 1810}
	d := analysis.Paired(base, with)
	fmt.Printf("%.1f ± %.3f over %d pairs\n", d.Change.Value, d.SE, d.Replications)
	// Output: 10.0 ± 0.816 over 4 pairs
}

// y = 3·x1 + x2 at the base and at the ends of each input: swings of ±0.3 and ±0.1.
func ExampleOneAtATime() {
	in := analysis.Inputs{Names: []string{"x1", "x2"},
		Rows: [][]float64{{.5, .5}, {.4, .5}, {.6, .5}, {.5, .4}, {.5, .6}}}
	var y [][]float64
	for _, x := range in.Rows {
		y = append(y, []float64{3*x[0] + x[1]})
	}
	base, swings, err := analysis.OneAtATime(in, y)
	if err != nil {
		fmt.Println(err)
	}
	fmt.Printf("base %.1f\n", base)
	for _, s := range swings {
		fmt.Printf("%s: %+.1f, %+.1f\n", s.Name, s.AtLow.Value, s.AtHigh.Value)
	}
	// Output:
	// base 2.0
	// x1: -0.3, +0.3
	// x2: -0.1, +0.1
}

// A metric of 100 − 20·x, with noise that replications share, crosses 50 at x = 2.5.
func ExampleThreshold() {
	metric := func(x float64, replications int) ([]float64, error) {
		y := make([]float64, replications)
		for r := range y {
			y[r] = 100 - 20*x + float64(r%2) - 0.5
		}
		return y, nil
	}
	c, err := analysis.Threshold(metric, analysis.ThresholdOptions{Low: 0, High: 5, Bound: 50})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.2f\n", c.At.Value)
	// Output: 2.50
}
