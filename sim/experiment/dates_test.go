package experiment

import (
	"slices"
	"testing"

	"simulate/sim"
)

func TestDates(t *testing.T) {
	for _, c := range []struct {
		t         float64
		last, day string
	}{
		{2025, "2024-12-31", "2025-01-01"},
		{2024 + 1.0/12, "2024-01-31", "2024-02-01"},
		{2024 + 2.0/12, "2024-02-29", "2024-03-01"},
		{2024.25, "2024-03-31", "2024-04-01"},
		{2023 + 2.0/12, "2023-02-28", "2023-03-01"},
		{2025 + 19.0/(12*31), "2025-01-19", "2025-01-20"}, // 20 January
		{2024 + 1.0/12 + 28.0/(12*29), "2024-02-28", "2024-02-29"},
		{1999 + 11.0/12 + 30.0/(12*31), "1999-12-30", "1999-12-31"},
	} {
		if got := lastDay(c.t); got != c.last {
			t.Errorf("the last day before %v is %s, want %s", c.t, got, c.last)
		}
		if got := DayOf(c.t); got != c.day {
			t.Errorf("the day of %v is %s, want %s", c.t, got, c.day)
		}
	}
}

// Every month of two centuries, reached by adding steps to the start, must come out right in spite of rounding.
func TestDatesOfLongClocks(t *testing.T) {
	for n := range 12 * 200 {
		want := []string{"01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"}[n%12]
		if got := DayOf(1950 + float64(n)/12)[5:7]; got != want {
			t.Fatalf("month %d of the clock is %s, want %s", n, got, want)
		}
	}
}

func TestCalendar(t *testing.T) {
	dates := func(cfg sim.Config, record string) (all, labs []string) {
		for _, at := range calendar(&cfg, record) {
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
	// Quarters that do not begin with the calendar's: the first step that reaches the end of a quarter stands for it.
	all, labs = dates(sim.Config{Start: 2024 + 1.0/12, StepsPerYear: 4, Steps: 4}, "quarter")
	check("shifted quarters", all, "2024-01-31", "2024-04-30", "2024-07-31", "2024-10-31", "2025-01-31")
	check("labs of shifted quarters", labs, "2024-01-31", "2025-01-31")
}
