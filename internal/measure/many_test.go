package measure

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestHalvesAreMerged(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for range 300 {
		x := make([]float64, random.IntN(40))
		for i := range x {
			x[i] = float64(random.IntN(30))
		}
		want := slices.Sorted(slices.Values(x))
		if got := sorted(slices.Clone(x)); !slices.Equal(got, want) {
			t.Fatalf("%v from %v", got, x)
		}
	}
}

// TestNamesAreNumbered: in the order of their first rows, whether all differ, few do, or the first
// repeats late; and names that were given keep their place.
func TestNamesAreNumbered(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	for _, different := range []int{1, 3, 500, 1 << 30} {
		for range 50 {
			names := make([]string, 1+random.IntN(400))
			for i := range names {
				names[i] = fmt.Sprint("firm ", random.IntN(different))
			}
			given := slices.Clone(names)
			var a amounts
			numbers := a.number(names)
			if !slices.Equal(names, given) {
				t.Fatal("the rows' names were changed")
			}
			var want []string
			for i, name := range names {
				if !slices.Contains(want, name) {
					want = append(want, name)
				}
				if numbers[i] != slices.Index(want, name) {
					t.Fatalf("row %d, %q, has number %d of %v", i, name, numbers[i], want)
				}
			}
			if !slices.Equal(a.names, want) {
				t.Fatalf("names %v, want %v", a.names, want)
			}
		}
	}
}
