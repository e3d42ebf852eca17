package sim

import (
	"fmt"
	"math"
	"testing"
)

// TestAModelUsedBeforeLeavesNothingBehind: whatever is recorded of a run is the same whether its
// model is new or did another run before, entrants' places included.
func TestAModelUsedBeforeLeavesNothingBehind(t *testing.T) {
	cfg := richConfig()
	cfg.Parameters.Industry.EntryRate, cfg.Parameters.Industry.EntryMargin = 40, 0
	used := started(t, cfg, 1)
	advance(t, used, cfg.Steps)
	entered, replications := 0, 8
	if testing.Short() {
		replications = 3
	}
	for r := range replications {
		fresh, err := New(cfg)
		if err != nil {
			t.Fatal(err)
		}
		fresh.Reset(1, r, used.ref)
		used.Reset(1, r, used.ref)
		for step := 0; ; step++ {
			if a, b := recordedNow(fresh), recordedNow(used); a != b {
				t.Fatalf("replication %d, step %d: a model that was used leaves\n%s, a new one\n%s", r, step, b, a)
			}
			if entered += len(fresh.labs) - len(cfg.Labs); fresh.Done() {
				break
			}
			advance(t, fresh, 1)
			advance(t, used, 1)
		}
	}
	if entered == 0 {
		t.Error("nobody entered")
	}
}

// TestARenewedModelIsNew: a model in the memory of one of another case, larger or smaller, leaves
// what a new one does.
func TestARenewedModelIsNew(t *testing.T) {
	rich, small := richConfig(), sells(testConfig(labs(3, 1e9)...), 1)
	busy := richConfig()
	busy.Parameters.Industry.EntryRate, busy.Parameters.Industry.EntryMargin = 40, 0
	used := started(t, busy, 1)
	advance(t, used, busy.Steps)
	for _, cfg := range []*Config{small, rich, busy, small, busy, rich} {
		if err := used.Renew(cfg); err != nil {
			t.Fatal(err)
		}
		fresh := started(t, cfg, 3)
		used.Reset(3, 1, fresh.ref)
		fresh.Reset(3, 1, fresh.ref)
		for step := 0; ; step++ {
			if a, b := recordedNow(fresh), recordedNow(used); a != b {
				t.Fatalf("%d labs, step %d: a renewed model leaves\n%s, a new one\n%s", len(cfg.Labs), step, b, a)
			}
			if fresh.Done() {
				break
			}
			advance(t, fresh, 1)
			advance(t, used, 1)
		}
	}
}

// recordedNow is all that tables take from a model at a step, as text.
func recordedNow(m *Model) string {
	var out []byte
	put := func(name string, v float64) { out = fmt.Appendf(out, "%s %x\n", name, math.Float64bits(v)) }
	for i := range Metrics {
		put(Metrics[i].Name, Metrics[i].Of(m))
	}
	for i := range m.labs {
		for _, v := range LabVariables() {
			put(m.LabID(i)+" "+v.Name, v.Of(m, i))
		}
		for k := range m.segments {
			if !m.SellsIn(k, i) {
				continue
			}
			for _, v := range PositionVariables {
				put(fmt.Sprint(m.LabID(i), " ", k, " ", v.Name), v.Of(m, k, i))
			}
		}
	}
	for k := range m.segments {
		for _, v := range SegmentMetrics {
			put(fmt.Sprint(k, " ", v.Name), v.Of(m, k))
		}
	}
	return string(out)
}
