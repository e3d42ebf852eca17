package scenario

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim"
)

// The clock varies in designs as far as runs can be held against each other: where it ends, and the
// length of its step. It is never drawn, for a run has one clock.

// clockPath begins the PATHs of the clock.
const clockPath = "clock."

// IsClock tells whether the knob is one of the clock.
func (l *Knob) IsClock() bool { return strings.HasPrefix(l.Path, clockPath) }

// fixedClock says what to do in the place of varying a key of the clock that no design varies.
var fixedClock = map[string]string{
	clockPath + "start": "labs, sales and capability at the start are of one date; give each start a file of its own, " +
		"as `baseline-2024` is beside `baseline`, and take both: `simulate run baseline-2024 baseline`",
	clockPath + "record": "it changes no run, only which dates are written; `--record quarter` says so for all",
}

// addClock makes knobs of the keys of the clock that designs vary.
func (b *binder) addClock(c cell, k clock) {
	s := b.s
	add := func(name string, u *unit, value, low, high float64, set func(*sim.Config, float64)) {
		at := c.at
		n := c.n.get(name)
		if n != nil {
			at = n.at
		}
		s.addKnob(&Knob{Path: clockPath + name, Unit: u.tag, Words: u.words, unit: u, Low: low, High: high, Value: value,
			Given: n != nil, set: set, position: at})
	}
	add("end", unitOf("date"), k.end, k.start+1/float64(s.StepsPerYear), 2200, func(cfg *sim.Config, v float64) {
		cfg.Steps = stepsOf(cfg.Start, v, cfg.StepsPerYear)
	})
	words := wordUnit("a length of a step", stepWords)
	add("step", words, float64(slices.Index(stepsPerYear, s.StepsPerYear)), 0, float64(len(stepWords)-1),
		func(cfg *sim.Config, v float64) {
			end := endOf(cfg)
			cfg.StepsPerYear = stepsPerYear[int(v)]
			cfg.Steps = stepsOf(cfg.Start, end, cfg.StepsPerYear)
		})
}

// stepsPerYear are those of the words for a step.
var stepsPerYear = []int{12, 4}

// stepsOf is how many steps lie between two instants.
func stepsOf(start, end float64, perYear int) int {
	return max(1, int(math.Round(float64((end-start)*float64(perYear)))))
}

// endOf is the instant at which the clock of a Config ends.
func endOf(cfg *sim.Config) float64 { return cfg.Start + float64(cfg.Steps)/float64(cfg.StepsPerYear) }

// varyClock checks a clock that a design has changed: it must end with a step, within what a run
// may last, and after every event and every start of a policy that the scenario or the design
// gives.
func (s *Scenario) varyClock(cfg *sim.Config, knobs []*Knob, values []float64) error {
	end, given := s.end(), map[string]float64{}
	moved := false
	for i, l := range knobs {
		given[l.Path] = values[i]
		if moved = moved || l.IsClock(); l.Path == clockPath+"end" {
			end = values[i]
		}
	}
	if !moved {
		return nil
	}
	word := stepWords[slices.Index(stepsPerYear, cfg.StepsPerYear)]
	steps := float64((end - cfg.Start) * float64(cfg.StepsPerYear))
	grid := float64(cfg.Start * float64(cfg.StepsPerYear))
	const near = 1e-6
	switch {
	case math.Abs(grid-math.Round(grid)) > near:
		return Problem{File: clockPath + "step", Message: fmt.Sprintf("the clock starts on %s, within a %s",
			quantity.DayOf(cfg.Start), word), Remedy: "leave steps of a " + word + " out"}
	case math.Abs(steps-math.Round(steps)) > near || steps < 1-near:
		return Problem{File: clockPath + "end", Message: fmt.Sprintf("%s is not the first day of a %s after the start",
			formatDate(end), word), Remedy: "write such a day, as in 2034-01, or leave steps of a " + word + " out"}
	case cfg.Steps > maxSteps:
		return Problem{File: clockPath + "end", Message: fmt.Sprintf("the clock has %s, more than %d",
			quantity.Plural(cfg.Steps, "step"), maxSteps), Remedy: "write an earlier end"}
	}
	for _, l := range s.knobs {
		if !l.begins {
			continue
		}
		at, varies := given[l.Path]
		switch {
		case varies:
		case !l.Given:
			continue
		case l.dist != nil:
			at = l.dist.quantile(1 - 1e-9)
		default:
			at = l.Value
		}
		if at >= end {
			return Problem{File: clockPath + "end", Message: fmt.Sprintf("the clock ends on %s, before %s at %s",
				formatDate(end), l.Path, formatDate(at)), Remedy: "write a later end, or take out what lies beyond it"}
		}
	}
	return nil
}

// onlyListed refuses a sample of what takes listed values alone: a clock, which ends with a step.
func (l *Knob) onlyListed() *complaint {
	if !l.IsClock() {
		return nil
	}
	values := l.Words
	if l.IsDate() {
		values = []string{"2028-01", "2031-01"}
	}
	remedy := fmt.Sprintf("list its values, as in --vary %s=%s, or in a file %s: [%s]", l.Path,
		strings.Join(values, ","), l.Path, strings.Join(values, ", "))
	return complain(remedy, "%s is not sampled: the clock ends with a step", l.Path)
}

// CentreAt is the centre on the clock of a Config of this scenario.
func (s *Scenario) CentreAt(cfg *sim.Config) *sim.Config {
	centre := s.Centre()
	if centre.Steps == cfg.Steps && centre.StepsPerYear == cfg.StepsPerYear {
		return centre
	}
	out := *centre
	out.Start, out.Steps, out.StepsPerYear = cfg.Start, cfg.Steps, cfg.StepsPerYear
	return &out
}

// noPath says of a PATH that there is none, and what to write instead.
func (s *Scenario) noPath(path string) (what, remedy string) {
	known := make([]string, len(s.knobs))
	for i, l := range s.knobs {
		known[i] = l.Path
	}
	if why := fixedClock[path]; why != "" {
		return "no design varies it", why
	}
	what, remedy = "there is no such PATH", "a PATH is a parameter such as market.eta, or a key of the scenario such as "+
		"labs.deepseek.talent"
	if old := gone[path]; old != "" {
		remedy = old
	} else if same := endingIn(path, known); same != "" {
		remedy = fmt.Sprintf("did you mean %q?", same)
	} else if near := quantity.Nearest(path, known); near != "" {
		remedy = fmt.Sprintf("did you mean %q?", near)
	}
	return what, remedy
}

// endingIn is the shortest PATH with that last word; "" for none.
func endingIn(word string, known []string) (shortest string) {
	for _, k := range known {
		if strings.HasSuffix(k, "."+word) && (shortest == "" || len(k) < len(shortest)) {
			shortest = k
		}
	}
	return shortest
}
