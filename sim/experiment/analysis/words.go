package analysis

import (
	"math"
	"strconv"
)

// percent writes a share: 44 %.
func percent(x float64) string { return strconv.FormatFloat(math.Round(100*x)+0, 'f', 0, 64) + " %" }

// exactPercent writes a confidence level without rounding it away: 95 %, 99.9 %.
func exactPercent(x float64) string { return strconv.FormatFloat(100*x, 'g', 6, 64) + " %" }
