package analysis

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"simulate/sim/design/stream"
)

// FittedTotals are total-order indices from a polynomial that is fitted to a given sample.
type FittedTotals struct {
	Total []Estimate // by input; what the polynomial does not explain is in none
	// Explains is the share of the variance of points' means that the polynomial explains in points it
	// has not seen (by generalised cross-validation). Where it is far from 1, totals are lower bounds.
	Explains float64
	Terms    int
}

const (
	mostFitted  = 20_000 // points that are fitted; of more, a random part
	mostTerms   = 300
	leastByTerm = 3 // points for each term, at least
	// mostlyExplained is from what share on of the variance that is explained the rest, which may be
	// luck or missed, counts as error. Below, it is said that totals are lower bounds.
	mostlyExplained = 0.8
)

// Fitted estimates total-order indices from any sample of points by polynomial chaos (Sudret 2008):
// the outcome is regressed on products of polynomials in the inputs, or their ranks, that are
// orthonormal in the sample, and the total index of an input is the sum of the squared coefficients
// of all terms in which it takes part, less what their errors put there, over the variance of one
// run. Of four polynomials (each input by itself up to the third degree; with products of pairs, of
// their squares, of their cubes) the one that predicts best counts, and what an input by itself
// tells of the residuals, found as FirstOrder does, is added. What is left then, and is no luck,
// may be of any input and widens the interval upwards. Indices mean shares only if the inputs were
// drawn independently.
func Fitted(in Inputs, y [][]float64, o SobolOptions) (*FittedTotals, error) {
	if _, err := o.begin(in, y); err != nil {
		return nil, err
	}
	y, _, _ = standardised(y)
	whole := newSums(len(y[0]))
	means := make([]float64, len(y))
	for i, of := range y {
		whole.add(of, 1)
		means[i] = mean(of)
	}
	variance := whole.total()
	rows := chosenRows(len(y), mostFitted)
	units := make([]int, len(rows))
	for k, i := range rows {
		if units[k] = i; o.Units != nil {
			units[k] = o.Units[i]
		}
	}
	bases := make([][][]float64, len(in.Names))
	for j := range bases {
		bases[j] = basis(in, j, rows, pick(means, rows))
	}
	var best *polynomial
	for rank := range 4 {
		p := fit(bases, rank, pick(means, rows))
		if p != nil && (best == nil || p.lost < best.lost) {
			best = p
		}
	}
	if best == nil {
		return &FittedTotals{Total: slices.Repeat([]Estimate{missing}, len(in.Names)), Explains: math.NaN()}, nil
	}
	out := &FittedTotals{Terms: len(best.terms)}
	missed := best.missed(in, rows, o.Units)
	lost, freedom := best.lost, max(1, float64(len(rows)-len(best.terms)-1))
	for j, name := range in.Names {
		value, se := best.total(j, variance, units)
		e, err := missed.input(j, name)
		if err != nil {
			return nil, err
		}
		// What input j had of its own in the fit is in no residual: what chance would have put there is
		// not missing.
		sigma2 := best.variance - best.explained
		own := e.value + float64(len(bases[j]))*max(0, sigma2)/float64(len(rows))
		value += own / variance
		lost -= max(0, own)
		half := quantileT(freedom, o.Confidence) * math.Sqrt(se*se*float64(len(rows))/freedom+
			(e.units(0)+e.chance)/(variance*variance))
		out.Total = append(out.Total, Estimate{value, value - half, value + half})
	}
	out.Explains = 1 - max(0, lost)/best.variance
	// What is left and is no luck may be of any input.
	_, luck := whole.parts()
	if math.IsNaN(luck) && out.Explains >= mostlyExplained {
		luck = 0
	}
	if left := max(0, lost) - luck/float64(len(y[0])); left > 0 {
		for j := range out.Total {
			out.Total[j].High += left / variance
		}
	}
	return out, nil
}

// missed are the residuals of the fit as a sample of its own, in which what an input tells by
// itself was missed by the polynomials.
func (p *polynomial) missed(in Inputs, rows []int, units []int) *given {
	left := Inputs{Names: in.Names, Labels: in.Labels}
	y := make([][]float64, len(rows))
	// the fit follows what it misses as it follows noise, and takes so much of it away
	left1 := 1 - float64(len(p.terms)+1)/float64(len(rows))
	var of []int
	for k, i := range rows {
		left.Rows, y[k] = append(left.Rows, in.Rows[i]), []float64{p.residual[k] / left1}
		if units != nil {
			of = append(of, units[i])
		}
	}
	return newGiven(left, y, of)
}

// chosenRows are all rows, or a random part of them in order.
func chosenRows(n, most int) []int {
	rows := make([]int, n)
	for i := range rows {
		rows[i] = i
	}
	if n > most {
		stream.Shuffle(stream.New(stream.Key(0, "analysis/rows")), rows)
		rows = rows[:most]
		slices.Sort(rows)
	}
	return rows
}

func pick(x []float64, rows []int) []float64 {
	out := make([]float64, len(rows))
	for k, i := range rows {
		out[k] = x[i]
	}
	return out
}

// basis lists functions of input j in some rows that are orthonormal there and to the constant:
// powers up to the third of the value or of its rank, whichever tells more of y, or one for each
// category but one. Where an input has few values there are as many functions less one.
func basis(in Inputs, j int, rows []int, y []float64) (out [][]float64) {
	best := -1.0
	for _, ranked := range []bool{false, true} {
		told, fs := 0.0, basisOf(in, j, rows, ranked)
		for _, f := range fs {
			c := dot(f, y)
			told += c * c
		}
		if told > best {
			best, out = told, fs
		}
		if in.labels(j) != nil {
			break
		}
	}
	return out
}

func basisOf(in Inputs, j int, rows []int, ranked bool) [][]float64 {
	n := len(rows)
	x := make([]float64, n)
	for k, i := range rows {
		x[k] = in.Rows[i][j]
	}
	var raw [][]float64
	if labels := in.labels(j); labels != nil {
		for c := range min(len(labels)-1, 11) {
			f := make([]float64, n)
			for k, v := range x {
				if int(v) == c {
					f[k] = 1
				}
			}
			raw = append(raw, f)
		}
	} else {
		u := between1(x)
		if ranked {
			u = ranks(x)
		}
		for degree := 1.0; degree <= 3; degree++ {
			f := make([]float64, n)
			for k, v := range u {
				f[k] = math.Pow(v, degree)
			}
			raw = append(raw, f)
		}
	}
	ones := slices.Repeat([]float64{1}, n)
	done := [][]float64{ones}
	for _, f := range raw {
		before := dot(f, f)
		for range 2 { // twice is enough (Kahan & Parlett)
			for _, g := range done {
				c := dot(f, g) / float64(n)
				for k := range f {
					f[k] -= c * g[k]
				}
			}
		}
		left := dot(f, f)
		if left <= 1e-9*before || left == 0 {
			continue
		}
		scale := math.Sqrt(float64(n) / left)
		for k := range f {
			f[k] *= scale
		}
		done = append(done, f)
	}
	return done[1:]
}

// between1 carries values to −1 … 1.
func between1(x []float64) []float64 {
	low, high := slices.Min(x), slices.Max(x)
	out := make([]float64, len(x))
	for k, v := range x {
		out[k] = 2*((v/2-low/2)/(high/2-low/2)) - 1
	}
	return out
}

func dot(a, b []float64) float64 {
	s := 0.0
	for k, v := range a {
		s += v * b[k]
	}
	return s
}

// ranks are the places of values between −1 and 1, ties at their middle.
func ranks(x []float64) []float64 {
	order := ascending(x)
	out := make([]float64, len(x))
	for from := 0; from < len(order); {
		to := from
		for to < len(order) && x[order[to]] == x[order[from]] {
			to++
		}
		for _, k := range order[from:to] {
			out[k] = float64(from+to)/float64(len(x)) - 1
		}
		from = to
	}
	return out
}

// polynomial is a fit: terms, their coefficients, and what is left.
type polynomial struct {
	terms     [][2]int // the inputs of each term; −1 for no second one
	columns   [][]float64
	c         []float64
	inverse   *mat.SymDense
	residual  []float64
	y         []float64
	variance  float64 // of y
	lost      float64 // variance not explained in points not seen
	explained float64 // of the variance, by points seen
}

// fit regresses y on terms of a rank: 0 each input by itself, 1 with products of first functions, 2
// with all products of the first two, 3 of all three. nil where points are too few.
func fit(bases [][][]float64, rank int, y []float64) *polynomial {
	p := &polynomial{y: y}
	for j, fs := range bases {
		for _, f := range fs {
			p.terms, p.columns = append(p.terms, [2]int{j, -1}), append(p.columns, f)
		}
	}
	for i, a := range bases {
		for j := i + 1; j < len(bases) && rank > 0; j++ {
			for _, f := range a[:min(rank, len(a))] {
				for _, g := range bases[j][:min(rank, len(bases[j]))] {
					product := make([]float64, len(y))
					for k := range product {
						product[k] = f[k] * g[k]
					}
					p.terms, p.columns = append(p.terms, [2]int{i, j}), append(p.columns, product)
				}
			}
		}
		if len(p.terms) > mostTerms {
			return nil
		}
	}
	n, m := len(y), len(p.terms)
	if m > mostTerms || n < leastByTerm*(m+1) {
		return nil
	}
	grand := mean(y)
	for _, v := range y {
		p.variance += (v - grand) * (v - grand) / float64(n-1)
	}
	// Products are orthogonal to the constant but for sampling: centre them.
	for _, f := range p.columns {
		c := mean(f)
		for k := range f {
			f[k] -= c
		}
	}
	gram := mat.NewSymDense(m, nil)
	right := mat.NewVecDense(m, nil)
	for a := range m {
		for b := a; b < m; b++ {
			gram.SetSym(a, b, dot(p.columns[a], p.columns[b]))
		}
		right.SetVec(a, dot(p.columns[a], y))
	}
	var chol mat.Cholesky
	if !chol.Factorize(gram) || chol.Cond() > 1e10 {
		return nil
	}
	var c mat.VecDense
	if err := chol.SolveVecTo(&c, right); err != nil {
		return nil
	}
	p.inverse = mat.NewSymDense(m, nil)
	if err := chol.InverseTo(p.inverse); err != nil {
		return nil
	}
	p.c = c.RawVector().Data
	p.residual = make([]float64, n)
	rss := 0.0
	for k := range y {
		fitted := grand
		for a, f := range p.columns {
			fitted += p.c[a] * f[k]
		}
		p.residual[k] = y[k] - fitted
		rss += p.residual[k] * p.residual[k]
	}
	free := 1 - float64(m+1)/float64(n)
	p.lost = rss / float64(n) / (free * free)
	p.explained = p.variance - rss/(float64(n)*free)
	return p
}

// total is the index of an input and its standard error, by the influence of each unit of points.
func (p *polynomial) total(input int, variance float64, units []int) (value, se float64) {
	n := float64(len(p.y))
	rss := dot(p.residual, p.residual)
	sigma2 := rss / (n - float64(len(p.c)+1))
	gradient := mat.NewVecDense(len(p.c), nil)
	chance := 0.0
	for a, t := range p.terms {
		if t[0] != input && t[1] != input {
			continue
		}
		size := dot(p.columns[a], p.columns[a]) / n
		error2 := sigma2 * p.inverse.At(a, a)
		value += (p.c[a]*p.c[a] - error2) * size
		gradient.SetVec(a, 2*p.c[a]*size)
		chance += 2 * error2 * error2 * size * size
	}
	value /= variance
	var g mat.VecDense
	g.MulVec(p.inverse, gradient)
	weights := g.RawVector().Data
	grand := mean(p.y)
	influence := map[int]float64{}
	for k := range p.y {
		slope := 0.0
		for a, w := range weights {
			if w != 0 {
				slope += w * p.columns[a][k]
			}
		}
		d := p.y[k] - grand
		influence[units[k]] += slope*p.residual[k]*n/(n-float64(len(p.c)+1))/variance - value*(d*d-p.variance)/variance/n
	}
	sum := 0.0
	for _, v := range influence {
		sum += v * v
	}
	return value, math.Sqrt(sum + chance/(variance*variance))
}
