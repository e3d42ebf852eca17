package analysis

import (
	"cmp"
	"slices"
	"sync"
)

// SharedUnits finds points that share inputs: where the value of one input settles that of another
// and values repeat, as in a sample of futures each of which meets several policies, points with
// equal values of such inputs are one unit of the sample, by number from 0. So are those of equal
// values of a single input of many values that meets all combinations of the others. It is nil
// where each point stands by itself.
func SharedUnits(in Inputs) []int {
	parts := make([][]int, len(in.Names))
	counts := make([]int, len(in.Names))
	var sorting sync.WaitGroup
	for j := range in.Names {
		sorting.Go(func() { parts[j], counts[j] = partition(in.Rows, []int{j}) })
	}
	sorting.Wait()
	var shared []int
	for j := range in.Names {
		for k := range in.Names {
			if k == j || min(counts[j], counts[k]) < 2 || max(counts[j], counts[k]) == len(in.Rows) {
				continue
			}
			if settles(parts[j], counts[j], parts[k]) || settles(parts[k], counts[k], parts[j]) {
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

// settles tells whether points of one number, of so many, always have one other number.
func settles(number []int, count int, other []int) bool {
	of := slices.Repeat([]int{-1}, count)
	for i, n := range number {
		if of[n] < 0 {
			of[n] = other[i]
		} else if of[n] != other[i] {
			return false
		}
	}
	return true
}

// met finds the one input of many values each of which meets the same combinations of all others,
// as a single uncertain input crossed with policies does; nothing where none or several are so.
func met(rows [][]float64, parts [][]int, counts []int) (out []int) {
	for j, count := range counts {
		if count < LeastPoints || count == len(rows) || len(counts) < 2 {
			continue
		}
		var others []int
		least := 1 // combinations of the others
		for k := range counts {
			if k != j {
				others, least = append(others, k), max(least, counts[k])
			}
		}
		if count > len(rows)/least {
			continue // each point is one meeting
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
	of = make([]int, len(rows))
	if len(inputs) == 1 {
		x, order := ascendingPairs(rows, inputs[0])
		for k, i := range order {
			if k == 0 || cmp.Compare(x[k-1], x[k]) != 0 {
				count++
			}
			of[i] = count - 1
		}
		return of, count
	}
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
