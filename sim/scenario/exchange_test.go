package scenario

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const abroad = `title: A lab abroad
extends: baseline
exchange_rates:
  EUR: {value: 1.08 USD, source: "ECB, mean of 2024"}
  GBP: $1.25
  INR: 0.012
  CNY: 0.14 USD/CNY
labs:
  amalia: {archetype: public, region: us, budget: BUDGET}
`

// Amounts are dollars at the rate of the file, however they are written, and the resolved scenario
// is in dollars.
func TestMoneyOfOtherCountries(t *testing.T) {
	for text, want := range map[string]float64{
		"€40M/yr": 43.2e6, "40M EUR/yr": 43.2e6, "EUR 40M/yr": 43.2e6, "€40M per year": 43.2e6, "40M €/yr": 43.2e6,
		"40 million euros/yr": 43.2e6,
		"£2B/yr":              2.5e9, "₹1000M/yr": 12e6, "1_000M INR/yr": 12e6, "7M RMB/yr": .98e6, "CN¥7M/yr": .98e6,
		"$40M/yr": 40e6, "€1M/month": 12.96e6,
	} {
		file := filepath.Join(t.TempDir(), "abroad.yaml")
		if err := os.WriteFile(file, []byte(strings.Replace(abroad, "BUDGET", "'"+text+"'", 1)), 0o644); err != nil {
			t.Fatal(err)
		}
		s, err := Load(file, Options{})
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		knob, found := s.Knob("labs.amalia.budget")
		if !found || math.Abs(knob.Value/want-1) > 1e-9 {
			t.Errorf("%s is %v, want %v", text, knob.Value, want)
		}
		again, err := Parse("abroad", s.YAML())
		if err != nil {
			t.Fatalf("%s: the resolved scenario: %v", text, err)
		}
		if !bytes.Equal(s.YAML(), again.YAML()) {
			t.Errorf("%s: the resolved scenario changes when it is read again", text)
		}
	}
}

func TestRatesAreSaidAndRefused(t *testing.T) {
	load := func(text string) (*Scenario, error) {
		file := filepath.Join(t.TempDir(), "abroad.yaml")
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return Load(file, Options{})
	}
	s, err := load(strings.Replace(abroad, "BUDGET", "€40M/yr", 1))
	if err != nil {
		t.Fatal(err)
	}
	notes := strings.Join(s.Notes, "\n")
	for _, want := range []string{"One EUR is 1.08 USD (ECB, mean of 2024): labs.amalia.budget of €40M/yr is " +
		"43200000 USD/yr.", "exchange_rates.GBP is not used"} {
		if !strings.Contains(notes, want) {
			t.Errorf("notes %q lack %q", notes, want)
		}
	}
	for text, want := range map[string]string{
		strings.Replace(abroad, "BUDGET", "JPY 40M/yr",
			1): "only US dollars are understood, not JPY; convert it to USD, or say what one is worth: exchange_rates",
		strings.Replace(abroad, "BUDGET", "€40bn/yr",
			1): `"bn" is not a magnitude`,
		strings.Replace(strings.Replace(abroad, "BUDGET", "€40M/yr", 1), "1.08 USD", "high",
			1): `exchange_rates.EUR: "high" is no rate`,
		strings.Replace(strings.Replace(abroad, "BUDGET", "€40M/yr", 1), "GBP: $1.25", "USD: 1",
			1): `"USD" is no currency beside the dollar`,
		strings.Replace(strings.Replace(abroad, "BUDGET", "€40M/yr", 1), "GBP: $1.25", "Pfund: 1",
			1): `"Pfund" is no currency`,
		strings.Replace(strings.Replace(abroad, "BUDGET", "€40M/yr", 1), "value: 1.08", "worth: 1.08",
			1): `exchange_rates.EUR has no value`,
		strings.Replace(strings.Replace(abroad, "BUDGET", "€40M/yr", 1), "exchange_rates:", "rates: x", 1): "",
	} {
		if _, err := load(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
