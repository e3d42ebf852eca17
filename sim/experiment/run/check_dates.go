package run

import "simulate/sim/experiment/results"

// CheckDates refuses, before a run, dates that DatesAt would not find in every case. The error is
// an *InputError.
func (s Spec) CheckDates(wanted []string) error {
	p, err := NewRuns(s)
	if err != nil {
		return err
	}
	for _, c := range p.cases {
		var dates []string
		for _, at := range c.calendar {
			dates = append(dates, at.Date)
		}
		if _, err := results.FindDates(dates, wanted); err != nil {
			return err
		}
	}
	return nil
}
