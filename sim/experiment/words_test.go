package experiment

import "testing"

func TestWords(t *testing.T) {
	for got, want := range map[string]string{
		whole(3412.4): "3,412", whole(999.5): "1,000", whole(-1234567): "−1,234,567", whole(0.4): "0", whole(-0.4): "0",
		short1(14.25): "14.3", short1(-3.04): "−3.0", short1(1234): "1,234", short1(-0.04): "0.0",
		money(6.2e6): "$6.2M", money(310e6): "$310M", money(1.25e9): "$1.25B", money(80e9): "$80B", money(2.134e12): "$2.13T", money(-39.96e3): "−$40k",
		money(999.7e6): "$1B", money(0): "$0",
		measured(-4.7559e11, "USD/yr"): "−$475.6B", measured(2345.4, "0–10,000"): "2,345", measured(0.82134, "0–1"): "0.8213", measured(3e26, "FLOP"): "3e26", measured(0, "USD"): "$0", measured(-12, "months"): "−12",
		unitWord("USD/Mtok"): " per million tokens",
		signed(whole(5)):     "+5", signed(whole(-5)): "−5",
		when("2024-12-31"): "the end of 2024", when("2025-06-30"): "the end of June 2025", when("2025-01-19"): "2025-01-19", when("2024-02-29"): "the end of February 2024",
		list([]string{"a"}): "a", list([]string{"a", "b"}): "a and b", list([]string{"a", "b", "c"}): "a, b and c",
		plural(1, "run", "runs"): "1 run", plural(2000, "run", "runs"): "2,000 runs",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
