package scenario

import (
	"math"
	"testing"

	"simulate/sim"
)

// Each lever that is pulled does something in every world in which it is expected to, so that its
// neutral value means something.
func TestLeversAct(t *testing.T) {
	eachEffect(t, func(t *testing.T, l *sim.Lever, e sim.Effect) {
		eachWorld(e, func(where string, set []string) {
			without := ran(t, world(t, set...), 0)
			with := ran(t, world(t, append(set[:len(set):len(set)], pulling("one", l, e.Example, "2025-01", ""))...), 0)
			if name := differing(without, with); name == "" {
				t.Errorf("%s: nothing changed", where)
			}
		})
	})
}

// Levers move their metrics as their rows say: mean over 24 replications of the paired difference,
// with common random numbers, of the average over the two years in which the lever is in force. The
// difference is more than two standard errors from zero.
func TestLeverDirections(t *testing.T) {
	eachEffect(t, func(t *testing.T, l *sim.Lever, e sim.Effect) {
		eachWorld(e, func(where string, set []string) {
			without := averages(t, world(t, set...), e)
			with := averages(t, world(t, append(set[:len(set):len(set)], pulling("one", l, e.Example, "2025-01", ""))...), e)
			for k, c := range e.Clauses() {
				mean, se := pairedDifference(with[k], without[k])
				t.Logf("%s: %s %.4g ± %.2g", where, c.Metric, mean, se)
				if c.Way != 0 && !(float64(c.Way)*mean > 2*se) {
					t.Errorf("%s: %s moves by %.4g ± %.2g, against %q", where, c.Metric, mean, se, e.Expected)
				}
			}
		})
	})
}

// A set-aside for labs whose mean share is above HHI/10,000 raises the HHI: here for the leader
// itself.
func TestSetAsideForLeadersConcentrates(t *testing.T) {
	for _, l := range sim.Levers {
		for _, e := range l.Effects {
			if e.Name != "set_aside" {
				continue
			}
			without := averages(t, world(t), e)
			with := averages(t, world(t, pulling("one", l, "share: 20%, eligible: {labs: openai}", "2025-01", "")), e)
			if mean, se := pairedDifference(with[0], without[0]); !(mean > 2*se) {
				t.Errorf("HHI moves by %.4g ± %.2g", mean, se)
			}
		}
	}
}

// averages are by clause of an effect, then replication, the means over the observations of 2025
// and 2026.
func averages(t *testing.T, s *Scenario, e sim.Effect) [][]float64 {
	const replications = 24
	cfg := *s.Config()
	cfg.Steps = 36
	ref, err := sim.NewReference(&cfg)
	if err != nil {
		t.Fatal(err)
	}
	m, err := sim.New(&cfg)
	if err != nil {
		t.Fatal(err)
	}
	clauses := e.Clauses()
	out := make([][]float64, len(clauses))
	for r := range replications {
		m.Reset(1, r, ref)
		sums := make([]float64, len(clauses))
		for n := 1; !m.Done(); n++ {
			if err := m.Step(); err != nil {
				t.Fatal(err)
			}
			for k := range clauses {
				if n > 12 {
					sums[k] += metricOf(t, clauses[k].Metric)(m) / 24
				}
			}
		}
		for k := range clauses {
			out[k] = append(out[k], sums[k])
		}
	}
	return out
}

func pairedDifference(a, b []float64) (mean, se float64) {
	n, squares := float64(len(a)), 0.0
	for r := range a {
		mean += (a[r] - b[r]) / n
	}
	for r := range a {
		squares += (a[r] - b[r] - mean) * (a[r] - b[r] - mean)
	}
	return mean, math.Sqrt(squares / (n - 1) / n)
}
