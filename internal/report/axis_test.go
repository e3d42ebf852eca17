package report

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"simulate/internal/quantity"
	"simulate/plots/chart"
)

// Charts of the page begin at zero where figures do, and hold what is drawn: the function extent of
// scale.js runs in Node.js, where there is one, beside chart.LinearAxis.
func TestAxesBeginAsThoseOfFigures(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no Node.js")
	}
	page, err := os.ReadFile("scale.js")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(page), "function extent(")
	body, _, ended := strings.Cut(rest, "\n}\n")
	if !found || !ended {
		t.Fatal("scale.js has no function extent")
	}
	ranges := [][2]float64{{2800, 3300}, {1000, 3300}, {1979, 3300}, {1981, 3300}, {.2, .9}, {.91, .93}, {-5, 3},
		{-300, -20},
		{-300, -290}, {0, 10}, {1e9, 1e12}}
	list, _ := json.Marshal(ranges)
	program := fmt.Sprintf(`const d3 = {
  extent: (v) => v.length ? [Math.min(...v), Math.max(...v)] : [undefined, undefined] };
function extent(%s
}
console.log(JSON.stringify(%s.map(([a, b]) =>
  extent([{ mid: a }, { mid: null }, { mid: b }], ["mid"], false))));`, body, list)
	out, err := exec.Command(node, "-e", program).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var domains [][2]float64
	if err := json.Unmarshal(out, &domains); err != nil {
		t.Fatal(err)
	}
	for i, r := range ranges {
		var x chart.Extent
		x.Add(false, r[0], r[1])
		axis, d := chart.LinearAxis(x, 5, quantity.Plain), domains[i]
		if figure, here := axis.Contains(0), d[0] <= 0 && d[1] >= 0; figure != here {
			t.Errorf("%v: the figure's axis goes from %g to %g, the chart's from %g to %g", r, axis.Min, axis.Max, d[0], d[1])
		}
		if d[0] > r[0] || d[1] < r[1] {
			t.Errorf("%v leaves its axis, %v", r, d)
		}
	}
}
