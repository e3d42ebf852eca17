package analysis

import (
	"math"
	"testing"

	"simulate/sim/design/stream"
)

// ofFutures is a sample of futures of a and b, each of which meets the levels of a lever: what a
// future has beside a is the same at all of its points, b does nothing, and the lever only a
// little.
func ofFutures(seed uint64, futures, levels int, a, own float64) (Inputs, [][]float64) {
	draws := stream.New(stream.Key(seed, "test/futures"))
	in := Inputs{Names: []string{"a", "b", "lever"}}
	var y [][]float64
	for range futures {
		x := [2]float64{stream.Open(draws.Uint64()), stream.Open(draws.Uint64())}
		of := own * normal(draws)
		for l := range levels {
			in.Rows = append(in.Rows, []float64{x[0], x[1], float64(l)})
			y = append(y, []float64{a*x[0] + of + 0.3*float64(l) + 0.1*normal(draws)})
		}
	}
	return in, y
}

// Where points share the inputs of their future, an input that does nothing passes the floor of
// densities in one of twenty samples, and the floor of a lever, which each future meets, is low.
func TestDensityOfFutures(t *testing.T) {
	const sets = 60
	above, lever := 0, 0
	for k := range sets {
		in, y := ofFutures(uint64(k), 60, 4, 1, 1)
		d, err := Density(in, y, SobolOptions{Units: SharedUnits(in), Resampling: Resampling{Resamples: 100}})
		if err != nil {
			t.Fatal(err)
		}
		if d.Index[1].Value > d.Floor[1] {
			above++
		}
		if d.Index[2].Value > d.Floor[2] {
			lever++
		}
	}
	if above > sets*13/100 {
		t.Errorf("an input without influence passes the floor in %d of %d samples", above, sets)
	}
	if lever < sets*9/10 {
		t.Errorf("a lever that moves every future passes its floor in %d of %d samples", lever, sets)
	}
}

// Scores are measured in futures that trees have not seen: what is peculiar to a future is no
// finding, and an input that does nothing scores as noise does that futures share.
func TestScoresOfFutures(t *testing.T) {
	const sets = 12
	score, floor, explains := 0.0, 0.0, 0.0
	for k := range sets {
		in, y := ofFutures(uint64(k), 60, 4, 0, 1)
		s, err := FeatureScores(in, y, SobolOptions{Units: SharedUnits(in)})
		if err != nil {
			t.Fatal(err)
		}
		score, floor, explains = score+s.Score[1]/sets, floor+s.Floor[1]/sets, explains+s.Explains/sets
	}
	if math.Abs(score/floor-1) > 0.2 {
		t.Errorf("an input without influence scores %.3f on average, noise in its place %.3f", score, floor)
	}
	if explains > 0.2 { // the lever explains a twelfth
		t.Errorf("trees explain %.2f of what is peculiar to futures", explains)
	}
}

// Points of one uncertain input are units where each of its many values meets the same levers; a
// grid of few values, or of two inputs of many, has none.
func TestUnitsOfASingleUncertainInput(t *testing.T) {
	grid := func(values, levels, more int) Inputs {
		in := Inputs{Names: []string{"lever", "eta", "cap"}}
		for k := range values {
			for l := range levels {
				for c := range more {
					in.Rows = append(in.Rows, []float64{float64(l), 0.5 + float64(k*k), float64(c)})
				}
			}
		}
		return in
	}
	for _, c := range []struct {
		in    Inputs
		units int
	}{{grid(40, 3, 1), 40}, {grid(40, 3, 2), 40}, {grid(8, 3, 2), 0}, {grid(40, 40, 2), 0}} {
		units := SharedUnits(c.in)
		if got := len(firstOfUnits(units)); got != c.units {
			t.Errorf("%d points have %d units, want %d", len(c.in.Rows), got, c.units)
		}
	}
	broken := grid(40, 3, 1)
	broken.Rows[0][0] = 7
	if units := SharedUnits(broken); units != nil {
		t.Errorf("a table that is not crossed has %d units", len(firstOfUnits(units)))
	}
}
