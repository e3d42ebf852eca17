package sim

import (
	"math"
	"slices"

	"simulate/sim/portable"
)

// Reference holds the paths that departures are measured from: ln P_k^ref, ln V^ref and labs' ln
// GP^ref at the start and after each step, of the same roster and parameters without shocks and
// policies and with spending fixed at D(t).
type Reference struct {
	logPrice   [][]float64 // by segment, then step
	logServing []float64
	logProfit  [][]float64 // by lab of the start, then step: ln of gross profit
}

func newReference(segments, labs, steps int) *Reference {
	r := &Reference{logPrice: make([][]float64, segments), logServing: make([]float64, steps+1)}
	for k := range r.logPrice {
		r.logPrice[k] = slices.Repeat([]float64{math.NaN()}, steps+1) // until the segment opens
	}
	r.logProfit = make([][]float64, labs)
	for i := range r.logProfit {
		r.logProfit[i] = make([]float64, steps+1)
	}
	return r
}

// recordProfits keeps the labs' gross profits at a step; −Inf where a lab earns nothing, as after
// it has closed.
func (m *Model) recordProfits(step int) {
	for i, path := range m.record.logProfit {
		path[step] = portable.Log(m.labs[i].GrossProfit)
	}
}

// ReferenceConfig is the case whose runs give the reference of cfg: the same without shocks and
// policies.
func ReferenceConfig(cfg *Config) *Config {
	c := *cfg
	c.Shocks, c.Policies = nil, nil
	return &c
}

// ReferenceRuns is how many reference runs a case needs: one in deterministic mode.
func ReferenceRuns(cfg *Config) int {
	if !cfg.Stochastic {
		return 1
	}
	return max(1, cfg.ReferenceReplications)
}

// ReferenceRun makes reference run r of a model built on ReferenceConfig. Its random streams are
// disjoint from those of all cases and do not depend on a seed, so that shocks, policies and seeds
// share one reference.
func (m *Model) ReferenceRun(r int) (*Reference, error) {
	m.ref, m.record = nil, newReference(len(m.segments), len(m.cfg.Labs), m.cfg.Steps)
	m.seed, m.rep = 0, r
	m.start(runKey("reference", 0, r))
	for !m.Done() {
		if err := m.Step(); err != nil {
			return nil, err
		}
	}
	out := m.record
	m.record = nil
	return out, nil
}

// MeanReference is the mean of the logs over the reference runs in which they are defined, in their
// order; NaN where they are in none.
func MeanReference(runs []*Reference) *Reference {
	var s ReferenceSum
	for _, r := range runs {
		s.Add(r)
	}
	return s.Mean()
}

// NewReference makes all reference runs of a case one after the other.
func NewReference(cfg *Config) (*Reference, error) {
	m, err := New(ReferenceConfig(cfg))
	if err != nil {
		return nil, err
	}
	runs := make([]*Reference, ReferenceRuns(cfg))
	for r := range runs {
		if runs[r], err = m.ReferenceRun(r); err != nil {
			return nil, err
		}
	}
	return MeanReference(runs), nil
}

// Equal reports whether two references are the same to the bit.
func (r *Reference) Equal(o *Reference) bool {
	same := func(a, b []float64) bool {
		if len(a) != len(b) {
			return false
		}
		for n := range a {
			if math.Float64bits(a[n]) != math.Float64bits(b[n]) {
				return false
			}
		}
		return true
	}
	other := o.paths()
	if len(r.paths()) != len(other) {
		return false
	}
	for p, path := range r.paths() {
		if !same(path, other[p]) {
			return false
		}
	}
	return true
}
