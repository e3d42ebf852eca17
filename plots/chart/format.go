package chart

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"simulate/internal/quantity"
)

// Format writes a number of an axis. step is the distance of ticks, which sets the decimals; 0 asks for
// three significant digits.
type Format func(v, step float64) string

// Plain writes a number with its thousands apart and as many decimals as the step needs.
func Plain(v, step float64) string {
	if step == 0 && v != 0 && math.Abs(v) < 1e-3 {
		return Power(v)
	}
	s := strconv.FormatFloat(math.Abs(v), 'f', decimals(v, step), 64)
	whole, fraction, _ := strings.Cut(s, ".")
	whole = quantity.Group(whole, ",")
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
			scaled := step * math.Pow(10, float64(d))
			if math.Abs(scaled-math.Round(scaled)) < 1e-6*scaled {
				return d
			}
		}
		return 9
	}
	if v == 0 || math.Abs(v) >= 100 {
		return 0
	}
	d := 2 - int(math.Floor(math.Log10(math.Abs(v))))
	for d > 0 && math.Abs(v*math.Pow(10, float64(d-1))-math.Round(v*math.Pow(10, float64(d-1)))) < 1e-9*math.Abs(v) {
		d-- // 5 rather than 5.00
	}
	return min(d, 12)
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

// Dollars writes US dollars with K, M, B or T.
func Dollars(v, step float64) string {
	s := "$" + Scaled(math.Abs(v), step)
	if v < 0 {
		return "−" + s
	}
	return s
}

// Scaled writes a number with K, M, B or T.
func Scaled(v, step float64) string {
	for _, u := range []struct {
		size float64
		name string
	}{{1e12, "T"}, {1e9, "B"}, {1e6, "M"}, {1e3, "K"}} {
		if v >= u.size*(1-5e-4) || (step >= u.size && v != 0) {
			return Plain(v/u.size, step/u.size) + u.name
		}
	}
	return Plain(v, step)
}

// Power writes a number other than zero with a raised exponent, 3×10⁻⁶ or 10²⁶.
func Power(v float64) string {
	exponent := math.Floor(math.Log10(math.Abs(v)) + 1e-9)
	mantissa := v / math.Pow(10, exponent)
	s := "10" + raised(int(exponent))
	if math.Abs(mantissa-1) < 1e-6 {
		return s
	}
	return strings.TrimSuffix(Plain(mantissa, .1), ".0") + "×" + s
}

func raised(n int) string {
	return strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹", "-", "⁻").Replace(strconv.Itoa(n))
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

// When names the day before a decimal year: 2025.0 is "at end-2024".
func When(date float64) string {
	if year := math.Round(date); math.Abs(date-year) < 1e-6 {
		return fmt.Sprintf("at"+Space+"end-%d", int(year)-1)
	}
	return "in" + Space + strings.ReplaceAll(quantity.ShortMonthOf(date-1e-3), " ", Space)
}
