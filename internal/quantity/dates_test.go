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

// Every month of two centuries, reached by adding steps to the start, must come out right in spite
// of rounding.
func TestDatesOfLongClocks(t *testing.T) {
	for n := range 12 * 200 {
		want := []string{"01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"}[n%12]
		if got := DayOf(1950 + float64(n)/12)[5:7]; got != want {
			t.Fatalf("month %d of the clock is %s, want %s", n, got, want)
		}
	}
}

func TestMonthOf(t *testing.T) {
	for at, want := range map[float64]string{2025: "January 2025", 2025 + 19.0/(12*31): "January 2025",
		2025.5: "July 2025", 2026 - 1e-9: "January 2026"} {
		if got := MonthOf(at); got != want {
			t.Errorf("the month of %v is %s, want %s", at, got, want)
		}
	}
}

// Whatever day or month is written, its first and last day come back, and it begins where the
// period before it ends.
func TestPeriodsComeBack(t *testing.T) {
	for text, want := range map[string][2]string{
		"2024-12-31": {"2024-12-31", "2024-12-31"}, "2024-02-29": {"2024-02-29", "2024-02-29"}, "2023-02-14": {"2023-02-14",
			"2023-02-14"},
		"2024-02": {"2024-02-01", "2024-02-29"}, "2025": {"2025-01-01", "2025-12-31"},
	} {
		begin, end, ok := Period(text)
		if got := [2]string{DayOf(begin), LastDay(end)}; !ok || got != want {
			t.Errorf("%s is %v, want %v", text, got, want)
		}
	}
	for _, text := range []string{"", "24", "2024-13", "2023-02-29", "2024-2", "2024-02-30", "June 2024",
		"2024-06-01T10:00"} {
		if _, _, ok := Period(text); ok {
			t.Errorf("%q is taken for a period", text)
		}
	}
	if _, end, _ := Period("2024-12-31"); end != 2025 || Day(2025, 1, 1) != 2025 || Month(2024, 13) != 2025 {
		t.Errorf("2024 ends at %v", end)
	}
}

// Other programs write a time behind a date.
func TestWhatBegins(t *testing.T) {
	for at, want := range map[float64]string{2026: "2026-01", Month(2026, 12): "2026-12", Day(2026, 1, 20): "2026-01-20",
		Day(2024, 2, 29): "2024-02-29", 2026.0001: ""} {
		if got := Begins(at); got != want {
			t.Errorf("%g begins %q, want %q", at, got, want)
		}
	}
	for _, c := range [][2]float64{{2026.05, 2026}, {Month(2026, 3), Month(2026, 3)}, {Day(2026, 3, 31), Month(2026, 3)}} {
		if got := MonthBegin(c[0]); got != c[1] {
			t.Errorf("the month of %g begins at %g, want %g", c[0], got, c[1])
		}
	}
	if got := NearestMonth(Month(2026, 8) + 1e-9); got != Month(2026, 8) {
		t.Errorf("nearest is %g", got)
	}
}

func TestMidnightIsNoTime(t *testing.T) {
	for _, text := range []string{"2027-03-01T00:00:00Z", "2027-03-01 00:00:00", "2027-03-01T00:00",
		"2027-03-01T00:00:00.000+01:00", "2027-03-01 00:00:00 UTC", "2027-03-01T00:00:00+0000"} {
		if got := WithoutTime(text); got != "2027-03-01" {
			t.Errorf("%s becomes %s", text, got)
		}
		if _, _, ok := Period(text); !ok {
			t.Errorf("%s is no period", text)
		}
	}
	for _, text := range []string{"2027-03-01T10:00:00Z", "2027-03-01", "2027", "2027-03-01T00:00:01"} {
		if got := WithoutTime(text); got != text {
			t.Errorf("%s becomes %s", text, got)
		}
	}
}
