package page

import (
	"fmt"
	"html"
	"math"
	"strconv"
	"strings"

	"simulate/internal/explore"
	"simulate/internal/quantity"
	"simulate/plots/chart"
)

// The picture's measures, in pixels of its own.
const (
	pictureWidth, pictureHeight = 760, 360
	left, right, top, bottom    = 54, 150, 62, 34
)

// Picture draws the concentration of sales as SVG: mean and nine of ten runs, in grey those without the events and policies.
func Picture(t explore.Texts, sum *explore.Summary, markers []explore.Marker) string {
	const metric = "hhi_sales"
	run, base := sum.Runs[metric], sum.Base[metric]
	highest := 1800.0
	for _, b := range []explore.Band{run, base} {
		for _, v := range b.High {
			if !math.IsNaN(v) {
				highest = math.Max(highest, v)
			}
		}
	}
	step := 500.0
	for highest/step > 6 {
		step *= 2
	}
	highest = step * math.Ceil(highest/step)
	x := func(i int) float64 {
		return left + float64(i)/float64(max(1, len(sum.Dates)-1))*(pictureWidth-left-right)
	}
	y := func(v float64) float64 { return top + (1-v/highest)*(pictureHeight-top-bottom) }
	var b strings.Builder
	text := func(x, y float64, anchor, class, s string) {
		fmt.Fprintf(&b, `<text x="%.1f" y="%.1f" text-anchor="%s" class="%s">%s</text>`, x, y, anchor, class, html.EscapeString(s))
	}
	describe := t["chart.concentration"] + ". "
	end := len(sum.Dates) - 1
	describe += strings.NewReplacer("{line}", t["line."+metric], "{from}", t.Value(metric, run.Mean[0]), "{begin}", t.Date(sum.Dates[0]),
		"{to}", t.Value(metric, run.Mean[end]), "{end}", t.Date(sum.Dates[end])).Replace(t["chart.reads"])
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="%s" font-family="Inter, system-ui, sans-serif">`,
		pictureWidth, pictureHeight, html.EscapeString(describe))
	text(0, 18, "start", "t", t["chart.concentration"])
	text(0, 38, "start", "s", t["chart.concentration.about"])
	for v := 0.0; v <= highest; v += step {
		fmt.Fprintf(&b, `<line x1="%d" x2="%d" y1="%.1f" y2="%.1f" stroke="%s"/>`, left, pictureWidth-right, y(v), y(v), chart.Hex(chart.Hairline))
		text(left-8, y(v)+4, "end", "k", t.Value(metric, v))
	}
	for i, date := range sum.Dates {
		if year, err := strconv.Atoi(date[:4]); err == nil && date[5:7] == "12" && (year+1)%2 == 1 { // a year begins as the one before ends
			text(x(i), pictureHeight-bottom+20, "middle", "k", strconv.Itoa(year+1))
		}
	}
	for _, m := range markers {
		for i, date := range sum.Dates {
			if date >= m.Date {
				fmt.Fprintf(&b, `<line x1="%.1f" x2="%.1f" y1="%d" y2="%d" stroke="%s" stroke-dasharray="2 3"/>`, x(i), x(i), top, pictureHeight-bottom, chart.Hex(chart.Grey))
				text(x(i)+4, top+10, "start", "k", m.Label)
				break
			}
		}
	}
	curve := func(of explore.Band, colour, name string) {
		if len(of.Mean) == 0 {
			return
		}
		var up, down, line []string
		for i := range of.Mean {
			up = append(up, fmt.Sprintf("%.1f,%.1f", x(i), y(of.High[i])))
			down = append([]string{fmt.Sprintf("%.1f,%.1f", x(i), y(of.Low[i]))}, down...)
			line = append(line, fmt.Sprintf("%.1f,%.1f", x(i), y(of.Mean[i])))
		}
		fmt.Fprintf(&b, `<polygon points="%s %s" fill="%s" fill-opacity=".16"/>`, strings.Join(up, " "), strings.Join(down, " "), colour)
		fmt.Fprintf(&b, `<polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>`, strings.Join(line, " "), colour)
		fmt.Fprintf(&b, `<text x="%.1f" y="%.1f" fill="%s" class="e">%s</text>`, x(len(line)-1)+6, y(of.Mean[len(line)-1])+4, colour, html.EscapeString(name))
	}
	curve(base, chart.Hex(chart.Grey), "")
	curve(run, chart.Hex(chart.Blue), t["line."+metric]+" "+quantity.Whole(run.Mean[end]))
	b.WriteString("</svg>")
	return b.String()
}
