package bench

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"

	"simulate/sim"
	"simulate/sim/scenario"
)

// Golden values: sums of bits that are the same on every machine. They move with every change of
// results, which the changelog then names.
const (
	bits      = "81f5a20fd3907648" // metrics over two years of the baseline with luck
	drawnBits = "906c68302b64f009" // drawn values and metrics of eight replications of ten years
)

// drawn has a value from each kind of distribution, a segment's among them, and rank correlations.
const drawn = `extends: baseline
parameters:
  market: {eta: 0.7 to 1.3, sigma: {dist: normal, mean: 2.6, sd: 0.3}, theta: {dist: uniform, low: 1, high: 2}}
  research:
    lambda: {dist: beta, a: 2, b: 5, low: 0.3, high: 0.9}
    returns: {dist: loguniform, low: 0.5, high: 2}
    closed_lag: {dist: triangular, low: 6 months, mode: 9 months, high: 2 years}
    omega: {dist: choice, values: [0.5, 0.8, 1.2], weights: [1, 2, 1]}
labs:
  openai: {talent: {dist: lognormal, low: 0.8, high: 1.5}}
correlations:
- {between: [market.eta, market.sigma], rank: 0.4}
- {between: [market.eta, research.lambda], rank: -0.6}
`

// summer adds up bits.
type summer uint64

func (s *summer) add(v float64) {
	if math.IsNaN(v) {
		v = -1 // which of the many NaN it is differs between machines
	}
	*s = *s*0x9e3779b97f4a7c15 + summer(math.Float64bits(v))
}

// run adds the metrics of some steps of a run.
func (s *summer) run(t *testing.T, cfg *sim.Config, replication, steps int) {
	t.Helper()
	m, err := sim.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	ref, err := sim.NewReference(cfg)
	if err != nil {
		t.Fatal(err)
	}
	m.Reset(1, replication, ref)
	for range steps {
		if err := m.Step(); err != nil {
			t.Fatal(err)
		}
		for _, metric := range sim.Metrics {
			s.add(metric.Of(m))
		}
		for _, metric := range sim.SegmentMetrics {
			for k := range cfg.Segments {
				s.add(metric.Of(m, k))
			}
		}
	}
}

func (s summer) check(t *testing.T, want string) {
	t.Helper()
	if got := fmt.Sprintf("%016x", uint64(s)); got != want {
		t.Errorf("the bits add up to %s, not %s: results have changed, or this machine rounds otherwise", got, want)
	}
}

func TestBitsOfARun(t *testing.T) {
	s, err := scenario.Load("baseline", scenario.Options{Set: []string{"reference_replications=2"}})
	if err != nil {
		t.Fatal(err)
	}
	var sum summer
	sum.run(t, s.Config(), 1, 24)
	sum.check(t, bits)
}

func TestBitsOfDrawnValues(t *testing.T) {
	file := filepath.Join(t.TempDir(), "drawn.yaml")
	if err := os.WriteFile(file, []byte(drawn), 0o666); err != nil {
		t.Fatal(err)
	}
	s, err := scenario.Load(file, scenario.Options{Set: []string{"reference_replications=2"}})
	if err != nil {
		t.Fatal(err)
	}
	var sum summer
	for replication := 1; replication <= 8; replication++ {
		values, err := s.Draws(1, replication)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range values {
			sum.add(v)
		}
		cfg, err := s.Draw(1, replication)
		if err != nil {
			t.Fatal(err)
		}
		sum.run(t, cfg, replication, 120)
	}
	sum.check(t, drawnBits)
}
