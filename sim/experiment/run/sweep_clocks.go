package run

import (
	"fmt"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/scenario"
)

// clocks are the clocks of the points of a sweep in which the clock varies, by the values of its
// knobs; without points where it does not.
type clocks struct {
	at    []int // places of the clock's knobs among what varies
	byKey map[[2]float64]*clockOf
}

// clockOf is one clock: its dates, and the centre on it.
type clockOf struct {
	calendar []Observation
	centre   *sim.Config
}

// setClocks finds the clocks of the points. Its error says which cannot be.
func (s *Sweep) setClocks(rhythm string, final bool) error {
	var knobs []*scenario.Knob
	for j, l := range s.knobs {
		if l.IsClock() {
			s.clocks.at, knobs = append(s.clocks.at, j), append(knobs, l)
		}
	}
	if len(knobs) == 0 {
		return nil
	}
	s.clocks.byKey = map[[2]float64]*clockOf{}
	var all []Observation
	var values []float64
	for number := range s.Cases() {
		values = s.Values(number, values)
		own := s.clocks.of(values)
		if s.clocks.byKey[keyOf(own)] != nil {
			continue
		}
		cfg, err := s.scenario.Vary(s.scenario.Config(), knobs, own)
		if err != nil {
			return err
		}
		c := &clockOf{Calendar(cfg, rhythm), s.scenario.CentreAt(cfg)}
		if final {
			c.calendar = c.calendar[len(c.calendar)-1:]
		}
		s.clocks.byKey[keyOf(own)] = c
		all = append(all, c.calendar...)
	}
	slices.SortStableFunc(all, func(a, b Observation) int { return strings.Compare(a.Date, b.Date) })
	s.dates = slices.CompactFunc(all, func(a, b Observation) bool { return a.Date == b.Date })
	return nil
}

// of are the values of the clock's knobs among those of a point.
func (c *clocks) of(values []float64) (own []float64) {
	for _, j := range c.at {
		own = append(own, values[j])
	}
	return own
}

func keyOf(values []float64) (key [2]float64) {
	copy(key[:], values)
	return key
}

// clock is that of a case; nil where it does not vary.
func (s *Sweep) clock(number int) *clockOf {
	if len(s.clocks.at) == 0 {
		return nil
	}
	return s.clocks.byKey[keyOf(s.clocks.of(s.Values(number, nil)))]
}

func (s *Sweep) centre(number int) *sim.Config {
	if c := s.clock(number); c != nil {
		return c.centre
	}
	return s.scenario.Centre()
}

// calendar is when a case is recorded.
func (s *Sweep) calendar(number int) []Observation {
	if c := s.clock(number); c != nil {
		return c.calendar
	}
	return s.dates
}

// Dates are recorded (ISO) at some point, in order.
func (s *Sweep) Dates() []string { return datesOf(s.dates) }

// Common are the dates recorded in every case, in order: cases that end apart are compared as far
// as all of them run.
func (s *Sweep) Common() []string {
	return slices.DeleteFunc(s.Dates(), func(date string) bool {
		for _, c := range s.clocks.byKey {
			if !slices.Contains(datesOf(c.calendar), date) {
				return true
			}
		}
		return false
	})
}

// EndsAt tells whether every case ends at a date, of which the table runs then holds the values.
func (s *Sweep) EndsAt(date string) bool {
	for _, c := range s.clocks.byKey {
		if c.calendar[len(c.calendar)-1].Date != date {
			return false
		}
	}
	return s.dates[len(s.dates)-1].Date == date
}

// Apart says that cases end apart, "" where they do not.
func (s *Sweep) Apart() string {
	all := s.Dates()
	common := s.Common()
	switch {
	case s.EndsAt(all[len(all)-1]):
		return ""
	case len(common) == 0:
		return "Points end apart and have no recorded date in common, so that they are not compared; --record year gives " +
			"them some."
	}
	return fmt.Sprintf("Points end apart; they are compared as far as all of them run, at %s unless --at says an earlier "+
		"date.", quantity.When(common[len(common)-1]))
}

func datesOf(calendar []Observation) (out []string) {
	for _, at := range calendar {
		out = append(out, at.Date)
	}
	return out
}
