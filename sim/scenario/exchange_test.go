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

// Amounts are dollars at the rate of the file, however they are written.
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

// The resolved scenario keeps amounts as they were written, wherever one may stand, so that whoever
// reads it again has the same dollars, the same words for inputs and the same bytes.
func TestResolvedMoneyIsAsWritten(t *testing.T) {
	text := strings.Replace(abroad, "BUDGET", "{values: {2024: €40M/yr, 2025: {value: 60M EUR/yr, "+
		"planned: {value: €50M/yr, known: 2024-05-01}}}}", 1) + `
  camilla: {archetype: independent, region: us, budget: £30M/yr to £60M/yr}
  dora: {archetype: public, region: us, budget: {dist: triangular, low: €31M/yr, mode: €41M/yr, high: €61M/yr}}
  eva: {archetype: public, region: us, budget: {value: "44 million  euros/yr", range: €20M/yr to €80M/yr}}
  flora: {archetype: public, region: us, budget: {dist: choice, values: [€32M/yr, ₹1000M/yr]}}
policies:
  g: {from: 2025-06, grant: {amount: €1B/yr, eligible: {budget_below: €2B/yr}}}
expect: [{metric: supplier_revenue, at: 2025-12, above: €7B/yr}]
`
	file := filepath.Join(t.TempDir(), "abroad.yaml")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := Load(file, Options{Set: []string{"labs.mistral.budget=€300M/yr"}})
	if err != nil {
		t.Fatal(err)
	}
	resolved := string(s.YAML())
	for _, want := range []string{"€40M/yr", "60M EUR/yr", "€50M/yr", "£30M/yr to £60M/yr", "€31M/yr", "€41M/yr",
		"€61M/yr",
		"44 million euros/yr", "€20M/yr to €80M/yr", "€32M/yr", "₹1000M/yr", "€1B/yr", "€2B/yr", "€7B/yr",
		"€300M/yr"} {
		if !strings.Contains(resolved, want) {
			t.Errorf("the resolved scenario has not %s", want)
		}
	}
	said := strings.Join(s.Defaults, "\n")
	for _, want := range []string{"from €60M/yr to €", "from €44M/yr to €", "{values: {2025: €44M/yr}"} {
		if !strings.Contains(said, want) {
			t.Errorf("%s does not say %s", said, want)
		}
	}
	again, err := Parse(s.Name, s.YAML())
	if err != nil {
		t.Fatal(err)
	}
	if string(again.YAML()) != resolved {
		t.Errorf("read again it is\n%s", again.YAML())
	}
	was := s.Inputs()
	for i, in := range again.Inputs() {
		in.Where = was[i].Where
		if in != was[i] {
			t.Errorf("%+v, before %+v", in, was[i])
		}
	}
	for _, k := range s.Knobs() {
		if other, found := again.Knob(k.Path); !found || math.Float64bits(other.Value) != math.Float64bits(k.Value) {
			t.Errorf("%s is %v, read again %v", k.Path, k.Value, other.Value)
		}
	}
	base, made, err := s.Base()
	if err != nil || !made || strings.Contains(string(base.YAML()), "€1B/yr") ||
		!strings.Contains(string(base.YAML()), "€40M/yr") {
		t.Errorf("its base (%v, %v) has not what the scenario wrote", made, err)
	}
}

// Scenarios with other rates are joined in dollars.
func TestJoinedMoneyIsWorthTheSame(t *testing.T) {
	load := func(rate string) *Scenario {
		file := filepath.Join(t.TempDir(), "abroad.yaml")
		text := strings.Replace(strings.Replace(abroad, "BUDGET", "€40M/yr", 1), "1.08", rate, 1) +
			"policies: {g: {from: 2025-06, grant: {amount: €1B/yr}}}\n"
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		s, err := Load(file, Options{})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for rate, want := range map[string]string{"1.2": "$1.2B/yr", "1.08": "€1B/yr"} {
		s, err := Join("joined", "Joined", load("1.08"), load(rate))
		if err != nil {
			t.Fatal(err)
		}
		if text := string(s.YAML()); !strings.Contains(text, "amount: "+want) || !strings.Contains(text, "€40M/yr") {
			t.Errorf("at %s the amount is not %s", rate, want)
		}
		grant, _ := s.Knob("policies.g.grant.amount")
		if other, _ := load(rate).Knob("policies.g.grant.amount"); grant.Value != other.Value {
			t.Errorf("%v, not %v", grant.Value, other.Value)
		}
	}
}

// A rate that is the wrong way round, or in cents, is refused with what to write, and an amount
// whose rate is wanting with an example in its own currency.
func TestRatesThatCannotBe(t *testing.T) {
	load := func(rates, budget string) error {
		file := filepath.Join(t.TempDir(), "abroad.yaml")
		body := "title: abroad\nextends: baseline\n" + rates + "labs:\n  amalia: {archetype: public, budget: " + budget +
			"}\n"
		if err := os.WriteFile(file, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := Load(file, Options{})
		return err
	}
	for rate, want := range map[string]string{
		"INR: 85 USD":  "write 0.01176 USD, what one INR is worth, if that many make a dollar",
		"JPY: 150 USD": "write 0.006667 USD",
		"EUR: 108 USD": "exchange_rates: {EUR: {value: 1.08 USD, source: …}}",
		"GBP: 0.0125":  "one GBP has been worth about 1.28 USD",
	} {
		err := load("exchange_rates: {"+rate+"}\n", "40M "+rate[:3]+"/yr")
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "abroad.yaml:3:") {
			t.Errorf("%s: %v, want %q", rate, err, want)
		}
	}
	for _, rate := range []string{"INR: 0.05 USD", "EUR: 0.93", "XAF: 0.0016", "CNY: 0.25"} {
		if err := load("exchange_rates: {"+rate+"}\n", "40M "+rate[:3]+"/yr"); err != nil {
			t.Errorf("%s: %v", rate, err)
		}
	}
	for budget, want := range map[string]string{"CHF 40M/yr": "{CHF: {value: 1.14 USD",
		"JPY 5B/yr": "{JPY: {value: 0.0066 USD",
		"£40M/yr":   "{GBP: {value: 1.28 USD", "40M yuan/yr": "{CNY: {value: 0.14 USD"} {
		if err := load("", budget); err == nil || !strings.Contains(err.Error(), "exchange_rates: "+want) {
			t.Errorf("%s: %v, want %q", budget, err, want)
		}
	}
}
