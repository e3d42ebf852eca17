package run

import (
	"math"
	"os"
	"strconv"
	"testing"

	"simulate/sim"
	"simulate/sim/design"
	"simulate/sim/scenario"
)

// TestRandomVectors runs the baseline for ten years at vectors of a Latin hypercube over the 90 %
// intervals of all parameters that have one, looked at at every year's end. No run may break off or
// give an infinite metric, no share may lie outside 0 to 1, and monopolies, extreme markups and
// extreme budgets must be rare.
// SIMULATE_VECTORS sets their number, and SIMULATE_FOUND where the counts are kept.
func TestRandomVectors(t *testing.T) {
	n := 60
	if text := os.Getenv("SIMULATE_VECTORS"); text != "" {
		var err error
		if n, err = strconv.Atoi(text); err != nil || n < 1 {
			t.Fatalf("SIMULATE_VECTORS is %q, not a number of vectors", text)
		}
	}
	s, err := scenario.Load("baseline", scenario.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var levers []*scenario.Knob
	for _, f := range sim.Registry() {
		if l, found := s.Knob(f.Path); found && f.HasInterval {
			levers = append(levers, l)
		}
	}
	if len(levers) < 30 {
		t.Fatalf("only %d parameters have an interval", len(levers))
	}
	latin, err := design.LookUp("lhs")
	if err != nil {
		t.Fatal(err)
	}
	points, err := latin.Make(design.Spec{Dimensions: len(levers), Samples: n, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	impossible, broken, monopolies, markups, budgets := 0, 0, 0, 0, 0
vectors:
	for i := range n {
		u, values := points.Row(i, nil), make([]float64, len(levers))
		for j, l := range levers {
			values[j] = l.Spread(l.Range, u[j])
		}
		cfg, err := s.Vary(s.Config(), levers, values)
		if err != nil {
			impossible++
			continue
		}
		cfg.ReferenceReplications = 2
		m, err := sim.New(cfg)
		if err != nil {
			t.Fatalf("vector %d: %v", i, err)
		}
		ref, err := sim.NewReference(cfg)
		if err != nil {
			t.Errorf("vector %d, reference: %v", i, err)
			broken++
			continue
		}
		m.Reset(s.Seed, i+1, ref)
		monopoly, markup, budget := false, false, false
		for !m.Done() {
			if err := m.Step(); err != nil {
				t.Errorf("vector %d: %v", i, err)
				broken++
				continue vectors
			}
			if year := m.Time() - cfg.Start; math.Abs(year-math.Round(year)) > 1e-6 {
				continue
			}
			for _, x := range sim.Metrics {
				switch v := x.Of(m); {
				case math.IsInf(v, 0), x.Unit == "0–1" && (v < -1e-9 || v > 1+1e-9):
					t.Errorf("vector %d at %.0f: %s is %v", i, m.Time(), x.Name, v)
				case x.Name == "hhi_sales":
					monopoly = monopoly || v > 9000
				case x.Name == "lerner":
					markup = markup || v > 0.9
				}
			}
			for l := range m.NumLabs() {
				budget = budget || m.Lab(l).Active && m.Lab(l).Budget > 3e12
			}
		}
		for _, c := range []struct {
			seen  bool
			count *int
		}{{monopoly, &monopolies}, {markup, &markups}, {budget, &budgets}} {
			if c.seen {
				*c.count++
			}
		}
	}
	t.Logf("%d vectors of %d parameters: %d impossible together, %d broken off, %d with an HHI of sales above 9,000, "+
		"%d with a Lerner index above 0.9, %d with a budget above $3T a year",
		n, len(levers), impossible, broken, monopolies, markups, budgets)
	keepFound(t, map[string]int{"vectors": n, "parameters": len(levers), "impossible": impossible, "broken": broken,
		"monopolies": monopolies, "markups": markups, "budgets": budgets})
	if 10*impossible > n || 10*monopolies > n || 10*markups > n || 10*budgets > n {
		t.Error("more than a tenth of the vectors lie beyond a bound")
	}
}
