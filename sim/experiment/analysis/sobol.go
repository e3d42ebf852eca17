package analysis

import (
	"fmt"
	"math"

	"simulate/internal/quantity"
)

// Group names a set of inputs whose joint share of the variance is wanted, e.g. those whose source
// is an assumption.
type Group struct {
	Name    string
	Members []string
}

// SobolOptions say how Sobol indices are computed. The zero value is usual.
type SobolOptions struct {
	Resampling
	Groups []Group
	// Units says, for a given sample, which points belong together and are resampled together (equal
	// numbers from 0); nil: each point by itself.
	Units []int
	// SharedLuck says, for a given sample, that equal replications have the same luck at all points;
	// otherwise that is seen where it moves all points alike.
	SharedLuck bool
}

// SobolIndices say how the variance of an outcome divides among its inputs and the seeds. Indices
// are shares of the variance of one run: they lie between 0 and 1 but for sampling error, which can
// carry a small one below 0.
type SobolIndices struct {
	Mean, Variance float64 // of one run; the variance is infinite where it is too large for a number
	Base           int     // base points of the design; 0 for a given sample
	Points         int
	Replications   int
	// Noise is the share that the seed makes at a given point; NaN with one replication, where it
	// hides in the indices. Its interval is empty below ten replications, which do not tell it.
	Noise  Estimate
	Inputs []SobolIndex
	Pairs  []PairIndex // with a second-order design
	// Interactions is what neither the inputs one by one nor the seeds explain, 1 − Σ First − Noise;
	// NaN for a given sample.
	Interactions Estimate
	Groups       []GroupShare
	Method       string // estimator, in words
	// FewLucks says that all points share the luck of fewer replications than tell how large it is, so
	// that shares have no interval.
	FewLucks bool
	together bool // some points are drawn together
}

// SobolIndex is the share of one input.
type SobolIndex struct {
	Name  string
	First Estimate // by itself: the variance that goes when the input is known
	Total Estimate // with all its interactions: the variance that stays while only it is unknown. NaN for a given sample
}

// PairIndex is the share of the interaction of two inputs, beyond what they explain one by one.
type PairIndex struct {
	A, B  string
	Share Estimate
}

// GroupShare bounds the joint share of a set of inputs.
type GroupShare struct {
	Group
	// AtLeast sums what the members explain by themselves (and in pairs within the set, with a
	// second-order design).
	AtLeast Estimate
	// AtMost adds every interaction they take part in. NaN for a given sample.
	AtMost Estimate
}

// Sobol computes first- and total-order Sobol indices of a Saltelli design as package design makes
// it: in blocks of rows A, AB_1 … AB_d, BA_1 … BA_d with second order, B. y holds the replications
// of each row; replication r of every row may share its seeds. First order is estimated by Saltelli
// et al. (2010), total order by Jansen (1999):
//
//	V_i = mean of f(B)·(f(AB_i) − f(A)),  T_i = ½ mean of (f(A) − f(AB_i))²
//
// With several replications the products join different ones, so seed noise enters no index.
// Intervals are bootstrapped over the base points and, from three replications on, widened for the
// choice of seeds.
func Sobol(in Inputs, y [][]float64, o SobolOptions) (*SobolIndices, error) {
	replications, err := o.begin(in, y)
	if err != nil {
		return nil, err
	}
	block, err := saltelliBlock(in)
	if err != nil {
		return nil, err
	}
	members, err := in.members(o.Groups)
	if err != nil {
		return nil, err
	}
	d := len(in.Names)
	base := len(in.Rows) / block
	if base < 8 {
		return nil, fmt.Errorf("%s are too few for Sobol indices; take at least 8, better 512", quantity.Plural(base,
			"base point"))
	}
	y, grand, unit := standardised(y)
	s := sobolTerms{d: d, second: block == 2*d+2, members: members}
	terms := s.terms(y, block)
	estimates, err := bootstrap(base, o.Resampling, func(times []float64) []float64 { return s.indices(terms, times) })
	if err != nil {
		return nil, err
	}
	once := make([]float64, base)
	for i := range once {
		once[i] = 1
	}
	left := func(r int) []float64 { return s.indices(s.terms(without(y, r), block), once) }
	luck := luckShare(estimates[0], replications, o.Confidence, func(r int) float64 { return left(r)[0] })
	widen(estimates, replications, o.Confidence, left)
	estimates[0] = luck

	out := &SobolIndices{
		Mean: grand, Variance: s.variance(terms, once) * unit * unit, Base: base, Points: len(in.Rows),
		Replications: replications,
		Method:       "Saltelli design; first order by Saltelli et al. (2010), total order by Jansen (1999)",
	}
	next := func() Estimate {
		e := estimates[0]
		estimates = estimates[1:]
		return e
	}
	out.Noise, out.Interactions = next(), next()
	for _, name := range in.Names {
		out.Inputs = append(out.Inputs, SobolIndex{Name: name, First: next(), Total: next()})
	}
	if s.second {
		for i := range d {
			for j := i + 1; j < d; j++ {
				out.Pairs = append(out.Pairs, PairIndex{in.Names[i], in.Names[j], next()})
			}
		}
	}
	for _, g := range o.Groups {
		out.Groups = append(out.Groups, GroupShare{g, next(), next()})
	}
	return out, nil
}

// sobolTerms computes indices from what each base point contributes.
type sobolTerms struct {
	d       int
	second  bool
	members [][]bool // inputs of each group
}

// term is the contribution of one base point.
type term struct {
	a, b         []float64 // outcomes of A and B
	first, total []float64 // per input
	pair         []float64 // E of BA_i·AB_j − A·B per pair i < j
}

func (s sobolTerms) terms(y [][]float64, block int) []term {
	out := make([]term, len(y)/block)
	for k := range out {
		rows := y[k*block : (k+1)*block]
		t := term{a: rows[0], b: rows[block-1]}
		for i := range s.d {
			ab := rows[1+i]
			step := make([]float64, len(ab))
			for r := range ab {
				step[r] = ab[r] - t.a[r]
			}
			t.first = append(t.first, product(t.b, step))
			t.total = append(t.total, product(step, step)/2)
		}
		if s.second {
			for i := range s.d {
				for j := i + 1; j < s.d; j++ {
					t.pair = append(t.pair, product(rows[1+s.d+i], rows[1+j])-product(t.a, t.b))
				}
			}
		}
		out[k] = t
	}
	return out
}

func (s sobolTerms) sums(terms []term, times []float64) sums {
	sum := newSums(len(terms[0].a))
	for k, t := range terms {
		if times[k] > 0 {
			sum.add(t.a, times[k])
			sum.add(t.b, times[k])
		}
	}
	return sum
}

func (s sobolTerms) variance(terms []term, times []float64) float64 {
	sum := s.sums(terms, times)
	return sum.total()
}

// indices returns noise, interactions, first and total of each input, pairs, and the bounds of each
// group.
func (s sobolTerms) indices(terms []term, times []float64) []float64 {
	sum := s.sums(terms, times)
	variance := sum.total()
	_, noise := sum.split()
	noise /= variance
	first, total := make([]float64, s.d), make([]float64, s.d)
	pair := make([]float64, len(terms[0].pair))
	for k, t := range terms {
		if w := times[k] / (float64(len(terms)) * variance); w > 0 {
			for i := range first {
				first[i] += w * t.first[i]
				total[i] += w * t.total[i]
			}
			for p := range pair {
				pair[p] += w * t.pair[p]
			}
		}
	}
	known := 0.0 // explained one by one and by seeds
	if !math.IsNaN(noise) {
		known = noise
	}
	for _, f := range first {
		known += f
	}
	out := []float64{noise, 1 - known}
	for i := range first {
		out = append(out, first[i], total[i])
	}
	p := 0
	for i := 0; s.second && i < s.d; i++ {
		for j := i + 1; j < s.d; j++ {
			pair[p] -= first[i] + first[j]
			p++
		}
	}
	out = append(out, pair...)
	for _, in := range s.members {
		inside, outside, sumTotal := 0.0, known, 0.0
		for i := range first {
			if in[i] {
				inside += first[i]
				outside -= first[i]
				sumTotal += total[i]
			}
		}
		p := 0
		for i := 0; s.second && i < s.d; i++ {
			for j := i + 1; j < s.d; j++ {
				if in[i] && in[j] {
					inside += pair[p]
				} else if !in[i] && !in[j] {
					outside += pair[p]
				}
				p++
			}
		}
		out = append(out, inside, min(sumTotal, 1-outside))
	}
	return out
}
