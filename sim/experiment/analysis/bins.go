package analysis

import (
	"math"
	"slices"

	"simulate/sim/design/stream"
)

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
}

// binUnits bins an input that has one value in each unit: what a unit has beside, it has at all of
// its points, so that units are what chance draws.
func binUnits(in Inputs, j, most int, units, first []int) bins {
	var rows [][]float64
	for _, i := range first {
		rows = append(rows, in.Rows[i])
	}
	of := bin(rows, j, min(int(math.Sqrt(float64(len(rows)))), most), in.labels(j) != nil)
	out := bins{make([]int32, len(units)), of.count}
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
	return bins{out, len(edges)}
}

// levels numbers the values of an input.
func levels(x []float64, order []int32) bins {
	out := bins{of: make([]int32, len(x))}
	for k, i := range order {
		if k == 0 || x[k] != x[k-1] {
			out.count++
		}
		out.of[i] = int32(out.count - 1)
	}
	return out
}
