package run

import (
	"strings"
	"testing"

	"simulate/sim"
)

func TestParseUntil(t *testing.T) {
	u, err := ParseUntil(" hhi_sales.se <  12.50 ")
	if err != nil {
		t.Fatal(err)
	}
	if u.String() != "hhi_sales.se < 12.5" || len(u.index) != 1 || sim.Metrics[u.index[0]].Name != "hhi_sales" {
		t.Errorf("read as %+v", u)
	}
	both, err := ParseUntil("hhi_sales.se < 10 and entry_ticket.se <= $5M/yr")
	if err != nil || both.String() != "hhi_sales.se < 10 and entry_ticket.se <= $5M/yr" {
		t.Fatal(both, err)
	}
	// Both must hold: the standard error of 1, 3 is 1, that of 0, 2e7 is 1e7.
	cases := byReplication(2, []bool{false})
	for _, c := range []struct {
		values [][]float64
		met    bool
	}{{[][]float64{{1, 0}, {3, 2e7}}, false}, {[][]float64{{1, 0}, {3, 2e6}}, true}, {[][]float64{{1, 0}, {33, 2e6}},
		false}, {[][]float64{{1, 0}, both.undefined()}, false}} {
		if both.met(cases, [][][]float64{c.values}) != c.met {
			t.Errorf("%v: met is %v", c.values, !c.met)
		}
	}
	for text, want := range map[string]string{
		"":                      "METRIC.se < NUMBER",
		"hhi_sales < 3":         "METRIC.se < NUMBER",
		"hhi_sales.se 3":        "METRIC.se < NUMBER",
		"hhi_sales.se < 0":      "positive number",
		"hhi_sales.se > 3":      "from above",
		"1 < hhi_sales.se < 3":  "from above",
		"hhi_sales.mean < 3":    "from above",
		"hhi_sales.se < 1,000":  "write 1000",
		"hhi_sales.se < 3 or 4": "or",
		"hhi_sales.se < x":      "is no value",
		"hhi_sails.se < 3":      "no metric",
	} {
		if _, err := ParseUntil(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gives %v, want an error with %q", text, err, want)
		}
	}
}

func TestUntilNone(t *testing.T) {
	var none *Until
	if none.String() != "" {
		t.Errorf("no rule reads %q", none.String())
	}
}

// A stop rule looks at what was asked for, not at the base that was added to it.
func TestUntilLooksPastBases(t *testing.T) {
	rule, err := ParseUntil("hhi_sales.se < 1")
	if err != nil {
		t.Fatal(err)
	}
	sure, unsure := [][]float64{{1}, {1.1}, {0.9}}, [][]float64{{1}, {100}, {-100}}
	o := byReplication(3, []bool{false, false})
	if rule.met(o, [][][]float64{sure, unsure}) {
		t.Error("a rule is met by a case that is unsure")
	}
	if o.aside = []bool{false, true}; !rule.met(o, [][][]float64{sure, unsure}) {
		t.Error("a rule waits for the base")
	}
}
