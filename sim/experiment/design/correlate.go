package design

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// scores returns the correlation matrix of normal scores whose rank correlations are the wanted
// ones: for a Gaussian copula r = 2 sin(π ρ/6) (Pearson 1907).
func scores(d int, wanted []Correlation) (*mat.SymDense, error) {
	c := mat.NewSymDense(d, nil)
	for j := range d {
		c.SetSym(j, j, 1)
	}
	given := map[[2]int]bool{}
	for _, w := range wanted {
		pair := [2]int{min(w.A, w.B), max(w.A, w.B)}
		switch {
		case w.A < 0 || w.B < 0 || w.A >= d || w.B >= d:
			return nil, fmt.Errorf("a rank correlation names input %d, but %d inputs vary", max(w.A, w.B)+1, d)
		case w.A == w.B:
			return nil, fmt.Errorf("a rank correlation joins input %d with itself; name two inputs", w.A+1)
		case !(math.Abs(w.Rank) < 1):
			return nil, fmt.Errorf("the rank correlation of inputs %d and %d is %g; it must lie strictly between -1 and 1",
				w.A+1, w.B+1, w.Rank)
		case given[pair]:
			return nil, fmt.Errorf("the rank correlation of inputs %d and %d is given twice", w.A+1, w.B+1)
		}
		given[pair] = true
		c.SetSym(w.A, w.B, 2*math.Sin(math.Pi*w.Rank/6))
	}
	return c, nil
}

// root returns the lower Cholesky factor of wanted correlations, or says that no inputs can have
// them.
func root(c *mat.SymDense) (*mat.TriDense, error) {
	var chol mat.Cholesky
	if !chol.Factorize(c) {
		return nil, fmt.Errorf("the rank correlations contradict each other: no inputs can have all of them at once; make " +
			"the strong ones weaker")
	}
	var l mat.TriDense
	chol.LTo(&l)
	return &l, nil
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
			z[j] = distuv.UnitNormal.Quantile(u[j])
		}
		for j := range u {
			sum := 0.0
			for k := range j + 1 {
				sum += l.At(j, k) * z[k]
			}
			u[j] = min(max(distuv.UnitNormal.CDF(sum), 0x1p-53), 1-0x1p-53)
		}
	}, nil
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
	z := mat.NewDense(n, d, nil) // normal scores of the ranks (van der Waerden)
	for j, column := range columns {
		for i, k := range column {
			z.Set(i, j, distuv.UnitNormal.Quantile(float64(k+1)/float64(n+1)))
		}
	}
	var sample mat.SymDense
	stat.CorrelationMatrix(&sample, z, nil)
	var chol mat.Cholesky
	if n <= d || !chol.Factorize(&sample) {
		return fmt.Errorf("%d samples are too few to impose rank correlations on %d inputs; take more than %d", n, d, 10*d)
	}
	var have, change mat.TriDense
	chol.LTo(&have)
	if err := change.InverseTri(&have); err != nil {
		return fmt.Errorf("%d samples are too few to impose rank correlations on %d inputs; take more than %d", n, d, 10*d)
	}
	var move, moved mat.Dense
	move.Mul(target, &change)
	moved.Mul(z, move.T())
	order := make([]int, n)
	for j, column := range columns {
		for i := range order {
			order[i] = i
		}
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(moved.At(a, j), moved.At(b, j)) })
		for rank, i := range order {
			column[i] = uint32(rank)
		}
	}
	return nil
}
