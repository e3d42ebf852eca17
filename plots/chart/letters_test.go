package chart

import "testing"

func TestUnwritten(t *testing.T) {
	for text, want := range map[string]string{"": "", "Amália Σ": "", "Яндекс – γ": "",
		"研究所 A 研": "研究所", "معهد": "معهد"} {
		if got := Unwritten(text); got != want {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
}
