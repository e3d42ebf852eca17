package sim

import (
	"math"
	"testing"
)

// drifting is a stochastic case of two labs and hosts in one segment, in which nobody makes
// progress.
func drifting() *Config {
	cfg := still(testConfig(labs(3, 1e9)...))
	cfg.Stochastic = true
	cfg.Labs[2].Openness = Open
	cfg.Labs[0].Sales, cfg.Labs[1].Sales = []Position{sold(0, .5)}, []Position{sold(0, .3)}
	for i := range cfg.Labs {
		cfg.Labs[i].Capability, cfg.Labs[i].ServingSize = 9, 1e25
	}
	return cfg
}

// Result 28. The luck of fit is an AR(1) from 0: its variance is σ_q²·(1−e^{−2t/τ_q}), and fit(t+Δ)
// regressed on fit(t) has the slope e^{−Δ/τ_q}. At σ_q = .8, τ_q = 1.5, t = 1 and 3, Δ = 2. [z < 3,
// 1e4 seeds]
func TestFitIsAutoregressive(t *testing.T) {
	const seeds, spread, memory = 10_000, .8, 1.5
	cfg := drifting()
	cfg.Parameters.Market.FitSpread, cfg.Parameters.Market.FitMemory = spread, memory
	m, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	var xx, xy, yy float64
	for seed := range uint64(seeds) {
		m.Reset(seed, 0, nil)
		at := [2]float64{}
		for n := range 36 {
			m.step = n
			m.moveFit(0)
			if n == 11 {
				at[0] = m.segments[0].fit[1]
			}
		}
		at[1] = m.segments[0].fit[1]
		xx += at[0] * at[0] / seeds
		xy += at[0] * at[1] / seeds
		yy += at[1] * at[1] / seeds
	}
	for i, got := range []float64{xx, yy} {
		want := spread * spread * -math.Expm1(-2*[]float64{1, 3}[i]/memory)
		near(t, "variance", got, want, 3*want*math.Sqrt(2./seeds))
	}
	slope := math.Exp(-2 / memory)
	residual := spread * math.Sqrt(-math.Expm1(-4/memory)) / math.Sqrt(seeds*xx)
	near(t, "slope", xy/xx, slope, 3*residual)
}

// Luck of fit belongs to a lab and a segment: it is 0 in deterministic mode, at the start and for
// hosts, differs between labs and segments, moves target shares as quality does, ln(s*_0/s*_1) net
// of prices by (σ−1) a nat, and begins with a lab's first offer.
func TestFitByHand(t *testing.T) {
	cfg := drifting()
	cfg.Segments = append(cfg.Segments, testSegment("second", 1e9))
	for i := range 2 {
		cfg.Labs[i].Sales = append(cfg.Labs[i].Sales, sold(1, .4))
	}
	m := started(t, cfg, 1)
	s := &m.segments[0]
	hosts := s.solver.host
	near(t, "fit at the start", s.fit[0], 0, 0)
	m.labs[1].Capability = math.Inf(-1)
	advance(t, m, 1)
	near(t, "fit before the first offer", s.fit[1], 0, 0)
	m.labs[1].Capability, s.offered[1] = 9, false
	advance(t, m, 1)
	near(t, "fit at the first offer", s.fit[1], 0, 0)
	advance(t, m, 1)
	near(t, "hosts' price", s.solver.host, hosts, 1e-12)
	if f := m.segments[1].fit[0]; s.fit[0] == 0 || s.fit[0] == s.fit[1] || s.fit[0] == f {
		t.Errorf("fits %v and %g", s.fit, f)
	}
	value := func(i int) float64 { return math.Log(s.target[i]) - (1-2.3)*(math.Log(s.price[i])-s.brand[i]) }
	near(t, "relative target", value(0)-value(1), 1.3*(s.fit[0]-s.fit[1]), 1e-9)
	cfg.Stochastic = false
	m = run(t, cfg)
	near(t, "fit in deterministic mode", m.segments[0].fit[0], 0, 0)
}
