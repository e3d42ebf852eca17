package plots

import (
	"math"
	"testing"
)

func TestDecimalYear(t *testing.T) {
	for iso, want := range map[string]float64{"2024-12-31": 2025, "2023-12-31": 2024, "2024-01-31": 2024 + 1.0/12,
		"2024-02-14": 2024 + (1+14.0/29)/12} {
		if got, err := decimalYear(iso); err != nil || math.Abs(got-want) > 1e-9 {
			t.Errorf("%s is %v, %v, want %v", iso, got, err, want)
		}
	}
	if _, err := decimalYear("2024-13-01"); err == nil {
		t.Error("a thirteenth month was taken")
	}
}
