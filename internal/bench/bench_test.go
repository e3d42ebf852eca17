package bench

import (
	"fmt"
	"math"
	"testing"
	"time"

	"simulate/sim"
	"simulate/sim/scenario"
)

// rounds is how often everything is measured, replications how many runs there are.
const rounds, replications = 60, 4

var sink float64

func BenchmarkBaseline(b *testing.B) {
	m, ref := baseline(b)
	quarters := make([][]float64, replications)
	exp, labSteps := math.Inf(1), 0
	for range rounds {
		exp = min(exp, exponentials())
		labSteps = 0
		for r := range quarters {
			m.Reset(1, r, ref)
			labSteps += timed(b, m, &quarters[r])
		}
	}
	total := 0.0
	for _, run := range quarters {
		for _, t := range run {
			total += t
		}
	}
	result := total / float64(labSteps) / exp
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		m.Reset(1, 0, ref)
		timed(b, m, &quarters[0])
	}
	b.ReportMetric(result, "exp/lab-step")
	fmt.Printf("baseline: %.1f exp/lab-step\n", result)
}

// baseline is the built-in scenario in stochastic mode with a reference from few runs, which cost
// nothing here and change no work.
func baseline(b *testing.B) (*sim.Model, *sim.Reference) {
	s, err := scenario.Load("baseline", scenario.Options{Set: []string{"reference_replications=4", "mode=stochastic"}})
	if err != nil {
		b.Fatal(err)
	}
	ref, err := sim.NewReference(s.Config())
	if err != nil {
		b.Fatal(err)
	}
	m, err := sim.New(s.Config())
	if err != nil {
		b.Fatal(err)
	}
	return m, ref
}

// timed takes a run to its end, keeps the least time of each quarter, ns, and counts lab-steps.
func timed(b *testing.B, m *sim.Model, least *[]float64) (labSteps int) {
	for n := 0; !m.Done(); n++ {
		start := time.Now()
		for range 3 {
			if err := m.Step(); err != nil {
				b.Fatal(err)
			}
		}
		for _, metric := range sim.Metrics {
			sink += metric.Of(m)
		}
		for k := range m.Config().Segments {
			for _, metric := range sim.SegmentMetrics {
				sink += metric.Of(m, k)
			}
		}
		took := float64(time.Since(start).Nanoseconds())
		if n == len(*least) {
			*least = append(*least, took)
		}
		(*least)[n] = min((*least)[n], took)
		for i := range m.NumLabs() {
			if m.Lab(i).Active {
				labSteps += 3
			}
		}
	}
	return labSteps
}

// exponentials is the time of one math.Exp, ns.
func exponentials() float64 {
	var x [1024]float64
	for i := range x {
		x[i] = float64(i)/100 - 5
	}
	least := math.Inf(1)
	for range 40 {
		start := time.Now()
		for _, v := range x {
			sink += math.Exp(v)
		}
		least = min(least, float64(time.Since(start).Nanoseconds())/float64(len(x)))
	}
	return least
}
