package plots

import (
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"simulate/plots/chart"
	"simulate/sim/table"
)

// manyAlternatives is a comparison of n alternatives with a base.
func manyAlternatives(t *testing.T, n int) string {
	t.Helper()
	w := usualWorld()
	w.cases = []Case{{Name: "baseline", Start: 2024}}
	for i := range n {
		w.cases = append(w.cases, Case{Name: fmt.Sprintf("alternative-number-%d", i+1), Start: 2024})
	}
	dir := w.write(t)
	number := func(name string) table.Column { return table.Column{Name: name, Kind: table.Number} }
	effects := table.New("effects", table.Column{Name: "case"}, table.Column{Name: "point", Kind: table.Integer},
		table.Column{Name: "segment"}, table.Column{Name: "date"}, table.Column{Name: "metric"}, number("effect"),
		number("low"), number("high"), number("low_spread"), number("high_spread"))
	for i, c := range w.cases[1:] {
		for q, d := range w.dates() {
			v := 100 * float64(i+1) * math.Sin(float64(q)/6)
			for _, metric := range []string{"hhi_sales", "entry_ticket", "supplier_revenue"} {
				effects.Append(c.Name, 0, "", d, metric, v, v-40, v+45, v-200, v+220)
			}
		}
	}
	if err := effects.Save(filepath.Join(dir, "effects.csv")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// However many alternatives there are, each shows the intervals of its means, and the subtitle says
// what is drawn.
func TestDifferencesKeepTheirIntervals(t *testing.T) {
	for _, n := range []int{1, 2, 4, 7} {
		ch := charts(t, manyAlternatives(t, n), "differences")["differences"]
		textFindsRoom(t, "differences", ch)
		if n == 4 {
			golden(t, "differences_four", ch)
		}
		if !strings.Contains(ch.Subtitle, "95% interval") {
			t.Errorf("%d alternatives: %q", n, ch.Subtitle)
		}
		for _, p := range ch.Panels {
			if got := intervalsShown(p); n > 1 && got != n || n == 1 && got != 0 {
				t.Errorf("%d alternatives: %s shows whiskers of %d", n, p.Title, got)
			}
			if lines := linesOf(p); lines != n+1 { // and zero
				t.Errorf("%d alternatives: %s has %d lines", n, p.Title, lines)
			}
		}
	}
}

// intervalsShown counts the series whose intervals stand at three dates within the axis.
func intervalsShown(p *chart.Panel) (n int) {
	for _, l := range p.Layers {
		if w, ok := l.(chart.Whiskers); ok && len(w.X) == 3 && p.Y.Contains(w.Lo[0]) && p.Y.Contains(w.Hi[2]) {
			n++
		}
	}
	return n
}

func linesOf(p *chart.Panel) (n int) {
	for _, l := range p.Layers {
		if _, ok := l.(chart.Line); ok {
			n++
		}
	}
	return n
}

// A split change has a line for each part and the total, not three for each.
func TestPartsOfAChangeAreFewLines(t *testing.T) {
	ch := charts(t, differencesFolder(t), "decomposition")["decomposition"]
	golden(t, "decomposition", ch)
	for _, p := range ch.Panels {
		if lines := linesOf(p); lines != 4 || intervalsShown(p) != 3 {
			t.Errorf("%s has %d lines and whiskers of %d parts", p.Title, lines, intervalsShown(p))
		}
	}
}

// A source line names up to eight cases whole, and has seed and replications at its end.
func TestSourceLinesAreWhole(t *testing.T) {
	for _, n := range []int{5, 7, 20} {
		ch := charts(t, manyAlternatives(t, n), "differences")["differences"]
		l := ch.LayOut()
		said := chart.Breakable(strings.Join(l.Source(), " "))
		if strings.Contains(said, "…") || !strings.Contains(said, "seed 20250120") || !strings.Contains(said,
			"200 replications") {
			t.Errorf("%d cases on a page of %.0f: %s", n+1, l.Width, said)
		}
		for i := range n {
			if name := fmt.Sprintf("alternative-number-%d", i+1); n < mostNamed && !strings.Contains(said, name) {
				t.Errorf("%d cases: the source lacks %s: %s", n+1, name, said)
			}
		}
	}
	one := &chart.Chart{Title: "T", Panels: []*chart.Panel{{}}, Source: "Source: " + strings.Repeat("a-very-long-name_",
		12)}
	if lines := strings.Join(one.LayOut().Source(), ""); strings.Contains(lines, "…") || !strings.HasSuffix(lines,
		"name_") {
		t.Errorf("a long name is cut: %q", lines)
	}
}

// Lines at 0 throughout are said to be those alone, where others move.
func TestPanelsWithoutAChangeAreSaid(t *testing.T) {
	nan := math.NaN()
	still := series{name: "A", path: &path{date: []float64{2025}, mean: []float64{0}, low: []float64{nan},
		high: []float64{nan}, q05: []float64{nan}, q95: []float64{nan}}}
	moved := series{name: "A", path: &path{date: []float64{2025}, mean: []float64{5}, low: []float64{3},
		high: []float64{7}, q05: []float64{1}, q95: []float64{9}}}
	one := []series{still}
	if said := changeWords("A less B", one, one, 6); !strings.HasPrefix(said, "A less B; no run of 6 differs") {
		t.Error(said)
	}
	said := changeWords("A less B", one, []series{still, moved}, 6)
	if !strings.Contains(said, "dark band: 95% interval") || !strings.Contains(said,
		"where a line lies at 0 throughout no run of 6 differs") {
		t.Error(said)
	}
	if said := changeWords("A less B", []series{moved}, []series{moved}, 6); strings.Contains(said, "no run") {
		t.Error(said)
	}
}

// A whisker stands on the line of its own series, and those of several stand apart.
func TestWhiskersStandOnTheirLines(t *testing.T) {
	long := &path{}
	for i := range 41 {
		long.date, long.mean = append(long.date, 2025+float64(i)/4), append(long.mean, float64(i))
		long.low, long.high = append(long.low, float64(i)-1), append(long.high, float64(i)+1)
	}
	x := chart.Extent{Lo: 2025, Hi: 2035, Ok: true}
	seen := map[float64]bool{}
	for i := range 5 {
		w := whiskersOf(series{path: long}, x, i, 5)
		if w.Shift != 0 || len(w.X) != len(whiskersAt) {
			t.Errorf("series %d: %d whiskers, moved by %g", i, len(w.X), w.Shift)
		}
		for k, at := range w.X {
			if seen[at] || at > 2034.75 {
				t.Errorf("two whiskers stand at %g, or one at the edge", at)
			}
			if seen[at] = true; valueAt(long.date, long.mean, at)-1 != w.Lo[k] {
				t.Errorf("the whisker at %g is that of another date", at)
			}
		}
	}
}
