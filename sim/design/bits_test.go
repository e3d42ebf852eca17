package design

import (
	"fmt"
	"math"
	"testing"
)

// sumOfBits is a golden value: the sum of the bits of the points of every design, with rank
// correlations where it takes them. It is the same on every machine.
const sumOfBits = "db13b502b592640d"

func TestBitsOfPoints(t *testing.T) {
	sum := uint64(0)
	for _, d := range Designs {
		spec := Spec{Dimensions: 3, Samples: 64, Seed: 1}
		if d.From == Listed {
			spec.Levels, spec.Samples = []int{3, 3, 3}, 0
		}
		if d.Fills {
			spec.Correlations = []Correlation{{A: 0, B: 1, Rank: 0.5}, {A: 1, B: 2, Rank: -0.3}}
		}
		points, err := d.Make(spec)
		if err != nil {
			t.Fatalf("%s: %v", d.Name, err)
		}
		for _, row := range points.All() {
			for _, u := range row {
				sum = sum*0x9e3779b97f4a7c15 + math.Float64bits(u)
			}
		}
	}
	if got := fmt.Sprintf("%016x", sum); got != sumOfBits {
		t.Errorf("the bits add up to %s, not %s: designs have changed, or this machine rounds otherwise", got, sumOfBits)
	}
}
