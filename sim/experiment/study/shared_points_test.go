package study

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"simulate/sim/design/stream"
	"simulate/sim/experiment/analysis"
)

// crossed is a sample of futures of a and b, each of which meets as many levels of a lever, of
// y = 10a + 0.3·lever + noise of variance 1: b does nothing.
func crossed(seed uint64, futures, levels, replications int) *Study {
	draws := stream.New(stream.Key(seed, "test/crossed"))
	normal := func() float64 {
		return math.Sqrt(-2*math.Log(stream.Open(draws.Uint64()))) * math.Cos(2*math.Pi*stream.Open(draws.Uint64()))
	}
	in := analysis.Inputs{Names: []string{"a", "b", "lever"}}
	if levels == 1 {
		in.Names = in.Names[:2]
	}
	var y [][]float64
	for range futures {
		a, b := stream.Open(draws.Uint64()), stream.Open(draws.Uint64())
		for l := range levels {
			in.Rows = append(in.Rows, []float64{a, b, float64(l)}[:len(in.Names)])
			of := make([]float64, replications)
			for r := range of {
				of[r] = 10*a + 0.3*float64(l) + normal()
			}
			y = append(y, of)
		}
	}
	return &Study{Name: "crossed", Inputs: in, Replications: replications, Sources: make([]string, len(in.Names)),
		outcome: func(string, string) ([][]float64, error) { return y, nil }}
}

// Points of a future are one draw of its inputs, however many policies and replications it meets:
// an input that does nothing is credited with nothing, and the interval of it seldom excludes 0.
func TestFuturesThatMeetPoliciesAreTheUnits(t *testing.T) {
	const sets = 40
	for _, futures := range []int{40, 100} {
		sum, above := 0.0, 0
		for k := range sets {
			v, err := crossed(uint64(k), futures, 3, 4).Sensitivity("y", "", "first")
			if err != nil {
				t.Fatal(err)
			}
			b := v.Sobol.Inputs[1].First
			if sum += b.Value / sets; b.Low > 0 {
				above++
			}
			if says := strings.Join(v.Notes, " "); !strings.Contains(says, fmt.Sprintf("%d points make %d futures", 3*futures,
				futures)) {
				t.Errorf("notes %q", says)
			}
			if a := v.Sobol.Inputs[0].First.Value; a < 0.7 || v.Sobol.Replications != 4 {
				t.Errorf("a explains %.2f, %d replications", a, v.Sobol.Replications)
			}
		}
		if math.Abs(sum) > 0.05 || above > sets/8 {
			t.Errorf("of %d futures b explains %.2f on average, and more than nothing in %d of %d samples", futures, sum,
				above, sets)
		}
	}
}

// Too few futures, or points of a sample without replications to hide behind, are refused, with how
// many are needed; a grid of a few values is not.
func TestFewFuturesAreRefused(t *testing.T) {
	for _, c := range []struct {
		futures, levels int
		what            string
	}{{6, 3, "6 futures are too few"}, {20, 3, "20 futures are too few"}, {20, 1, "20 points are too few"}} {
		_, err := crossed(1, c.futures, c.levels, 4).Sensitivity("y", "")
		if err == nil || !strings.Contains(err.Error(), c.what) || !strings.Contains(err.Error(), "at least 32") {
			t.Errorf("%d futures at %d levels: %v", c.futures, c.levels, err)
		}
	}
}
