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
