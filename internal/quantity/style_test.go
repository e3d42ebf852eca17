package quantity

import "testing"

// Numbers are written in the way of the user's own, whatever their unit.
func TestStyles(t *testing.T) {
	for _, c := range []struct {
		spec   string
		v      float64
		digits int
		want   string
	}{
		{"0%, 10%", 0.1, 3, "10%"}, {"90%,110%", 1.1, 3, "110%"}, {"5% to 15%", 0.0987654, 3, "9.88%"},
		{"0%:20%:5%", 0.15, 12, "15%"}, {"0.1, 0.2", 0.1, 3, "0.1"}, {"6 months, 18 months", 1.5, 3, "18 months"},
		{"1 month, 2 months", 1. / 12, 3, "1 month"},

		{"6 months, 2 years", 0.5, 3, "0.5"}, {"50%/yr, 3x/yr", 2, 3, "2"},
		{"20%/yr to 40%/yr", 0.3, 3, "30%/yr"}, {"-5%, 5%", -0.05, 3, "−5%"},
		{"range", 0.1, 3, "0.1"},
	} {
		if got := StyleOf(c.spec).Write(c.v, c.digits); got != c.want {
			t.Errorf("%g of %q is %q, want %q", c.v, c.spec, got, c.want)
		}
	}
	if got := Percents.Tick(0.15, 0.05); got != "15%" {
		t.Errorf("tick %q", got)
	}
}

// A small number has a minus and a raised exponent, whatever its sign.
func TestSmallNumbers(t *testing.T) {
	for v, want := range map[float64]string{-8.9e-5: "−8.9×10⁻⁵", 7.3e-5: "7.3×10⁻⁵", -0.00023: "−0.00023"} {
		if got := TwoDigits(v); got != want {
			t.Errorf("%g is %q, want %q", v, got, want)
		}
	}
}
