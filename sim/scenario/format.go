package scenario

import (
	"math"
	"strconv"
	"strings"

	"simulate/internal/quantity"

	"simulate/sim/portable"
)

// print writes a value of the unit in canonical form: reading it back gives the same number, bit
// for bit.
func (u *unit) print(v float64) string {
	if math.IsInf(v, 1) {
		return "inf"
	}
	candidates := u.candidates(v)
	for _, text := range candidates {
		if got, c := u.read(text); c == nil && got == v {
			return text
		}
	}
	return candidates[len(candidates)-1]
}

// candidates are ways to write a value, the one easiest to read first.
func (u *unit) candidates(v float64) []string {
	switch u.tag {
	case "USD/yr":
		return []string{formatMoney(v) + "/yr"}
	case "USD":
		return []string{formatMoney(v)}
	case "USD/H100e":
		return []string{formatMoney(v) + "/H100e"}
	case "USD/Mtok":
		return []string{formatMoney(v) + "/Mtok"}
	case "H100e":
		return []string{formatCount(v) + " H100e"}
	case "H100e/yr":
		return []string{formatCount(v) + " H100e/yr"}
	case "FLOP":
		if math.Abs(v) < 1e6 {
			return []string{formatNumber(v) + " FLOP"}
		}
		return []string{strings.Replace(strconv.FormatFloat(v, 'e', -1, 64), "e+", "e", 1) + " FLOP"}
	case "yr":
		return formatYears(v)
	case "growth/yr":
		return append(multiples(portable.Exp(v), "x/yr"), formatNumber(v)+" nats/yr")
	case "nats":
		if v != 0 && len(formatNumber(v)) > 6 {
			return append(multiples(portable.Exp(v), "x")[:3], formatNumber(v))
		}
	case "x":
		return []string{formatNumber(v) + "x"}
	case "OOM/yr":
		return []string{formatNumber(v) + " OOM/yr"}
	case "date":
		return []string{formatDate(v)}
	case "0 or 1":
		if v == 1 {
			return []string{"true"}
		}
		return []string{"false"}
	}
	return []string{formatNumber(v)}
}

// multiples are decimals near x of rising precision, then its neighbours among the doubles.
func multiples(x float64, suffix string) []string {
	var out []string
	for _, digits := range []int{3, 4, 5, 17} {
		out = append(out, trimNumber(strconv.FormatFloat(x, 'g', digits, 64))+suffix)
	}
	below, above := x, x
	for range 4 {
		below, above = math.Nextafter(below, 0), math.Nextafter(above, math.Inf(1))
		out = append(out, formatNumber(below)+suffix, formatNumber(above)+suffix)
	}
	return out
}

func formatYears(v float64) []string {
	out := []string{formatNumber(v) + " years"}
	if v == 1 {
		out[0] = "1 year"
	}
	if m := float64(v * 12); len(formatNumber(v)) > 4 || v < 1 {
		out = append([]string{formatNumber(math.Round(m)) + " months"}, out...)
		if math.Round(m) == 1 {
			out[0] = "1 month"
		}
	}
	return out
}

// formatNumber is the shortest text that reads back as the same number.
func formatNumber(v float64) string {
	if math.IsInf(v, 1) {
		return "inf"
	}
	if a := math.Abs(v); a == 0 || (a >= 1e-4 && a < 1e15) {
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return trimNumber(strconv.FormatFloat(v, 'e', -1, 64))
}

func trimNumber(s string) string { return strings.Replace(s, "e+", "e", 1) }

// formatCount groups the thousands of whole numbers with _.
func formatCount(v float64) string {
	s := formatNumber(v)
	if v != math.Floor(v) || math.Abs(v) < 10_000 || strings.Contains(s, "e") {
		return s
	}
	digits, negative := strings.CutPrefix(s, "-")
	if negative {
		return "-" + quantity.Group(digits, "_")
	}
	return quantity.Group(digits, "_")
}

// decimal writes v·10^n in plain digits, exactly as many as v needs.
func decimal(v float64, n int) string {
	mantissa, e, _ := strings.Cut(strconv.FormatFloat(v, 'e', -1, 64), "e")
	exponent, err := strconv.Atoi(e)
	if err != nil {
		return formatNumber(v)
	}
	digits := strings.Replace(mantissa, ".", "", 1)
	point := 1 + exponent + n // digits before the decimal point
	switch {
	case point <= 0:
		return "0." + strings.Repeat("0", -point) + digits
	case point >= len(digits):
		return digits + strings.Repeat("0", point-len(digits))
	}
	return digits[:point] + "." + digits[point:]
}

// formatMoney writes dollars with the magnitude that leaves one to three digits before the point.
func formatMoney(v float64) string {
	sign := ""
	if v < 0 {
		sign, v = "-", -v
	}
	for _, m := range []struct {
		letter   string
		exponent int
	}{{"T", 12}, {"B", 9}, {"M", 6}, {"k", 3}} {
		if v < math.Pow10(m.exponent) {
			continue
		}
		return sign + "$" + decimal(v, -m.exponent) + m.letter
	}
	return sign + "$" + formatNumber(v)
}
