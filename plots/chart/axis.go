package chart

import (
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"

	"simulate/internal/quantity"
)

// Axis is a scale with its ticks. Every tick carries a label; a hairline is drawn at each on the y
// axis.
type Axis struct {
	Min, Max float64
	Log      bool
	Named    bool // its ticks are names, and places between them mean nothing
	time     bool
	Ticks    []Tick
	minor    []float64
	Format   Format // writes end-of-line values
}

type Tick struct {
	At    float64
	Label string
}

// Normalizer maps the scale to 0 to 1.
func (a Axis) Normalizer() plot.Normalizer {
	if a.Log {
		return plot.LogScale{}
	}
	return plot.LinearScale{}
}

// Contains leaves out what a logarithm or a missing value cannot place.
func (a Axis) Contains(v float64) bool {
	return !math.IsNaN(v) && v >= a.Min && v <= a.Max
}

// Extent is the range of the finite values, ok false when there are none. A log axis sees positive
// values only.
type Extent struct {
	Lo, Hi float64
	Ok     bool
}

// Add takes the finite values in, on a log axis the positive ones.
func (e *Extent) Add(log bool, values ...float64) {
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) || log && v <= 0 {
			continue
		}
		if !e.Ok {
			e.Lo, e.Hi, e.Ok = v, v, true
		}
		e.Lo, e.Hi = math.Min(e.Lo, v), math.Max(e.Hi, v)
	}
}

// Span is the length of the range, in decades for a log axis.
func (e Extent) Span(log bool) float64 {
	if log && e.Ok {
		return math.Log10(e.Hi / e.Lo)
	}
	return e.Hi - e.Lo
}

// TightAxis is a linear axis of a range alone, without zero, with ticks that cut the range into at
// most want pieces, or more where that leaves a single tick.
func TightAxis(e Extent, want int, f Format) Axis {
	if !e.Ok || e.Hi-e.Lo <= 1e-9*math.Max(math.Abs(e.Lo), math.Abs(e.Hi)) {
		return LinearAxis(e, want, f)
	}
	room := .03 * (e.Hi - e.Lo)
	a := Axis{Min: e.Lo - room, Max: e.Hi + room, Format: f}
	step := roundStep(e.Hi-e.Lo, want)
	for k := math.Ceil(a.Min/step - 1e-9); k <= math.Floor(a.Max/step+1e-9); k++ {
		v := k*step + 0 // no negative zero
		a.Ticks = append(a.Ticks, Tick{v, f(v, step)})
	}
	if len(a.Ticks) < 2 && want < 16 {
		return TightAxis(e, 2*want, f)
	}
	return a
}

// leastWanted is the number of ticks that is asked for where fewer would leave only two.
const leastWanted = 8

// LinearAxis spans the extent with 3 to about want ticks at round numbers. A lower end near zero
// becomes zero.
func LinearAxis(e Extent, want int, f Format) Axis {
	if !e.Ok {
		e = Extent{0, 1, true}
	}
	lo, hi := e.Lo, e.Hi
	if lo > 0 && lo < .6*hi {
		lo = 0
	}
	if hi < 0 && hi > .6*lo {
		hi = 0
	}
	if hi-lo <= 1e-9*math.Max(math.Abs(lo), math.Abs(hi)) {
		room := math.Max(.1*math.Abs(hi), 1e-9)
		if hi == 0 {
			room = 1
		}
		lo, hi = lo-room, hi+room
	}
	span := hi - lo
	if e.Lo < 0 || lo != 0 {
		lo -= .03 * span
	}
	hi += .03 * span
	step := roundStep(span, want)
	a := Axis{Min: lo, Max: hi, Format: f}
	first, last := math.Ceil(lo/step-1e-9), math.Floor(hi/step+1e-9)
	if last-first < 2 && want < leastWanted {
		return LinearAxis(e, want+1, f)
	}
	for k := first; k <= last; k++ {
		v := k * step
		if k == 0 {
			v = 0
		}
		a.Ticks = append(a.Ticks, Tick{v, f(v, step)})
	}
	return a
}

// Topped is the axis up to the next of its round numbers where the last is far below its end and
// the next is near: no part of it is then without a tick.
func (a Axis) Topped() Axis {
	const farBelow, near = .8, 1.25 // of the axis
	n := len(a.Ticks)
	if a.Log || n < 2 || a.Ticks[n-1].At <= 0 {
		return a
	}
	final, step := a.Ticks[n-1].At, a.Ticks[n-1].At-a.Ticks[n-2].At
	if next := final + step; final < farBelow*a.Max && next <= near*a.Max {
		a.Max, a.Ticks = next, append(slices.Clone(a.Ticks), Tick{next, a.Format(next, step)})
	}
	return a
}

// roundStep is the smallest of 1, 2 and 5 times a power of ten that cuts span into at most want
// pieces.
func roundStep(span float64, want int) float64 {
	raw := span / float64(want)
	unit := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, m := range []float64{1, 2, 5} {
		if m*unit >= raw*(1-1e-9) {
			return m * unit
		}
	}
	return 10 * unit
}

// LogAxis spans the extent with ticks at powers of ten, and between them where there are few.
func LogAxis(e Extent, want int, f Format) Axis {
	if !e.Ok {
		e = Extent{1, 10, true}
	}
	lo, hi := math.Log10(e.Lo), math.Log10(e.Hi)
	if room := .15 - (hi - lo); room > 0 {
		lo, hi = lo-room/2, hi+room/2
	}
	pad := .03 * (hi - lo)
	lo, hi = lo-pad, hi+pad
	a := Axis{Min: math.Pow(10, lo), Max: math.Pow(10, hi), Log: true, Format: f}
	for _, multiples := range [][]float64{{1}, {1, 3}, {1, 2, 5}, {1, 1.5, 2, 3, 5, 7}} {
		a.Ticks = a.Ticks[:0]
		every := math.Max(1, math.Ceil((hi-lo)/float64(want)))
		for d := math.Floor(lo/every) * every; d <= hi; d += every {
			for _, m := range multiples {
				if v := m * math.Pow(10, d); v >= a.Min && v <= a.Max {
					a.Ticks = append(a.Ticks, Tick{v, f(v, 0)})
				}
			}
		}
		if len(a.Ticks) >= min(3, want) {
			return a
		}
	}
	// Less than a third of a decade: round steps as on a linear axis.
	linear := LinearAxis(Extent{a.Min, a.Max, true}, want, f)
	a.Ticks = a.Ticks[:0]
	for _, t := range linear.Ticks {
		if a.Contains(t.At) && t.At > 0 {
			a.Ticks = append(a.Ticks, t)
		}
	}
	return a
}

// labelled is the distance of ticks of an x axis that have labels, the least at which none touches
// the next.
func (a Axis) labelled(toX func(float64) vg.Length) int {
	const gap = 4 // points between labels
	for every := 1; every < len(a.Ticks); every++ {
		free, right := true, vg.Length(math.Inf(-1))
		for i := 0; i < len(a.Ticks); i += every {
			half := WidthOf(a.Ticks[i].Label, SizeTick, Regular) / 2
			x := toX(a.Ticks[i].At)
			free = free && x-half >= right
			right = x + half + vg.Points(gap)
		}
		if free {
			return every
		}
	}
	return max(1, len(a.Ticks))
}

// TimeAxis spans decimal years; its ticks are set by fitYears when its width is known.
func TimeAxis(e Extent) Axis {
	if !e.Ok {
		e = Extent{0, 1, true}
	}
	lo, hi := e.Lo, e.Hi
	if hi-lo < 1e-9 {
		lo, hi = lo-.5, hi+.5
	}
	a := Axis{Min: lo, Max: hi, time: true, Format: quantity.Years}
	for y := math.Ceil(lo - 1e-6); y <= hi+1e-6; y++ {
		a.minor = append(a.minor, y)
	}
	a.fitYears(1)
	return a
}

// fitWidth labels the years that find room, with their last two digits where otherwise only one
// would.
func (a *Axis) fitWidth(width vg.Length) {
	const gap = 5 // points between labels
	fit := func(widest string) {
		wide := WidthOf(widest, SizeTick, Regular) + vg.Points(gap)
		for want := int(width/wide) + 1; want >= 1; want-- {
			a.fitYears(want)
			if len(a.Ticks) < 2 || vg.Length((a.Ticks[1].At-a.Ticks[0].At)/(a.Max-a.Min))*width >= wide {
				return
			}
		}
	}
	if fit("2024"); len(a.Ticks) > 1 || len(a.minor) < 2 {
		return
	}
	fit("’24")
	for i, t := range a.Ticks {
		a.Ticks[i].Label = "’" + t.Label[max(0, len(t.Label)-2):]
	}
}

// fitYears labels first days of years, at most want of them.
func (a *Axis) fitYears(want int) {
	a.Ticks = nil
	for _, step := range []float64{1, 2, 4, 5, 10, 20, 50, 100, 200, 500, 1000} {
		first, end := math.Ceil(a.Min/step-1e-6), math.Floor(a.Max/step+1e-6)
		if end-first+1 > float64(want) {
			continue
		}
		for k := first; k <= end; k++ {
			a.Ticks = append(a.Ticks, Tick{k * step, quantity.Years(k*step, 0)})
		}
		break
	}
	if len(a.Ticks) == 0 && len(a.minor) > 0 {
		middle := a.minor[len(a.minor)/2]
		a.Ticks = []Tick{{middle, quantity.Years(middle, 0)}}
	}
	if len(a.Ticks) == 0 {
		middle := (a.Min + a.Max) / 2
		a.Ticks = []Tick{{middle, quantity.ShortMonthOf(middle)}}
	}
}
