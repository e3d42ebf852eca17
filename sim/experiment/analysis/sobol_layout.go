package analysis

import (
	"fmt"
	"math"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/design"
)

// saltelliBlock returns the number of rows per base point of a Saltelli design, d + 2 or with
// second order 2d + 2, after checking every row against its block: AB_i must be A but for input i,
// which it has from B, and BA_i the reverse.
func saltelliBlock(in Inputs) (int, error) {
	d, n := len(in.Names), len(in.Rows)
	var wrong error
	for _, block := range []int{d + 2, 2*d + 2} {
		if n%block != 0 {
			continue
		}
		err := checkSaltelli(in, block)
		if err == nil {
			return block, nil
		}
		if wrong == nil {
			wrong = err
		}
	}
	if wrong == nil {
		return 0, fmt.Errorf("%s are not whole blocks of %d (or %d with second order) for %s: the design is "+
			"incomplete or not a Saltelli design; "+
			"run the missing points, or ask for indices of a given sample", quantity.Plural(n, "row"), d+2, 2*d+2,
			quantity.Plural(d, "input"))
	}
	return 0, wrong
}

func checkSaltelli(in Inputs, block int) error {
	d := len(in.Names)
	for start := 0; start < len(in.Rows); start += block {
		rows := in.Rows[start : start+block]
		a, b := rows[0], rows[block-1]
		for k, row := range rows[1 : block-1] {
			from, other, name, input := a, b, "A", k
			if k >= d {
				from, other, name, input = b, a, "B", k-d
			}
			for j := range row {
				want := from[j]
				if j == input {
					want = other[j]
				}
				if row[j] != want {
					return fmt.Errorf(
						"row %d does not fit a Saltelli design: it should repeat point %s of its block but for input %s; "+
							"the rows are reordered, incomplete or of another design: sort them by point, or ask for indices of a given "+
							"sample",
						start+k+2,
						name,
						in.Names[input],
					)
				}
			}
		}
	}
	return nil
}

// members returns which inputs each group holds.
func (in Inputs) members(groups []Group) ([][]bool, error) {
	out := make([][]bool, len(groups))
	for g, group := range groups {
		if len(group.Members) == 0 {
			return nil, fmt.Errorf("group %q has no inputs; name some or leave it out", group.Name)
		}
		out[g] = make([]bool, len(in.Names))
		for _, m := range group.Members {
			j, err := in.index(m)
			if err != nil {
				return nil, fmt.Errorf("group %q: %w", group.Name, err)
			}
			out[g][j] = true
		}
	}
	return out, nil
}

// Sentence says the finding about an outcome: what explains most of its variance, and how much is
// seeds and interactions.
func (s *SobolIndices) Sentence(outcome string) string {
	s, _ = s.Bounded()
	top := s.Inputs[0]
	for _, i := range s.Inputs {
		if i.First.Value > top.First.Value {
			top = i
		}
	}
	var b strings.Builder
	told := !(top.First.Low <= 0) // where there is no interval, as the estimate says
	switch {
	case s.FewLucks:
		fmt.Fprintf(&b, "%s explains an estimated %s of the variance of %s by itself", top.Name,
			quantity.Share(top.First.Value), outcome)
	case told:
		fmt.Fprintf(&b, "%s explains %s of the variance of %s by itself (%s to %s)", top.Name,
			quantity.Share(top.First.Value), outcome, quantity.Share(top.First.Low), quantity.Share(top.First.High))
	default:
		fmt.Fprintf(&b, "No input explains by itself a share of the variance of %s that is told apart from none: the "+
			"largest estimate is that of %s, %s (%s to %s)", outcome, top.Name, quantity.Share(top.First.Value),
			quantity.Share(top.First.Low), quantity.Share(top.First.High))
	}
	switch {
	case told && top.Total.Value < top.First.Value: // but for sampling error it is no less
		b.WriteString(" and no more with its interactions")
	case told && !math.IsNaN(top.Total.Value):
		fmt.Fprintf(&b, " and %s with its interactions", quantity.Share(top.Total.Value))
	}
	if s.FewLucks {
		fmt.Fprintf(&b, "; no share has an interval, for all points share the luck of %s, and that takes %d",
			quantity.Plural(s.Replications, "replication"), leastForLuck)
	}
	switch {
	case s.Replications > 1 && !math.IsNaN(s.Noise.Value):
		fmt.Fprintf(&b, "; the luck of the seed makes %s", quantity.Share(s.Noise.Value))
		if math.IsNaN(s.Noise.Low) && !s.FewLucks {
			fmt.Fprintf(&b, ", as far as %s tell: an interval needs %d", quantity.Plural(s.Replications, "replication"),
				leastForLuck)
		}
	case s.Replications > 1 || s.together:
		b.WriteString("; the luck of the seed is not told apart")
	default:
		b.WriteString("; with one replication per point the luck of the seed is not told apart")
	}
	for _, g := range s.Groups {
		low, high := quantity.Share(g.AtLeast.Value), quantity.Share(g.AtMost.Value)
		switch {
		case math.IsNaN(g.AtMost.Value):
			fmt.Fprintf(&b, "; %s: %s", g.Name, low)
		case low == high || g.AtLeast.Value > g.AtMost.Value: // bounds that meet, but for sampling error
			fmt.Fprintf(&b, "; %s: about %s", g.Name, quantity.Share((g.AtLeast.Value+g.AtMost.Value)/2))
		default:
			fmt.Fprintf(&b, "; %s: at least %s, at most %s", g.Name, low, high)
		}
	}
	return b.String() + "."
}

// Block is the number of consecutive points that belong together in a design of the given order: 1
// in a sample without blocks.
func Block(order design.Order, in Inputs) (int, error) {
	switch order {
	case design.Crossings:
		return saltelliBlock(in)
	case design.Trajectories:
		if len(in.Rows)%(len(in.Names)+1) != 0 {
			return 0, fmt.Errorf("%s are not whole trajectories of %d", quantity.Plural(len(in.Rows), "row"),
				len(in.Names)+1)
		}
		return len(in.Names) + 1, nil
	}
	return 1, nil
}
