package scenario

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"simulate/sim"
	"simulate/sim/portable"
)

// usual is the knob's value in the scenario, of dated values their geometric mean; NaN where it has
// none.
func (l *Knob) usual() float64 {
	if math.IsNaN(l.Value) {
		return l.about
	}
	return l.Value
}

// aboutOf is the geometric mean of the values of a path to three digits; NaN where none is above
// 0.
func aboutOf(points []sim.Point) float64 {
	sum, n := 0.0, 0
	for _, p := range points {
		if p.Value > 0 {
			sum, n = sum+portable.Log(p.Value), n+1
		}
	}
	if n == 0 {
		return math.NaN()
	}
	mean, err := strconv.ParseFloat(strconv.FormatFloat(portable.Exp(sum/float64(n)), 'g', 3, 64), 64)
	if err != nil {
		return math.NaN()
	}
	return mean
}

// WithoutUnit refuses a bare number of a table, which is in USD, H100e or years, where it must have
// been meant otherwise: money and chips so small beside the scenario's value that they were counted
// in thousands, millions or billions, and whole years that are about the scenario's value as
// months. It gives "" where the number may be meant as it stands.
func (l *Knob) WithoutUnit(v float64) string {
	const apart, most = 300, 100_000
	x := l.usual()
	switch {
	case !(v > 0) || !(x > 0):
		return ""
	case l.Unit == "yr":
		months := v / 12 / x
		if v != math.Floor(v) || v < 6*x || months < 0.25 || months > 4 {
			return ""
		}
		return fmt.Sprintf("without a unit is %s, where the scenario has %s; write the unit, as in %g months or %g years",
			l.Format(v), l.Format(x), v, v)
	case !strings.HasPrefix(l.Unit, "USD") && l.Unit != "H100e" && l.Unit != "FLOP" || v >= most || x < apart*v:
		return ""
	}
	scale, of := 1e3, x/v
	for of > 3e4 && scale < 1e24 {
		scale, of = scale*1e3, of/1e3
	}
	plain := "plain " + strings.TrimSuffix(l.Unit, "/yr")
	return fmt.Sprintf("without a unit is %s, where the scenario has %s; write the unit, as in %s, or %s", l.Format(v),
		l.Format(x), l.Format(v*scale), plain)
}
