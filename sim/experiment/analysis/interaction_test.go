package analysis

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// The change of an effect between the ends of an input is found, and its 95 % interval holds it: in
// a grid whose points share their luck, in a sample, and of the mean over points.
func TestInteractionsCover(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	const experiments = 400
	grid := Inputs{Names: []string{"a", "b"}}
	for a := range 3 {
		for b := range 3 {
			grid.Rows = append(grid.Rows, []float64{float64(a), float64(b)})
		}
	}
	truth := func(x []float64) float64 { return -40 + 10*x[0] }
	var inGrid, meanOfGrid, falsely, inSample, meanOfSample int
	for range experiments {
		y := make([][]float64, len(grid.Rows))
		luck := make([]float64, 8)
		for k := range luck {
			luck[k] = 30 * r.NormFloat64()
		}
		for i, row := range grid.Rows {
			for k := range luck {
				y[i] = append(y[i], truth(row)+luck[k]+5*r.NormFloat64())
			}
		}
		found, err := Interactions(grid, y)
		if err != nil {
			t.Fatal(err)
		}
		if e := found[0].Change; e.Low <= 20 && 20 <= e.High {
			inGrid++
		}
		if found[1].Clear {
			falsely++
		}
		if e, _ := Pooled(y, false); e.Low <= -30 && -30 <= e.High {
			meanOfGrid++
		}
		sample := Inputs{Names: []string{"a", "b"}}
		y = nil
		for range 60 {
			row := []float64{r.Float64(), r.Float64()}
			sample.Rows = append(sample.Rows, row)
			y = append(y, nil)
			for k := range luck {
				moved := luck[k] * (.3 + row[0]) // luck that moves one end more than the other
				y[len(y)-1] = append(y[len(y)-1], truth(row)+moved+5*r.NormFloat64())
			}
		}
		if found, err = Interactions(sample, y); err != nil || !found[0].Thirds {
			t.Fatalf("%+v, %v", found, err)
		}
		if e := found[0].Change; e.Low <= 20./3 && 20./3 <= e.High { // thirds of 0 to 1 lie two thirds apart
			inSample++
		}
		if e, _ := Pooled(y, true); e.Low <= -35 && -35 <= e.High {
			meanOfSample++
		}
	}
	for what, n := range map[string]int{"interaction in a grid": inGrid, "mean of a grid": meanOfGrid,
		"interaction in a sample": inSample, "mean of a sample": meanOfSample} {
		if share := float64(n) / experiments; share < .92 {
			t.Errorf("95 %% interval of the %s holds %.1f %%", what, 100*share)
		}
	}
	if share := float64(falsely) / experiments; share > .05 {
		t.Errorf("an input without influence is called clear in %.1f %% of experiments", 100*share)
	}
}

// Without luck between pairs there is a change and no interval; categories are told by their names'
// numbers; an input that does not vary is left out.
func TestInteractionsWithoutError(t *testing.T) {
	in := Inputs{Names: []string{"a", "same", "word"}, Labels: [][]string{nil, nil, {"x", "y", "z"}}}
	var y [][]float64
	for a := range 2 {
		for w := range 3 {
			in.Rows = append(in.Rows, []float64{float64(a), 7, float64(w)})
			y = append(y, []float64{float64(a) + []float64{0, 9, 4}[w]})
		}
	}
	found, err := Interactions(in, y)
	if err != nil || len(found) != 2 {
		t.Fatalf("%+v, %v", found, err)
	}
	if a := found[0]; math.Abs(a.Change.Value-1) > 1e-12 || !math.IsNaN(a.SE) || !math.IsNaN(a.Change.Low) || a.Clear {
		t.Errorf("%+v", a)
	}
	if w := found[1]; !slices.Equal(w.Ends[:], []float64{0, 1}) || w.Change.Value != 9 || w.At != [2]float64{.5, 9.5} {
		t.Errorf("%+v", w)
	}
	if e, se := Pooled(y, false); !math.IsNaN(se) || !math.IsNaN(e.Low) || math.Abs(e.Value-.5-13./3) > 1e-12 {
		t.Errorf("%+v ± %v", e, se)
	}
}
