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
