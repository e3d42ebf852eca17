package sim

import (
	"math"
	"slices"

	"simulate/sim/portable"
)

// Point is one dated value of a Series. A NaN value ends the validity of the series at that date.
type Point struct {
	Date  float64 // decimal year
	Value float64
	Known float64 // decimal year from which the value was known; 0: from its date on
	// Planned is what had been announced for the date before the value was known, 0 where nothing had
	// been, and PlanKnown the decimal year of the announcement. Runs take Value; what is known by a
	// date between the two takes Planned.
	Planned, PlanKnown float64
}

// AsKnown is the dated value as it was known at a date: the value, else what had been announced for
// it as a value known from then on. It is false where nothing was known.
func (p Point) AsKnown(date float64) (Point, bool) {
	switch {
	case p.KnownBy(date):
		return p, true
	case p.Planned != 0 && p.PlanKnown <= date+1e-6:
		return Point{Date: p.Date, Value: p.Planned, Known: p.PlanKnown}, true
	}
	return Point{}, false
}

// KnownBy reports whether a dated value was known at a date.
func (p Point) KnownBy(date float64) bool {
	if p.Known == 0 {
		return p.Date <= date+1e-6
	}
	return p.Known <= date+1e-6
}

// planned reports whether a dated value was known before its date.
func (p Point) planned() bool { return p.Known != 0 && p.Known < p.Date }

// carriedOut is the series with plans multiplied by a factor.
func (s Series) carriedOut(factor float64) Series {
	s.Points = slices.Clone(s.Points)
	for i := range s.Points {
		if s.Points[i].planned() {
			s.Points[i].Value = float64(s.Points[i].Value * factor)
		}
	}
	return s
}

// Series is an exogenous path: dated values joined log-linearly (linearly where one end is zero or
// negative), the first one held before its date, and growth after the last.
//
// With Taper the growth rate decays from Growth to LongRun with time constant TaperTime:
// g(u) = g_∞ + (g−g_∞)·e^{−u/τ_g}, u being the years since the last value.
type Series struct {
	Points    []Point // ascending dates; empty means that the path is not given
	Growth    float64 // log rate after the last value, 1/yr
	LongRun   float64 // g_∞, log rate, 1/yr
	TaperTime float64 // τ_g in years; 0 keeps Growth for ever
}

// Given reports whether the series has any value.
func (s Series) Given() bool { return len(s.Points) > 0 }

// Until is the date at which validity ends: +Inf where it does not, −Inf for a series that is not
// given.
func (s Series) Until() float64 {
	n := len(s.Points)
	switch {
	case n == 0:
		return math.Inf(-1)
	case math.IsNaN(s.Points[n-1].Value):
		return s.Points[n-1].Date
	}
	return math.Inf(1)
}

// At returns the value at date t (decimal year). It is 0 for a series that is not given and NaN
// where validity has ended.
func (s Series) At(t float64) float64 {
	n := len(s.Points)
	if n == 0 {
		return 0
	}
	if t <= s.Points[0].Date {
		return s.Points[0].Value
	}
	last := s.Points[n-1]
	if t >= last.Date {
		if s.Growth == 0 && s.TaperTime == 0 {
			return last.Value
		}
		return float64(last.Value * portable.Exp(taperedGrowth(s.Growth, s.LongRun, s.TaperTime, t-last.Date)))
	}
	i := 1
	for s.Points[i].Date <= t {
		i++
	}
	a, b := s.Points[i-1], s.Points[i]
	if math.IsNaN(b.Value) {
		return a.Value
	}
	w := (t - a.Date) / (b.Date - a.Date)
	if a.Value <= 0 || b.Value <= 0 || math.IsNaN(a.Value) {
		return a.Value + float64(w*(b.Value-a.Value))
	}
	return float64(a.Value * portable.Exp(float64(w*portable.Log(b.Value/a.Value))))
}

// Rate is the log growth per year at date t, from it on; 0 where the path is flat, not given or not
// positive.
func (s Series) Rate(t float64) float64 {
	n := len(s.Points)
	if n == 0 || t < s.Points[0].Date {
		return 0
	}
	last := s.Points[n-1]
	if t >= last.Date {
		if s.Growth == 0 && s.TaperTime == 0 {
			return 0
		}
		return taperedRate(s.Growth, s.LongRun, s.TaperTime, t-last.Date)
	}
	i := 1
	for s.Points[i].Date <= t {
		i++
	}
	a, b := s.Points[i-1], s.Points[i]
	if !(a.Value > 0 && b.Value > 0) {
		return 0
	}
	return portable.Log(b.Value/a.Value) / (b.Date - a.Date)
}

// taperedGrowth is the log growth over u years of a rate that decays from g to longRun: g_∞·u +
// (g−g_∞)·τ·(1−e^{−u/τ}).
func taperedGrowth(g, longRun, tau, u float64) float64 {
	if tau <= 0 {
		return float64(g * u)
	}
	return float64(longRun*u) + float64((g-longRun)*tau*-portable.Expm1(-u/tau))
}

// taperedRate is the rate itself after u years: g_∞ + (g−g_∞)·e^{−u/τ}.
func taperedRate(g, longRun, tau, u float64) float64 {
	if tau <= 0 {
		return g
	}
	return longRun + float64((g-longRun)*portable.Exp(-u/tau))
}
