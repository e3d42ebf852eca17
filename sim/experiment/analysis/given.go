package analysis

import (
	"fmt"
	"math"
	"slices"

	"simulate/internal/quantity"
	"simulate/sim/design/stream"
)

// LeastPoints is how many points of a given sample make bins.
const LeastPoints = 32

const (
	mostBins = 64
	// mostGroups bounds the units that are drawn in resampling: points are put into that many groups
	// at random, and groups are drawn, which keeps the spread of estimates within 1/√(2·groups), 5 %,
	// of drawing points one by one.
	mostGroups = 256
)

// FirstOrder estimates first-order Sobol indices from any sample of points, e.g. a Latin hypercube
// or a CSV of one's own: each input is cut into bins of equally many points (categories and few
// distinct values into themselves), and its index is the variance between the bins' means, less
// what chance puts there (one-way analysis of variance), over the variance of one run. Indices mean
// shares only if the inputs were drawn independently. Interactions need a Saltelli design, total
// order that or Fitted.
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
		return nil, fmt.Errorf("%s are too few to bin; take at least %d, better a thousand", quantity.Plural(n,
			"point"), LeastPoints)
	}
	binned := make([]bins, len(in.Names))
	most := min(int(math.Sqrt(float64(n))), mostBins)
	first := firstOfUnits(o.Units)
	for j, name := range in.Names {
		binned[j] = bin(in.Rows, j, most, in.labels(j) != nil)
		points := n
		if len(first) >= LeastPoints && constantIn(in.Rows, j, o.Units, first) {
			binned[j], points = binUnits(in, j, mostBins, o.Units, first), len(first)
		}
		if count := binned[j].count; count > points/2 {
			return nil, fmt.Errorf("input %s has %s in %s, too few points in each; join categories or take "+
				"more points", name, quantity.Plural(count, "category"), quantity.Plural(points, "point"))
		}
	}
	y, grand, unit := standardised(y)
	group, groups := drawnTogether(n, o.Units)
	b := newBinnedSums(binned, y, members, group, groups)
	estimates, err := bootstrap(groups, o.Resampling, b.indices)
	if err != nil {
		return nil, err
	}
	alone := make([]int, n)
	one := slices.Repeat([]float64{1}, 1)
	left := func(r int) []float64 { return newBinnedSums(binned, without(y, r), members, alone, 1).indices(one) }
	luck := luckShare(estimates[0], replications, o.Confidence, func(r int) float64 { return left(r)[0] })
	widen(estimates, replications, o.Confidence, left)
	estimates[0] = luck
	out := &SobolIndices{
		Mean: grand, Variance: b.variance() * unit * unit, Points: n, Replications: replications, Noise: estimates[0],
		Interactions: missing,
		Method: fmt.Sprintf("first order from a given sample by binning (at most %s); assumes that inputs were drawn "+
			"independently", quantity.Plural(most, "bin")),
	}
	for j, name := range in.Names {
		out.Inputs = append(out.Inputs, SobolIndex{Name: name, First: estimates[1+j], Total: missing})
	}
	for g, group := range o.Groups {
		out.Groups = append(out.Groups, GroupShare{group, estimates[1+len(in.Names)+g], missing})
	}
	return out, nil
}

// drawnTogether puts points into groups that resampling draws: each unit by itself, or units at
// random into mostGroups.
func drawnTogether(n int, units []int) (group []int, groups int) {
	if units == nil {
		units = make([]int, n)
		for i := range units {
			units[i] = i
		}
	}
	count := slices.Max(units) + 1
	if count <= 2*mostGroups {
		return units, count
	}
	order := make([]int, count)
	for u := range order {
		order[u] = u
	}
	stream.Shuffle(stream.New(stream.Key(0, "analysis/groups")), order)
	group = make([]int, n)
	for i, u := range units {
		group[i] = order[u] % mostGroups
	}
	return group, mostGroups
}

// bins are the points of one input by bin.
type bins struct {
	of    []int32 // by point
	count int
	units []int // where a unit of points counts as one point: the unit of each; nil: each by itself
}

// binUnits bins an input that has one value in each unit: what a unit has beside, it has at all of
// its points, so that units are what chance draws.
func binUnits(in Inputs, j, most int, units, first []int) bins {
	var rows [][]float64
	for _, i := range first {
		rows = append(rows, in.Rows[i])
	}
	of := bin(rows, j, min(int(math.Sqrt(float64(len(rows)))), most), in.labels(j) != nil)
	out := bins{make([]int32, len(units)), of.count, units}
	for i, u := range units {
		out.of[i] = of.of[u]
	}
	return out
}

// bin numbers the bin of each point for input j. Equal values share a bin.
func bin(rows [][]float64, j, most int, categorical bool) bins {
	values := make([]float64, len(rows))
	for i, r := range rows {
		values[i] = r[j]
	}
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	edges := slices.Compact(slices.Clone(sorted)) // lowest value of each bin
	if len(edges) > most && !categorical {
		edges = edges[:0]
		for k := range most {
			edges = append(edges, sorted[k*len(sorted)/most])
		}
		edges = slices.Compact(edges)
	}
	out := make([]int32, len(rows))
	for i, v := range values {
		k, found := slices.BinarySearch(edges, v)
		if !found {
			k--
		}
		out[i] = int32(k)
	}
	return bins{out, len(edges), nil}
}

// binnedSums hold, by group of points, what indices need: sums of the variance split, and counts
// and sums of every bin of every input. A resample weighs groups, so that it never goes back to the
// points.
type binnedSums struct {
	members [][]bool
	groups  int
	split   []sums
	counts  [][]float64 // by input: bin × group
	sums    [][]float64
	squares [][]float64 // by input and group: Σ of the squares of what counts as a point
}

func newBinnedSums(binned []bins, y [][]float64, members [][]bool, group []int, groups int) *binnedSums {
	b := &binnedSums{members: members, groups: groups, split: make([]sums, groups)}
	for g := range b.split {
		b.split[g] = newSums(len(y[0]))
	}
	means := make([]float64, len(y))
	for i, of := range y {
		means[i] = mean(of)
		b.split[group[i]].add(of, 1)
	}
	for _, x := range binned {
		count, sum := make([]float64, x.count*groups), make([]float64, x.count*groups)
		square, values, points := make([]float64, groups), means, firstOfUnits(x.units)
		if points == nil {
			for i := range means {
				points = append(points, i)
			}
		} else {
			values = meansOf(means, x.units, points)
		}
		for _, i := range points {
			at := int(x.of[i])*groups + group[i]
			count[at]++
			sum[at] += values[i]
			square[group[i]] += values[i] * values[i]
		}
		b.counts, b.sums, b.squares = append(b.counts, count), append(b.sums, sum), append(b.squares, square)
	}
	return b
}

// meansOf puts the mean of each unit at its first point.
func meansOf(values []float64, units, first []int) []float64 {
	out, count := make([]float64, len(values)), make([]float64, len(first))
	for i, u := range units {
		out[first[u]] += values[i]
		count[u]++
	}
	for u, i := range first {
		out[i] /= count[u]
	}
	return out
}

func (b *binnedSums) all(times []float64) sums {
	all := newSums(len(b.split[0].seed))
	for g := range b.split {
		if times[g] > 0 {
			all.addAll(&b.split[g], times[g])
		}
	}
	return all
}

// variance is that of one run in the points as they are.
func (b *binnedSums) variance() float64 {
	all := b.all(slices.Repeat([]float64{1}, b.groups))
	return all.total()
}

// indices returns the noise, the first-order index of each input and the sum of each set of inputs,
// with groups drawn the given numbers of times.
func (b *binnedSums) indices(times []float64) []float64 {
	all := b.all(times)
	variance := all.total()
	_, noise := all.split()
	out := []float64{noise / variance}
	for j := range b.counts {
		squares, n, sum := 0.0, 0.0, 0.0
		for g, w := range times {
			squares += w * b.squares[j][g]
		}
		between, filled := 0.0, 0.0
		for at := 0; at < len(b.counts[j]); at += b.groups {
			counts, bySum := b.counts[j][at:at+b.groups], b.sums[j][at:at+b.groups]
			c, s := 0.0, 0.0
			for g, w := range times {
				c += w * counts[g]
				s += w * bySum[g]
			}
			if c > 0 {
				between += s * s / c
				filled++
			}
			n, sum = n+c, sum+s
		}
		chance := (squares - between) / (n - filled) // variance within bins
		out = append(out, (between-sum*sum/n-(filled-1)*chance)/n/variance)
	}
	for _, in := range b.members {
		share := 0.0
		for j := range b.counts {
			if in[j] {
				share += out[1+j]
			}
		}
		out = append(out, share)
	}
	return out
}
