package analysis

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// number writes a value for a sentence: three significant digits, whole from a thousand on, thousands set apart.
func number(x float64) string {
	switch a := math.Abs(x); {
	case a == 0 || math.IsNaN(x) || math.IsInf(x, 0) || a >= 1e15 || a < 1e-4:
		return strconv.FormatFloat(x, 'g', 3, 64)
	case a < 999.5:
		rounded, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 3, 64), 64)
		return strconv.FormatFloat(rounded, 'f', -1, 64)
	}
	digits := strconv.FormatFloat(math.Abs(x), 'f', 0, 64)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	if x < 0 {
		return "-" + digits
	}
	return digits
}

// percent writes a share: 44 %.
func percent(x float64) string { return strconv.FormatFloat(math.Round(100*x)+0, 'f', 0, 64) + " %" }

// exactPercent writes a confidence level without rounding it away: 95 %, 99.9 %.
func exactPercent(x float64) string { return strconv.FormatFloat(100*x, 'g', 6, 64) + " %" }

// list joins names: a, b and c.
func list(names []string) string { return join(names, "and") }

func join(names []string, last string) string {
	switch n := len(names); n {
	case 0:
		return "none"
	case 1:
		return names[0]
	default:
		return fmt.Sprintf("%s %s %s", strings.Join(names[:n-1], ", "), last, names[n-1])
	}
}
