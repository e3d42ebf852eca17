package quantity

import (
	"math"
	"testing"
)

func TestWords(t *testing.T) {
	for got, want := range map[string]string{
		Whole(3412.4): "3,412", Whole(999.5): "1,000", Whole(-1234567): "−1,234,567", Whole(0.4): "0", Whole(-0.4): "0",
		OneDecimal(14.25): "14.3", OneDecimal(-3.04): "−3.0", OneDecimal(1234): "1,234", OneDecimal(-0.04): "0.0",
		Count(12345): "12,345", ThreeDigits(0.12345): "0.123", ThreeDigits(-4321): "−4,321",
		Money(6.2e6): "$6.2M", Money(310e6): "$310M", Money(1.25e9): "$1.25B", Money(80e9): "$80B",
		Money(2.134e12): "$2.13T", Money(-39.96e3): "−$40k",
		Money(999.7e6): "$1B", Money(0): "$0", Money(1.53e-6): "$1.5×10⁻⁶", Money(-0.00012): "−$0.00012",
		FourDigits(-4.7559e11, "USD/yr"): "−$475.6B", FourDigits(2345.4, "0–10,000"): "2,345", FourDigits(0.82134,
			"0–1"): "0.8213", FourDigits(3e26, "FLOP"): "3e26", FourDigits(0, "USD"): "$0", FourDigits(-12, "months"): "−12",
		Signed(Whole(5)): "+5", Signed(Whole(-5)): "−5",
		When("2024-12-31"): "the end of 2024", When("2025-06-30"): "the end of June 2025", When("2025-01-19"): "2025-01-19",
		When("2024-02-29"):  "the end of February 2024",
		List([]string{"a"}): "a", List([]string{"a", "b"}): "a and b", List([]string{"a", "b", "c"}): "a, b and c",
		Plural(1, "run"): "1 run", Plural(2000, "run"): "2,000 runs", Plural(0, "policy"): "0 policies", Plural(2,
			"run was", "runs were"): "2 runs were",
		OneOf([]string{"a", "b", "c"}): "a, b or c", OneOf(nil): "", ThreeDigits(1.5e7): "15,000,000",
		ThreeDigits(3e26):     "3e26",
		Digits(12.3456789, 6): "12.3457", Digits(1e9, 3): "1000000000", Digits(math.NaN(), 3): "", Group("1234567",
			"_"): "1_234_567", Group("12", ","): "12",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestNearest(t *testing.T) {
	words := []string{"hhi_sales", "market.eta", "labs", "open", "no-figures"}
	for given, want := range map[string]string{"hhi_sale": "hhi_sales", "HHI-sales": "hhi_sales",
		"no_figures": "no-figures", "lab": "labs", "opne": "open", "rnu": "", "xyz": "", "market": "market.eta", "": ""} {
		if got := Nearest(given, words); got != want {
			t.Errorf("nearest to %q is %q, want %q", given, got, want)
		}
	}
	several := []string{"hhi_compute", "hhi_other_sales_labs", "hhi_sales_labs"}
	if got := Nearest("hhi_labs", several); got != "hhi_sales_labs" {
		t.Errorf("nearest to hhi_labs is %q", got)
	}
	if got := Nearest("rnu", []string{"new", "run"}); got != "run" {
		t.Errorf("nearest to rnu is %q", got)
	}
	for got, want := range map[string]string{
		DidYouMean("opne", words): `did you mean "open"?`, DidYouMean("xyz", words[:2]): "write hhi_sales or market.eta",
		DidYouMean("xyz", nil): "there is none here",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestRanges(t *testing.T) {
	if got := Ranges([]int{0, 1, 2, 5, 7, 8}); got != "0-2,5,7-8" {
		t.Error(got)
	}
}

func TestShares(t *testing.T) {
	for got, want := range map[string]string{Share(.436): "44 %", Share(-.05): "−5 %", Share(math.NaN()): "–",
		Share(12): "1,200 %", FineShare(.00384): "0.38 %", ExactShare(.95): "95 %", ExactShare(.999): "99.9 %",
		FigureShare(.975):     "97.5%",
		ShareInterval(.4, .6): "40 to 60 %"} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestRaised(t *testing.T) {
	for text, want := range map[string]string{"": "", "élan": "Élan", "DeepSeek R1": "DeepSeek R1", "8x": "8x"} {
		if got := Raised(text); got != want {
			t.Errorf("%q became %q, not %q", text, got, want)
		}
	}
}

// A name within a sentence begins with a small letter, an abbreviation and nothing stay.
func TestLowered(t *testing.T) {
	for text, want := range map[string]string{"Revenue of all": "revenue of all", "HHI of sales": "HHI of sales",
		"H100e": "H100e", "": "", "Éducation": "éducation"} {
		if got := Lowered(text); got != want {
			t.Errorf("%q within a sentence is %q, not %q", text, got, want)
		}
	}
}
