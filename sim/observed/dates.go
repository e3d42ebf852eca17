package observed

import (
	"fmt"
	"strconv"

	"simulate/internal/quantity"

	"simulate/internal/pattern"
)

// Date reads a day or month as the instant at which it ends, as a decimal year: 2025.0 for 2024-12
// and 2024-12-31.
func Date(text string) (float64, error) {
	_, end, ok := period(text)
	if !ok {
		return 0, fmt.Errorf("%q is not a date; write a month as 2023-12, or a day as 2023-12-31", text)
	}
	return end, nil
}

var quarter = pattern.Late(`^(?i)(?:([0-9]{4})[ -]?q([1-4])|q([1-4])[ -/]?([0-9]{4}))$`)

// period gives the instants at which a day, month or quarter begins and ends. Years alone are no
// observation's date.
func period(text string) (begin, end float64, ok bool) {
	if m := quarter().FindStringSubmatch(text); m != nil {
		year, _ := strconv.Atoi(m[1] + m[4])
		q, _ := strconv.Atoi(m[2] + m[3])
		return quantity.Month(year, 3*q-2), quantity.Month(year, 3*q+1), true
	}
	if len(text) < len("2006-01") {
		return 0, 0, false
	}
	return quantity.Period(text)
}
