package sim

import "math"

// Disclosure shortens the time after which what any lab knows is public.
type Disclosure struct {
	ClosedLag float64 // years, upper bound on research.closed_lag; +Inf: none
}

var disclosureLever = &Lever{
	Name: "disclosure", Noun: "disclosure", Meaning: "What labs know becomes public sooner.",
	New: func() any { return &Disclosure{ClosedLag: math.Inf(1)} },
	Keys: []Key{
		numberKey("closed_lag", "yr", 0, 100, func(d *Disclosure) *float64 { return &d.ClosedLag },
			"Time after which what any lab knows is public, at most; see research.closed_lag."),
	},
	Needs: []Need{{[]string{"closed_lag"}, "closed_lag: 6 months"}},
	Effects: []Effect{{
		Name: "disclosure", Neutral: "closed_lag: 100 yr", Example: "closed_lag: 1 month", When: NoBreakthrough,
		Expected: "lag_4th_lab_oom falls",
		Why: "followers take up what leaders know earlier; leaders have less to take up. The effect is several times " +
			"smaller after a published breakthrough, which makes what leaders know less of an advance",
	}},
}

// closedLag is L_d, below what any disclosure duty in force asks.
func (m *Model) closedLag() float64 {
	lag := m.p.Research.ClosedLag
	for _, d := range inForce[Disclosure](m) {
		lag = min(lag, d.ClosedLag)
	}
	return lag
}
