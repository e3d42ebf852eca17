package bench

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"simulate/sim"
	"simulate/sim/scenario"
)

// crowd is the baseline with a class of n more labs of $6M a year, whose further keys are given,
// changed by --set.
func crowd(t testing.TB, n int, keys string, set ...string) *scenario.Scenario {
	t.Helper()
	set = append([]string{"reference_replications=1", "mode=stochastic"}, set...)
	if n > 0 {
		set = append(set, fmt.Sprintf("labs.crowd={count: %d, budget: $6M/yr%s}", n, keys))
	}
	s, err := scenario.Load("baseline", scenario.Options{Set: set})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// heapOf is what a model holds once it is made, in bytes.
func heapOf(t *testing.T, s *scenario.Scenario) float64 {
	t.Helper()
	inUse := func() float64 {
		var stats runtime.MemStats
		runtime.GC()
		runtime.GC() // what the first one finds to be finalised
		runtime.ReadMemStats(&stats)
		return float64(stats.HeapAlloc)
	}
	before := inUse()
	m, err := sim.New(s.Config())
	if err != nil {
		t.Fatal(err)
	}
	after := inUse()
	runtime.KeepAlive(m)
	runtime.KeepAlive(s)
	return after - before
}

// A lab more costs at most 1.5 kB (1,536 bytes) of state over ten years of the baseline, so that
// 100,000 labs take 150 MB.
func TestStateOfALabIsSmall(t *testing.T) {
	const labs = 10_000
	with, without := crowd(t, labs, ""), crowd(t, 0, "")
	each := (heapOf(t, with) - heapOf(t, without)) / labs
	t.Logf("%.0f bytes a lab", each)
	if !(each > 500 && each <= 1536) {
		t.Errorf("%.0f bytes a lab", each)
	}
}

// labStepOf reports the time of a lab-step in a crowd over a year, each step at its least of all
// repeats: other work on the machine then disturbs little.
func labStepOf(b *testing.B, s *scenario.Scenario) {
	b.Helper()
	ref, err := sim.NewReference(s.Config())
	if err != nil {
		b.Fatal(err)
	}
	m, err := sim.New(s.Config())
	if err != nil {
		b.Fatal(err)
	}
	var least []float64
	labSteps := 0
	for b.Loop() {
		m.Reset(1, 0, ref)
		labSteps = 0
		for n := 0; !m.Done(); n++ {
			start := time.Now()
			if err := m.Step(); err != nil {
				b.Fatal(err)
			}
			took := float64(time.Since(start).Nanoseconds())
			if n == len(least) {
				least = append(least, took)
			}
			least[n] = min(least[n], took)
			labSteps += m.NumLabs()
		}
	}
	total := 0.0
	for _, took := range least {
		total += took
	}
	b.ReportMetric(total/float64(labSteps), "ns/lab-step")
}

// Labs that are many: that only work on models, that publish them, and that sell and are sold.
func BenchmarkCrowd(b *testing.B) {
	sales := ", capability: 0, sales: {enterprise: {access: true}, developer: {access: true}}"
	distress := []string{
		"industry.least_share=0.5", "industry.largest_gap=0", "industry.patience=1 month",
		"industry.acquisition_hazard=100%/yr",
		"industry.exit_hazard=50%/yr",
	}
	for _, c := range []struct {
		name, keys string
		set        []string
	}{{"closed", "", nil}, {"open", ", openness: open", nil}, {"distressed", sales, distress}} {
		for _, n := range []int{20, 200, 2000} {
			b.Run(fmt.Sprintf("%s-%d", c.name, n), func(b *testing.B) {
				labStepOf(b, crowd(b, n, c.keys, append([]string{"clock.end=2026-01"}, c.set...)...))
			})
		}
	}
}
