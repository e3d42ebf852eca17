package quantity

import "testing"

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
		if got := LastDay(c.t); got != c.last {
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

func TestMonthOf(t *testing.T) {
	for at, want := range map[float64]string{2025: "January 2025", 2025 + 19.0/(12*31): "January 2025", 2025.5: "July 2025", 2026 - 1e-9: "January 2026"} {
		if got := MonthOf(at); got != want {
			t.Errorf("the month of %v is %s, want %s", at, got, want)
		}
	}
}
