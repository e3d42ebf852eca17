package analysis

import (
	"fmt"
	"math"

	"simulate/internal/quantity"
)

// LeastPoints is how many points of a given sample make shares.
const LeastPoints = 32

const (
	leastSplines = 5 // terms of the splines of an input
	mostSplines  = 128
	// mostGroups bounds the units that are drawn in resampling: points are put into that many groups
	// at random, and groups are drawn, which keeps the spread of estimates within 1/√(2·groups), 5 %,
	// of drawing points one by one.
	mostGroups = 256
)

// FirstOrder estimates first-order Sobol indices from any sample of points, e.g. a Latin hypercube
// or a CSV of one's own: the variance of what each input lets one expect, over that of one run. A
// number is fitted by splines of about √n terms and by its neighbours, categories and few values by
// their means, each point being predicted from the others (see explain). An input that is crossed
// with all others, as a lever with futures or the axes of a grid, is compared within what it meets.
// Indices mean shares only if the inputs were drawn independently. Interactions need a Saltelli
// design, total order that or Fitted.
func FirstOrder(in Inputs, y [][]float64, o SobolOptions) (*SobolIndices, error) {
	replications, err := o.begin(in, y)
	if err != nil {
		return nil, err
	}
	members, err := in.members(o.Groups)
	if err != nil {
		return nil, err
	}
	n := len(in.Rows)
	if n < LeastPoints {
		return nil, fmt.Errorf("%s are too few to tell shares; take at least %d, better a thousand", quantity.Plural(n,
			"point"), LeastPoints)
	}
	y, grand, unit := standardised(y)
	g := newGiven(in, y, o.Units)
	var each []explained
	for j, name := range in.Names {
		e, err := g.input(j, name)
		if err != nil {
			return nil, err
		}
		each = append(each, e)
	}
	luck, err := g.luck(o.Resampling)
	if err != nil {
		return nil, err
	}
	out := &SobolIndices{
		Mean: grand, Variance: g.variance * unit * unit, Points: n, Replications: replications,
		Noise: luck, Interactions: missing, together: o.Units != nil,
		Method: "first order from a given sample by splines and neighbours, each point predicted from the others; " +
			"assumes that inputs were drawn independently",
	}
	out.FewLucks = fewLucks(y, o.SharedLuck)
	estimated := func(e explained) Estimate {
		share := g.estimate(e, o.Confidence)
		if out.FewLucks {
			share.Low, share.High = math.NaN(), math.NaN()
		}
		return share
	}
	for j, name := range in.Names {
		out.Inputs = append(out.Inputs, SobolIndex{Name: name, First: estimated(each[j]), Total: missing})
	}
	for k, group := range o.Groups {
		var sum explained
		for j, e := range each {
			if members[k][j] {
				sum = sum.plus(e)
			}
		}
		out.Groups = append(out.Groups, GroupShare{group, estimated(sum), missing})
	}
	return out, nil
}
