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

// The looks of its texts, which hold where the picture stands alone.
const (
	titleLook = `font-size="16" font-weight="600" fill="#20242b"`
	aboutLook = `font-size="12" fill="#5f6774"`
	tickLook  = `font-size="11" fill="#5f6774"`
)

// place is where a day lies among recorded dates, as their number with a fraction; false where it
// lies outside.
func place(dates []string, day string) (float64, bool) {
	at, _, ok := quantity.Period(day)
	for i := 1; ok && i < len(dates); i++ {
		_, from, _ := quantity.Period(dates[i-1]) // a row stands at the end of its day
		_, to, _ := quantity.Period(dates[i])
		if at >= from-1e-9 && at < to-1e-9 {
			return float64(i-1) + (at-from)/(to-from), true
		}
	}
	return 0, false
}

// Picture draws the concentration of sales as SVG: mean and nine of ten runs, in grey those without
// the events and policies.
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
	text := func(x, y float64, anchor, look, s string) {
		fmt.Fprintf(&b, `<text x="%.1f" y="%.1f" text-anchor="%s" %s>%s</text>`, x, y, anchor, look, html.EscapeString(s))
	}
	describe := t["picture.title"] + ". "
	end := len(sum.Dates) - 1
	describe += strings.NewReplacer("{line}", strings.ReplaceAll(t["picture.end"], " {value}", ""), "{from}",
		t.Value(metric, run.Mean[0]), "{begin}", t.Date(sum.Dates[0]),
		"{to}", t.Value(metric, run.Mean[end]), "{end}", t.Date(sum.Dates[end])).Replace(t["chart.reads"])
	fmt.Fprintf(
		&b,
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="%s" font-family="Inter, system-ui, sans-serif">`,
		pictureWidth,
		pictureHeight,
		html.EscapeString(describe),
	)
	text(0, 18, "start", titleLook, t["picture.title"])
	text(0, 38, "start", aboutLook, t["picture.about"])
	for v := 0.0; v <= highest; v += step {
		fmt.Fprintf(&b, `<line x1="%d" x2="%d" y1="%.1f" y2="%.1f" stroke="%s"/>`, left, pictureWidth-right, y(v), y(v),
			chart.Hex(chart.Hairline))
		text(left-8, y(v)+4, "end", tickLook, t.Value(metric, v))
	}
	for i, date := range sum.Dates {
		// a year begins as the one before ends
		if year, err := strconv.Atoi(date[:4]); err == nil && date[5:7] == "12" && (year+1)%2 == 1 {
			text(x(i), pictureHeight-bottom+20, "middle", tickLook, strconv.Itoa(year+1))
		}
	}
	before, level := -1e9, 0
	for _, m := range markers {
		at, there := place(sum.Dates, m.Date)
		if !there {
			continue
		}
		px := left + at/float64(max(1, len(sum.Dates)-1))*(pictureWidth-left-right)
		if level++; px-before > 120 {
			level = 0
		}
		before = px
		fmt.Fprintf(&b, `<line x1="%.1f" x2="%.1f" y1="%d" y2="%d" stroke="%s" stroke-dasharray="2 3"/>`, px, px, top,
			pictureHeight-bottom, chart.Hex(chart.Grey))
		text(px+4, top+10+13*float64(level), "start", tickLook, m.Label)
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
		fmt.Fprintf(&b, `<polygon points="%s %s" fill="%s" fill-opacity=".16"/>`, strings.Join(up, " "), strings.Join(down,
			" "), colour)
		fmt.Fprintf(&b, `<polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>`, strings.Join(line, " "), colour)
		fmt.Fprintf(&b, `<text x="%.1f" y="%.1f" fill="%s" font-size="12" font-weight="600">%s</text>`, x(len(line)-1)+6,
			y(of.Mean[len(line)-1])+4, colour, html.EscapeString(name))
	}
	curve(base, chart.Hex(chart.Grey), "")
	curve(run, chart.Hex(chart.Blue), strings.ReplaceAll(t["picture.end"], "{value}", t.Value(metric, run.Mean[end])))
	b.WriteString("</svg>")
	return b.String()
}
