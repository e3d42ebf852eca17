// Package chart is the frame of every figure: a page with title, subtitle, key, panels in a grid,
// notes and source line, in one house style, as PNG, SVG or PDF.
//
// It knows axes, lines, bands and labels, and nothing of what they stand for: no table, no metric,
// no lab.
//
// # The parts of a figure
//
//	Concentration of sales                                      Title
//	Herfindahl–Hirschman index; median of 200 replications      Subtitle: what is drawn, what bands mean
//	■ with  ■ without                                           Key: where lines cannot be named at their ends
//	HHI               DeepSeek R1                               Panel.Unit, Panel.Markers
//	3,500 ┤                ┊                                    Axis Y: round ticks
//	      ┤ ───────────────┊──────────── without                EndLabel: gives way to the others
//	2,500 ┤                ┊\______────── with                  Layers: Band, Line, Dots, Whiskers, in order
//	      ┤ - - - - - - - -┊- - - - - - -                       Level: a height with a name
//	      └────────────────┊─────────────                       Axis X
//	        2024    2025     2026    2027
//	Dashed: highly concentrated by the guidelines.              Notes, wrapped
//	deepseek-shock · seed 20250120 · version                    Source
//
//	Chart{…}  what is to be seen; nothing is drawn yet
//	   │ LayOut: a page grows where its parts need room (chart.go)
//	   │ Render: layers in order, then names where there is room (chart.go, panel.go, endlabels.go)
//	   ▼ Save: the same drawing on a canvas of its own (render.go, svg.go, pdf.go)
//	hhi.png, hhi.svg, hhi.pdf
//
// A figure is a Chart with its parts filled in:
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
// [LinearAxis], [LogAxis] and [TimeAxis] choose round ticks; an [Extent] collects what must fit.
package chart
