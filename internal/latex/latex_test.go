package latex

import "testing"

func TestEscape(t *testing.T) {
	for text, want := range map[string]string{
		"50% of R&D_x #1 {a} $2": `50\% of R\&D\_x \#1 \{a\} \$2`,
		`a\b~c^d`:                `a\textbackslash{}b\textasciitilde{}c\textasciicircum{}d`,
		"η = 1.1, −3×10⁻⁹":       `$\eta$ = 1.1, $-$3$\times$10$^{-9}$`,
		"1–2 “a”…":               "1--2 ``a''\\dots{}",
		"10²⁶":                   "10$^{26}$",
		"Łódź":                   "Łódź",
	} {
		if got := Escape(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
