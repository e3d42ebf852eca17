package analysis

import (
	"math"
	"slices"

	"simulate/sim/design/stream"
)

// Densities are PAWN indices: how far an input moves the whole distribution of the outcome, not
// only its mean.
type Densities struct {
	Index []Estimate // by input, 0 to 1
	// Floor is by input what one without any influence reaches in its place, in one of twenty samples
	// like this one.
	Floor []float64
}

const (
	densityBins      = 10
	densityResamples = 200
	densityShuffles  = 40
)

// Density estimates PAWN indices (Pianosi & Wagener 2018) from any sample: the distance of
// Kolmogorov & Smirnov between the distribution of the outcome where the input lies in a bin and
// its distribution everywhere, the median over ten bins of equally many points. It needs no
// variance and sees influence on spread and tails. An input without influence does not reach 0 in a
// finite sample: Floor says what it reaches, by putting its bins in another order, those of whole
// units where it has one value in each, and within units where it has several.
func Density(in Inputs, y [][]float64, o SobolOptions) (*Densities, error) {
	replications, err := o.begin(in, y)
	if err != nil {
		return nil, err
	}
	n := len(in.Rows)
	binned, shared := make([]bins, len(in.Names)), make([]bool, len(in.Names))
	first := firstOfUnits(o.Units)
	for j := range binned {
		if shared[j] = constantIn(in.Rows, j, o.Units, first); shared[j] {
			binned[j] = binUnits(in, j, densityBins, o.Units, first)
			continue
		}
		binned[j] = bin(in.Rows, j, min(densityBins, max(2, n/10)), in.labels(j) != nil)
	}
	flat := make([]float64, 0, n*replications)
	point := make([]int32, 0, n*replications)
	for i, of := range y {
		for _, v := range of {
			flat, point = append(flat, v), append(point, int32(i))
		}
	}
	d := ordered{binned: binned}
	order := ascending(flat)
	for at, k := range order {
		d.points = append(d.points, point[k])
		d.tied = append(d.tied, at > 0 && flat[k] == flat[order[at-1]])
	}
	group, groups := drawnTogether(n, o.Units)
	o.Resamples = min(o.Resamples, densityResamples)
	weights := make([]float64, n)
	estimates, err := bootstrap(groups, o.Resampling, func(times []float64) []float64 {
		for i := range weights {
			weights[i] = times[group[i]]
		}
		out := make([]float64, len(binned))
		for j := range binned {
			out[j] = d.pawn(binned[j], weights)
		}
		return out
	})
	if err != nil {
		return nil, err
	}
	for i := range weights {
		weights[i] = 1
	}
	out := &Densities{Index: estimates}
	for j := range binned {
		draws := stream.New(stream.Key(o.Seed, "analysis/density"))
		floors := make([]float64, densityShuffles)
		for k := range floors {
			floors[k] = d.pawn(shuffled(binned[j], o.Units, shared[j], draws), weights)
		}
		slices.Sort(floors)
		out.Floor = append(out.Floor, quantile(floors, 0.95))
	}
	return out, nil
}

// shuffled puts the bins of an input in another order, as chance would if it had no influence:
// those of points, those of whole units where it is shared by the points of each, else within
// units.
func shuffled(b bins, units []int, shared bool, draws *stream.Stream) bins {
	out := bins{of: slices.Clone(b.of), count: b.count}
	switch {
	case units == nil:
		stream.Shuffle(draws, out.of)
	case shared:
		first := firstOfUnits(units)
		stream.Shuffle(draws, first)
		for i, u := range units {
			out.of[i] = b.of[first[u]]
		}
	default:
		within := make([][]int, slices.Max(units)+1)
		for i, u := range units {
			within[u] = append(within[u], i)
		}
		for _, points := range within {
			order := slices.Clone(points)
			stream.Shuffle(draws, order)
			for k, i := range points {
				out.of[i] = b.of[order[k]]
			}
		}
	}
	return out
}

// ordered are the runs of a sample by ascending outcome.
type ordered struct {
	binned []bins
	points []int32 // of each run
	tied   []bool  // has the outcome of the run before
}

// pawn is the median over bins of the distance between the weighted distribution of the outcome in
// the bin and in all.
func (d ordered) pawn(b bins, weights []float64) float64 {
	total, all := make([]float64, b.count), 0.0
	for _, i := range d.points {
		total[b.of[i]] += weights[i]
		all += weights[i]
	}
	so, far := make([]float64, b.count), make([]float64, b.count)
	soAll := 0.0
	// Within a bin the distance is greatest just before or just after one of its own runs.
	for from := 0; from < len(d.points); {
		to := from + 1
		for to < len(d.points) && d.tied[to] {
			to++
		}
		for _, i := range d.points[from:to] {
			if k := b.of[i]; total[k] > 0 {
				far[k] = max(far[k], math.Abs(so[k]/total[k]-soAll/all))
			}
		}
		for _, i := range d.points[from:to] {
			so[b.of[i]] += weights[i]
			soAll += weights[i]
		}
		for _, i := range d.points[from:to] {
			if k := b.of[i]; total[k] > 0 {
				far[k] = max(far[k], math.Abs(so[k]/total[k]-soAll/all))
			}
		}
		from = to
	}
	kept := far[:0]
	for k, v := range far {
		if total[k] > 0 {
			kept = append(kept, v)
		}
	}
	slices.Sort(kept)
	return (kept[(len(kept)-1)/2] + kept[len(kept)/2]) / 2
}
