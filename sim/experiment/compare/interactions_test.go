package compare

import (
	"strings"
	"testing"

	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/tiny"
)

// Two single points that differ in a second input too tell no dependence on the first; in a grid,
// where pairs differ in one input alone, they do.
func TestTwoPointsThatDifferInMoreTellNoDependence(t *testing.T) {
	told := func(rows [][]float64, y [][]float64) string {
		t.Helper()
		all, err := analysis.Interactions(analysis.Inputs{Names: []string{"a", "b"}, Rows: rows}, y)
		if err != nil {
			t.Fatal(err)
		}
		return TellInteractions(salesHHI, all, func(analysis.Interaction) [2]string { return [2]string{"low", "high"} })
	}
	says := told([][]float64{{1, 7}, {2, 5}, {3, 6}, {4, 8}}, [][]float64{{-8, -8}, {-6, -6}, {-5, -5}, {-4, -4}})
	if tiny.Contains(t, says, "The points are too few to tell whether the effect depends on a or b"); strings.Contains(
		says, "It depends on") || strings.Contains(says, "no error") {
		t.Error(says)
	}
	says = told([][]float64{{1, 1}, {1, 2}, {2, 1}, {2, 2}}, [][]float64{{-8, -8}, {-8, -8}, {-4, -4}, {-4, -4}})
	tiny.Contains(t, says, "In these runs, whose luck shows no error, the effect depends on a: −8")
}

// One run at each point is no evidence that an effect depends on an input, and intervals over
// futures of one luck say that they know nothing of it.
func TestOneRunTellsNoDependence(t *testing.T) {
	told := func(rows, y [][]float64) string {
		t.Helper()
		all, err := analysis.Interactions(analysis.Inputs{Names: []string{"a"}, Rows: rows}, y)
		if err != nil {
			t.Fatal(err)
		}
		return TellInteractions(salesHHI, all, func(analysis.Interaction) [2]string { return [2]string{"low", "high"} })
	}
	if got, want := told([][]float64{{1}, {2}}, [][]float64{{-240}, {-719}}), "One run at each point tells no luck from "+
		"what an input does: the effect is −240 where a is low, −719 where it is high."; got != want {
		t.Error(got)
	}
	var rows, y [][]float64
	for i := range 30 {
		rows, y = append(rows, []float64{float64(i)}), append(y, []float64{float64(i) + float64(i%3)/10})
	}
	tiny.Contains(t, told(rows, y), "With one replication all futures share one luck, of which the intervals know "+
		"nothing.")
}
