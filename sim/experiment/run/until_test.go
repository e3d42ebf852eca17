package run

import (
	"strings"
	"testing"
)

func TestParseUntil(t *testing.T) {
	u, err := ParseUntil(" hhi_sales.se <  12.50 ")
	if err != nil {
		t.Fatal(err)
	}
	if u.Metric != "hhi_sales" || u.Below != 12.5 || u.String() != "hhi_sales.se < 12.5" {
		t.Errorf("read as %+v", u)
	}
	for text, want := range map[string]string{
		"":                 "METRIC.se < NUMBER",
		"hhi_sales < 3":    "METRIC.se < NUMBER",
		"hhi_sales.se 3":   "METRIC.se < NUMBER",
		"hhi_sales.se < 0": "positive number",
		"hhi_sales.se < x": "positive number",
		"hhi_sails.se < 3": "no metric",
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
