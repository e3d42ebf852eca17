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
		"$40M/yr": 40e6, "€1M/month": 12.96e6, "CNY7M/yr": .98e6, "7MCNY/yr": .98e6, "EUR40M/yr": 43.2e6,
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

// Whatever takes values takes them in these currencies: amounts that may be money or compute,
// designs, cells of tables, and the rates are inputs.
func TestOtherMoneyEverywhere(t *testing.T) {
	file := filepath.Join(t.TempDir(), "abroad.yaml")
	text := strings.Replace(abroad, "BUDGET", "€40M/yr", 1) +
		"policies: {g: {from: 2025-06, grant: {amount: 2B EUR/yr, eligible: {regions: [us]}, rule: equal}}}\n"
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := Load(file, Options{Set: []string{"exchange_rates.INR=0.013 USD"}})
	if err != nil {
		t.Fatal(err)
	}
	grant, _ := s.Knob("policies.g.grant.amount")
	if grant.Value != 2.16e9 || grant.Unit != "USD/yr" {
		t.Errorf("the grant is %v %s", grant.Value, grant.Unit)
	}
	for spec, want := range map[string][]float64{
		"€0/yr,1B EUR/yr":                    {0, 1.08e9},
		"€1B/yr:€2B/yr:€500M/yr":             {1.08e9, 1.62e9, 2.16e9},
		"1B EUR/yr:2B EUR/yr:1B EUR/yr":      {1.08e9, 2.16e9},
		"GBP 1B/yr,$1B/yr,INR1B/yr,CNY1B/yr": {1.25e9, 1e9, 1.3e7, 1.4e8},
	} {
		v, err := s.ParseVariation("policies.g.grant.amount", spec)
		if err != nil || len(v.Numbers) != len(want) {
			t.Errorf("%s: %v, %v", spec, v, err)
			continue
		}
		for i, x := range want {
			if math.Abs(v.Numbers[i]-x) > 1e-6*(1+x) {
				t.Errorf("%s: %v, not %v", spec, v.Numbers, want)
			}
		}
	}
	v, err := s.ParseVariation("labs.amalia.budget", "€40M/yr to €80M/yr")
	if err != nil || v.Interval == nil || math.Abs(v.Interval[1]-86.4e6) > 1 {
		t.Errorf("%v, %v", v, err)
	}
	budget, _ := s.Knob("labs.amalia.budget")
	if x, err := budget.ParseCell("€10M/yr"); err != nil || math.Abs(x-10.8e6) > 1 {
		t.Errorf("%v, %v", x, err)
	}
	if _, err := s.ParseVariation("labs.amalia.budget", "JPY 1B/yr"); err == nil || !strings.Contains(err.Error(), "JPY") {
		t.Error(err)
	}
	_, err = Load(file, Options{Set: []string{"labs.amalia.compute=€4B/yr"}})
	if err == nil || !strings.Contains(err.Error(), `"€4B/yr" is money per year`) {
		t.Errorf("%v does not quote what was written", err)
	}
	rates := map[string]Input{}
	for _, in := range s.Inputs() {
		rates[in.Path] = in
	}
	if r := rates["exchange_rates.EUR"]; r.Value != "1.08" || r.Unit != "USD" || r.Mark != Data ||
		r.Source != "ECB, mean of 2024" {
		t.Errorf("%+v", r)
	}
	if r := rates["exchange_rates.INR"]; r.Value != "0.013" || r.Mark != Assumption {
		t.Errorf("%+v", r)
	}
	again, err := Parse(s.Name, s.YAML())
	if err != nil {
		t.Fatal(err)
	}
	for i, in := range again.Inputs() {
		if was := s.Inputs()[i]; was.Source != in.Source || was.Value != in.Value || was.Mark != in.Mark {
			t.Errorf("resolved: %+v, before %+v", in, was)
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

// Where the rate is given, an amount that is written in another way is told how to write it, and
// not to give a rate.
func TestForeignMoneyIsToldHowToWriteIt(t *testing.T) {
	for _, text := range []string{"40 Mio. €/Jahr", "€ 40 Mio./Jahr", "40 Millionen EUR/Jahr", "40 Mio. €/yr"} {
		file := filepath.Join(t.TempDir(), "abroad.yaml")
		if err := os.WriteFile(file, []byte(strings.Replace(abroad, "BUDGET", "'"+text+"'", 1)), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := Load(file, Options{})
		if err == nil || strings.Contains(err.Error(), "say what one is worth") {
			t.Errorf("%s: %v", text, err)
		}
	}
	file := filepath.Join(t.TempDir(), "abroad.yaml")
	if err := os.WriteFile(file, []byte(strings.Replace(abroad, "BUDGET", "'40 Mio. €/Jahr'", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(file, Options{}); err == nil || !strings.Contains(err.Error(), "€40M/yr") {
		t.Errorf("%v", err)
	}
}
