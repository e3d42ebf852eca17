package history

import (
	"context"
	"slices"
	"strings"
	"testing"

	"simulate/sim"
	"simulate/sim/experiment/run"
	"simulate/sim/observed"
)

// Amounts in another unit than the series are found by what is known of it: refused with the number
// to write, remarked on where they are merely odd, taken without a word where growth explains them.
func TestAmountsAreOfTheSeriesScale(t *testing.T) {
	s := baseline(t)
	cfg, err := s.Vary(s.Config(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ row, wrong, said string }{
		{"supplier_revenue,,2025-03-31,160", "mine.csv:2:30: column value: supplier_revenue of 160 is", ""},
		{"supplier_revenue,,2025-03-31,160", "write plain USD/yr: 160e9 if it is in billions", ""},
		{"supplier_revenue,,2025-03-31,160000", "160000e6 if it is in millions", ""},
		{"supplier_revenue,,2025-03-31,160e9", "", ""},
		{"supplier_revenue,,2025-03-31,1e9", "", "times smaller than what is known of it"},
		{"compute_used,openai,2025-03-31,0.5", "times smaller than", ""},
		{"revenue,openai,2025-03-31,9e9", "", ""},
		{"hhi_sales,,2025-03-31,0.21", "seems to be an index of fractions, and the series is of shares in percent, " +
			"0–10,000; write 2100", ""},
		{"hhi_sales,,2025-03-31,2100", "", ""},
		{"hhi_sales,,2025-03-31,18", "", "times smaller than what is known of it (the scenario gives "},
		{"sales_share,openai,2025-03-31,45", "sales_share openai of 45 lies outside 0–1; write a quarter as 0.25", ""},
		{"sales_share,openai,2025-03-31,0.45", "", ""},
		{"compute_share,openai,2025-03-31,65", "lies outside 0–1", ""},
		{"run_share,openai,2025-03-31,-0.1", "lies outside 0–1", ""},
		{"labs_active,,2025-03-31,1800", "", "times larger than what is known of it"},
		{"labs_active,,2025-03-31,-3", "labs are 0 or more", ""},
		{"price_index,,2025-03-31,0.2", "", "the unit is start = 100, in which 20 would be near"},
		{"capability,openai,2025-03-31,150", "OOM from what is known of it (the scenario gives ", ""},
		{"capability,openai,2025-03-31,1.5", "", ""},
		{"cr4_compute_owned,,2025-03-31,64", "write a quarter as 0.25", ""},
	} {
		all, err := match(cfg, observed.Join(append(observed.Builtin(), points(t,
			"quantity,entity,date,value\n"+c.row+"\n")...)))
		said := ""
		if err == nil {
			err = checkScale(context.Background(), run.NewEngine(1, run.NewReferences(nil)), cfg, all, 1,
				func(text string) { said += text })
		}
		switch {
		case c.wrong == "" && err != nil, c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)):
			t.Errorf("%s: %v, want %q", c.row, err, c.wrong)
		case !strings.Contains(said, c.said) || c.said == "" && said != "":
			t.Errorf("%s: said %q, want %q", c.row, said, c.said)
		}
	}
}

// Vectors are held against all that was known at the cut, plans of later dates included, also in
// series of which nothing later is scored.
func TestVectorsAreHeldAgainstWhatWasKnown(t *testing.T) {
	s := baseline(t)
	own := points(t, "quantity,date,known,value\ncompute_stock,2025-03,2025-01,8e6\ncompute_stock,2025-04,,9e6\n")
	all, err := match(s.Config(), observed.Join(append(observed.Builtin(), own...)))
	if err != nil {
		t.Fatal(err)
	}
	held, aims := known(s.Config(), all, .1, 2025+1./12)
	plans := 0
	for _, a := range aims {
		if a.Point.Day == "2025-03-31" {
			plans++
		}
		if a.Point.Day == "2025-04-30" {
			t.Error("a later observation is held against")
		}
	}
	if plans != 1 || len(held) < 10 {
		t.Errorf("%d plans, %d series", plans, len(held))
	}
}

// Every quantity that can be observed has a unit whose values are checked.
func TestEveryUnitIsChecked(t *testing.T) {
	checked := func(unit string) {
		s := &Series{Unit: unit, Log: slices.Contains(amounts, unit)}
		if _, known := s.kind(); !known {
			t.Errorf("no bounds and no scale for %q", unit)
		}
	}
	for _, m := range sim.Metrics {
		checked(m.Unit)
	}
	for _, m := range sim.SegmentMetrics {
		checked(m.Unit)
	}
	for _, v := range sim.LabVariables() {
		checked(v.Unit)
	}
}
