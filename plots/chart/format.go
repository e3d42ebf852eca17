package chart

import (
	"fmt"
	"math"
	"strings"

	"simulate/internal/quantity"
)

// Format writes a number of an axis, such as quantity.Plain or quantity.Dollars. step is the
// distance of ticks, which sets the decimals; 0 asks for three significant digits.
type Format func(v, step float64) string

// When names the day before a decimal year: 2025.0 is "at end-2024".
func When(date float64) string {
	if year := math.Round(date); math.Abs(date-year) < 1e-6 {
		return fmt.Sprintf("at"+Space+"end-%d", int(year)-1)
	}
	return "in" + Space + strings.ReplaceAll(quantity.ShortMonthOf(date-1e-3), " ", Space)
}
