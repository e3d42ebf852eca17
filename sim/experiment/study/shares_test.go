package study

import (
	"math"
	"regexp"
	"strings"
	"testing"

	"simulate/sim/design"
	"simulate/sim/design/stream"
	"simulate/sim/experiment/analysis"
)

// No share is told below 0 or above 100 %, whatever chance makes of its estimate; where it does,
// that is said. Few replications give the share of luck no interval.
func TestSharesStayBetweenNoneAndAll(t *testing.T) {
	told, luck := 0, 0
	beyond := regexp.MustCompile(`−\d|1[0-9][1-9] %|1[1-9]0 %`)
	for k := range 60 {
		s := crossed(uint64(k), 40, 1, 2)
		y, err := s.outcome("", "")
		if err != nil {
			t.Fatal(err)
		}
		draws := stream.New(stream.Key(uint64(k), "test/shares"))
		lucky := func() float64 { return 90 * (stream.Open(draws.Uint64()) + stream.Open(draws.Uint64()) - 1) }
		for i := range y { // luck is far more than inputs do
			for r := range y[i] {
				y[i][r] += lucky()
			}
		}
		if k%2 == 0 { // the same of a design for Sobol indices
			how, fill := design.LookUp("saltelli")
			if fill != nil {
				t.Fatal(fill)
			}
			p, err := how.Make(design.Spec{Dimensions: 2, Samples: 16, Seed: uint64(k)})
			if err != nil {
				t.Fatal(err)
			}
			s.Design, s.Inputs.Rows, y = "saltelli", p.All(), y[:0]
			for range s.Inputs.Rows {
				y = append(y, []float64{lucky(), lucky()})
			}
			s.outcome = func(string, string) ([][]float64, error) { return y, nil }
		}
		v, err := s.Sensitivity("y", "", "first", "total")
		if err != nil {
			t.Fatal(err)
		}
		all := []analysis.Estimate{v.Sobol.Noise, v.Sobol.Interactions}
		for _, x := range v.Sobol.Inputs {
			all = append(all, x.First, x.Total)
		}
		for _, e := range all {
			for _, x := range []float64{e.Value, e.Low, e.High} {
				if x < 0 || x > 1 {
					t.Errorf("%d: %+v", k, e)
				}
			}
		}
		if says := strings.Join(v.Sentences(), " "); beyond.MatchString(says) {
			t.Errorf("%d: %s", k, says)
		}
		if strings.Contains(strings.Join(v.Notes, " "), "beyond what a share can be") {
			told++
		}
		if v.Sobol.Noise.Value > 0.99 {
			luck++
		}
		if !math.IsNaN(v.Sobol.Noise.Low) {
			t.Errorf("two replications give the share of luck the interval %+v", v.Sobol.Noise)
		}
	}
	if told < 30 || luck == 0 {
		t.Errorf("%d of 60 samples say that an estimate lies beyond, luck is all in %d", told, luck)
	}
}
