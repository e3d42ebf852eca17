package validation

import (
	"math"
	"testing"

	"simulate/sim/table"
)

// Statistics of a small table, by hand: ratios 1/2 and 4/2 have the geometric mean 1; differences
// of pairs are 1, 2 and 6.
func TestStatistics(t *testing.T) {
	text := func(name string) table.Column { return table.Column{Name: name, Kind: table.Text} }
	figure := func(name string) table.Column { return table.Column{Name: name, Kind: table.Number} }
	scores := table.New("scores", text("entity"), figure("model"), figure("base"))
	scores.Append("a", 1.0, 2.0)
	scores.Append("b", 4.0, 2.0)
	scores.Append("c", 3.0, 0.0) // no change was perfect, so that there is no ratio
	scores.Append("d", 1.0, 10.0)
	cases := table.New("market", text("case"), figure("hhi"))
	for _, v := range []float64{10, 20, 30} {
		cases.Append("without", v)
	}
	for _, v := range []float64{11, 22, 36} {
		cases.Append("with", v)
	}
	f := &folders{tables: map[string]*table.Table{"x/scores": scores, "x/market": cases}}
	for key, want := range map[string]float64{
		"x/scores|rows:":                      4,
		"x/scores|rows:|entity!=a":            3,
		"x/scores|rows:|entity!=a|entity!=b":  2,
		"x/scores|model|entity=b":             4,
		"x/scores|mean:model":                 2.25,
		"x/scores|ratio:model:base|entity!=d": 1,
		"x/scores|ratio:model:base|entity=d":  .1,
		"x/scores|ratio:model:base|entity!=a": math.Sqrt(.2),
		"x/market|pairs:hhi":                  2,
		"x/market|pairs:hhi:0.25":             1.5,
		"x/market|pairs:hhi:low":              1,
		"x/market|pairs:hhi:high":             6,
	} {
		if got, err := f.get(key); err != nil || math.Abs(got-want) > 1e-12 {
			t.Errorf("%s is %g (%v), not %g", key, got, err, want)
		}
	}
	for _, key := range []string{"x/scores|model", "x/scores|rows:|none=a", "x/scores|mean:model|entity=e",
		"x/market|pairs:hhi:half"} {
		if got, err := f.get(key); err == nil {
			t.Errorf("%s is %g", key, got)
		}
	}
}
