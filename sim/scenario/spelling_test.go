package scenario

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Money that is written as at home is refused with how scenarios write it, which is then read as
// what was meant.
func TestMoneyWrittenAsAtHome(t *testing.T) {
	for text, want := range map[string]string{
		"40 Mio. €/Jahr": "€40M/yr", "€ 40 Mio./Jahr": "€40M/yr", "40 Millionen EUR/Jahr": "€40M/yr",
		"40 Mrd. EUR pro Jahr": "€40B/yr", "40,5 Mio. €/Jahr": "€40.5M/yr", "€40M p.a.": "€40M/yr",
		"40.000.000 €/Jahr": "€40M/yr", "40 000 000 €/yr": "€40M/yr", "€40m/yr": "40M (k",
		"40 millions d'euros par an": "€40M/yr", "40 M€ par mois": "€40M/month", "40 milhões de euros/ano": "€40M/yr",
		"40 millones de euros al año": "€40M/yr", "40 mln EUR/rok": "€40M/yr", "£5m pa": "5M (k",
		"40 Mio. $/Jahr": "$40M/yr", "USD 40 mn/yr": "40M (k", "€40M": "€40M/yr if it is a yearly rate",
		"₹500 crore/yr": "₹5B/yr", "₹5 lakh crore/yr": "₹5T/yr", "2亿元/年": "CN¥200M/yr",
		"CHF 40 Mio./Jahr": "SFr.40M/yr, and what one CHF is worth, as in exchange_rates: {CHF:",
		// what may be meant in two ways
		"1.500 Mio. €/Jahr": "the figure, then k, M, B or T", "40 mil EUR/yr": "40M (k", "A$40m/yr": "e.g. $6M/yr",
		"SEK 40 mln/yr": "", "40 Mio. € oder 50 Mio. €": "", "6M": "e.g. $6M/yr",
	} {
		file := filepath.Join(t.TempDir(), "abroad.yaml")
		load := func(budget string) error {
			body := strings.Replace(abroad, "BUDGET", `"`+budget+`"`, 1)
			if err := os.WriteFile(file, []byte(body), 0o644); err != nil {
				t.Fatal(err)
			}
			_, err := Load(file, Options{})
			return err
		}
		err := load(text)
		if err == nil || !strings.Contains(err.Error(), "; write "+want) && want != "" {
			t.Errorf("%s: %v, want %q", text, err, want)
			continue
		}
		if want == "" && strings.Contains(err.Error(), "; write €") {
			t.Errorf("%s: %v takes it for certain", text, err)
		}
		if strings.HasSuffix(want, "/yr") && !strings.HasPrefix(want, "e.g.") {
			if err := load(want); err != nil && !strings.Contains(err.Error(), "allowed") {
				t.Errorf("%s, the remedy for %s: %v", want, text, err)
			}
		}
	}
}

// An interval of money that is written with a dash, or with one unit for both ends, is refused as
// the reader wrote it, with how scenarios write it, which is then read.
func TestIntervalsOfMoneyAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]string{
		"€40–60M/yr": "€40M/yr to €60M/yr", "€40M–60M/yr": "€40M/yr to €60M/yr", "€40-60M/yr": "€40M/yr to €60M/yr",
		"40–60 M€/yr": "€40M/yr to €60M/yr", "$40–60M/yr": "$40M/yr to $60M/yr", "€40M/yr–€60M/yr": "€40M/yr to €60M/yr",
		"40 to 60 M€/yr": "€40M/yr to €60M/yr", "€40 to 60M/yr": "€40M/yr to €60M/yr",
		"40 bis 60 Mio. Euro pro Jahr": "€40M/yr to €60M/yr", "€40M–1.5B/yr": "€40M/yr to €1.5B/yr",
		"€40..60M/yr": "€40M/yr to €60M/yr", "1,5–2 Mrd. €/Jahr": "€1.5B/yr to €2B/yr",
		"€40–60": "", "$40M–€60M/yr": "", "€40–50–60M/yr": "",
	} {
		load := func(budget string) error {
			file := filepath.Join(t.TempDir(), "abroad.yaml")
			body := strings.Replace(abroad, "BUDGET", budget, 1)
			if err := os.WriteFile(file, []byte(body), 0o644); err != nil {
				t.Fatal(err)
			}
			_, err := Load(file, Options{})
			return err
		}
		err := load(`"` + text + `"`)
		if err == nil || !strings.Contains(err.Error(), `"`+text+`"`) && want != "" {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if want == "" {
			if strings.Contains(err.Error(), "a 90 % interval, or") {
				t.Errorf("%s: %v takes it for certain", text, err)
			}
			continue
		}
		low, high, _ := strings.Cut(want, " to ")
		dist := "{dist: uniform, low: " + low + ", high: " + high + "}"
		if !strings.Contains(err.Error(), "; write "+want+", a 90 % interval, or "+dist) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
		for _, remedy := range []string{`"` + want + `"`, dist} {
			if err := load(remedy); err != nil {
				t.Errorf("%s, the remedy for %s: %v", remedy, text, err)
			}
		}
	}
	_, err := Load("baseline", Options{Set: []string{"market.eta=0.5–0.7"}})
	if err == nil || !strings.Contains(err.Error(), `"0.5–0.7" is no single value; write an interval as LOW to HIGH`) {
		t.Errorf("0.5–0.7: %v", err)
	}
}

// Listed values of a PATH keep their currency, of dated values too.
func TestListedAmountsKeepTheirCurrency(t *testing.T) {
	for _, budget := range []string{`€10M/yr`, `{values: {2024: €10M/yr, 2026: €20M/yr}}`} {
		file := filepath.Join(t.TempDir(), "abroad.yaml")
		if err := os.WriteFile(file, []byte(strings.Replace(abroad, "BUDGET", budget, 1)), 0o644); err != nil {
			t.Fatal(err)
		}
		s, err := Load(file, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range s.Knobs() {
			if !strings.HasSuffix(l.Path, ".budget") || !strings.HasPrefix(l.Path, "labs.") {
				continue
			}
			v, err := l.ParseCell("€40M/yr")
			if err != nil {
				t.Errorf("%s of %s: %v", l.Path, budget, err)
				continue
			}
			if spec := l.Spelt([]float64{v, v}, []string{"€40M/yr", "$50M/yr"}).Spec; !strings.HasPrefix(spec, "€40M/yr, ") {
				t.Errorf("%s: %q", l.Path, spec)
			}
		}
	}
}
