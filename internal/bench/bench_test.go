// Package bench measures how fast the model runs. Its benchmark prints the time of a run in units of math.Exp, which moves less between
// machines than time does:
//
//	baseline: NN.N exp/lab-step
//
// A lab-step is a step of one lab that takes part. The run is the baseline in stochastic mode with all its segments, its metrics taken every
// quarter; an exp is what math.Exp takes on average over 1,024 varying arguments in the same process. Both are the least of several
// measurements that take turns, so that other work on the machine disturbs neither more than the other.
package bench

import (
	"fmt"
	"math"
	"testing"
	"time"

	"simulate/sim"
	"simulate/sim/scenario"
)

// rounds is how often both are measured.
const rounds = 12

var sink float64

func BenchmarkBaseline(b *testing.B) {
	s, err := scenario.Load("baseline", scenario.Options{Set: []string{"reference_replications=4", "mode=stochastic"}})
	if err != nil {
		b.Fatal(err)
	}
	cfg := s.Config()
	ref, err := sim.NewReference(cfg)
	if err != nil {
		b.Fatal(err)
	}
	m, err := sim.New(cfg)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	step, exp := math.Inf(1), math.Inf(1)
	for range rounds {
		exp = min(exp, exponentials())
		step = min(step, runs(b, m, ref))
	}
	b.ResetTimer()
	for b.Loop() {
		runs(b, m, ref)
	}
	b.ReportMetric(step/exp, "exp/lab-step")
	fmt.Printf("baseline: %.1f exp/lab-step\n", step/exp)
}

// runs is the time of a lab-step over four runs, ns.
func runs(b *testing.B, m *sim.Model, ref *sim.Reference) float64 {
	steps, start := 0, time.Now()
	for replication := range 4 {
		m.Reset(1, replication, ref)
		for n := 1; !m.Done(); n++ {
			if err := m.Step(); err != nil {
				b.Fatal(err)
			}
			for i := range m.NumLabs() {
				if m.Lab(i).Active {
					steps++
				}
			}
			if n%3 == 0 {
				for _, metric := range sim.Metrics {
					sink += metric.Of(m)
				}
				for k := range m.Config().Segments {
					for _, metric := range sim.SegmentMetrics {
						sink += metric.Of(m, k)
					}
				}
			}
		}
	}
	return float64(time.Since(start).Nanoseconds()) / float64(steps)
}

// exponentials is the time of one math.Exp, ns.
func exponentials() float64 {
	var x [1024]float64
	for i := range x {
		x[i] = float64(i)/100 - 5
	}
	const times = 200
	start := time.Now()
	sum := 0.0
	for range times {
		for _, v := range x {
			sum += math.Exp(v)
		}
	}
	sink += sum
	return float64(time.Since(start).Nanoseconds()) / (times * float64(len(x)))
}
