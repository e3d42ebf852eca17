package design

import (
	"fmt"
	"testing"
)

// Three futures of two inputs meet each of 2 × 3 combinations of levers, which stand between them:
// every future is whole in each combination, and every combination in each future.
func TestCross(t *testing.T) {
	sample, err := Latin(Spec{Dimensions: 2, Samples: 3, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	p, err := Cross([]bool{false, true, false, true}, []int{2, 3}, sample)
	if err != nil || p.Len() != 18 || p.Dimensions() != 4 {
		t.Fatal(p, err)
	}
	seen := map[string]int{}
	for i := range p.Len() {
		u := p.Row(i, nil)
		future := sample.Row(i/6, nil)
		if u[0] != future[0] || u[2] != future[1] {
			t.Errorf("point %d has the future %v, want %v", i, u, future)
		}
		seen[fmt.Sprint(int(2*u[1]), int(3*u[3]))]++
	}
	if len(seen) != 6 {
		t.Errorf("combinations %v", seen)
	}
	for combination, n := range seen {
		if n != 3 {
			t.Errorf("combination %s meets %d futures", combination, n)
		}
	}
	if _, err := Cross([]bool{true, false, false}, []int{1 << 30}, sample); err == nil {
		t.Error("three billion points are not refused")
	}
}
