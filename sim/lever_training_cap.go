package sim

import "math"

// TrainingCap bounds the compute of a run.
type TrainingCap struct {
	FLOP    float64
	Regions []int // empty: everywhere
}

var trainingCapLever = &Lever{
	Name: "training_cap", Noun: "training cap", Meaning: "A bound on the compute of a training run.",
	New: func() any { return &TrainingCap{FLOP: math.Inf(1)} },
	Keys: []Key{
		numberKey("compute", "FLOP", 1e18, 1e40, func(t *TrainingCap) *float64 { return &t.FLOP },
			"Most computation of a run."),
		namesKey("regions", InRegions, func(t *TrainingCap) *[]int { return &t.Regions },
			"Where it holds; everywhere unless given."),
	},
	Needs: []Need{{[]string{"compute"}, "compute: 1e26 FLOP"}},
	Effects: []Effect{{
		Name: "training_cap", Neutral: "compute: 1e40 FLOP", Example: "compute: 2e25 FLOP",
		Expected: "largest_run falls; frontier_capability falls",
		Why:      "runs stop at the cap and the frontier moves by efficiency and distillation alone",
	}},
}

// allowedRun is the part of a run that every cap in force allows a lab, FLOP.
func (m *Model) allowedRun(l *Lab, flop float64) float64 {
	for _, c := range inForce[TrainingCap](m) {
		if member(c.Regions, l.Spec.Region) {
			flop = min(flop, c.FLOP)
		}
	}
	return flop
}
