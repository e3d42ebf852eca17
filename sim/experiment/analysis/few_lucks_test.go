package analysis

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// Where all points share the luck of few replications, what luck makes of the variance is not
// known, and no share has an interval; with ten replications or luck of their own they have. Luck
// that moves each point otherwise is shared only where that is known.
func TestSharesOnFewLucks(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	for _, c := range []struct {
		replications          int
		shared, known, withIt bool
	}{{2, true, false, false}, {4, true, false, false}, {10, true, true, true}, {2, false, false, true},
		{4, false, true, false}} {
		in := Inputs{Names: []string{"a", "b"}}
		luck := make([]float64, c.replications)
		for k := range luck {
			luck[k] = 3 * r.NormFloat64()
		}
		var y [][]float64
		for range 64 {
			row := []float64{r.Float64(), r.Float64()}
			var of []float64
			for k := range luck {
				v := luck[k]
				if !c.shared {
					v = 3 * r.NormFloat64()
				}
				of = append(of, 10*row[0]+row[1]+v)
			}
			in.Rows, y = append(in.Rows, row), append(y, of)
		}
		s, err := FirstOrder(in, y, SobolOptions{SharedLuck: c.known, Resampling: Resampling{Resamples: 200, Seed: 1}})
		if err != nil {
			t.Fatal(err)
		}
		has := !math.IsNaN(s.Inputs[0].First.Low)
		says := s.Sentence("y")
		if has != c.withIt || s.FewLucks == c.withIt || strings.Contains(says, "no share has an interval") == c.withIt {
			t.Errorf("%d replications, shared %v: interval %v, %s", c.replications, c.shared, has, says)
		}
	}
}
