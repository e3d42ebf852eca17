package analysis

import (
	"fmt"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/design/stream"
)

// Survival says whether a box comes out again when the runs are drawn anew (Bryant & Lempert 2010
// call it reproducibility).
type Survival struct {
	Resamples int
	Bounded   []float64 // by restriction of the chosen box: share of resamples in which a box bounds the same input
	// Coverage and Density of the boxes found, in the runs that were not drawn: what the box is worth
	// in runs that it has not seen.
	Coverage, Density float64
	// ByMass tells that the box was chosen by its number, and in each draw is the one of the peeling
	// with about as many runs.
	ByMass bool
}

// survive draws the runs with replacement, finds the box in each draw, and measures it in the runs
// left over.
func survive(in Inputs, interest []bool, chosen Box, o PRIMOptions) *Survival {
	out := &Survival{Resamples: o.Resamples, Bounded: make([]float64, len(chosen.Restrictions))}
	draws := stream.New(stream.Key(o.Seed, "analysis/prim"))
	n := len(in.Rows)
	found, held, all, runs := 0, 0, 0, 0 // cases and runs in boxes, in runs left over
	if o.Box != nil {                    // a number means another box in another peeling: the one of as many runs
		o.Box, o.mass = nil, chosen.Mass
		out.ByMass = true
	}
	for range o.Resamples {
		drawn := make([]bool, n)
		again := Inputs{Names: in.Names, Labels: in.Labels, Rows: make([][]float64, 0, n)}
		of := make([]bool, 0, n)
		cases := 0
		for range n {
			i := draws.Below(n)
			drawn[i] = true
			again.Rows, of = append(again.Rows, in.Rows[i]), append(of, interest[i])
			if interest[i] {
				cases++
			}
		}
		if cases == 0 || cases == n {
			continue
		}
		p := newPrim(again, of, cases)
		d, err := p.search(o)
		if err != nil {
			continue
		}
		for k, r := range chosen.Restrictions {
			for _, other := range d.Chosen.Restrictions {
				if other.Input == r.Input {
					out.Bounded[k] += 1 / float64(o.Resamples)
				}
			}
		}
		for i, row := range in.Rows {
			if drawn[i] {
				continue
			}
			in := true
			for j, v := range row {
				in = in && p.limits.holds(j, v)
			}
			if interest[i] {
				all++
			}
			if in {
				runs++
				if interest[i] {
					held++
				}
			}
		}
		found++
	}
	out.Coverage, out.Density = float64(held)/float64(max(1, all)), float64(held)/float64(max(1, runs))
	if found == 0 {
		return nil
	}
	return out
}

// Sentence says how often each restriction came out again, and what boxes are worth in runs that
// they have not seen.
func (s *Survival) Sentence() string {
	shares := make([]string, len(s.Bounded))
	for k, share := range s.Bounded {
		shares[k] = quantity.Share(share)
	}
	box := "a box"
	if s.ByMass {
		box = "the box of the peeling with as many runs"
	}
	return fmt.Sprintf("With the runs drawn anew %s times, %s bounds the same inputs in %s of the draws, in this "+
		"order; in the runs left over its density is %s and its coverage %s.",
		quantity.Count(s.Resamples), box, strings.Join(shares, ", "), quantity.Share(s.Density), quantity.Share(s.Coverage))
}
