package study

import (
	"math"
	"testing"

	"simulate/sim/design/stream"
	"simulate/sim/experiment/analysis"
)

// At nine points that share their luck, an effect of 2x and own noise of variance 1 remain when the
// luck common to all is taken out: the share of x is 4·Var(x) over that plus 8/9, and its interval,
// from drawing replications, holds it in nineteen of twenty experiments.
func TestIndicesOfAFewPointsThatShareLuck(t *testing.T) {
	const repetitions, replications = 200, 20
	x := []float64{-1, -1, -1, 0, 0, 0, 1, 1, 1}
	variance := 6. / 9
	truth := 4 * variance / (4*variance + 8./9)
	held, sum := 0, 0.0
	for k := range repetitions {
		draws := stream.New(stream.Key(uint64(k), "test/few"))
		normal := func() float64 {
			return math.Sqrt(-2*math.Log(stream.Open(draws.Uint64()))) * math.Cos(2*math.Pi*stream.Open(draws.Uint64()))
		}
		luck := make([]float64, replications)
		for r := range luck {
			luck[r] = 5 * normal()
		}
		in := analysis.Inputs{Names: []string{"x", "z"}}
		var y [][]float64
		for i, v := range x {
			in.Rows = append(in.Rows, []float64{v, float64(i % 3)})
			of := make([]float64, replications)
			for r := range of {
				of[r] = 2*v + luck[r] + normal()
			}
			y = append(y, of)
		}
		s := &Study{Name: "few", Inputs: in, Replications: replications, Sources: []string{"", ""},
			outcome: func(string, string) ([][]float64, error) { return y, nil }}
		v, err := s.Sensitivity("y", "", "first")
		if err != nil {
			t.Fatal(err)
		}
		first := v.Sobol.Inputs[0].First
		sum += first.Value
		if first.Low <= truth && truth <= first.High {
			held++
		}
		if z := v.Sobol.Inputs[1].First; math.Abs(z.Value) > 0.1 {
			t.Errorf("an input without effect has %+v", z)
		}
	}
	if math.Abs(sum/repetitions-truth) > 0.02 || held < repetitions*90/100 {
		t.Errorf("the share is %.3f on average, %.3f in truth, which %d of %d intervals hold", sum/repetitions, truth, held,
			repetitions)
	}
}
