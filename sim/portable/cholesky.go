package portable

import "math"

// Cholesky returns the lower triangle L with positive diagonal for which L·Lᵀ is the symmetric
// matrix c, row i of i+1 numbers, and false where c is not positive definite. It reads the lower
// triangle of c only.
func Cholesky(c [][]float64) (lower [][]float64, ok bool) {
	lower = make([][]float64, len(c))
	for i := range c {
		lower[i] = make([]float64, i+1)
		for j := range i + 1 {
			rest := c[i][j]
			for k := range j {
				rest -= float64(lower[i][k] * lower[j][k])
			}
			switch {
			case j < i:
				lower[i][j] = rest / lower[j][j]
			case rest > 0:
				lower[i][i] = math.Sqrt(rest)
			default:
				return nil, false
			}
		}
	}
	return lower, true
}
