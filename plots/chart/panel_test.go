package chart

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"

	"simulate/internal/quantity"
)

// A unit that has no room beside its panel's title stands below it, and is never left out.
func TestAUnitWithoutRoomStandsBelow(t *testing.T) {
	for title, below := range map[string]bool{"Anthropic": false,
		"A panel whose title takes half of the width of the page": true} {
		p := &Panel{Title: title, Unit: "of enterprise sales, in parts of a hundred, by calendar year",
			X: TimeAxis(Extent{2024, 2026, true}), Y: LinearAxis(Extent{0, 1, true}, 4, quantity.Plain)}
		ch := &Chart{Title: "T", Panels: []*Panel{p}, Columns: 1}
		l := ch.LayOut()
		if got := p.unitBelow(l.Width - 2*margin); got != below {
			t.Errorf("%s: below %v", title, got)
		}
		svg, err := ch.SVG()
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(svg), p.Unit) {
			t.Errorf("%s: the unit is not drawn", title)
		}
	}
}

// Names on the y axis that take two lines make the panel higher, so that none overlaps another.
func TestNamesOfRowsDoNotOverlap(t *testing.T) {
	of := func(name string) (apart, need vg.Length) {
		p := &Panel{X: LinearAxis(Extent{0, 1, true}, 4, quantity.Plain), Y: Axis{Named: true, Min: -.6, Max: 19.4}}
		for i := range 20 {
			p.Y.Ticks = append(p.Y.Ticks, Tick{float64(i), fmt.Sprintf("%s %d", name, i)})
		}
		ch := &Chart{Title: "T", Panels: []*Panel{p}, Columns: 1}
		l := ch.LayOut()
		data := ch.cells(l, vg.Rectangle{Min: vg.Point{X: margin, Y: l.footer}, Max: vg.Point{X: l.Width - margin,
			Y: l.Height - l.header}})[0].data
		lines := len(tickLines(p.Y.Ticks[0].Label, (l.Width-2*margin)*p.tickWidth()))
		return (data.Max.Y - data.Min.Y) / 20, vg.Points(SizeTick * 1.15 * float64(lines))
	}
	if apart, need := of("A name of a row that does not find room in one line at all, and so takes two"); apart < need {
		t.Errorf("rows of two lines are %.1f points apart and %.1f high", apart.Points(), need.Points())
	}
}

// A word of a name at a line's end is whole as long as it takes no more than a part of the panel.
func TestWordsOfNamesStayWhole(t *testing.T) {
	labels := []EndLabel{{Text: "Forschungszentrum Nord", Weight: SemiBold}, {Text: "Baseline", Weight: SemiBold}}
	panel := vg.Points(300)
	gutter(labels, endWidth(labels, panel))
	if !slices.Equal(labels[0].lines, []string{"Forschungszentrum", "Nord"}) {
		t.Errorf("the name stands as %q", labels[0].lines)
	}
	if wide := endWidth(labels[1:], panel); wide != panel*.25 {
		t.Errorf("short names may take %v of %v", wide, panel)
	}
}

// The unit of the x axis stays on the page, however narrow the data are beside names of rows.
func TestUnitsStayOnThePage(t *testing.T) {
	const unit = "Share of the variance of the effect in one run of the model"
	p := &Panel{XUnit: unit, X: LinearAxis(Extent{0, 1, true}, 5, quantity.Plain),
		Y: Axis{Named: true, Min: -.5, Max: 8.5, Ticks: nil}}
	for i := range 9 {
		p.Y.Ticks = append(p.Y.Ticks, Tick{At: float64(i), Label: "Substitution between brands"})
	}
	for width := 50 * vg.Millimeter; width < 200*vg.Millimeter; width += 15 * vg.Millimeter {
		ch := &Chart{Panels: []*Panel{p}, Columns: 1, Size: Size{Width: width}}
		l := ch.LayOut()
		if lines := p.xUnitLines(l.Width - 2*margin); strings.Join(lines, " ") != unit && width > 80*vg.Millimeter {
			t.Errorf("at %g mm the unit is cut: %q", width/vg.Millimeter, lines)
		}
		body := l.Height - l.header - l.footer
		if apart := body / 9; apart < vg.Points(SizeTick) {
			t.Errorf("at %g mm nine rows have %.3g points each", width/vg.Millimeter, apart)
		}
	}
}
