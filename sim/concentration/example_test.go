package concentration_test

import (
	"fmt"
	"math"

	"simulate/sim/concentration"
)

// Three firms with 50, 30 and 20 % of the market: 10,000·(0.25 + 0.09 + 0.04) = 3,800. Units do not
// matter.
func ExampleHHI() {
	fmt.Printf("%.0f\n", concentration.HHI([]float64{50, 30, 20}, 0))
	fmt.Printf("%.0f\n", concentration.HHI([]float64{5e9, 3e9, 2e9}, 0))
	// Output:
	// 3800
	// 3800
}

// The same market where the last fifth is shared by many small firms, whose squares come to
// nothing.
func ExampleHHI_remainder() {
	fmt.Printf("%.0f\n", concentration.HHI([]float64{50, 30}, 20))
	// Output: 3400
}

// A merger of firms with 15 and 10 % raises the HHI by 2·15·10 = 300.
func ExampleHHI_merger() {
	before := concentration.HHI([]float64{40, 35, 15, 10}, 0)
	after := concentration.HHI([]float64{40, 35, 25}, 0)
	fmt.Printf("%.0f to %.0f\n", before, after)
	// Output: 3150 to 3450
}

// Four equal firms are at 0, one firm alone at 1, whatever their number does to the HHI.
func ExampleNormalisedHHI() {
	fmt.Printf("%.2f\n", concentration.NormalisedHHI([]float64{1, 1, 1, 1}, 0))
	fmt.Printf("%.2f\n", concentration.NormalisedHHI([]float64{1, 0, 0, 0}, 0))
	// Output:
	// 0.00
	// 1.00
}

// An HHI of 2,500 is that of four equal firms.
func ExampleEffectiveNumber() {
	fmt.Printf("%.2f\n", concentration.EffectiveNumber([]float64{1, 1, 1, 1}, 0))
	fmt.Printf("%.2f\n", concentration.EffectiveNumber([]float64{50, 30, 20}, 0))
	// Output:
	// 4.00
	// 2.63
}

// The two largest of 50, 30 and 20 % hold 80 %.
func ExampleCR() {
	fmt.Printf("%.2f\n", concentration.CR([]float64{20, 50, 30}, 0, 2, nil))
	// Output: 0.80
}

// Of four members one holds everything: (n−1)/n = 0.75 in the population form.
func ExampleGini() {
	fmt.Printf("%.2f\n", concentration.Gini([]float64{0, 0, 0, 10}, nil))
	fmt.Printf("%.2f\n", concentration.Gini([]float64{5, 5, 5, 5}, nil))
	// Output:
	// 0.75
	// 0.00
}

// One of four holds everything: ln 4.
func ExampleTheil() {
	fmt.Printf("%.4f of %.4f\n", concentration.Theil([]float64{0, 0, 0, 10}), math.Log(4))
	// Output: 1.3863 of 1.3863
}

// With ε = 0.5 the index of 1 and 9 is 1 − ((1+3)/2)²/5 = 0.2: equal incomes of 4 would be as good
// as these of 5 in the mean.
func ExampleAtkinson() {
	fmt.Printf("%.2f\n", concentration.Atkinson([]float64{1, 9}, 0.5))
	// Output: 0.20
}

// Four equal firms: ln 4 nats.
func ExampleEntropy() {
	fmt.Printf("%.4f\n", concentration.Entropy([]float64{1, 1, 1, 1}, 0))
	// Output: 1.3863
}

// Effective numbers of 50, 30 and 20 %: all three count at order 0, the largest more and more, at
// last it alone.
func ExampleHill() {
	for _, q := range []float64{0, 1, 2, math.Inf(1)} {
		fmt.Printf("%.2f\n", concentration.Hill([]float64{50, 30, 20}, 0, q))
	}
	// Output:
	// 3.00
	// 2.80
	// 2.63
	// 2.00
}

// Ranks weigh shares: 1/(2·(1·0.5 + 2·0.3 + 3·0.2) − 1).
func ExampleHallTideman() {
	fmt.Printf("%.4f\n", concentration.HallTideman([]float64{50, 30, 20}, 0, nil))
	// Output: 0.4167
}

// (0.25² + 0.09² + 0.04²)/0.38².
func ExampleDominance() {
	fmt.Printf("%.4f\n", concentration.Dominance([]float64{50, 30, 20}))
	// Output: 0.5000
}

// One firm wins ten points from another: the turnover counts both.
func ExampleHymerPashigian() {
	fmt.Printf("%.2f\n", concentration.HymerPashigian([]float64{0.5, 0.3, 0.2}, []float64{0.6, 0.2, 0.2}))
	// Output: 0.20
}

// Every measure of a table of shares, as the command `measure` prints it.
func ExampleMeasure() {
	for _, m := range concentration.Measures[:3] {
		fmt.Printf("%s: %.4g\n", m.Title, m.Of([]float64{50, 30, 20}, 0))
	}
	// Output:
	// HHI: 3800
	// normalised HHI: 0.07
	// effective number: 2.632
}
