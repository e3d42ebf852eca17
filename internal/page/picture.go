package page

import (
	"cmp"
	"fmt"
	"html"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

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

// drawing is an SVG picture with years across and values up.
type drawing struct {
	strings.Builder
	t         explore.Texts
	dates     []string
	low, high float64 // ends of the axis of values
}

func (d *drawing) x(i float64) float64 {
	return left + i/float64(max(1, len(d.dates)-1))*(pictureWidth-left-right)
}

func (d *drawing) y(v float64) float64 {
	return top + (1-(v-d.low)/(d.high-d.low))*(pictureHeight-top-bottom)
}

func (d *drawing) text(x, y float64, anchor, look, s string) {
	fmt.Fprintf(d, `<text x="%.1f" y="%.1f" text-anchor="%s" %s>%s</text>`, x, y, anchor, look, html.EscapeString(s))
}

// span makes an axis from what is to be drawn: round ends that hold zero, and the step of its
// marks.
func (d *drawing) span(values ...explore.Numbers) (step float64) {
	for _, of := range values {
		for _, v := range of {
			if !math.IsNaN(v) {
				d.low, d.high = math.Min(d.low, v), math.Max(d.high, v)
			}
		}
	}
	step = 10
	for factor := 2.0; (d.high-d.low)/step > 6; factor = 7 - factor { // 10, 20, 100 …: twice, then five times
		step *= factor
	}
	d.low, d.high = step*math.Floor(d.low/step), step*math.Ceil(d.high/step)
	return step
}

// begin writes title, grid, years and markers. The words describe the picture to those who do not
// see it.
func (d *drawing) begin(title, about, words string, step float64, markers []explore.Marker) {
	fmt.Fprintf(d, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="%s" `+
		`font-family="Inter, system-ui, sans-serif">`, pictureWidth, pictureHeight, html.EscapeString(words))
	d.text(0, 18, "start", titleLook, title)
	for i, line := range folded(about, 120) {
		d.text(0, 36+14*float64(i), "start", aboutLook, line)
	}
	for v := d.low; v <= d.high+step/2; v += step {
		colour := chart.Hex(chart.Hairline)
		if math.Abs(v) < step/2 && d.low < 0 {
			colour, v = chart.Hex(chart.Grey), 0
		}
		fmt.Fprintf(d, `<line x1="%d" x2="%d" y1="%.1f" y2="%.1f" stroke="%s"/>`, left, pictureWidth-right, d.y(v), d.y(v),
			colour)
		d.text(left-8, d.y(v)+4, "end", tickLook, d.t.Value("hhi_sales", v))
	}
	for i, date := range d.dates {
		// a year begins as the one before ends
		if year, err := strconv.Atoi(date[:4]); err == nil && date[5:7] == "12" && (year+1)%2 == 1 {
			d.text(d.x(float64(i)), pictureHeight-bottom+20, "middle", tickLook, strconv.Itoa(year+1))
		}
	}
	before, level := -1e9, 0
	for _, m := range markers {
		at, there := place(d.dates, m.Date)
		if !there {
			continue
		}
		px := d.x(at)
		if level++; px-before > 120 {
			level = 0
		}
		before = px
		fmt.Fprintf(d, `<line x1="%.1f" x2="%.1f" y1="%d" y2="%d" stroke="%s" stroke-dasharray="2 3"/>`, px, px, top,
			pictureHeight-bottom, chart.Hex(chart.Grey))
		d.text(px+4, top+10+13*float64(level), "start", tickLook, d.t.Label(m.Label))
	}
}

// folded breaks a text into lines of at most so many characters.
func folded(text string, most int) (out []string) {
	for _, word := range strings.Split(text, " ") { // not at spaces that hold together
		if last := len(out) - 1; last >= 0 && utf8.RuneCountInString(out[last]+" "+word) <= most {
			out[last] += " " + word
		} else {
			out = append(out, word)
		}
	}
	return out
}

// area fills what lies between two curves.
func (d *drawing) area(low, high explore.Numbers, colour string, opacity float64) {
	var up, down []string
	for i := range low {
		if !math.IsNaN(low[i]) && !math.IsNaN(high[i]) {
			up = append(up, fmt.Sprintf("%.1f,%.1f", d.x(float64(i)), d.y(high[i])))
			down = append(down, fmt.Sprintf("%.1f,%.1f", d.x(float64(i)), d.y(low[i])))
		}
	}
	slices.Reverse(down)
	fmt.Fprintf(d, `<polygon points="%s %s" fill="%s" fill-opacity="%g"/>`, strings.Join(up, " "),
		strings.Join(down, " "), colour, opacity)
}

// line draws a curve; where it is undefined there is a gap.
func (d *drawing) line(values explore.Numbers, colour string, width float64) {
	path, pen := "", "M"
	for i, v := range values {
		if math.IsNaN(v) {
			pen = "M"
			continue
		}
		path += fmt.Sprintf("%s%.1f,%.1f", pen, d.x(float64(i)), d.y(v))
		pen = "L"
	}
	fmt.Fprintf(d, `<path d="%s" fill="none" stroke="%s" stroke-width="%g"/>`, path, colour, width)
}

// label is the name at the end of a curve.
type label struct {
	at           float64 // from the top
	name, colour string
}

// labels writes names at the ends of curves, moved apart where they would touch.
func (d *drawing) labels(all []label) {
	const gap = 15
	slices.SortFunc(all, func(a, b label) int { return cmp.Compare(a.at, b.at) })
	for i := 1; i < len(all); i++ {
		all[i].at = math.Max(all[i].at, all[i-1].at+gap)
	}
	for i := len(all) - 1; i >= 0; i-- {
		most := float64(pictureHeight - bottom)
		if i < len(all)-1 {
			most = all[i+1].at - gap
		}
		all[i].at = math.Min(all[i].at, most)
	}
	for _, l := range all {
		d.text(pictureWidth-right+6, l.at+4, "start", `font-size="12" font-weight="600" fill="`+l.colour+`"`, l.name)
	}
}

// reads tells those who do not see a picture how a line goes.
func (d *drawing) reads(line string, values explore.Numbers) string {
	const metric = "hhi_sales"
	end := len(d.dates) - 1
	return strings.NewReplacer("{line}", line, "{from}", d.t.Value(metric, values[0]), "{begin}", d.t.Date(d.dates[0]),
		"{to}", d.t.Value(metric, values[end]), "{end}", d.t.Date(d.dates[end])).Replace(d.t["chart.reads"])
}

// Picture draws the concentration of sales as SVG: mean and nine of ten runs, in grey those without
// the events and policies.
func Picture(t explore.Texts, sum *explore.Summary, markers []explore.Marker) string {
	const metric = "hhi_sales"
	run, base := sum.Runs[metric], sum.Base[metric]
	d := &drawing{t: t, dates: sum.Dates, high: 1800}
	step := d.span(run.High, base.High)
	end := strings.ReplaceAll(t["picture.end"], "{value}", t.Value(metric, run.Mean[len(sum.Dates)-1]))
	about := t["picture.alone"]
	if len(base.Mean) > 0 {
		about = strings.ReplaceAll(t["picture.about"], "{what}", t.What(sum.Measured))
	}
	d.begin(t["picture.title"], about,
		t["picture.title"]+". "+d.reads(strings.ReplaceAll(t["picture.end"], " {value}", ""), run.Mean), step, markers)
	for _, c := range []struct {
		of     explore.Band
		colour string
	}{{base, chart.Hex(chart.Grey)}, {run, chart.Hex(chart.Blue)}} {
		if len(c.of.Mean) > 0 {
			d.area(c.of.Low, c.of.High, c.colour, .16)
			d.line(c.of.Mean, c.colour, 2)
		}
	}
	d.labels([]label{{d.y(run.Mean[len(sum.Dates)-1]), end, chart.Hex(chart.Blue)}})
	d.WriteString("</svg>")
	return d.String()
}

// readingColours are those of explore.Readings, as the page's scripts have them.
var readingColours = []string{"#0072b2", "#007a59", "#b04e00"}

// ChangePicture draws what the events and policies change in the concentration of sales as SVG: the
// mean difference of the pairs in its three readings, of the first with the 95 % interval of the
// mean and with what holds nine of ten pairs. It is empty where there are none. The title says
// against what.
func ChangePicture(t explore.Texts, title string, sum *explore.Summary, markers []explore.Marker) string {
	if len(sum.Changes) == 0 {
		return ""
	}
	first := sum.Changes[explore.Readings[0]]
	drawn := []explore.Numbers{first.LowSpread, first.HighSpread}
	for _, name := range explore.Readings {
		drawn = append(drawn, sum.Changes[name].Mean)
	}
	d := &drawing{t: t, dates: sum.Dates, high: 10}
	step := d.span(drawn...)
	d.begin(title, strings.ReplaceAll(t["chart.change.about"], "{n}", strconv.Itoa(sum.N)),
		title+". "+d.reads(t["line."+explore.Readings[0]], first.Mean), step, markers)
	d.area(first.LowSpread, first.HighSpread, readingColours[0], .1)
	d.area(first.Low, first.High, readingColours[0], .3)
	var names []label
	for k := len(explore.Readings) - 1; k >= 0; k-- {
		name, mean := explore.Readings[k], sum.Changes[explore.Readings[k]].Mean
		d.line(mean, readingColours[k], 2)
		if v := mean[len(mean)-1]; !math.IsNaN(v) {
			names = append(names, label{d.y(v), t["line."+name], readingColours[k]})
		}
	}
	d.labels(names)
	d.WriteString("</svg>")
	return d.String()
}
