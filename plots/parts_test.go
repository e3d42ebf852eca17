package plots

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
)

func labels(a axis) string {
	var s []string
	for _, t := range a.ticks {
		s = append(s, t.label)
	}
	return strings.Join(s, " ")
}

func TestAxes(t *testing.T) {
	for name, c := range map[string]struct {
		got  axis
		want string
	}{
		"from zero":    {linearAxis(extent{500, 4300, true}, 6, plain), "0 1,000 2,000 3,000 4,000"},
		"across zero":  {linearAxis(extent{-2.5, 6, true}, 6, oom), "−2 0 +2 +4 +6"},
		"far from 0":   {linearAxis(extent{101, 104, true}, 4, plain), "101 102 103 104"},
		"negative":     {linearAxis(extent{-30, -1, true}, 4, plain), "−30 −20 −10 0"},
		"nothing":      {linearAxis(extent{}, 4, percent), "0% 50% 100%"},
		"decades":      {logAxis(extent{6e6, 3e11, true}, 8, dollars), "$10M $100M $1B $10B $100B"},
		"many decades": {logAxis(extent{1e-7, 1e2, true}, 6, plain), "10⁻⁶ 10⁻⁴ 0.01 1 100"},
		"one decade":   {logAxis(extent{1.4e9, 2.5e10, true}, 6, dollars), "$2B $5B $10B $20B"},
		"half decade":  {logAxis(extent{4, 9, true}, 6, plain), "4 6 8"},
	} {
		if got := labels(c.got); got != c.want {
			t.Errorf("%s: ticks %q, want %q", name, got, c.want)
		}
	}
	a := linearAxis(extent{7, 7, true}, 4, plain)
	if !(a.min < 7 && a.max > 7) {
		t.Errorf("a constant has the axis %g to %g", a.min, a.max)
	}
	y := timeAxis(extent{2024, 2034, true})
	for want, ticks := range map[int]string{11: "2024 2025 2026 2027 2028 2029 2030 2031 2032 2033 2034", 6: "2024 2026 2028 2030 2032 2034", 3: "2024 2028 2032", 1: "2030"} {
		if y.fitYears(want); labels(y) != ticks {
			t.Errorf("%d labels: %q, want %q", want, labels(y), ticks)
		}
	}
	inYear := timeAxis(extent{2024.1, 2024.6, true})
	if labels(inYear) != "May 2024" {
		t.Errorf("within a year: %q", labels(inYear))
	}
}

func TestFormats(t *testing.T) {
	for want, got := range map[string]string{
		"3,411":     plain(3411.2, 0),
		"−0.985":    plain(-.98512, 0),
		"5":         plain(5, 0),
		"0":         plain(-1e-20, 1),
		"2.1×10⁻⁷":  plain(2.1e-7, 0),
		"10²⁶":      power(1e26),
		"1,234,568": plain(1234567.9, 1),
		"82%":       percent(.8231, 0),
		"0.3%":      percent(.003, 0),
		"$5.61T":    dollars(5.612e12, 0),
		"$600B":     dollars(6e11, 2e11),
		"$0":        dollars(0, 2e11),
		"−$1.5M":    dollars(-1.5e6, 0),
		"+0.5":      oom(.5, .5),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for date, want := range map[float64]string{2025: "at end-2024", 2024 + 7.0/12: "in Jul 2024"} {
		if got := strings.ReplaceAll(when(date), space, " "); got != want {
			t.Errorf("%g is %q, want %q", date, got, want)
		}
	}
}

func TestColoursReadOnWhite(t *testing.T) {
	for _, c := range append(distinct[:len(distinct):len(distinct)], grey, ink) {
		if contrast := 1.05 / (luminance(readable(c)) + .05); contrast < 4.5 {
			t.Errorf("%v has a contrast of %.2f", c, contrast)
		}
	}
}

// TestEndLabelsKeepApart checks order, distance and bounds of labels whose lines end at one place.
func TestEndLabelsKeepApart(t *testing.T) {
	var labels []endLabel
	for i := range 6 {
		l := endLabel{text: string(rune('a' + i)), at: 50 + float64(i)/10, rank: i}
		l.layOut(100)
		labels = append(labels, l)
	}
	toY := func(v float64) vg.Length { return vg.Length(v) }
	placed := place(labels, toY, 0, 100)
	if len(placed) != 6 {
		t.Fatalf("%d labels kept", len(placed))
	}
	for i, l := range placed {
		if l.text != string(rune('a'+i)) {
			t.Errorf("label %d is %s", i, l.text)
		}
		if l.y-l.height()/2 < -1e-6 || l.y+l.height()/2 > 100+1e-6 {
			t.Errorf("%s leaves its room", l.text)
		}
		if i > 0 && l.y-placed[i-1].y < l.height()-1e-6 {
			t.Errorf("%s touches its neighbour", l.text)
		}
	}
	mean := (placed[0].y + placed[5].y) / 2
	if math.Abs(float64(mean)-50.25) > 1e-6 {
		t.Errorf("the group is centred on %g", mean)
	}
	few := place(labels, toY, 0, 30)
	if len(few) != 2 || few[0].text != "a" || few[1].text != "b" {
		t.Errorf("with room for two, %d labels are kept", len(few))
	}
}

func TestTextFits(t *testing.T) {
	long := "A title that goes on about concentration in the markets for compute, training and sales until it no longer fits on one line"
	size, lines := fitTitle(long, 400)
	if len(lines) < 2 || strings.Join(lines, " ") != long {
		t.Errorf("title %v", lines)
	}
	for _, l := range lines {
		if widthOf(l, size, semiBold) > 400 {
			t.Errorf("%q is too wide", l)
		}
	}
	if short := cut(long, 10, regular, 100); !strings.HasSuffix(short, "…") || widthOf(short, 10, regular) > 100 {
		t.Errorf("cut to %q", short)
	}
	if kept := wrap("a"+space+"b c", 10, regular, widthOf("a"+space+"b", 10, regular)); len(kept) != 2 || kept[0] != "a"+space+"b" {
		t.Errorf("a fixed space broke: %q", kept)
	}
}
