package sim

import (
	"math"
	"testing"
)

// A traced run is the run: the same values at the end, and the changes add up to them.
func TestTraceAddsUp(t *testing.T) {
	cfg := richConfig()
	plain, m := run(t, cfg), started(t, cfg, 1)
	state := map[traceKey]float64{}
	for _, v := range m.snapshot() {
		state[v.traceKey] = v.value
	}
	named := map[string]bool{}
	for _, p := range Schedule {
		named[p.Name] = true
	}
	for !m.Done() {
		err := m.Trace(func(c StateChange) {
			k := traceKey{c.Entity, c.ID, c.Variable}
			if old, known := state[k]; known && old != c.Before && !math.IsNaN(c.Before) {
				t.Fatalf("%v was %v, not %v", k, old, c.Before)
			}
			if !named[c.Process] || c.Unit == "" {
				t.Fatalf("%+v", c)
			}
			state[k] = c.After
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, v := range m.snapshot() {
		got, known := state[v.traceKey]
		if !known { // undefined from its first day on
			got = math.NaN()
		}
		if got != v.value && !(math.IsNaN(got) && math.IsNaN(v.value)) {
			t.Errorf("%v adds up to %v, not %v", v.traceKey, got, v.value)
		}
	}
	sameMetrics(t, plain, m, nil, 0)
}

// The policy process moves efficiencies only at shocks, the market moves shares only itself.
func TestTraceNamesTheProcess(t *testing.T) {
	m := started(t, richConfig(), 1)
	seen := map[[2]string]bool{}
	for !m.Done() {
		if err := m.Trace(func(c StateChange) { seen[[2]string{c.Process, c.Variable}] = true }); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range [][2]string{{"policy", "training_efficiency"}, {"research", "training_efficiency"}, {"market",
		"price"}, {"chips", "compute"}, {"funding", "budget"}} {
		if !seen[want] {
			t.Errorf("%s never changes %s", want[0], want[1])
		}
	}
	for _, never := range [][2]string{{"policy", "share"}, {"funding", "capability"}, {"observe", "training_efficiency"},
		{"chips", "training_efficiency"}} {
		if seen[never] {
			t.Errorf("%s changes %s", never[0], never[1])
		}
	}
}
