// Package concentration measures concentration and inequality of non-negative amounts: sales,
// stocks or shares, in any one unit.
//
// It is a leaf of pure functions: it knows no lab, no table and no file, and none of its functions
// changes its arguments or keeps them. All return NaN where the total is zero. The model's metrics
// and the command `measure` are made of them alone.
//
// Three words return in the arguments. The amounts x are those of the listed members. The remainder
// rest is what members too small to be listed hold together (a competitive fringe, outside owners):
// it counts in the denominator and has no square and no rank of its own; measures of inequality are
// among the listed members and leave it out. And scratch is room for sorting: with capacity len(x)
// nothing is allocated, nil is allowed.
//
//	concentration.HHI([]float64{50, 30, 20}, 0)  // 3800: (0.5² + 0.3² + 0.2²)·10,000
//	concentration.HHI([]float64{50, 30}, 20)     // 3400: the last fifth is spread over many
//	concentration.CR([]float64{5, 3, 2}, 0, 2, nil) // 0.8: the two largest of three
package concentration
