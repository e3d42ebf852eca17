// Package chart is the frame of every figure: a page with title, subtitle, key, panels in a grid,
// notes and source line, in one house style, as PNG, SVG or PDF.
//
// It knows axes, lines, bands and labels, and nothing of what they stand for: no table, no metric,
// no lab. Text finds its place by itself. Names stand at the ends of lines and give way to each
// other, notes wrap, and a page grows where its parts need room.
//
//	ch := &chart.Chart{
//		Title:    "Concentration of sales",
//		Subtitle: "Herfindahl–Hirschman index; median of 200 replications",
//		Panels: []*chart.Panel{{
//			Unit:   "HHI",
//			X:      chart.TimeAxis(chart.Extent{Lo: 2025, Hi: 2030, Ok: true}),
//			Y:      chart.LinearAxis(chart.Extent{Lo: 0, Hi: 2600, Ok: true}, 5, quantity.Plain),
//			Layers: []plot.Plotter{chart.Line{X: years, Y: hhi, Colour: chart.Blue, Width: 1.6}},
//			Ends:   []chart.EndLabel{{Text: "DeepSeek shock", At: hhi[len(hhi)-1], Colour: chart.Blue}},
//		}},
//		Columns: 1,
//	}
//	err := ch.Save("hhi.png", "png", 300)
//
// Layers are drawn in order. [LinearAxis], [LogAxis] and [TimeAxis] choose round ticks; an [Extent]
// collects what must fit.
package chart
