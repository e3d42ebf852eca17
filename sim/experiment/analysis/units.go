package analysis

import (
	"cmp"
	"slices"
)

// SharedUnits finds points that share inputs: where the value of one input settles that of another
// and values repeat, as in a sample of futures each of which meets several policies, points with
// equal values of such inputs are one unit of the sample, by number from 0. So are those of equal
// values of a single input of many values that meets all combinations of the others. It is nil
// where each point stands by itself.
func SharedUnits(in Inputs) []int {
	parts := make([][]int, len(in.Names))
	counts := make([]int, len(in.Names))
	for j := range in.Names {
		parts[j], counts[j] = partition(in.Rows, []int{j})
	}
	var shared []int
	for j := range in.Names {
		for k := range in.Names {
			if k == j || min(counts[j], counts[k]) < 2 || max(counts[j], counts[k]) == len(in.Rows) {
				continue
			}
			if _, both := partition(in.Rows, []int{j, k}); both == max(counts[j], counts[k]) {
				shared = append(shared, j)
				break
			}
		}
	}
	if shared == nil {
		shared = met(in.Rows, parts, counts)
	}
	if shared == nil {
		return nil
	}
	units, count := partition(in.Rows, shared)
	if count == len(in.Rows) {
		return nil
	}
	return units
}

// met finds the one input of many values each of which meets the same combinations of all others,
// as a single uncertain input crossed with policies does; nothing where none or several are so.
func met(rows [][]float64, parts [][]int, counts []int) (out []int) {
	for j, count := range counts {
		if count < LeastPoints || count == len(rows) || len(counts) < 2 {
			continue
		}
		var others []int
		for k := range counts {
			if k != j {
				others = append(others, k)
			}
		}
		of, combinations := partition(rows, others)
		seen := map[[2]int]bool{}
		for i := range rows {
			seen[[2]int{parts[j][i], of[i]}] = true
		}
		if len(seen) == count*combinations && combinations > 1 {
			out = append(out, j)
		}
	}
	if len(out) != 1 {
		return nil
	}
	return out
}

// partition numbers points from 0 so that those with equal values of some inputs have one number.
func partition(rows [][]float64, inputs []int) (of []int, count int) {
	order := make([]int, len(rows))
	for i := range order {
		order[i] = i
	}
	compare := func(a, b int) int {
		for _, j := range inputs {
			if c := cmp.Compare(rows[a][j], rows[b][j]); c != 0 {
				return c
			}
		}
		return 0
	}
	slices.SortFunc(order, compare)
	of = make([]int, len(rows))
	for k, i := range order {
		if k == 0 || compare(order[k-1], i) != 0 {
			count++
		}
		of[i] = count - 1
	}
	return of, count
}

// firstOfUnits lists one point of each unit, by its number.
func firstOfUnits(units []int) []int {
	if units == nil {
		return nil
	}
	first := slices.Repeat([]int{-1}, slices.Max(units)+1)
	for i, u := range units {
		if first[u] < 0 {
			first[u] = i
		}
	}
	return first
}

// constantIn tells whether input j has one value in each unit.
func constantIn(rows [][]float64, j int, units, first []int) bool {
	for i, u := range units {
		if rows[i][j] != rows[first[u]][j] {
			return false
		}
	}
	return units != nil
}
