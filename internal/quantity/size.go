package quantity

import (
	"fmt"
	"time"
)

// Bytes writes a size in decimal units with three digits: 412 B, 93.1 kB, 1.2 GB.
func Bytes(n int64) string {
	v, unit := float64(n), "B"
	for _, u := range []string{"kB", "MB", "GB", "TB"} {
		if v < 999.5 {
			break
		}
		v, unit = v/1000, u
	}
	return fmt.Sprintf("%.3g %s", v, unit)
}

// Duration writes a time with one unit: 4.6 ms, 90 s, 12 min, 3 h, 5 days, 12 years.
func Duration(d time.Duration) string { return Seconds(d.Seconds()) }

// Seconds writes a time in seconds, which may be longer than a time.Duration can be, with one unit.
func Seconds(s float64) string {
	const minute, hour, day, year = 60, 3600, 24 * 3600, 365.25 * 24 * 3600
	switch {
	case s < 0.9995:
		return fmt.Sprintf("%.3g ms", 1000*s)
	case s < 2*minute:
		return fmt.Sprintf("%.0f s", s)
	case s < 2*hour:
		return fmt.Sprintf("%.0f min", s/minute)
	case s < 2*day:
		return fmt.Sprintf("%.0f h", s/hour)
	case s < 2*year:
		return fmt.Sprintf("%.0f days", s/day)
	}
	return Whole(s/year) + " years"
}
