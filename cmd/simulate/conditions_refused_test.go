package main

import (
	"os"
	"strings"
	"testing"
)

// refusedConditions are malformed conditions: a part of the remedy, and the condition that follows
// it, which is read.
var refusedConditions = []struct{ bad, remedy, followed string }{
	{"hhi_sales > m", "write a number there, with its unit where it has one, as in hhi_sales > 10", "hhi_sales > 10"},
	{"hhi > m", "as in hhi > 10", ""},
	{"hhi_sales > lerner", "names are not compared with each other", ""},
	{"hhi > 2500", "did you mean hhi_sales?", "hhi_sales > 2500"},
	{"HHI_sales > 2500", "did you mean hhi_sales?", "hhi_sales > 2500"},
	{"hhi-sales > 2500", "did you mean hhi_sales?", "hhi_sales > 2500"},
	{"hhi_sales > 2,500", "write 2500 if it groups thousands", "hhi_sales > 2500"},
	{"hhi_sales > 2,500.5", "write 2500.5", "hhi_sales > 2500.5"},
	{"hhi_sales > 2500 points", "write 2500", "hhi_sales > 2500"},
	{"hhi_sales > 2500 labs", "write 2500", "hhi_sales > 2500"},
	{"hhi_sales > 25%", "write a plain number", "hhi_sales > 25"},
	{"hhi_sales > $2500", "write", ""},
	{"hhi_sales => 2500", "write >=", "hhi_sales >= 2500"},
	{"hhi_sales =< 2500", "write <=", "hhi_sales <= 2500"},
	{"hhi_sales = 2500", "write a band, as in", "2499 < hhi_sales < 2501"},
	{"hhi_sales == 2500", "write <, <=, > or >=", "hhi_sales >= 2500"},
	{"hhi_sales != 2500", "write <, <=, > or >=", "hhi_sales > 2500"},
	{"hhi_sales > 2500 or hhi_sales < 1000", "ask for each by itself", "hhi_sales > 2500"},
	{"hhi_sales > 2500 or more", "give one condition", "hhi_sales > 2500"},
	{"hhi_sales > 2500 && lerner < .4", "join two conditions by and", "hhi_sales > 2500 and lerner < .4"},
	{"hhi_sales > 2500; lerner < .4", "join two conditions by and", "hhi_sales > 2500 and lerner < .4"},
	{"hhi_sales > 2500, lerner < .4", "join two conditions by and", "hhi_sales > 2500 and lerner < .4"},
	{"hhi_sales between 1000 and 2000", "as 1000 < hhi_sales < HIGH", "1000 < hhi_sales < 2000"},
	{"hhi_sales in 1000..2000", "write a band as 1000 < hhi_sales < 2000", "1000 < hhi_sales < 2000"},
	{"hhi_sales in [1000, 2000]", "write a band as 1000 < hhi_sales < 2000", "1000 < hhi_sales < 2000"},
	{"1000 < hhi_sales > 2000", "as in 1000 < hhi_sales < 2000", "1000 < hhi_sales < 2000"},
	{"2000 < hhi_sales < 1000", "as in 1000 < hhi_sales < 2000", "1000 < hhi_sales < 2000"},
	{"1000 < hhi_sales < 1000", "as in 1000 <= hhi_sales <= 1000", "1000 <= hhi_sales <= 1000"},
	{"2500 < hhi_sales", "write hhi_sales > 2500", "hhi_sales > 2500"},
	{"hhi_sales >", "write NAME < VALUE", "hhi_sales < 2500"},
	{"> 2500", "write NAME < VALUE", "hhi_sales < 2500"},
	{"hhi_sales", "write NAME < VALUE", "hhi_sales < 2500"},
	{"hhi_sales 2500", "write hhi_sales > 2500 or hhi_sales < 2500", "hhi_sales > 2500"},
	{"hhi_sales > 2500 and", "several joined by and", "hhi_sales > 2500"},
	{"and hhi_sales > 2500", "several joined by and", "hhi_sales > 2500"},
	{"hhi_sales > > 2500", "write NAME < VALUE", "hhi_sales > 2500"},
	{"hhi_sales.median > 2500", "write hhi_sales.q50", "hhi_sales.q50 > 2500"},
	{"hhi_sales.q5 > 2500", "write hhi_sales.q05", "hhi_sales.q05 > 2500"},
	{"hhi_sales.max > 2500", "write one of .mean", "hhi_sales.q95 > 2500"},
	{"mean(hhi_sales) > 2500", "write hhi_sales.mean", "hhi_sales.mean > 2500"},
	{"median(hhi_sales) > 2500", "write hhi_sales.q50", "hhi_sales.q50 > 2500"},
	{"not hhi_sales > 2500", "as in hhi_sales <= VALUE", "hhi_sales <= 2500"},
	{"(hhi_sales > 2500)", "without brackets", "hhi_sales > 2500"},
	{`"hhi_sales > 2500`, "close it, or leave it out", "hhi_sales > 2500"},
	{"lag_open_frontier_months < 1 eon", "write 1", "lag_open_frontier_months < 1"},
	{"lag_open_frontier_months < $3", "write", ""},
	{"entry_ticket > $10B", "write $10B/yr", "entry_ticket > $10B/yr"},
	{"entry_ticket > 10 bn", "write", ""},
	{"entry_ticket > €10B/yr", "convert it to USD", "entry_ticket > $10B/yr"},
	{"hhi_sales > NaN", "write a number", "hhi_sales > 2500"},
	{"hhi_sales > inf", "write a finite number", "hhi_sales > 2500"},
}

// What conditions have in months may be written in years and days too.
var readConditions = []string{"lag_open_frontier_months < 1 year", "lag_open_frontier_months < 6 months",
	"lag_open_frontier_months < 90 days", "lag_open_frontier_months < 6", "entry_ticket > $10B/yr", "entry_ticket > 10B",
	"hhi_sales ≥ 2_500", "5% < lerner < 40%"}

// TestRefusedConditions follows each remedy: what it says to write is read.
func TestRefusedConditions(t *testing.T) {
	t.Chdir(t.TempDir())
	file := "extends: baseline\nexperiment: {metrics: [hhi_sales, lerner, entry_ticket, lag_open_frontier_months], " +
		"record: final}\nclock: {end: 2025-03}\nreference_replications: 1\n"
	if err := os.WriteFile("my.yaml", []byte(file), 0o644); err != nil {
		t.Fatal(err)
	}
	if code, _, said := play(t, "sweep", "my.yaml", "--vary", "market.eta=0.6,0.9", "-n", "1", "--format", "csv",
		"--no-figures", "--out", "s"); code != exitFine {
		t.Fatal(said)
	}
	// read conditions end in an analysis of too few runs, or of runs that all pass or fail
	says := func(condition string) (said string, read bool) {
		_, _, said = play(t, "analyse", "discover", "s", "--where", condition, "--no-figures")
		said = strings.Join(strings.Fields(said), " ")
		return said, strings.Contains(said, "runs are") || strings.Contains(said, "runs is") ||
			strings.Contains(said, "too few")
	}
	for _, c := range refusedConditions {
		said, read := says(c.bad)
		if read || !strings.Contains(said, c.remedy) {
			t.Errorf("%s: %s; want %q", c.bad, said, c.remedy)
		}
		if c.followed == "" {
			continue
		}
		if said, read := says(c.followed); !read {
			t.Errorf("%s, which follows the remedy of %s: %s", c.followed, c.bad, said)
		}
	}
	for _, c := range readConditions {
		if said, read := says(c); !read {
			t.Errorf("%s: %s", c, said)
		}
	}
}
