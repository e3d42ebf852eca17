package analysis

import (
	"fmt"
	"math"
	"slices"

	"simulate/internal/quantity"
)

// given is a sample without a design.
type given struct {
	in       Inputs
	y        [][]float64
	points   outcomes
	units    []int // of each point: what is drawn together
	first    []int // one point of each unit
	shared   bool  // units may have several points
	means    outcomes
	byPoint  []float64   // what each point adds to the variance of one run
	parts    []float64   // what each unit does
	variance float64     // of one run
	without  []float64   // the variance without each replication
	x        [][]float64 // values of each input in ascending order, where points stand by themselves
	order    [][]int32   // and the points they are of
	blocks   [][]int     // of each input, where it is crossed with all others
	listed   bool        // all inputs are
}

func newGiven(in Inputs, y [][]float64, units []int) *given {
	g := &given{in: in, y: y, points: newOutcomes(y), units: units, shared: units != nil}
	if g.shared {
		g.first = firstOfUnits(units)
		g.means = newOutcomes(meansByUnit(y, units, len(g.first)))
	} else {
		g.means, g.listed = g.points, true
		for j := range in.Names {
			x, order := ascendingPairs(in.Rows, j)
			g.x, g.order = append(g.x, x), append(g.order, order)
			b := blocks(in.Rows, j, levels(x, order))
			g.blocks, g.listed = append(g.blocks, b), g.listed && b != nil
		}
		g.units = make([]int, len(y))
		for i := range g.units {
			if g.units[i] = i; g.listed {
				g.units[i] = 0
			}
		}
		g.first = firstOfUnits(g.units)
	}
	g.variance = spread(y, g.units, len(g.first))
	if len(y[0]) > 2 {
		for r := range y[0] {
			g.without = append(g.without, spread(without(y, r), g.units, len(g.first)))
		}
	}
	grand := 0.0
	for _, of := range y {
		grand += mean(of) / float64(len(y))
	}
	for _, of := range y {
		square := 0.0
		for _, x := range of {
			square += (x - grand) * (x - grand) / float64(len(of))
		}
		g.byPoint = append(g.byPoint, square)
	}
	g.parts = gathered(g.byPoint, g.units, len(g.first))
	return g
}

// meansByUnit are the means of the points of each unit, by replication.
func meansByUnit(y [][]float64, units []int, count int) [][]float64 {
	out, of := make([][]float64, count), make([]float64, count)
	for i, u := range units {
		if out[u] == nil {
			out[u] = make([]float64, len(y[i]))
		}
		for r, v := range y[i] {
			out[u][r] += v
		}
		of[u]++
	}
	for u := range out {
		for r := range out[u] {
			out[u][r] /= of[u]
		}
	}
	return out
}

// spread is the variance of one run. Points of a unit are all that it meets, units are drawn.
func spread(y [][]float64, units []int, count int) float64 {
	R := float64(len(y[0]))
	s := newSums(len(y[0]))
	means, sum, of := make([]float64, len(y)), make([]float64, count), make([]float64, count)
	for i, v := range y {
		means[i] = mean(v)
		s.add(v, 1)
		sum[units[i]] += means[i]
		of[units[i]]++
	}
	between, noise := s.split()
	if count < len(y) {
		F, within, among := float64(count), 0.0, 0.0
		for i, m := range means { // each unit counts the same, as where inputs are told from its mean
			d := m - sum[units[i]]/of[units[i]]
			within += d * d / of[units[i]] / F
		}
		middle := 0.0
		for u, v := range sum {
			middle += v / of[u] / F
		}
		for u, v := range sum {
			d := v/of[u] - middle
			among += d * d / max(1, F-1)
		}
		_, residual := s.parts()
		if between = within + among; R > 1 {
			between -= residual / R
		}
	}
	if R == 1 {
		return between
	}
	return max(0, between) + noise
}

// input is what input j tells.
func (g *given) input(j int, name string) (explained, error) {
	shared := g.shared && constantIn(g.in.Rows, j, g.units, g.first)
	rows, from := g.in.Rows, g.points
	if shared {
		from, rows = g.means, nil
		for _, i := range g.first {
			rows = append(rows, g.in.Rows[i])
		}
	}
	var x []float64
	var order []int32
	if g.x == nil {
		x, order = ascendingPairs(rows, j)
	} else {
		x, order = g.x[j], g.order[j]
	}
	level := levels(x, order)
	categorical := g.in.labels(j) != nil
	if categorical && level.count > len(rows)/2 {
		return explained{}, fmt.Errorf("input %s has %s in %s, too few points in each; join categories or take "+
			"more points", name, quantity.Plural(level.count, "category"), quantity.Plural(len(rows), "point"))
	}
	terms := min(max(leastSplines, int(math.Sqrt(float64(len(rows))))), mostSplines)
	few := categorical || level.count <= terms+1
	switch {
	case g.listed && len(g.points.of) > 1:
		return g.points.explainListed(level, func(r int) float64 {
			v := g.points.of[r]
			return dot(v, v) / float64(len(v))
		}), nil
	case g.blocks != nil && g.blocks[j] != nil:
		e := g.points.explainCrossed(cross(g.blocks[j], level))
		e.against = gathered(g.byPoint, g.blocks[j], len(e.parts))
		if g.listed {
			e.against = make([]float64, len(e.parts))
		}
		return e.alone(g.variance), nil
	case g.shared && !shared && few:
		if c := cross(g.units, level); c != nil {
			e := g.points.explainCrossed(c)
			parts := slices.Repeat([]float64{e.value}, len(g.first))
			for i, u := range g.units {
				if c.unit[i] >= 0 {
					parts[u] = e.parts[c.unit[i]]
				}
			}
			e.parts, e.against = parts, g.parts
			return e, nil
		}
	}
	var e explained
	if few {
		e = from.explain(newClasses(level.of, level.count), nil)
	} else {
		s := newSpline(x, order, terms)
		if s == nil { // values too far apart for numbers: by their order
			x = slices.Clone(x)
			for k := range x {
				x[k] = float64(k)
			}
			s = newSpline(x, order, terms)
		}
		e = from.explain(s, &neighbours{order, x})
	}
	if g.shared && !shared {
		e.parts = gathered(e.parts, g.units, len(g.first))
	}
	e.against = g.parts
	return e, nil
}

// gathered are the means of parts of points by unit.
func gathered(parts []float64, units []int, count int) []float64 {
	out, of := make([]float64, count), make([]float64, count)
	for i, u := range units {
		out[u] += parts[i]
		of[u]++
	}
	for u := range out {
		out[u] /= of[u]
	}
	return out
}

func (g *given) estimate(e explained, level float64) Estimate {
	return e.estimate(g.variance, g.without, level)
}

// luck is the share that the seed makes of the variance of one run.
func (g *given) luck(o Resampling) (Estimate, error) {
	replications := len(g.y[0])
	if replications < 2 {
		return missing, nil
	}
	of := func(y [][]float64) float64 {
		s := newSums(len(y[0]))
		for _, v := range y {
			s.add(v, 1)
		}
		_, noise := s.split()
		return noise / spread(y, g.units, len(g.first))
	}
	out := Estimate{of(g.y), math.NaN(), math.NaN()}
	if replications < leastForLuck {
		return out, nil
	}
	group, groups := drawnTogether(len(g.y), g.units)
	split := make([]sums, groups)
	for k := range split {
		split[k] = newSums(replications)
	}
	for i, v := range g.y {
		split[group[i]].add(v, 1)
	}
	drawn, err := bootstrap(groups, o, func(times []float64) []float64 {
		all := newSums(replications)
		for k := range split {
			if times[k] > 0 {
				all.addAll(&split[k], times[k])
			}
		}
		_, noise := all.split()
		return []float64{noise / all.total()}
	})
	if err != nil {
		return missing, err
	}
	d := drawn[0]
	out.Low, out.High = out.Value*d.Low/d.Value, out.Value*d.High/d.Value
	return luckShare(out, replications, o.Confidence, func(r int) float64 { return of(without(g.y, r)) }), nil
}
