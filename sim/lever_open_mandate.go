package sim

import "math"

// OpenMandate makes labs publish the weights of models above a capability after a delay.
type OpenMandate struct {
	Capability float64 // OOM above GPT-4; +Inf: no model
	Delay      float64 // years
	Regions    []int   // empty: everywhere
}

var openMandateLever = &Lever{
	Name: "open_mandate", Noun: "open mandate", Meaning: "Labs must publish the weights of capable models.",
	New: func() any { return &OpenMandate{Capability: math.Inf(1)} },
	Keys: []Key{
		numberKey("above", "OOM", -20, 50, func(o *OpenMandate) *float64 { return &o.Capability },
			"It holds for models above this capability, in orders of magnitude above GPT-4."),
		numberKey("delay", "yr", 0, 100, func(o *OpenMandate) *float64 { return &o.Delay },
			"Time from release to the publication of weights."),
		namesKey("regions", InRegions, func(o *OpenMandate) *[]int { return &o.Regions },
			"Where it holds; everywhere unless given."),
	},
	Needs: []Need{{[]string{"above"}, "above: 0.5 OOM"}},
	Effects: []Effect{{
		Name: "open_mandate", Neutral: "above: 50 OOM", Example: "above: 0 OOM, delay: 3 months",
		Expected: "lag_open_frontier_oom falls",
		Why:      "the best weights are published, and others may host and ship them",
	}},
}

// mandatedDelay is the time from a lab's release to the publication of its weights, at most what
// any mandate in force asks.
func (m *Model) mandatedDelay(l *Lab, delay float64) float64 {
	for _, o := range inForce[OpenMandate](m) {
		if l.Capability >= o.Capability && member(o.Regions, l.Spec.Region) {
			delay = min(delay, o.Delay)
		}
	}
	return delay
}
