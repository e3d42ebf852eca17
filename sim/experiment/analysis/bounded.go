package analysis

import "slices"

// rounded is by how much an estimate may lie beyond what a share can be without a word: it is
// written as 0 or 100 % then.
const rounded = 0.005

// bounded is an estimate of a share with what lies below 0 or above 1 put there, where the truth
// is: an interval holds it as often as before. beyond tells that the estimate itself was moved by
// more than rounding.
func (e Estimate) bounded() (out Estimate, beyond bool) {
	to := func(v float64) float64 { return min(max(v, 0), 1) } // NaN stays
	return Estimate{to(e.Value), to(e.Low), to(e.High)}, e.Value < -rounded || e.Value > 1+rounded
}

// Bounded returns the same with every share and both ends of every interval between 0 and 1, and
// names what was estimated beyond, as chance makes it.
func (s *SobolIndices) Bounded() (out *SobolIndices, beyond []string) {
	copied := *s
	out = &copied
	put := func(e *Estimate, name string) {
		var far bool
		if *e, far = e.bounded(); far && !slices.Contains(beyond, name) {
			beyond = append(beyond, name)
		}
	}
	out.Inputs, out.Pairs, out.Groups = slices.Clone(s.Inputs), slices.Clone(s.Pairs), slices.Clone(s.Groups)
	for j := range out.Inputs {
		put(&out.Inputs[j].First, out.Inputs[j].Name)
		put(&out.Inputs[j].Total, out.Inputs[j].Name)
	}
	for k := range out.Pairs {
		put(&out.Pairs[k].Share, out.Pairs[k].A+" with "+out.Pairs[k].B)
	}
	for g := range out.Groups {
		put(&out.Groups[g].AtLeast, "all "+out.Groups[g].Name)
		put(&out.Groups[g].AtMost, "all "+out.Groups[g].Name)
	}
	put(&out.Noise, "the luck of the seed")
	put(&out.Interactions, "interactions")
	return out, beyond
}
