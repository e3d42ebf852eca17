package history

import (
	"fmt"
	"math"
	"strings"

	"simulate/sim/observed"
)

// How values of the user's are held against what is known, by their unit.

// yardstick is how far apart two values of a unit are.
type yardstick int

const (
	within  yardstick = iota // bounds alone
	ratios                   // of amounts: by how many times
	indices                  // ratios of counts and indices, which move less
	steps                    // differences: values are logarithms already
)

// kind is a unit of the registries: its bounds and its yardstick.
type kind struct {
	low, high float64
	by        yardstick
}

// kinds are the units of all quantities that can be observed, but for amounts.
var kinds = map[string]kind{
	"0–1": {0, 1, within}, "0–2": {0, 2, within}, "0 or 1": {0, 1, within}, "date": {1900, 2200, within},
	"0–10,000": {0, 10_000, indices}, "start = 100": {0, math.Inf(1), indices}, "1": {0, math.Inf(1), indices},
	"labs": {0, math.Inf(1), indices}, "count": {0, math.Inf(1), indices}, "yr": {0, math.Inf(1), indices},
	"months": {math.Inf(-1), math.Inf(1), indices}, "Mtok/yr": {0, math.Inf(1), ratios},
	"OOM": {math.Inf(-1), math.Inf(1), steps}, "OOM/yr": {math.Inf(-1), math.Inf(1), steps},
	"nats": {math.Inf(-1), math.Inf(1), steps},
}

// kind tells how values of the series are checked; false for a unit that nobody has classed.
func (s *Series) kind() (kind, bool) {
	if s.Log {
		return kind{0, math.Inf(1), ratios}, true
	}
	k, known := kinds[s.Unit]
	if s.share {
		k = kinds["0–1"]
	}
	return k, known
}

// beyond says that a value lies outside the bounds of its unit; "" where it does not.
func (s *Series) beyond(p observed.Point, least, most float64) string {
	k, known := s.kind()
	if !known || s.Log || !(least < k.low || most > k.high) {
		return ""
	}
	remedy := "write the number in that unit"
	switch {
	case k.high == 1 && s.Unit != "0 or 1":
		remedy = "write a quarter as 0.25"
	case s.Unit == "0–10,000":
		remedy = "write the index of shares in percent"
	}
	unit := s.Unit
	switch {
	case s.share:
		unit = "0–1"
	case math.IsInf(k.high, 1):
		unit = fmt.Sprintf("what can be: %s are 0 or more", s.Unit)
		if s.Unit == "1" || strings.HasPrefix(s.Unit, "start") {
			unit = "what can be: it is 0 or more"
		}
	case s.Unit == "date":
		unit = "the years 1900 to 2200"
	}
	return fmt.Sprintf("%s of %g lies outside %s; %s", s.Name(), p.Value, unit, remedy)
}

// How far an index or a count may lie from what is known, in times, and a logarithm, in its unit.
const (
	remarkedIndex = 10
	remarkedSteps = 3
	refusedSteps  = 10
)

// odd tells how a distance of the series is judged: remarked on, or refused.
func (k kind) odd(far float64, growth bool) (remark, refuse bool) {
	d := math.Abs(far)
	switch k.by {
	case ratios:
		return d >= math.Log(remarked) || growth && d >= math.Log(remarked)/2, d >= math.Log(refused)
	case indices:
		return d >= math.Log(remarkedIndex), d >= math.Log(refused)
	case steps:
		return d >= remarkedSteps, d >= refusedSteps
	}
	return false, false
}

// distance is how far a value lies from another, NaN where it cannot be said.
func (k kind) distance(v, from float64) float64 {
	switch {
	case k.by == steps:
		return v - from
	case k.by == within || v <= 0 || from <= 0:
		return math.NaN()
	}
	return math.Log(v / from)
}

// apart is a distance in words.
func (s *Series) apart(k kind, far float64) string {
	if k.by == steps {
		return fmt.Sprintf("%.3g %s from", math.Abs(far), s.Unit)
	}
	return times(far)
}

// likely guesses in which unit a value that is no amount was typed.
func (s *Series) likely(k kind, v, far float64) string {
	if k.by == indices {
		for _, scale := range []float64{100, 1000, 1. / 100} {
			if math.Abs(far+math.Log(scale)) < math.Log(remarkedIndex/2) {
				return fmt.Sprintf("the unit is %s, in which %g would be near", s.Unit, v*scale)
			}
		}
	}
	return "the unit is " + s.Unit
}
