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
	Until  float64 // at which a policy ends, the earliest where it is drawn; 0 for a shock and for one without end
	Ended  float64 // the latest date at which it ends, where that is drawn and differs; 0 elsewhere
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
	begins, stops := map[Marker]*ends{}, map[Marker]*ends{}
	note := func(found map[Marker]*ends, m Marker, date float64) {
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
			note(begins, shockMarker(s.cfg.Shocks[i]), e.Date)
		}
		for i, p := range cfg.Policies {
			m := policyMarker(s.cfg.Policies[i])
			if note(begins, m, p.From); m.Until > 0 {
				note(stops, m, p.Until)
			}
		}
	}
	for i, m := range out {
		if e := begins[m]; e != nil {
			if out[i].Date = e.from; e.to > e.from {
				out[i].Latest = e.to
			}
		}
		if e := stops[m]; e != nil {
			if out[i].Until = e.from; e.to > e.from {
				out[i].Ended = e.to
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Marker) int { return cmp.Compare(a.Date, b.Date) })
	return out
}
