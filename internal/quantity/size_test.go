package quantity

import (
	"math"
	"testing"
	"time"
)

func TestSizes(t *testing.T) {
	for n, want := range map[int64]string{0: "0 B", 412: "412 B", 999: "999 B", 1000: "1 kB", 93_147: "93.1 kB",
		999_600: "1 MB", 15_800_000_000: "15.8 GB", math.MaxInt64 / 2: "4.61e+06 TB"} {
		if got := Bytes(n); got != want {
			t.Errorf("%d is %s, want %s", n, got, want)
		}
	}
	for s, want := range map[float64]string{0: "0 ms", 0.00456: "4.56 ms", 0.9996: "1 s", 1: "1 s", 119: "119 s",
		120:  "2 min",
		7199: "120 min", 7200: "2 h", 3 * 86400: "3 days", 800 * 86400: "2 years", 1e12: "31,688 years"} {
		if got := Seconds(s); got != want {
			t.Errorf("%g s is %s, want %s", s, got, want)
		}
	}
	if got := Duration(1500 * time.Millisecond); got != "2 s" {
		t.Errorf("1.5 s is %s", got)
	}
}
