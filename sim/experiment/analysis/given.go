package analysis

import (
	"fmt"
	"math"
	"slices"
)

// FirstOrder estimates first-order Sobol indices from any sample of points, e.g. a Latin hypercube or a CSV of one's own: each
// input is cut into bins of equally many points (categories and few distinct values into themselves), and its index is the
// variance between the bins' means, less what chance puts there (one-way analysis of variance), over the variance of one run.
// Indices mean shares only if the inputs were drawn independently. Interactions and total order need a Saltelli design.
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
	if n < 32 {
		return nil, fmt.Errorf("%d points are too few to bin; take at least 32, better a thousand", n)
	}
	bins := make([][]int, len(in.Names))
	most := min(int(math.Sqrt(float64(n))), 64)
	for j, name := range in.Names {
		var count int
		bins[j], count = bin(in.Rows, j, most, in.labels(j) != nil)
		if count > n/2 {
			return nil, fmt.Errorf("input %s has %d categories in %d points, too few points in each; join categories or take more points", name, count, n)
		}
	}
	y, grand := centred(y)
	indices := func(y [][]float64) func(times []float64) []float64 {
		return func(times []float64) []float64 { return binned(bins, y, members, times) }
	}
	estimates, err := bootstrap(n, o.Resampling, indices(y))
	if err != nil {
		return nil, err
	}
	once := slices.Repeat([]float64{1}, n)
	widen(estimates, replications, o.Confidence, func(r int) []float64 { return indices(without(y, r))(once) })
	all := newSums(replications)
	for _, of := range y {
		all.add(of, 1)
	}
	out := &SobolIndices{
		Mean: grand, Variance: all.total(), Points: n, Replications: replications, Noise: estimates[0], Interactions: missing,
		Method: fmt.Sprintf("first order from a given sample by binning (at most %d bins); assumes that inputs were drawn independently", most),
	}
	for j, name := range in.Names {
		out.Inputs = append(out.Inputs, SobolIndex{Name: name, First: estimates[1+j], Total: missing})
	}
	for g, group := range o.Groups {
		out.Groups = append(out.Groups, GroupShare{group, estimates[1+len(in.Names)+g], missing})
	}
	return out, nil
}

// bin numbers the bin of each point for input j and returns the number of bins. Equal values share a bin.
func bin(rows [][]float64, j, most int, categorical bool) ([]int, int) {
	values := make([]float64, len(rows))
	for i, r := range rows {
		values[i] = r[j]
	}
	slices.Sort(values)
	edges := slices.Compact(slices.Clone(values)) // lowest value of each bin
	if len(edges) > most && !categorical {
		edges = edges[:0]
		for k := range most {
			edges = append(edges, values[k*len(values)/most])
		}
		edges = slices.Compact(edges)
	}
	out := make([]int, len(rows))
	for i, r := range rows {
		k, found := slices.BinarySearch(edges, r[j])
		if !found {
			k--
		}
		out[i] = k
	}
	return out, len(edges)
}

// binned returns the noise, the first-order index of each input and the sum of each group.
func binned(bins [][]int, y [][]float64, members [][]bool, times []float64) []float64 {
	all := newSums(len(y[0]))
	for i, of := range y {
		if times[i] > 0 {
			all.add(of, times[i])
		}
	}
	variance := all.total()
	_, noise := all.split()
	out := []float64{noise / variance}
	squares := all.mean2 - all.mean*all.mean/all.n // of the points' means about the grand mean
	means := make([]float64, len(y))
	for i, of := range y {
		means[i] = mean(of)
	}
	for _, of := range bins {
		count, sum := make([]float64, slices.Max(of)+1), make([]float64, slices.Max(of)+1)
		for i, k := range of {
			count[k] += times[i]
			sum[k] += times[i] * means[i]
		}
		between, filled := -all.mean*all.mean/all.n, 0.0
		for k, c := range count {
			if c > 0 {
				between += sum[k] * sum[k] / c
				filled++
			}
		}
		chance := (squares - between) / (all.n - filled) // variance within bins
		out = append(out, (between-(filled-1)*chance)/all.n/variance)
	}
	for _, in := range members {
		share := 0.0
		for j := range bins {
			if in[j] {
				share += out[1+j]
			}
		}
		out = append(out, share)
	}
	return out
}
