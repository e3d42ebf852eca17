package analysis

import (
	"math"
	"testing"
)

// On the frontier are the policies that no other beats at no greater cost; changes are pair by pair
// against the cheapest, so that common luck is no error.
func TestCostFrontier(t *testing.T) {
	luck := []float64{-40, 10, 30}
	policy := func(mean float64) [][]float64 {
		var out [][]float64
		for future := range 2 {
			var row []float64
			for r, l := range luck {
				row = append(row, mean+100*float64(future)+l+float64(r)*mean/1000)
			}
			out = append(out, row)
		}
		return out
	}
	flat := func(v float64) [][]float64 { return [][]float64{{v, v, v}, {v, v, v}} }
	o := Objective{Name: "hhi", Values: [][][]float64{policy(900), policy(1000), policy(950), policy(940)}}
	f, err := CostFrontier(o, [][][]float64{flat(10), flat(0), flat(5), flat(20)}, false)
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		policy, by int
		cost       float64
		on         bool
	}{{1, -1, 0, true}, {2, -1, 5, true}, {0, -1, 10, true}, {3, 0, 20, false}}
	for k, w := range want {
		q := f.Policies[k]
		if q.Policy != w.policy || q.Cost != w.cost || q.On != w.on || q.By != w.by {
			t.Errorf("%d: %+v", k, q)
		}
	}
	if q := f.Policies[2]; math.Abs(q.Change.Value+100.1) > 1e-9 || !(q.SE < .1) || !(q.Change.High < -99) {
		t.Errorf("%+v", q)
	}
	o.HigherIsBetter = true
	if f, err = CostFrontier(o, [][][]float64{flat(10), flat(0), flat(5), flat(20)},
		true); err != nil || f.Policies[1].On ||
		f.Policies[1].By != 1 || !f.Policies[0].On {
		t.Errorf("%+v, %v", f, err)
	}
	if _, err := CostFrontier(o, [][][]float64{flat(7), flat(7), flat(7), flat(7)}, false); err == nil {
		t.Error("a frontier of policies that cost the same")
	}
}
