package plots

import (
	"image/color"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"simulate/internal/quantity"
	"simulate/plots/chart"
)

// Effect is what an alternative changes in one future: the mean of paired differences with its 95 %
// interval, and the 5 to 95% of the runs.
type Effect struct {
	Interval
	LowSpread, HighSpread float64
	Clear                 bool
	Pairs                 int // of runs
}

// noteAlike adds to the notes what points without an interval tell, where no pair of runs differs.
func noteAlike(notes []string, effects ...[]Effect) []string {
	for _, of := range effects {
		for _, e := range of {
			if e.Value == 0 && math.IsNaN(e.Low) && e.Pairs > 1 {
				return append(notes, quantity.Raised("where there is no interval, "+quantity.NoRunDiffers(e.Pairs)+"."))
			}
		}
	}
	return notes
}

// differs tells whether the effect is other than 0 in any run that is known of.
func (e Effect) differs() bool {
	return slices.ContainsFunc([]float64{e.Value, e.LowSpread, e.HighSpread}, func(v float64) bool {
		return v != 0 && !math.IsNaN(v)
	})
}

// EffectMap draws an effect over two inputs in all combinations: the colour says where it is
// negative and where positive, with 0 in the middle, each cell its value and, below, the interval
// of the mean.
type EffectMap struct {
	Title, Subtitle, Source string
	Names                   [2]string    // of the inputs, across and up
	Values                  [2][]string  // of the inputs, ascending
	Texts                   [2][]string  // the same as tables have them
	Cells                   [][]Effect   // by value of the first input, then of the second
	Format                  chart.Format // of effects
}

// Chart makes the page.
func (m EffectMap) Chart() *chart.Chart {
	top := 0.0
	for _, column := range m.Cells {
		for _, e := range column {
			top = math.Max(top, math.Abs(orNone(e.Value)))
		}
	}
	axis := func(texts []string) chart.Axis {
		a := chart.Axis{Min: -.5, Max: float64(len(texts)) - .5, Format: quantity.Plain}
		for i := 0; i < len(texts); i += (len(texts) + 9) / 10 {
			a.Ticks = append(a.Ticks, chart.Tick{At: float64(i), Label: texts[i]})
		}
		return a
	}
	p := &chart.Panel{Unit: m.Names[1], XUnit: m.Names[0], X: axis(m.Values[0]), Y: axis(m.Values[1])}
	p.Layers = []plot.Plotter{effectCells{m, top, m.step(top)}}
	ch := &chart.Chart{Title: m.Title, Subtitle: m.Subtitle, Panels: []*chart.Panel{p}, Columns: 1, Source: m.Source,
		Extra: vg.Points(float64(max(0, len(m.Values[1])-5)) * 34)}
	ch.Key = []chart.KeyItem{{Name: "lower", Colour: diverging(-1), Shape: chart.ShapeDot}, {Name: "higher",
		Colour: diverging(1), Shape: chart.ShapeDot}}
	ch.Notes = noteAlike(append(spacingNote(m.Names, m.Texts), "In brackets, where there is room, the 95% interval of "+
		"the mean effect. Bold: told apart from 0 at 5% over all effects together."), m.Cells...)
	return ch
}

// diverging is the colour of a share of the greatest effect, from −1 to 1.
func diverging(share float64) color.NRGBA {
	if share < 0 {
		return chart.Blend(chart.Paper, chart.Blue, math.Min(1, -share)*.75)
	}
	return chart.Blend(chart.Paper, chart.Vermilion, math.Min(1, share)*.75)
}

type effectCells struct {
	EffectMap
	top, step float64
}

// step is to what cells are rounded, so that all have the decimals with which the greatest effect
// has three digits. Amounts of money have letters of their own instead.
func (m EffectMap) step(top float64) float64 {
	if top == 0 || strings.Contains(m.Format(top, 0), "$") {
		return 0
	}
	return math.Pow10(int(math.Floor(math.Log10(top))) - 2)
}

func (l effectCells) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	for i, column := range l.Cells {
		for j, e := range column {
			if math.IsNaN(e.Value) {
				continue
			}
			x0, x1, y0, y1 := toX(float64(i)-.5), toX(float64(i)+.5), toY(float64(j)-.5), toY(float64(j)+.5)
			share := 0.0
			if l.top > 0 {
				share = e.Value / l.top
			}
			chart.FillBox(c, diverging(share), x0, y0, x1, y1)
			weight := chart.Regular
			if e.Clear {
				weight = chart.SemiBold
			}
			text, under := l.Format(e.Value, l.step), ""
			if !math.IsNaN(e.Low) {
				under = "(" + l.Format(e.Low, l.step) + " to " + l.Format(e.High, l.step) + ")"
			}
			middle := (y0 + y1) / 2
			height := chart.LineHeight(chart.SizeTick)
			fits := func(s string) bool { return chart.WidthOf(s, chart.SizeTick, chart.Regular) < .95*(x1-x0) }
			if !fits(text) || height > y1-y0 {
				continue
			}
			style := chart.TextStyle(chart.SizeTick, weight, chart.Ink)
			if under == "" || !fits(under) || 2*height > y1-y0 {
				chart.Write(c, text, style, vg.Point{X: (x0 + x1) / 2, Y: middle - chart.CapHeight(chart.SizeTick)/2}, .5)
				continue
			}
			chart.Write(c, text, style, vg.Point{X: (x0 + x1) / 2, Y: middle + height*.15}, .5)
			chart.Write(c, under, style, vg.Point{X: (x0 + x1) / 2, Y: middle - height*.85}, .5)
		}
	}
}

// EffectForest draws effects one below the other: of alternatives, and in futures. The dot is the
// mean effect, the bar its 95% interval, the thin line the 5 to 95% of the runs.
type EffectForest struct {
	Title, Subtitle, Unit, Source string
	Names                         []string
	Effects                       []Effect
	Format                        chart.Format
}

// Chart makes the page.
func (f EffectForest) Chart() *chart.Chart {
	var x chart.Extent
	x.Add(false, 0)
	for _, e := range f.Effects {
		x.Add(false, e.Value, e.Low, e.High, e.LowSpread, e.HighSpread)
	}
	n := len(f.Names)
	p := &chart.Panel{X: chart.LinearAxis(x, 6, f.Format), XUnit: f.Unit}
	p.Y = chart.Axis{Named: true, Min: -.6, Max: float64(n) - .4, Format: quantity.Plain}
	for i, name := range f.Names {
		p.Y.Ticks = append(p.Y.Ticks, chart.Tick{At: float64(n - 1 - i), Label: name})
	}
	p.Layers = []plot.Plotter{chart.Line{X: []float64{0, 0}, Y: []float64{p.Y.Min, p.Y.Max}, Colour: chart.Ink, Width: .9}}
	var dotX, dotY, dimX, dimY []float64
	for i, e := range f.Effects {
		y := float64(n - 1 - i)
		if !math.IsNaN(e.Low) {
			p.Layers = append(p.Layers, chart.Line{X: []float64{e.Low, e.High}, Y: []float64{y, y},
				Colour: chart.Faint(chart.Blue, 130), Width: 4})
		}
		// On top, for of few runs the spread may lie within the interval of their mean.
		p.Layers = append(p.Layers, chart.Line{X: []float64{e.LowSpread, e.HighSpread}, Y: []float64{y, y},
			Colour: chart.Blend(chart.Blue, chart.Ink, .5), Width: 1})
		if e.Clear {
			dotX, dotY = append(dotX, e.Value), append(dotY, y)
		} else {
			dimX, dimY = append(dimX, e.Value), append(dimY, y)
		}
	}
	p.Layers = append(p.Layers, chart.Dots{X: dotX, Y: dotY, Colour: chart.Blue, Radius: 3.2}, chart.Dots{X: dimX,
		Y: dimY, Colour: chart.Blue, Radius: 3.2, Hollow: true})
	ch := &chart.Chart{Title: f.Title, Subtitle: f.Subtitle, Panels: []*chart.Panel{p}, Columns: 1, Source: f.Source,
		Extra: vg.Points(float64(max(0, n-10)) * 15)}
	ch.Notes = noteAlike([]string{"Bar: 95% interval of the mean effect. Thin line: 5 to 95% of the runs. Filled: told " +
		"apart from 0 at 5% over all effects together."}, f.Effects)
	return ch
}

// EffectLine draws effects over one input: a line of mean effects with their 95% interval for each
// alternative.
type EffectLine struct {
	Title, Subtitle, Unit, Source string
	Input, InputUnit              string // as a dictionary gives it
	Names                         []string
	X                             []float64 // values of the input, ascending
	Effects                       [][]Effect
	Format                        chart.Format
}

// Chart makes the page.
func (l EffectLine) Chart() *chart.Chart {
	scale := inputAxis(l.InputUnit)
	var x, y chart.Extent
	x.Add(false, l.X...)
	y.Add(false, 0)
	p := &chart.Panel{Unit: l.Unit, XUnit: l.Input + scale.suffix}
	palette := []color.NRGBA{chart.Blue, chart.Vermilion, chart.Green, chart.Orange}
	ch := &chart.Chart{Title: l.Title, Subtitle: l.Subtitle, Panels: []*chart.Panel{p}, Columns: 1, Source: l.Source}
	var zero []plot.Plotter
	for k, name := range l.Names {
		colour := palette[k%len(palette)]
		var mean, low, high, lows, highs []float64
		for _, e := range l.Effects[k] {
			mean, low, high = append(mean, e.Value), append(low, e.Low), append(high, e.High)
			lows, highs = append(lows, e.LowSpread), append(highs, e.HighSpread)
			y.Add(false, e.Value, e.Low, e.High, e.LowSpread, e.HighSpread)
		}
		if len(l.Names) == 1 {
			p.Layers = append(p.Layers, chart.Band{X: l.X, Lo: lows, Hi: highs, Colour: chart.Faint(colour, chart.AlphaOuter)})
		}
		for i, x := range l.X {
			if !math.IsNaN(low[i]) {
				p.Layers = append(p.Layers, chart.Line{X: []float64{x, x}, Y: []float64{low[i], high[i]},
					Colour: chart.Faint(colour, 150), Width: 2})
			}
		}
		p.Layers = append(p.Layers, chart.Line{X: l.X, Y: mean, Colour: colour, Width: 2}, chart.Dots{X: l.X, Y: mean,
			Colour: colour, Radius: 2.6})
		if len(l.Names) > 1 {
			ch.Key = append(ch.Key, chart.KeyItem{Name: name, Colour: colour, Shape: chart.ShapeLine})
		}
	}
	p.Y = chart.LinearAxis(y, 5, l.Format)
	p.X = chart.LinearAxis(x, 12, scale.format) // the axis is what varies, within which a few of them lie
	if x.Lo > 0 && x.Hi > 30*x.Lo {
		p.X = chart.LogAxis(x, 5, scale.format)
	} else {
		room := .03 * (x.Hi - x.Lo)
		p.X.Min, p.X.Max = x.Lo-room, x.Hi+room
		p.X.Ticks = slices.DeleteFunc(p.X.Ticks, func(t chart.Tick) bool { return !p.X.Contains(t.At) })
	}
	zero = append(zero, chart.Line{X: []float64{p.X.Min, p.X.Max}, Y: []float64{0, 0}, Colour: chart.Ink, Width: .9})
	p.Layers = append(zero, p.Layers...)
	ch.Notes = []string{"Bars: 95% interval of the mean effect."}
	if len(l.Names) == 1 {
		ch.Notes[0] += " Band: 5 to 95% of the runs."
	}
	ch.Notes = noteAlike(ch.Notes, l.Effects...)
	return ch
}
