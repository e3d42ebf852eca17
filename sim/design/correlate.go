package design

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"simulate/internal/quantity"
	"simulate/sim/portable"
)

// scores returns the correlation matrix, its lower triangle, of normal scores whose rank
// correlations are the wanted ones: for a Gaussian copula r = 2 sin(π ρ/6) (Pearson 1907).
func scores(d int, wanted []Correlation) ([][]float64, error) {
	c := make([][]float64, d)
	for j := range d {
		c[j] = make([]float64, j+1)
		c[j][j] = 1
	}
	given := map[[2]int]bool{}
	for _, w := range wanted {
		pair := [2]int{min(w.A, w.B), max(w.A, w.B)}
		switch {
		case w.A < 0 || w.B < 0 || w.A >= d || w.B >= d:
			return nil, fmt.Errorf("a rank correlation names input %d, but %s vary", max(w.A, w.B)+1, quantity.Plural(d,
				"input"))
		case w.A == w.B:
			return nil, fmt.Errorf("a rank correlation joins input %d with itself; name two inputs", w.A+1)
		case !(math.Abs(w.Rank) < 1):
			return nil, fmt.Errorf("the rank correlation of inputs %d and %d is %g; it must lie strictly between -1 and 1",
				w.A+1, w.B+1, w.Rank)
		case given[pair]:
			return nil, fmt.Errorf("the rank correlation of inputs %d and %d is given twice", w.A+1, w.B+1)
		}
		given[pair] = true
		c[pair[1]][pair[0]] = float64(2 * portable.Sin(float64(math.Pi*w.Rank)/6))
	}
	return c, nil
}

// root returns the lower Cholesky factor of wanted correlations, or says that no inputs can have
// them.
func root(c [][]float64) ([][]float64, error) {
	l, ok := portable.Cholesky(c)
	if !ok {
		return nil, fmt.Errorf("the rank correlations contradict each other: no inputs can have all of them at once; make " +
			"the strong ones weaker")
	}
	return l, nil
}

// copula returns a function that gives a point of independent coordinates the wanted rank
// correlations by the Gaussian copula: Φ(L Φ⁻¹(u)). Each coordinate stays uniform.
func copula(d int, wanted []Correlation) (func(u []float64), error) {
	if len(wanted) == 0 {
		return func([]float64) {}, nil
	}
	c, err := scores(d, wanted)
	if err != nil {
		return nil, err
	}
	l, err := root(c)
	if err != nil {
		return nil, err
	}
	return func(u []float64) {
		z := make([]float64, d)
		for j := range u {
			z[j] = portable.NormalQuantile(u[j])
		}
		for j := range u {
			u[j] = min(max(portable.NormalCDF(dot(l[j], z)), 0x1p-53), 1-0x1p-53)
		}
	}, nil
}

// dot is Σ a·b over the members of a.
func dot(a, b []float64) float64 {
	sum := 0.0
	for k, v := range a {
		sum += float64(v * b[k])
	}
	return sum
}

// reorder gives the columns of a Latin hypercube the wanted rank correlations by the method of Iman
// & Conover (1982): only the order within columns changes, so every slice keeps its one point.
// Columns hold the numbers 0 … n−1.
func reorder(columns [][]uint32, wanted []Correlation) error {
	if len(wanted) == 0 {
		return nil
	}
	d, n := len(columns), len(columns[0])
	c, err := scores(d, wanted)
	if err != nil {
		return err
	}
	target, err := root(c)
	if err != nil {
		return err
	}
	score := make([]float64, n) // normal scores of the ranks (van der Waerden)
	for k := range score {
		score[k] = portable.NormalQuantile(float64(k+1) / float64(n+1))
	}
	have, ok := portable.Cholesky(correlations(columns, score))
	if n <= d || !ok {
		return fmt.Errorf("%s are too few to impose rank correlations on %s; take more than %d", quantity.Plural(n,
			"sample"), quantity.Plural(d, "input"), 10*d)
	}
	// Scores with the correlations H·Hᵀ of the sample become uncorrelated ones, H·x = z by forward
	// substitution, and these the wanted ones, T·x.
	moved := make([][]float64, d)
	for j := range moved {
		moved[j] = make([]float64, n)
	}
	x := make([]float64, d)
	for i := range n {
		for j, column := range columns {
			x[j] = (score[column[i]] - dot(have[j][:j], x)) / have[j][j]
		}
		for j := range moved {
			moved[j][i] = dot(target[j], x)
		}
	}
	order := make([]int, n)
	for j, column := range columns {
		for i := range order {
			order[i] = i
		}
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(moved[j][a], moved[j][b]) })
		for rank, i := range order {
			column[i] = uint32(rank)
		}
	}
	return nil
}

// correlations returns the correlations of columns of scores, lower triangle. Each column holds the
// same scores in another order, with mean 0 by symmetry.
func correlations(columns [][]uint32, score []float64) [][]float64 {
	c, square := make([][]float64, len(columns)), dot(score, score)
	for j, a := range columns {
		c[j] = make([]float64, j+1)
		for k, b := range columns[:j] {
			sum := 0.0
			for i := range a {
				sum += float64(score[a[i]] * score[b[i]])
			}
			c[j][k] = sum / square
		}
		c[j][j] = 1
	}
	return c
}
