package bench

import (
	"fmt"
	"math"
	"testing"

	"simulate/sim"
	"simulate/sim/scenario"
)

// bits is a golden value: the sum of the bits of all metrics over two years of the baseline with
// luck. It is the same on every machine; it moves with every change of results, which the changelog
// then names.
const bits = "dd65b7a52385a513"

func TestBitsOfARun(t *testing.T) {
	s, err := scenario.Load("baseline", scenario.Options{Set: []string{"reference_replications=2"}})
	if err != nil {
		t.Fatal(err)
	}
	m, err := sim.New(s.Config())
	if err != nil {
		t.Fatal(err)
	}
	ref, err := sim.NewReference(s.Config())
	if err != nil {
		t.Fatal(err)
	}
	m.Reset(1, 1, ref)
	sum := uint64(0)
	for range 24 {
		if err := m.Step(); err != nil {
			t.Fatal(err)
		}
		for _, metric := range sim.Metrics {
			v := metric.Of(m)
			if math.IsNaN(v) {
				v = -1 // which of the many NaN it is differs between machines
			}
			sum = sum*0x9e3779b97f4a7c15 + math.Float64bits(v)
		}
	}
	if got := fmt.Sprintf("%016x", sum); got != bits {
		t.Errorf("the bits add up to %s, not %s: results have changed, or this machine rounds otherwise", got, bits)
	}
}
