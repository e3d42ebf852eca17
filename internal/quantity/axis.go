package quantity

import (
	"math"
	"strconv"
	"strings"
)

// Numbers on axes: step is the distance of ticks, which sets the decimals; 0 asks for three
// significant digits, as a title has them.

// Plain writes a number with its thousands apart and as many decimals as the step needs.
func Plain(v, step float64) string {
	if step == 0 && v != 0 && math.Abs(v) < 1e-3 {
		return Power(v)
	}
	s := strconv.FormatFloat(math.Abs(v), 'f', decimals(v, step), 64)
	whole, fraction, _ := strings.Cut(s, ".")
	whole = Group(whole, ",")
	if fraction != "" {
		whole += "." + fraction
	}
	if v < 0 && strings.Trim(whole, "0.,") != "" {
		return "−" + whole
	}
	return whole
}

// decimals are those the step needs, or those that make three significant digits.
func decimals(v, step float64) int {
	if step > 0 {
		for d := range 9 {
			scaled := float64(step * math.Pow10(d))
			if math.Abs(scaled-math.Round(scaled)) < 1e-6*scaled {
				return d
			}
		}
		return 9
	}
	if v == 0 || math.Abs(v) >= 100 {
		return 0
	}
	d := 2 - exponentOf(v)
	if d > 0 && math.Round(math.Abs(v)*math.Pow10(d)) >= 1000 {
		d-- // 0.9997 is 1.00
	}
	for d > 0 {
		fewer := float64(v * math.Pow10(d-1))
		if math.Abs(fewer-math.Round(fewer)) >= float64(1e-9*math.Abs(v)) {
			break
		}
		d-- // 5 rather than 5.00
	}
	return min(d, 12)
}

// exponentOf is the power of ten of a number written with nine digits.
func exponentOf(v float64) int {
	_, exponent, _ := strings.Cut(strconv.FormatFloat(v, 'e', 8, 64), "e")
	n, err := strconv.Atoi(exponent)
	if err != nil { // Inf and NaN have none
		return 0
	}
	return n
}

// Percent writes a share of 0 to 1.
func Percent(v, step float64) string {
	if step == 0 {
		if p := 100 * v; p >= 1 || p == 0 {
			return strconv.Itoa(int(math.Round(p))) + "%"
		}
		return Plain(100*v, .1) + "%"
	}
	return Plain(100*v, 100*step) + "%"
}

// Dollars writes US dollars with k, M, B or T.
func Dollars(v, step float64) string {
	s := "$" + Scaled(math.Abs(v), step)
	if v < 0 {
		return "−" + s
	}
	return s
}

// Scaled writes a number with k, M, B or T.
func Scaled(v, step float64) string {
	for _, m := range magnitudes {
		if v >= m.size*0.9995 || (step >= m.size && v != 0) {
			return Plain(v/m.size, step/m.size) + m.letter
		}
	}
	return Plain(v, step)
}

// Power writes a number other than zero with a raised exponent, 3×10⁻⁶ or 10²⁶.
func Power(v float64) string {
	exponent := exponentOf(v)
	mantissa := v / math.Pow10(exponent)
	s := "10" + raised(exponent)
	if math.Abs(mantissa-1) < 1e-6 {
		return s
	}
	return strings.TrimSuffix(Plain(mantissa, .1), ".0") + "×" + s
}

func raised(n int) string {
	return strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7",
		"⁷", "8", "⁸", "9", "⁹", "-", "⁻").Replace(strconv.Itoa(n))
}

// OOM writes orders of magnitude relative to a reference: +2, 0, −1.5.
func OOM(v, step float64) string {
	s := Plain(v, step)
	if v > 0 && strings.Trim(s, "0.") != "" {
		return "+" + s
	}
	return s
}

// Years writes a decimal year without its decimals.
func Years(v, _ float64) string { return strconv.Itoa(int(math.Round(v))) }
