package quantity

import "testing"

// Numbers as axes and titles of figures have them.
func TestAxisNumbers(t *testing.T) {
	for want, got := range map[string]string{
		"3,411":     Plain(3411.2, 0),
		"−0.985":    Plain(-.98512, 0),
		"5":         Plain(5, 0),
		"0":         Plain(-1e-20, 1),
		"2.1×10⁻⁷":  Plain(2.1e-7, 0),
		"10²⁶":      Power(1e26),
		"1,234,568": Plain(1234567.9, 1),
		"82%":       Percent(.8231, 0),
		"0.3%":      Percent(.003, 0),
		"$5.61T":    Dollars(5.612e12, 0),
		"$600B":     Dollars(6e11, 2e11),
		"$0":        Dollars(0, 2e11),
		"−$1.5M":    Dollars(-1.5e6, 0),
		"$40k":      Dollars(4e4, 0),
		"$1.00B":    Dollars(999.7e6, 0),
		"+0.5":      OOM(.5, .5),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
