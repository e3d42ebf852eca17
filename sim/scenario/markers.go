package scenario

import (
	"cmp"
	"math"
	"slices"

	"simulate/sim"
)

// Marker is a dated line for figures: a shock, or a policy that begins.
type Marker struct {
	Date   float64 // decimal year; the earliest where it is drawn
	Latest float64 // the latest date at which it begins, where that is drawn and differs; 0 elsewhere
	Until  float64 // decimal year in which a policy ends; 0 for a shock and for a policy without end
	Kind   string  // "shock" or "policy"
	Label  string
}

func shockMarker(e sim.Shock) Marker { return Marker{Date: e.Date, Kind: "shock", Label: e.Label} }

func policyMarker(p sim.Policy) Marker {
	m := Marker{Date: p.From, Kind: "policy", Label: p.Label}
	if !math.IsInf(p.Until, 1) {
		m.Until = p.Until
	}
	return m
}

// Markers lists the shocks and the policies, by the date at which they begin.
func (s *Scenario) Markers() []Marker {
	var out []Marker
	add := func(m Marker) {
		if !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	for _, e := range s.cfg.Shocks {
		add(shockMarker(e))
	}
	for _, p := range s.cfg.Policies {
		add(policyMarker(p))
	}
	slices.SortStableFunc(out, func(a, b Marker) int { return cmp.Compare(a.Date, b.Date) })
	return out
}

// MarkersOf lists the same as they come out in replications 1 to n of a seed, where dates may be
// drawn.
func (s *Scenario) MarkersOf(seed uint64, n int) []Marker {
	out := s.Markers()
	if !slices.ContainsFunc(s.Drawn(), func(k *Knob) bool { return k.unit != nil && k.unit.dates }) {
		return out
	}
	type ends struct{ from, to float64 }
	found := map[Marker]*ends{}
	note := func(m Marker, date float64) {
		e := found[m]
		if e == nil {
			found[m] = &ends{date, date}
			return
		}
		e.from, e.to = min(e.from, date), max(e.to, date)
	}
	for r := 1; r <= n; r++ {
		cfg, err := s.Draw(seed, r)
		if err != nil {
			continue // a run that fails
		}
		for i, e := range cfg.Shocks {
			note(shockMarker(s.cfg.Shocks[i]), e.Date)
		}
		for i, p := range cfg.Policies {
			note(policyMarker(s.cfg.Policies[i]), p.From)
		}
	}
	for i, m := range out {
		e := found[m]
		if e == nil {
			continue
		}
		if out[i].Date = e.from; e.to > e.from {
			out[i].Latest = e.to
		}
	}
	slices.SortStableFunc(out, func(a, b Marker) int { return cmp.Compare(a.Date, b.Date) })
	return out
}
