package plots

import (
	"math"

	"gonum.org/v1/plot"

	"simulate/internal/quantity"
)

// axis is a scale with its ticks. Every tick carries a label; a hairline is drawn at each on the y axis.
type axis struct {
	min, max float64
	log      bool
	time     bool
	ticks    []tick
	minor    []float64
	format   format // writes end-of-line values
}

type tick struct {
	at    float64
	label string
}

func (a axis) normalizer() plot.Normalizer {
	if a.log {
		return plot.LogScale{}
	}
	return plot.LinearScale{}
}

// contains leaves out what a logarithm or a missing value cannot place.
func (a axis) contains(v float64) bool {
	return !math.IsNaN(v) && v >= a.min && v <= a.max
}

// clamp brings the edge of a band into the axis.
func (a axis) clamp(v float64) float64 {
	return math.Max(a.min, math.Min(a.max, v))
}

// extent is the range of the finite values, ok false when there are none. A log axis sees positive values only.
type extent struct {
	lo, hi float64
	ok     bool
}

func (e *extent) add(log bool, values ...float64) {
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) || log && v <= 0 {
			continue
		}
		if !e.ok {
			e.lo, e.hi, e.ok = v, v, true
		}
		e.lo, e.hi = math.Min(e.lo, v), math.Max(e.hi, v)
	}
}

// span is the length of the range, in decades for a log axis.
func (e extent) span(log bool) float64 {
	if log && e.ok {
		return math.Log10(e.hi / e.lo)
	}
	return e.hi - e.lo
}

// linearAxis spans the extent with 3 to about want ticks at round numbers. A lower end near zero becomes zero.
func linearAxis(e extent, want int, f format) axis {
	if !e.ok {
		e = extent{0, 1, true}
	}
	lo, hi := e.lo, e.hi
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
	if e.lo < 0 || lo != 0 {
		lo -= .03 * span
	}
	hi += .03 * span
	step := roundStep(span, want)
	a := axis{min: lo, max: hi, format: f}
	first, last := math.Ceil(lo/step-1e-9), math.Floor(hi/step+1e-9)
	for k := first; k <= last; k++ {
		v := k * step
		if k == 0 {
			v = 0
		}
		a.ticks = append(a.ticks, tick{v, f(v, step)})
	}
	return a
}

// roundStep is the smallest of 1, 2 and 5 times a power of ten that cuts span into at most want pieces.
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

// logAxis spans the extent with ticks at powers of ten, and between them where there are few.
func logAxis(e extent, want int, f format) axis {
	if !e.ok {
		e = extent{1, 10, true}
	}
	lo, hi := math.Log10(e.lo), math.Log10(e.hi)
	if room := .15 - (hi - lo); room > 0 {
		lo, hi = lo-room/2, hi+room/2
	}
	pad := .03 * (hi - lo)
	lo, hi = lo-pad, hi+pad
	a := axis{min: math.Pow(10, lo), max: math.Pow(10, hi), log: true, format: f}
	for _, multiples := range [][]float64{{1}, {1, 3}, {1, 2, 5}, {1, 1.5, 2, 3, 5, 7}} {
		a.ticks = a.ticks[:0]
		every := math.Max(1, math.Ceil((hi-lo)/float64(want)))
		for d := math.Floor(lo/every) * every; d <= hi; d += every {
			for _, m := range multiples {
				if v := m * math.Pow(10, d); v >= a.min && v <= a.max {
					a.ticks = append(a.ticks, tick{v, f(v, 0)})
				}
			}
		}
		if len(a.ticks) >= min(3, want) {
			return a
		}
	}
	// Less than a third of a decade: round steps as on a linear axis.
	linear := linearAxis(extent{a.min, a.max, true}, want, f)
	a.ticks = a.ticks[:0]
	for _, t := range linear.ticks {
		if a.contains(t.at) && t.at > 0 {
			a.ticks = append(a.ticks, t)
		}
	}
	return a
}

// timeAxis spans decimal years; its ticks are set by fitYears when its width is known.
func timeAxis(e extent) axis {
	if !e.ok {
		e = extent{0, 1, true}
	}
	lo, hi := e.lo, e.hi
	if hi-lo < 1e-9 {
		lo, hi = lo-.5, hi+.5
	}
	a := axis{min: lo, max: hi, time: true, format: years}
	for y := math.Ceil(lo - 1e-6); y <= hi+1e-6; y++ {
		a.minor = append(a.minor, y)
	}
	a.fitYears(1)
	return a
}

// fitYears labels first days of years, at most want of them.
func (a *axis) fitYears(want int) {
	a.ticks = nil
	for _, step := range []float64{1, 2, 4, 5, 10, 20, 50, 100, 200, 500, 1000} {
		first, end := math.Ceil(a.min/step-1e-6), math.Floor(a.max/step+1e-6)
		if end-first+1 > float64(want) {
			continue
		}
		for k := first; k <= end; k++ {
			a.ticks = append(a.ticks, tick{k * step, years(k*step, 0)})
		}
		break
	}
	if len(a.ticks) == 0 && len(a.minor) > 0 {
		middle := a.minor[len(a.minor)/2]
		a.ticks = []tick{{middle, years(middle, 0)}}
	}
	if len(a.ticks) == 0 {
		middle := (a.min + a.max) / 2
		a.ticks = []tick{{middle, quantity.ShortMonthOf(middle)}}
	}
}
