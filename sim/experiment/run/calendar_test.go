package run

import (
	"slices"
	"testing"

	"simulate/sim"
)

func TestCalendar(t *testing.T) {
	dates := func(cfg sim.Config, record string) (all, labs []string) {
		for _, at := range Calendar(&cfg, record) {
			all = append(all, at.Date)
			if at.Labs {
				labs = append(labs, at.Date)
			}
		}
		return all, labs
	}
	check := func(what string, got []string, want ...string) {
		t.Helper()
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	months := sim.Config{Start: 2024, StepsPerYear: 12, Steps: 14}
	all, labs := dates(months, "quarter")
	check("quarters", all, "2023-12-31", "2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31", "2025-02-28")
	check("labs of quarters", labs, "2023-12-31", "2024-12-31", "2025-02-28")
	all, labs = dates(months, "year")
	check("years", all, "2023-12-31", "2024-12-31", "2025-02-28")
	check("labs of years", labs, "2023-12-31", "2024-12-31", "2025-02-28")
	all, labs = dates(months, "step")
	if len(all) != 15 || len(labs) != 15 {
		t.Errorf("every step: %d dates and %d of labs, want 15", len(all), len(labs))
	}
	// Quarters that do not begin with the calendar's: the first step that reaches the end of a quarter
	// stands for it.
	all, labs = dates(sim.Config{Start: 2024 + 1.0/12, StepsPerYear: 4, Steps: 4}, "quarter")
	check("shifted quarters", all, "2024-01-31", "2024-04-30", "2024-07-31", "2024-10-31", "2025-01-31")
	check("labs of shifted quarters", labs, "2024-01-31", "2025-01-31")
}
