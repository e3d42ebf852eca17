package sim

import (
	"fmt"
	"math"
	"testing"
)

// flat is a path that stays at v.
func flat(v float64) Series { return Series{Points: []Point{{Date: 0, Value: v}}} }

// growing is a path that is v at 2024.0 and grows at the log rate g for ever.
func growing(v, g float64) Series {
	return Series{Points: []Point{{Date: 2024, Value: v}}, Growth: g}
}

// testLab is a closed American renter with no sales.
func testLab(id string, budget float64) LabSpec {
	l := LabSpec{ID: id, Archetype: Independent, Renter: true, Commercial: true, Budget: flat(budget)}
	setDefaults(&l)
	return l
}

func testSegment(id string, spending float64) SegmentSpec {
	s := SegmentSpec{ID: id, Spending: flat(spending), BrandsOf: -1}
	setDefaults(&s)
	return s
}

// testConfig is a deterministic case of ten years in months with one region, no outside buyers and
// defaults elsewhere.
func testConfig(labs ...LabSpec) *Config {
	cfg := &Config{
		Start: 2024, Steps: 120, StepsPerYear: 12,
		Parameters: Defaults(), Regions: []Region{{ID: "us"}}, Labs: labs,
		Segments:              []SegmentSpec{testSegment("all", 1e9)},
		ReferenceReplications: 2,
	}
	c := &cfg.Parameters.Chips // of 2024, in round numbers
	c.Price, c.UnitCost, c.Capacity, c.CapacityGrowth, c.ValueMultiple, c.InvestorElasticity = 40e3, 9e3, 2.33e6,
		math.Log(2.3), 25, .7
	return cfg
}

// sells gives labs equal shares of segment 0 that sum to total.
func sells(cfg *Config, total float64) *Config {
	for i := range cfg.Labs {
		cfg.Labs[i].Sales = []Position{{Segment: 0, Share: total / float64(len(cfg.Labs)), Target: math.NaN(),
			Brand: math.NaN()}}
	}
	return cfg
}

// started is a model of cfg after Reset with its own reference.
func started(t testing.TB, cfg *Config, seed uint64) *Model {
	t.Helper()
	m, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	ref, err := NewReference(cfg)
	if err != nil {
		t.Fatal(err)
	}
	m.Reset(seed, 0, ref)
	return m
}

func advance(t testing.TB, m *Model, steps int) {
	t.Helper()
	for range steps {
		if err := m.Step(); err != nil {
			t.Fatal(err)
		}
	}
}

// run takes a model of cfg to its end.
func run(t testing.TB, cfg *Config) *Model {
	t.Helper()
	m := started(t, cfg, 1)
	advance(t, m, cfg.Steps)
	return m
}

// near fails unless got is within an absolute tolerance of want; NaN fails.
func near(t testing.TB, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s: got %.15g, want %.15g ± %g", what, got, want, tol)
	}
}

// agrees fails unless got is within 1e-9 of want, relative to it; NaN fails.
func agrees(t testing.TB, what string, got, want float64) {
	t.Helper()
	near(t, what, got, want, 1e-9*math.Abs(want))
}

func metric(t testing.TB, m *Model, name string) float64 {
	t.Helper()
	for _, x := range Metrics {
		if x.Name == name {
			return x.Of(m)
		}
	}
	t.Fatalf("no metric %s", name)
	return 0
}

func labs(n int, budget float64) []LabSpec {
	out := make([]LabSpec, n)
	for i := range out {
		out[i] = testLab(fmt.Sprintf("lab_%d", i), budget)
	}
	return out
}

// exit lets a lab close that nobody follows in the step.
func (m *Model) exit(i int) {
	m.leave(i)
	m.spreadShares()
}
