package compare

import (
	"math"
	"testing"

	"simulate/sim/experiment/results"
	"simulate/sim/experiment/tiny"
	"simulate/sim/scenario"
)

func TestCheck(t *testing.T) {
	o := told(map[string]map[string][3]float64{"baseline": {salesHHI: {1000, 1500, 2000}, entryTicket: {math.NaN(), 1,
		1}}})
	key := func(date, metric, part string) results.PartKey {
		return results.PartKey{StatsKey: results.StatsKey{Case: "baseline", Date: date, Metric: metric}, Part: part}
	}
	o.SetParts(results.SegmentSummaryTable, results.PartStats{
		key("2024-12-31", salesHHI, "enterprise"): results.Describe([]float64{2000, 2200}),
		key("2033-12-31", salesHHI, "enterprise"): results.Describe([]float64{2500}),
	})
	o.SetParts(results.LabsSummaryTable, results.PartStats{key("2024-12-31", "run_cost",
		"deepseek"): results.Describe([]float64{5e6, 7e6})})
	inf := math.Inf(1)
	for _, c := range []struct {
		expect scenario.Expectation
		ok     bool
		says   string
	}{
		{scenario.Expectation{Metric: salesHHI, At: 2025, Low: 1000, High: 1800, Stat: "mean"}, true, "baseline: mean of " +
			"hhi_sales at 2024-12-31 is 1,500, as expected (1,000 to 1,800)"},
		{scenario.Expectation{Metric: salesHHI, At: 2025, Low: 1500, High: inf, Stat: "mean"}, true,
			"as expected (at least 1,500)"},
		{scenario.Expectation{Metric: salesHHI, At: 2034, Low: -inf, High: 1800, Stat: "mean"}, false, "is 2,000, not as " +
			"expected (at most 1,800)"},
		{scenario.Expectation{Metric: salesHHI, At: 2034, Low: 2390, High: 2410, Stat: "q95"}, true, "q95 of hhi_sales at " +
			"2033-12-31 is 2,400, as expected"},
		{scenario.Expectation{Metric: salesHHI, At: 2034, Low: 19, High: 21, Stat: "se"}, true, "is 20,"},
		{scenario.Expectation{Metric: salesHHI, At: 2024.5, Low: 0, High: inf, Stat: "mean"}, false, "2024-06-30 is not " +
			"recorded; --record step"},
		{scenario.Expectation{Metric: entryTicket, At: 2024, Low: 0, High: inf, Stat: "mean"}, false, "not defined"},
		{scenario.Expectation{Metric: salesHHI, At: 2025, Low: 0, High: inf, Stat: "mean", Case: "reform"}, false,
			`no results of a case "reform"`},
		{scenario.Expectation{Metric: salesHHI, At: 2034, Low: 400, High: 600, Since: 2025}, true, "change of hhi_sales " +
			"since the end of 2024-12 at 2033-12-31 is 500, as expected"},
		// (2000/1500)^(1/9)
		{scenario.Expectation{Metric: salesHHI, At: 2034, Low: 1, High: 1.02, Since: 2025, PerYear: true}, false,
			"yearly factor of hhi_sales since the end of 2024-12 at 2033-12-31 is 1.032, not as expected (1 to 1.02)"},
		{scenario.Expectation{Metric: entryTicket, Minus: salesHHI, At: 2025, Low: -1499, High: -1499}, true,
			"entry_ticket less hhi_sales at 2024-12-31 is −$1.499k a year"},
		{scenario.Expectation{Metric: salesHHI, At: 2025, Low: 1500.04, High: inf, Stat: "mean"}, false, "is 1500, not as " +
			"expected (at least 1,500)"}, // beyond by less than is shown
		{scenario.Expectation{Metric: salesHHI, At: 2025, Low: 0, High: inf, Against: "reform"}, false,
			`no results of the scenario "reform"`},
		{scenario.Expectation{Metric: salesHHI, Segment: "enterprise", At: 2025, Low: 2100, High: 2100, Stat: "mean"}, true,
			"mean of hhi_sales in enterprise at 2024-12-31 is 2,100 (s.e. 100), as expected but undecided"},
		{scenario.Expectation{Metric: salesHHI, Segment: "enterprise", At: 2034, Low: 400, High: 400, Since: 2025}, true,
			"since the end of 2024-12 in enterprise at 2033-12-31 is 400, as expected"},
		{scenario.Expectation{Metric: "run_cost", Lab: "deepseek", At: 2025, Low: 6e6, High: 6e6, Stat: "mean"}, true,
			"mean of run_cost of deepseek at 2024-12-31 is $6M (s.e. $1M), as expected but undecided"},
		{scenario.Expectation{Metric: salesHHI, At: 2025, Low: 0, High: inf, Against: scenario.WithoutEvents}, false,
			`no results of the scenario "baseline.without_events"`},
		{scenario.Expectation{Metric: salesHHI, Segment: "consumer", At: 2025, Low: 0, High: inf, Stat: "mean"}, false,
			"not defined"},
	} {
		if c.expect.Since == 0 {
			c.expect.Since = math.NaN()
		}
		got := o.Check("baseline", []scenario.Expectation{c.expect})[0]
		if got.OK != c.ok {
			t.Errorf("%v: ok is %v", got, got.OK)
		}
		tiny.Contains(t, got.String(), c.says)
	}
}

// A pattern that is met by less than its error is undecided, and counted apart; one that is met by
// more is met.
func TestUndecided(t *testing.T) {
	o := told(map[string]map[string][3]float64{"baseline": {salesHHI: {1000, 1500, 2000}}})
	part := func(date string) results.PartKey {
		return results.PartKey{StatsKey: results.StatsKey{Case: "baseline", Date: date, Metric: "leader_changes"},
			Part: "enterprise"}
	}
	early, late := []float64{0, 0, 0, 0}, []float64{1, 0, 2, 1} // mean 1, standard error .41
	o.SetParts(results.SegmentSummaryTable, results.PartStats{part("2024-12-31"): results.Describe([]float64{0, 0, 0, 0}),
		part("2033-12-31"): results.Describe([]float64{1, 0, 2, 1})})
	o.SetPartValues(results.SegmentsTable, part("2024-12-31"), early)
	o.SetPartValues(results.SegmentsTable, part("2033-12-31"), late)
	expect := func(low float64) scenario.Expectation {
		return scenario.Expectation{Metric: "leader_changes", Segment: "enterprise", At: 2034, Since: 2025, Low: low,
			High: math.Inf(1)}
	}
	got := o.Check("baseline", []scenario.Expectation{expect(1), expect(-1), expect(1.1)})
	for i, want := range []struct{ ok, undecided bool }{{true, true}, {true, false}, {false, false}} {
		if v := got[i]; v.OK != want.ok || v.Undecided() != want.undecided || math.Abs(v.SE-.408248) > 1e-6 || v.N != 4 {
			t.Errorf("%v: ok %v, undecided %v, s.e. %v of %d", v, v.OK, v.Undecided(), v.SE, v.N)
		}
	}
	tiny.Contains(t, got[0].String(), "is 1 (s.e. 0.4082), as expected but undecided, for its error "+
		"reaches over the bound")
	if got[0].Share != .75 || got[0].Runs != 4 {
		t.Errorf("%g of %d runs within the bound instead of 3 of 4", got[0].Share, got[0].Runs)
	}
	tiny.Contains(t, Count(got[:2]), "1 of 2 patterns met, 1 undecided")
	// A yearly factor has the error of a ratio of means: of x/x̄ − y/ȳ, over the years.
	o.SetPartValues(results.SegmentsTable, part("2033-12-31"), []float64{1, 2, 3, 2})
	factor := expect(1)
	factor.PerYear, factor.Since = true, 2033
	o.SetDates("baseline", []string{"2024-12-31", "2032-12-31", "2033-12-31"})
	o.SetPartValues(results.SegmentsTable, part("2032-12-31"), []float64{1, 1, 1, 1})
	o.SetParts(results.SegmentSummaryTable, results.PartStats{part("2032-12-31"): results.Describe([]float64{1, 1, 1, 1}),
		part("2033-12-31"): results.Describe([]float64{1, 2, 3, 2})})
	if v := o.Check("baseline", []scenario.Expectation{factor})[0]; math.Abs(v.Value-2) > 1e-12 ||
		math.Abs(v.SE-.408248) > 1e-6 {
		t.Errorf("%v: s.e. %v", v, v.SE)
	}
}

func TestMisfit(t *testing.T) {
	o := told(map[string]map[string][3]float64{"baseline": {salesHHI: {1000, 1500, 2000}, entryTicket: {math.NaN(), 1,
		1}}})
	for _, c := range []struct {
		metric        string
		at, low       float64
		known, missed bool
		says          string
	}{
		{salesHHI, 2025, 1600, true, false, "is 1,500, not as expected (at least 1,600); known misfit: brands are sticky"},
		{salesHHI, 2025, 1400, false, true, "is 1,500 (at least 1,400) and is met now; take misfit away"},
		{entryTicket, 2024, 0, false, true, "not defined"},
		{salesHHI, 2024.5, 0, false, true, "is not recorded"},
	} {
		e := scenario.Expectation{Metric: c.metric, At: c.at, Low: c.low, High: math.Inf(1), Stat: "mean",
			Since: math.NaN(), Misfit: "brands are sticky"}
		got := o.Check("baseline", []scenario.Expectation{e})[0]
		if got.KnownMisfit() != c.known || got.Missed() != c.missed {
			t.Errorf("%v: known %v, missed %v", got, got.KnownMisfit(), got.Missed())
		}
		tiny.Contains(t, got.String(), c.says)
	}
}

// A difference is given with its standard error, paired by replication, and the unit of the metric.
func TestDifferencesCarryTheirError(t *testing.T) {
	o := contrasted(-1005, -205)
	o.SetStats(results.StatsKey{Case: "reform", Date: "2024-12-31", Metric: openLag}, results.Stats{N: 200, Mean: 6.5})
	for _, c := range []struct {
		expect scenario.Expectation
		says   string
		se     float64
	}{
		{scenario.Expectation{Metric: salesHHI, Against: "baseline", At: 2025, Low: math.Inf(-1), High: 0,
			Since: math.NaN()}, "is −1,000 (s.e. 0.3544), as expected (at most 0; so are 100 % of 200 runs)", 0.3544},
		{scenario.Expectation{Metric: openLag, Against: "baseline", At: 2025, Low: -3, High: -1, Since: math.NaN()},
			"is −2.5 months, as expected (−3 to −1; so are 100 % of 200 runs)", 0},
		{scenario.Expectation{Metric: salesHHI, Minus: openLag, At: 2025, Low: 0, High: 1, Since: math.NaN()},
			" (s.e. 2.127), not as expected", 2.127},
	} {
		v := o.Check("reform", []scenario.Expectation{c.expect})[0]
		tiny.Contains(t, v.String(), c.says)
		if math.Abs(v.SE-c.se) > 1e-3 {
			t.Errorf("%v: the error is %v, want %v", v, v.SE, c.se)
		}
	}
}

// A pattern about a metric of the market says in how many of the runs it holds; one that cannot
// fail is shown and does not count.
func TestRunsWithinTheBounds(t *testing.T) {
	o := contrasted(-1005, -205)
	for _, c := range []struct {
		low, high float64
		runs      int
		share     float64
	}{{-1001, 0, 200, .5}, {-2000, 0, 200, 1}, {0, 1, 200, 0}} {
		e := scenario.Expectation{Metric: salesHHI, Against: "baseline", At: 2025, Low: c.low, High: c.high,
			Since: math.NaN()}
		v := o.Check("reform", []scenario.Expectation{e})[0]
		if v.Runs != c.runs || math.Abs(v.Share-c.share) > .1 {
			t.Errorf("%g to %g: %g of %d runs", c.low, c.high, v.Share, v.Runs)
		}
	}
	met := scenario.Expectation{Metric: salesHHI, Against: "baseline", At: 2025, Low: math.Inf(-1), High: 0,
		Since: math.NaN()}
	given, misfit := met, met
	given.Given = "an identity"
	misfit.Misfit, misfit.Low, misfit.High = "nobody knows", 0, 1
	verdicts := o.Check("reform", []scenario.Expectation{met, given, misfit})
	tiny.Contains(t, verdicts[1].String(), "which tests nothing: an identity")
	if got := Count(verdicts); got != "1 of 1 pattern met, beside 1 known misfit, and 1 that tests nothing and does "+
		"not count." {
		t.Error(got)
	}
}
