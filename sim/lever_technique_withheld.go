package sim

// TechniqueWithheld keeps everybody from test-time reasoning.
type TechniqueWithheld struct {
	Withheld bool
}

var techniqueLever = &Lever{
	Name: "technique_withheld", Noun: "technique withheld",
	Meaning: "Nobody commands test-time reasoning: true, or false for none.",
	New:     func() any { return &TechniqueWithheld{Withheld: true} },
	Keys: []Key{
		switchKey("withheld", func(w *TechniqueWithheld) *bool { return &w.Withheld },
			"Whether test-time reasoning is kept from labs and hosts while the policy is in force."),
	},
	Needs:   []Need{{[]string{"withheld"}, "withheld: true"}},
	Presets: []Preset{{"true", &TechniqueWithheld{Withheld: true}}, {"false", &TechniqueWithheld{}}},
	Effects: []Effect{{
		Name: "technique_withheld", Neutral: "withheld: false", Example: "withheld: true",
		Expected: "answers rises; price_relative rises",
		Why: "a segment that pays for reasoning gets worse answers at more money per unit of quality, and more of them for " +
			"its money, since each takes less computing; whether computing in all rises hangs on the elasticity of demand",
	}},
}

// techniqueWithheld reports whether a policy in force keeps everybody from the technique.
func (m *Model) techniqueWithheld() bool {
	for _, w := range inForce[TechniqueWithheld](m) {
		if w.Withheld {
			return true
		}
	}
	return false
}
