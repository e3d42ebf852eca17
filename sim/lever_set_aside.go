package sim

import "math"

// SetAside reserves a share of a segment's spending for eligible labs.
type SetAside struct {
	Segments []int // empty: all
	Share    float64
	Eligible Eligibility
}

var setAsideLever = &Lever{
	Name: "set_aside", Noun: "set-aside", Nobody: "set-aside reaches no lab",
	Meaning: "A share of spending reserved for eligible labs.",
	New:     func() any { return &SetAside{Eligible: Everyone()} },
	Keys: []Key{
		numberKey("share", "1", 0, 1, func(s *SetAside) *float64 { return &s.Share }, "Share of spending reserved."),
		namesKey("segments", InSegments, func(s *SetAside) *[]int { return &s.Segments },
			"In which segments; in all unless given."),
		labsKey("eligible", func(s *SetAside) *Eligibility { return &s.Eligible }, "For which labs."),
	},
	Needs: []Need{{[]string{"share"}, "share: 10%"}},
	Effects: []Effect{{
		Name: "set_aside", Neutral: "share: 0%",
		Example: "share: 20%, eligible: {budget_below: $2B/yr}", When: NoBreakthrough,
		Expected: "hhi_sales falls",
		Why: "part of the leaders' sales goes to labs that sell less. Holds where the recipients' mean share, weighted by " +
			"what each gets, is below HHI/10,000: to first order dHHI/dshare = 2·(10,000·Σw_i·s_i − HHI). Recipients who " +
			"already lead raise it, hosts of open models losing sales too",
	}},
}

// setAside gives a share of what segment k sells to eligible labs in proportion to s*, by every
// set-aside in force.
func (m *Model) setAside(k int) {
	s := &m.segments[k]
	for p, aside := range inForce[SetAside](m) {
		if !member(aside.Segments, k) {
			continue
		}
		total := 0.0
		for i := range m.labs {
			p.eligible[i] = aside.Eligible.admits(i, &m.labs[i])
			if p.eligible[i] {
				total += s.target[i]
			}
		}
		if total == 0 {
			continue
		}
		p.reserves = true
		for i := range s.sold {
			s.sold[i] = float64(s.sold[i] * (1 - aside.Share))
			if p.eligible[i] {
				s.sold[i] += aside.Share * s.target[i] / total
			}
		}
	}
}

// tellIdleSetAsides reports set-asides that begin and reach nobody.
func (m *Model) tellIdleSetAsides() {
	for p := range inForce[SetAside](m) {
		if p.begins && !p.reserves {
			m.emit(m.t, "policy", p.ID, setAsideLever.Nobody, math.NaN())
		}
	}
}
