package analysis

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// A smoother says what one input tells of the outcome at each point, without the point itself.
type smoother interface {
	// leftOut returns what is left of v, which has mean 0, at each point when it is predicted from all
	// other points.
	leftOut(v []float64) []float64
	// own is the weight of each point in the fit at its own place; 0 where others say nothing.
	own() []float64
	// chance is twice the sum over pairs of points of the squared weight with which one predicts the
	// other times what is left at both: the variance of Σ v·prediction where the input tells nothing.
	chance(left []float64) float64
	// terms is how many numbers are fitted.
	terms() int
}

// classes predict a point by the mean of the others that have its value.
type classes struct {
	of    []int32
	count []float64
}

func newClasses(of []int32, count int) classes {
	out := classes{of, make([]float64, count)}
	for _, k := range of {
		out.count[k]++
	}
	return out
}

func (c classes) leftOut(v []float64) []float64 {
	sum := make([]float64, len(c.count))
	for i, k := range c.of {
		sum[k] += v[i]
	}
	out := make([]float64, len(v))
	for i, k := range c.of {
		if out[i] = v[i]; c.count[k] > 1 {
			out[i] -= (sum[k] - v[i]) / (c.count[k] - 1)
		}
	}
	return out
}

func (c classes) own() []float64 {
	out := make([]float64, len(c.of))
	for i, k := range c.of {
		if c.count[k] > 1 {
			out[i] = 1 / c.count[k]
		}
	}
	return out
}

func (c classes) chance(left []float64) float64 {
	sum, all := make([]float64, len(c.count)), 0.0
	for i, k := range c.of {
		sum[k] += left[i]
		all += left[i]
	}
	out := -(all / float64(len(left))) * (all / float64(len(left)))
	for k, s := range sum {
		out += (s / c.count[k]) * (s / c.count[k])
	}
	return 2 * max(0, out)
}

func (c classes) terms() int { return len(c.count) }

// spline is a least-squares fit of cubic splines (de Boor 1978) with knots at quantiles.
type spline struct {
	order    []int32 // points by ascending value of the input; what follows is in that order
	x        []float64
	first    []int32 // the first of the four functions that are not zero there
	basis    [][4]float64
	inverse  *mat.Dense // of the functions' products
	leverage []float64  // of a point, in the order of points
}

// ascendingPairs sorts the values of an input and says which points they are of.
func ascendingPairs(rows [][]float64, j int) (x []float64, order []int32) {
	type at struct {
		x float64
		i int32
	}
	all := make([]at, len(rows))
	for i, r := range rows {
		all[i] = at{r[j], int32(i)}
	}
	slices.SortFunc(all, func(a, b at) int {
		switch { // a third of the time of cmp.Compare, which looks for NaN
		case a.x < b.x:
			return -1
		case a.x > b.x:
			return 1
		}
		return int(a.i - b.i)
	})
	x, order = make([]float64, len(rows)), make([]int32, len(rows))
	for k, a := range all {
		x[k], order[k] = a.x, a.i
	}
	return x, order
}

// newSpline fits at most terms functions to points at ascending x.
func newSpline(x []float64, order []int32, terms int) *spline {
	n := len(x)
	pieces := max(1, terms-3)
	edges := []float64{x[0]}
	for k := 1; k < pieces; k++ {
		// halfway between two points, so that no knot lies on one
		at := k * n / pieces
		if edge := x[at-1]/2 + x[at]/2; edge > edges[len(edges)-1] && edge < x[n-1] {
			edges = append(edges, edge)
		}
	}
	edges = append(edges, x[n-1])
	knots := []float64{x[0], x[0], x[0]}
	knots = append(append(knots, edges...), x[n-1], x[n-1], x[n-1])
	s := &spline{order: order, x: x, first: make([]int32, n), basis: make([][4]float64, n), leverage: make([]float64, n)}
	p := len(knots) - 4
	gram := mat.NewSymDense(p, nil)
	piece := 3
	for k, v := range x {
		for piece < p-1 && v >= knots[piece+1] {
			piece++
		}
		s.first[k] = int32(piece - 3)
		s.basis[k] = cubics(knots, piece, v)
		for a := range 4 {
			for b := a; b < 4; b++ {
				at, other := piece-3+a, piece-3+b
				gram.SetSym(at, other, gram.At(at, other)+s.basis[k][a]*s.basis[k][b])
			}
		}
	}
	for a := range p { // a piece between values that no point lies in stays defined
		gram.SetSym(a, a, gram.At(a, a)+1e-9*float64(n)/float64(p))
	}
	var chol mat.Cholesky
	var inverse mat.SymDense
	if !chol.Factorize(gram) || chol.InverseTo(&inverse) != nil {
		return nil
	}
	s.inverse = mat.DenseCopyOf(&inverse)
	raw := s.inverse.RawMatrix().Data
	for k, b := range s.basis {
		at, h := int(s.first[k]), 0.0
		for a := range 4 {
			row := raw[(at+a)*p+at : (at+a)*p+at+4]
			for c, v := range b {
				h += b[a] * v * row[c]
			}
		}
		if h < 1-1e-6 {
			s.leverage[order[k]] = h
		}
	}
	return s
}

// cubics are the four functions of B-splines that are not zero at v in a piece (Cox & de Boor).
func cubics(knots []float64, piece int, v float64) (b [4]float64) {
	var left, right [4]float64
	b[0] = 1
	for degree := 1; degree <= 3; degree++ {
		left[degree], right[degree] = v-knots[piece+1-degree], knots[piece+degree]-v
		saved := 0.0
		for r := range degree {
			part := b[r] / (right[r+1] + left[degree-r])
			b[r] = saved + right[r+1]*part
			saved = left[degree-r] * part
		}
		b[degree] = saved
	}
	return b
}

func (s *spline) own() []float64 { return s.leverage }

func (s *spline) terms() int { return s.inverse.RawMatrix().Rows }

func (s *spline) leftOut(v []float64) []float64 {
	p := s.terms()
	right, c := mat.NewVecDense(p, nil), mat.NewVecDense(p, nil)
	raw := right.RawVector().Data
	for k, i := range s.order {
		for a, b := range s.basis[k] {
			raw[int(s.first[k])+a] += b * v[i]
		}
	}
	c.MulVec(s.inverse, right)
	raw = c.RawVector().Data
	out := make([]float64, len(v))
	for k, i := range s.order {
		fitted := 0.0
		for a, b := range s.basis[k] {
			fitted += b * raw[int(s.first[k])+a]
		}
		if out[i] = v[i]; s.leverage[i] > 0 {
			out[i] = (v[i] - fitted) / (1 - s.leverage[i])
		}
	}
	return out
}

func (s *spline) chance(left []float64) float64 {
	p := s.terms()
	weighted := mat.NewDense(p, p, nil)
	raw, all := weighted.RawMatrix().Data, 0.0
	for k, i := range s.order {
		l, at := left[i], int(s.first[k])
		all += l
		for a, b := range s.basis[k] {
			row := raw[(at+a)*p+at : (at+a)*p+at+4]
			for c, v := range s.basis[k] {
				row[c] += l * b * v
			}
		}
	}
	var m mat.Dense
	m.Mul(s.inverse, weighted)
	out := -(all / float64(len(left))) * (all / float64(len(left)))
	raw = m.RawMatrix().Data
	for a := range p {
		for b := range p {
			out += raw[a*p+b] * raw[b*p+a]
		}
	}
	return 2 * max(0, out)
}

// neighbours are weights by which each point but the first and last is predicted from those beside
// it: linearly between them (Gasser, Sroka & Jennen-Steinmetz 1986).
type neighbours struct {
	order []int32
	x     []float64
}

// left returns what is left of v at each point in units in which it has the variance of v where the
// input tells nothing; in the order of the input, without the ends.
func (b neighbours) left(v []float64) []float64 {
	out := make([]float64, len(b.order)-2)
	for k := range out {
		low, at, high := b.x[k], b.x[k+1], b.x[k+2]
		w := 0.5
		if high > low {
			w = (high - at) / (high - low)
		}
		out[k] = (w*v[b.order[k]] + (1-w)*v[b.order[k+2]] - v[b.order[k+1]]) / math.Sqrt(1+w*w+(1-w)*(1-w))
	}
	return out
}
