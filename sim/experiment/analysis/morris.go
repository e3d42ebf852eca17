package analysis

import (
	"fmt"
	"math"
	"slices"

	"simulate/internal/quantity"
)

// MorrisOptions say how elementary effects are summarised. The zero value is usual.
type MorrisOptions struct {
	Resampling
	// Span is the change of each input that an effect is stated for. nil takes the distance between
	// the least and greatest value of the input in the design. Inputs given as coordinates of the unit
	// cube with spans of 1 state effects per whole range.
	Span []float64
}

// MorrisEffects are the elementary effects of one input, in units of the outcome per span of the
// input.
type MorrisEffects struct {
	Name   string
	Mu     Estimate // mean effect: direction; effects of both signs cancel
	MuStar Estimate // mean size of the effect: influence
	Sigma  Estimate // spread of effects: non-linearity or interactions. NaN with one trajectory
	Span   float64
	// Noise is the μ* that seed noise alone would give an input without effect; NaN with one
	// replication.
	Noise float64
}

// Morris summarises the elementary effects of a Morris design as package design makes it:
// trajectories of d + 1 rows, each of which changes one input (Morris 1991; μ* by Campolongo et al.
// 2007). y holds the replications of each row, which may share seeds. Intervals are bootstrapped
// over trajectories and, from three replications on, widened for the choice of seeds.
func Morris(in Inputs, y [][]float64, o MorrisOptions) ([]MorrisEffects, error) {
	replications, err := o.begin(in, y)
	if err != nil {
		return nil, err
	}
	steps, err := morrisSteps(in)
	if err != nil {
		return nil, err
	}
	if len(steps) < 2 {
		return nil, fmt.Errorf("one trajectory gives no interval; take at least 2, better 10 to 50")
	}
	d := len(in.Names)
	spans := o.Span
	if spans == nil {
		for j := range d {
			lo, hi := in.Rows[0][j], in.Rows[0][j]
			for _, row := range in.Rows {
				lo, hi = min(lo, row[j]), max(hi, row[j])
			}
			spans = append(spans, hi-lo)
		}
	}
	if len(spans) != d || slices.ContainsFunc(spans, func(s float64) bool { return !(s > 0) || math.IsInf(s, 0) }) {
		return nil, fmt.Errorf("effects need a positive span for each of the %s, not %v", quantity.Plural(d, "input"),
			spans)
	}
	y, _, unit := standardised(y)
	effects := func(y [][]float64) [][]float64 { // per trajectory and input
		out := make([][]float64, len(steps))
		for t, of := range steps {
			out[t] = make([]float64, d)
			for k, j := range of {
				i := t*(d+1) + k
				out[t][j] = (mean(y[i+1]) - mean(y[i])) * spans[j] / (in.Rows[i+1][j] - in.Rows[i][j])
			}
		}
		return out
	}
	all := effects(y)
	estimates, err := bootstrap(len(steps), o.Resampling, func(times []float64) []float64 { return moments(all, times) })
	if err != nil {
		return nil, err
	}
	once := slices.Repeat([]float64{1}, len(steps))
	widen(estimates, replications, o.Confidence, func(r int) []float64 { return moments(effects(without(y, r)), once) })
	noise := morrisNoise(in, y, steps, spans)
	out := make([]MorrisEffects, d)
	for j, name := range in.Names {
		out[j] = MorrisEffects{Name: name, Mu: estimates[3*j].times(unit), MuStar: estimates[3*j+1].times(unit),
			Sigma: estimates[3*j+2].times(unit), Span: spans[j], Noise: noise[j] * unit}
	}
	return out, nil
}

// moments returns μ, μ* and σ of each input over trajectories drawn the given numbers of times.
func moments(effects [][]float64, times []float64) []float64 {
	n := float64(len(effects))
	out := make([]float64, 3*len(effects[0]))
	for j := range effects[0] {
		var sum, size, squares float64
		for t, of := range effects {
			sum += times[t] * of[j]
			size += times[t] * math.Abs(of[j])
		}
		for t, of := range effects {
			squares += times[t] * (of[j] - sum/n) * (of[j] - sum/n)
		}
		out[3*j], out[3*j+1], out[3*j+2] = sum/n, size/n, math.Sqrt(squares/(n-1))
	}
	return out
}

// morrisNoise is E|ε| = s·√(2/π) of a normal error with the standard error s of an effect, averaged
// over trajectories.
func morrisNoise(in Inputs, y [][]float64, steps [][]int, spans []float64) []float64 {
	d := len(spans)
	out := make([]float64, d)
	R := float64(len(y[0]))
	for t, of := range steps {
		for k, j := range of {
			i := t*(d+1) + k
			m := mean(y[i+1]) - mean(y[i])
			squares := 0.0
			for r := range y[i] {
				squares += math.Pow(y[i+1][r]-y[i][r]-m, 2)
			}
			se := math.Sqrt(squares / (R - 1) / R)
			out[j] += se * math.Sqrt(2/math.Pi) * spans[j] / math.Abs(in.Rows[i+1][j]-in.Rows[i][j]) / float64(len(steps))
		}
	}
	return out
}

// morrisSteps returns, per trajectory, the input that each step moves, after checking that each
// moves once.
func morrisSteps(in Inputs) ([][]int, error) {
	d, n := len(in.Names), len(in.Rows)
	if n%(d+1) != 0 {
		return nil, fmt.Errorf("%s are not whole trajectories of %d for %s: the design is incomplete or not a "+
			"Morris design; run the missing points", quantity.Plural(n, "row"), d+1, quantity.Plural(d, "input"))
	}
	out := make([][]int, n/(d+1))
	for t := range out {
		moved := make([]bool, d)
		for k := range d {
			i := t*(d+1) + k
			step := -1
			for j := range d {
				if in.Rows[i][j] == in.Rows[i+1][j] {
					continue
				}
				if step >= 0 || moved[j] {
					return nil, fmt.Errorf("rows %d and %d do not fit a Morris design, in which each row of a trajectory changes "+
						"one input and each input once: "+
						"the rows are reordered or of another design; sort them by point", i+1, i+2)
				}
				step = j
			}
			if step < 0 {
				return nil, fmt.Errorf("rows %d and %d have the same inputs: the values of an input are too coarse for its "+
					"levels, or a row is doubled; "+
					"give the design's own coordinates as inputs", i+1, i+2)
			}
			moved[step] = true
			out[t] = append(out[t], step)
		}
	}
	return out, nil
}
