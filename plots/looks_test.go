package plots

import (
	"fmt"
	"image/color"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"

	"simulate/plots/chart"
)

// toPoints maps an axis to 0 to 100 points.
func toPoints(a chart.Axis) func(float64) vg.Length {
	return func(v float64) vg.Length { return vg.Length(100 * a.Normalizer().Normalize(a.Min, a.Max, v)) }
}

// TestCasesLookDifferent asks that named cases differ in colour and that none loses its name.
func TestCasesLookDifferent(t *testing.T) {
	for n := 2; n <= 14; n++ {
		if edge := 1 + len(chart.Distinct); testing.Short() && n != 2 && n != edge && n != 14 {
			continue
		}
		w := usualWorld()
		w.cases = nil
		for i := range n {
			w.cases = append(w.cases, Case{Name: fmt.Sprintf("case-%02d", i), Title: "The same title", Start: 2024})
		}
		dir := w.write(t)
		ch := charts(t, dir, "hhi_sales", "lags")
		named := min(n, 1+mostHighlights)
		if n == 1+len(chart.Distinct) {
			named = n
		}
		strokes := map[string]bool{} // of the colours' lines, in grey print
		for _, l := range ch["hhi_sales"].Panels[0].Layers {
			if l, ok := l.(chart.Line); ok && l.Width == 2 {
				strokes[fmt.Sprint(l.Dashes)] = true
			}
		}
		if want := min(named, 1+len(strokesOfCases)); len(strokes) != want {
			t.Errorf("of %d cases %d can be told apart without colours, want %d", n, len(strokes), want)
		}
		colours, texts := map[color.NRGBA]bool{}, map[string]bool{}
		for _, e := range ch["hhi_sales"].Panels[0].Ends {
			colours[e.Colour], texts[e.Text] = true, true
		}
		if len(colours) != named || len(texts) != named {
			t.Errorf("of %d cases %d have colours and %d names, want %d", n, len(colours), len(texts), named)
		}
		key := ch["lags"].Key
		var c textCanvas
		ch["hhi_sales"].Render(&c)
		for text := range texts {
			found := false
			for _, b := range c.boxes {
				found = found || strings.HasPrefix(chart.Breakable(b.text), text)
			}
			if !found {
				t.Errorf("of %d cases %s is not named in the picture", n, text)
			}
		}
		if n <= 1+len(chart.Distinct) {
			if len(key) != n || strings.Contains(ch["lags"].Subtitle, "grey") {
				t.Errorf("%d cases have the key %v and the subtitle %q", n, key, ch["lags"].Subtitle)
			}
			continue
		}
		others := fmt.Sprintf("%d others", n-named)
		if key[len(key)-1].Name != others || len(key) != named+1 || !strings.Contains(ch["hhi_sales"].Subtitle,
			fmt.Sprintf("%d other cases", n-named)) {
			t.Errorf("%d cases have the key %v and the subtitle %q", n, key, ch["hhi_sales"].Subtitle)
		}
	}
}

// TestHighlightsDifferMost gives twelve cases ends that grow away from the first's.
func TestHighlightsDifferMost(t *testing.T) {
	r := &Results{metrics: map[string]map[string]*path{"hhi_sales": {}}}
	for i, v := range []float64{1500, 1501, 1900, 1100, 1502, 1600, 1700, 1503, 1300, 1200, 1000, 1400} {
		name := fmt.Sprint(i)
		r.Manifest.Cases = append(r.Manifest.Cases, Case{Name: name})
		r.metrics["hhi_sales"][name] = &path{date: []float64{2030}, mean: []float64{v}}
	}
	minor := ""
	for i, l := range r.looksOf() {
		if l.minor {
			minor += fmt.Sprint(i, " ")
		}
	}
	if minor != "1 4 7 " {
		t.Errorf("cases %sare drawn without a name", minor)
	}
}

func TestFansOfSeveralCasesHaveOutlines(t *testing.T) {
	for n, dir := range map[int]string{1: usualWorld().write(t), 3: threeCases().write(t)} {
		bands, thin := 0, 0
		layers := charts(t, dir, "hhi_sales")["hhi_sales"].Panels[0].Layers
		for _, l := range layers {
			switch l := l.(type) {
			case chart.Band:
				bands++
			case chart.Line:
				if l.Width < 1 {
					thin++
				}
			}
		}
		if n == 1 && (bands != 2 || thin != 0) || n == 3 && (bands != 0 || thin != 6) {
			t.Errorf("%d cases have %d areas and %d thin lines", n, bands, thin)
		}
		if last, ok := layers[len(layers)-1].(chart.Line); !ok || last.Width != 2 {
			t.Error("a median does not lie on top")
		}
	}
}

// TestLabsKeepTheirColours compares folders of one roster in which other labs lead.
func TestLabsKeepTheirColours(t *testing.T) {
	colours := func(cases []Case, academics int) map[string]color.NRGBA {
		w := usualWorld()
		w.cases, w.academics = cases, academics
		r, err := Open(w.write(t))
		if err != nil {
			t.Fatal(err)
		}
		for _, byCase := range r.allClasses() {
			for _, c := range byCase {
				if c.named && c.colour != r.colours[c.id] {
					t.Errorf("%s has two colours", c.id)
				}
			}
		}
		return r.colours
	}
	one := colours(usualWorld().cases, 5)
	two := colours(threeCases().cases, 1)
	for id, c := range one {
		if two[id] != c {
			t.Errorf("%s is %v and %v", id, c, two[id])
		}
	}
	if one["microsoft"] != chart.LabPalette[0] || one["google"] != chart.LabPalette[1] ||
		len(one) != len(chart.LabPalette) {
		t.Errorf("colours %v", one)
	}
	used := map[color.NRGBA]bool{}
	for _, c := range one {
		if used[c] {
			t.Errorf("two labs are %v", c)
		}
		used[c] = true
	}
	for i, a := range chart.LabPalette {
		for _, b := range chart.LabPalette[:i] {
			d := func(x, y uint8) int { return (int(x) - int(y)) * (int(x) - int(y)) }
			if d(a.R, b.R)+d(a.G, b.G)+d(a.B, b.B) < 40*40 {
				t.Errorf("%v and %v look alike", a, b)
			}
		}
	}
}

// TestEntrantsKeepTheirColour: one that comes later does not move the others' colours.
func TestEntrantsKeepTheirColour(t *testing.T) {
	at := func(dates ...float64) map[string]*path { return map[string]*path{"budget": {date: dates}} }
	r := &Results{Manifest: Manifest{Cases: []Case{{Name: "a"}}}, labs: map[string][]*lab{"a": {
		{id: "x", variable: at(2024, 2025)}, {id: "entrant#1", variable: at(2025)}, {id: "y", variable: at(2024, 2025)}}}}
	got := r.labColours()
	if got["x"] != chart.LabPalette[0] || got["y"] != chart.LabPalette[1] ||
		got["entrant"] != chart.LabPalette[len(chart.LabPalette)-1] {
		t.Errorf("colours %v", got)
	}
}
