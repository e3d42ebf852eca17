package chart

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"

	"simulate/internal/quantity"
)

func labels(a Axis) string {
	var s []string
	for _, t := range a.Ticks {
		s = append(s, t.Label)
	}
	return strings.Join(s, " ")
}

func TestAxes(t *testing.T) {
	for name, c := range map[string]struct {
		got  Axis
		want string
	}{
		"from zero":    {LinearAxis(Extent{500, 4300, true}, 6, quantity.Plain), "0 1,000 2,000 3,000 4,000"},
		"across zero":  {LinearAxis(Extent{-2.5, 6, true}, 6, quantity.OOM), "−2 0 +2 +4 +6"},
		"far from 0":   {LinearAxis(Extent{101, 104, true}, 4, quantity.Plain), "101 102 103 104"},
		"negative":     {LinearAxis(Extent{-30, -1, true}, 4, quantity.Plain), "−30 −20 −10 0"},
		"nothing":      {LinearAxis(Extent{}, 4, quantity.Percent), "0% 50% 100%"},
		"decades":      {LogAxis(Extent{6e6, 3e11, true}, 8, quantity.Dollars), "$10M $100M $1B $10B $100B"},
		"many decades": {LogAxis(Extent{1e-7, 1e2, true}, 6, quantity.Plain), "10⁻⁶ 10⁻⁴ 0.01 1 100"},
		"one decade":   {LogAxis(Extent{1.4e9, 2.5e10, true}, 6, quantity.Dollars), "$2B $5B $10B $20B"},
		"half decade":  {LogAxis(Extent{4, 9, true}, 6, quantity.Plain), "4 6 8"},
	} {
		if got := labels(c.got); got != c.want {
			t.Errorf("%s: ticks %q, want %q", name, got, c.want)
		}
	}
	a := LinearAxis(Extent{7, 7, true}, 4, quantity.Plain)
	if !(a.Min < 7 && a.Max > 7) {
		t.Errorf("a constant has the axis %g to %g", a.Min, a.Max)
	}
	y := TimeAxis(Extent{2024, 2034, true})
	for want, ticks := range map[int]string{11: "2024 2025 2026 2027 2028 2029 2030 2031 2032 2033 2034",
		6: "2024 2026 2028 2030 2032 2034", 3: "2024 2028 2032", 1: "2030"} {
		if y.fitYears(want); labels(y) != ticks {
			t.Errorf("%d labels: %q, want %q", want, labels(y), ticks)
		}
	}
	inYear := TimeAxis(Extent{2024.1, 2024.6, true})
	if labels(inYear) != "May 2024" {
		t.Errorf("within a year: %q", labels(inYear))
	}
}

func TestWhen(t *testing.T) {
	for date, want := range map[float64]string{2025: "at end-2024", 2024 + 7.0/12: "in Jul 2024"} {
		if got := strings.ReplaceAll(When(date), Space, " "); got != want {
			t.Errorf("%g is %q, want %q", date, got, want)
		}
	}
}

func TestColoursReadOnWhite(t *testing.T) {
	for _, c := range append(Distinct[:len(Distinct):len(Distinct)], Grey, Ink) {
		if contrast := 1.05 / (Luminance(readable(c)) + .05); contrast < 4.5 {
			t.Errorf("%v has a contrast of %.2f", c, contrast)
		}
	}
}

// TestEndLabelsKeepApart checks order, distance and bounds of labels whose lines end at one place.
func TestEndLabelsKeepApart(t *testing.T) {
	var labels []EndLabel
	for i := range 6 {
		l := EndLabel{Text: string(rune('a' + i)), At: 50 + float64(i)/10, Rank: i}
		l.layOut(100)
		labels = append(labels, l)
	}
	toY := func(v float64) vg.Length { return vg.Length(v) }
	placed := place(labels, toY, 0, 100)
	if len(placed) != 6 {
		t.Fatalf("%d labels kept", len(placed))
	}
	for i, l := range placed {
		if l.Text != string(rune('a'+i)) {
			t.Errorf("label %d is %s", i, l.Text)
		}
		if l.y-l.height()/2 < -1e-6 || l.y+l.height()/2 > 100+1e-6 {
			t.Errorf("%s leaves its room", l.Text)
		}
		if i > 0 && l.y-placed[i-1].y < l.height()-1e-6 {
			t.Errorf("%s touches its neighbour", l.Text)
		}
	}
	mean := (placed[0].y + placed[5].y) / 2
	if math.Abs(float64(mean)-50.25) > 1e-6 {
		t.Errorf("the group is centred on %g", mean)
	}
	few := place(labels, toY, 0, 30)
	if len(few) != 2 || few[0].Text != "a" || few[1].Text != "b" {
		t.Errorf("with room for two, %d labels are kept", len(few))
	}
}

func TestTextFits(t *testing.T) {
	long := "A title that goes on about concentration in the markets for compute, training and sales until it no " +
		"longer fits on one line"
	size, lines := fitTitle(long, 400)
	if len(lines) < 2 || strings.Join(lines, " ") != long {
		t.Errorf("title %v", lines)
	}
	for _, l := range lines {
		if WidthOf(l, size, SemiBold) > 400 {
			t.Errorf("%q is too wide", l)
		}
	}
	if short := Cut(long, 10, Regular, 100); !strings.HasSuffix(short, "…") || WidthOf(short, 10, Regular) > 100 {
		t.Errorf("cut to %q", short)
	}
	if kept := wrap("a"+Space+"b c", 10, Regular, WidthOf("a"+Space+"b", 10,
		Regular)); len(kept) != 2 || kept[0] != "a"+Space+"b" {
		t.Errorf("a fixed space broke: %q", kept)
	}
}

// A column cuts names before it cuts a value, and gives names on the axis, in the key and above
// panels the room that they need.
func TestNamesAreWholeInAColumn(t *testing.T) {
	l := EndLabel{Text: "An open-weight mandate of several countries", Value: "$100B", Weight: SemiBold}
	l.layOut(60)
	if n := len(l.lines); n > 3 || l.lines[n-1] != "$100B" {
		t.Errorf("end label %q", l.lines)
	}
	l = EndLabel{Text: "Institut für künstliche Intelligenz Łódź-Köln", Weight: SemiBold}
	if l.layOut(70); strings.Join(l.lines, " ") != l.Text {
		t.Errorf("a name is cut to %q", l.lines)
	}
	const name = "Substitution between brands σ"
	if lines := tickLines(name, 95); strings.Join(lines, " ") != name || len(lines) != 2 {
		t.Errorf("tick %q", lines)
	}
	const class = "2,500 to 5,000: high since 2010"
	ch := &Chart{Size: Size{Width: 85 * Units["mm"]}, Columns: 2, Key: []KeyItem{{Name: class}, {Name: class}},
		Panels: []*Panel{{Title: name + " and between hosts"}, {Title: "b"}}}
	if got := ch.LayOut().columns; got != 2 || strings.Join(ch.Panels[0].titleLines(140), " ") != ch.Panels[0].Title {
		t.Errorf("a title of two lines stands in one of %d columns: %q", got, ch.Panels[0].titleLines(140))
	}
	ch.Panels[0].Title = strings.Repeat(name+" and ", 4) + "others"
	for _, line := range ch.keyLines(300) {
		for _, item := range line {
			if item.Name != class {
				t.Errorf("key %q", item.Name)
			}
		}
	}
	if got := ch.LayOut().columns; got != 1 {
		t.Errorf("a title longer than three lines stands in one of %d columns", got)
	}
	ch.Panels[0].Title = "a"
	if got := ch.LayOut().columns; got != 2 {
		t.Errorf("short titles stand in %d columns", got)
	}
	ch.Panels[1].Y.Ticks = []Tick{{Label: "20,000"}}
	ch.Panels[1].Ends = []EndLabel{{Text: "Anthropic and others", Value: "$100B"}}
	if got := ch.LayOut().columns; got != 1 {
		t.Errorf("labels that leave no room to the data stand in %d columns", got)
	}
}
