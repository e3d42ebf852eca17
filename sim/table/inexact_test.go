package table

import "testing"

func TestInexactNumbers(t *testing.T) {
	for _, s := range []string{"<1", "< 1", "<1%", "~45", "≥3", "ca. 40", "about $40", "40+", "12*", "45 (e)",
		"45% (est.)", "$1.2B", "€40 Mio.", "1.2bn €", ">1,000"} {
		if !isInexact(s) {
			t.Errorf("%s is not told", s)
		}
	}
	for _, s := range []string{"", "a1", "7B", "3M", "01.AI", "GPT-4", "o1", "360", "12.5", "1&1", "10-50", "23andMe",
		"Q1",
		"2024-01", "<none>"} {
		if isInexact(s) {
			t.Errorf("%s is taken for an inexact number", s)
		}
	}
}
