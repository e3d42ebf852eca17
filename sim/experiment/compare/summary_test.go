package compare

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/tiny"
	"simulate/sim/table"
)

// told makes an outcome out of means at three dates; the standard error is 1 % of each. Metrics
// that are left out are undefined.
func told(means map[string]map[string][3]float64) *Outcome {
	dates := []string{"2023-12-31", "2024-12-31", "2033-12-31"}
	o := Of(results.ByHand(&results.Manifest{Replications: 200}))
	for _, name := range []string{"baseline", "reform"} {
		metrics, ok := means[name]
		if !ok {
			continue
		}
		o.Manifest.Cases = append(o.Manifest.Cases, results.Case{Name: name, Replications: 200, Stochastic: true})
		o.SetDates(name, dates)
		for metric, values := range metrics {
			for i, v := range values {
				s := results.Stats{N: 200, Mean: v, SE: v / 100, Quantiles: [5]float64{v * 0.8, v * 0.9, v, v * 1.1, v * 1.2}}
				if math.IsNaN(v) {
					s = results.Describe(nil)
				}
				o.SetStats(results.StatsKey{Case: name, Date: dates[i], Metric: metric}, s)
			}
		}
	}
	return o
}

// withMarket gives an outcome of told the market table of 200 replications, the standard error of
// each mean being a part of it. Luck at one date says nothing about luck at another, or is the same
// at all.
func withMarket(o *Outcome, part float64, shared bool) *Outcome {
	o.SetMarket(table.New(results.MarketTable, table.Column{Name: "case"}, table.Column{Name: "replication",
		Kind: table.Integer}, table.Column{Name: "date"}, table.Column{Name: salesHHI, Kind: table.Number}))
	for r := 1; r <= 200; r++ {
		for i, date := range o.Dates("baseline") {
			luck := float64(r%2*2 - 1)
			if i == 2 && !shared {
				luck = float64(r/2%2*2 - 1)
			}
			mean := o.Stats("baseline", date, salesHHI).Mean
			o.Market().Append("baseline", r, date, mean+luck*3412*part*math.Sqrt(199))
		}
	}
	return o
}

func TestSummaryAnswersFirst(t *testing.T) {
	for _, c := range []struct {
		end  float64
		want string
	}{
		{2105, "Sales concentration falls: HHI 3,412 at the end of 2023, 2,105 at the end of 2033 (mean of 200 " +
			"replications, 90 % of them between 1,684 and 2,526 at the end)."},
		{4200, "Sales concentration rises: HHI 3,412 at the end of 2023, 4,200 at the end of 2033"},
		{3440, "Sales concentration shows no clear change: HHI 3,412 at the end of 2023, 3,440 at the end of 2033"},
	} {
		got := withMarket(told(map[string]map[string][3]float64{"baseline": {salesHHI: {3412, 9999, c.end}}}), 0.01,
			false).Summary()
		if !strings.HasPrefix(got, c.want) {
			t.Errorf("the summary begins %q, want %q", got, c.want)
		}
		if strings.Contains(got, "9,999") {
			t.Errorf("the summary compares with the middle: %q", got)
		}
	}
}

// The standard error is a tenth of a percent of each mean, so that a change of 1.5 % is sure.
func TestSummaryTellsSmallChanges(t *testing.T) {
	for end, want := range map[float64]string{3360: "Sales concentration falls a little: HHI 3,412",
		3464: "Sales concentration rises a little: HHI 3,412"} {
		o := told(map[string]map[string][3]float64{"baseline": {salesHHI: {3412, 9999, end}}})
		if got := withMarket(o, 0.001, false).Summary(); !strings.HasPrefix(got, want) {
			t.Errorf("the summary begins %q, want %q", got, want)
		}
	}
}

// Replications are the same at both dates: luck that they share does not hide a change.
func TestChangesOverTimeArePaired(t *testing.T) {
	for shared, want := range map[bool]string{true: "Sales concentration falls: HHI", false: "Sales concentration " +
		"shows no clear change: HHI"} {
		if got := withMarket(told(map[string]map[string][3]float64{"baseline": {salesHHI: {3412, 9999, 3312}}}), 0.02,
			shared).Summary(); !strings.HasPrefix(got, want) {
			t.Errorf("shared luck %v: the summary begins %q, want %q", shared, got, want)
		}
	}
}

// The best of forty dates is not clear at two and a half standard errors, nor at the three that one
// in nine series of noise has.
func TestLargestOfManyDatesMustBeClearer(t *testing.T) {
	for errors, want := range map[float64]bool{2.5: false, 3: false, 4: true} {
		o := contrasted(0, 0)
		var dates []string
		for year := 2023; year <= 2033; year++ {
			for _, day := range []string{"03-31", "06-30", "09-30", "12-31"} {
				if date := fmt.Sprintf("%d-%s", year, day); date >= "2023-12-31" {
					dates = append(dates, date)
				}
			}
		}
		o.SetDates("baseline", dates)
		o.SetDates("reform", dates)
		o.SetMarket(table.New(results.MarketTable, table.Column{Name: "case"}, table.Column{Name: "replication",
			Kind: table.Integer}, table.Column{Name: "date"}, table.Column{Name: salesHHI, Kind: table.Number}))
		for r := 1; r <= 200; r++ {
			luck := 100 * math.Sqrt(199) * float64(r%2*2-1) // standard error 100
			for _, date := range dates {
				change := luck
				if date == "2027-06-30" {
					change += 100 * errors
				}
				o.Market().Append("baseline", r, date, 2000.0)
				o.Market().Append("reform", r, date, 2000+change)
			}
		}
		got := o.Tell(o.Manifest.Cases[0], o.Manifest.Cases[1], salesHHI)
		if found := strings.Contains(got, "at its largest, the end of June 2027"); found != want || strings.Contains(got,
			"no clear difference") == want {
			t.Errorf("%v standard errors: %s", errors, got)
		}
	}
}

// The summary begins with what happens, and says what policies cost.
func TestSummaryTellsEventsAndCosts(t *testing.T) {
	o := withMarket(told(map[string]map[string][3]float64{"baseline": {salesHHI: {3412, 9999, 2105}, CostMetric: {0,
		12e9, 5e9}}}), 0.01, false)
	o.Manifest.Cases[0].Markers = []results.Marker{{Date: 2025 + 19.0/12/31, Kind: "shock", Label: "DeepSeek R1"},
		{Date: 2026, Kind: "policy", Label: "Public compute"}}
	got := o.Summary()
	tiny.Contains(t, got, "Policies cost the public $12B a year at most, the end of 2024, and $5B at the end of 2033.")
	if !strings.HasPrefix(got, "In a world with DeepSeek R1 in January 2025 and Public compute from January 2026, sales "+
		"concentration falls: HHI 3,412") {
		t.Error(got)
	}
	tiny.Contains(t, got, "How much of this the events do is another question, which `simulate run SCENARIO` answers "+
		"unless told not to.")
	o = contrasted(-1005, -205)
	costs := o.Market()
	o.SetMarket(table.New(results.MarketTable, append(costs.Columns[:len(costs.Columns):len(costs.Columns)],
		table.Column{Name: CostMetric, Kind: table.Number})...))
	for i := range costs.Len() {
		name := costs.Text("case")[i]
		o.Market().Append(name, int(costs.Number("replication")[i]), costs.Text("date")[i], costs.Number(salesHHI)[i],
			costs.Number(openLag)[i], map[string]float64{"reform": 10e9}[name])
	}
	tiny.Contains(t, o.Summary(), "reform costs the public $10B a year more than baseline at the end of 2033; for each "+
		"$1B of it: HHI of sales −20 (s.e. 0.035).")
}

func TestSummaryOfFailedRuns(t *testing.T) {
	o := told(map[string]map[string][3]float64{"baseline": {}})
	o.Manifest.Cases[0].Replications, o.Manifest.Failed = 2, []results.Failure{{Case: "baseline", Replication: 1,
		Error: "no equilibrium"}}
	tiny.Contains(t, o.Summary(), "1 of 2 runs failed and is left out of all tables; the first: baseline, replication "+
		"1: no equilibrium.")
	o.Manifest.Failed = append(o.Manifest.Failed, results.Failure{Case: "baseline", Replication: 2,
		Error: "no equilibrium"})
	if got, want := o.Summary(), "All 2 runs failed, the first: baseline, replication 1: no equilibrium. There are no "+
		"results; manifest.json lists what failed."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestSummaryTellsWhoCatchesUp(t *testing.T) {
	got := told(map[string]map[string][3]float64{"baseline": {
		salesHHI: {3412, 1, 2105}, openLag: {9.14, 1, 6.4}, nearFrontier: {4.1, 1, 7.2}, entryTicket: {math.NaN(), 1, 310e6},
		supplierRevenue: {110e9, 1, 410e9}, supplierValue: {2.2e12, 1, 5e12}, floorBinds: {0, 0, 0.4},
	}}).Summary()
	tiny.Contains(t, got,
		"At the end of 2033, with the end of 2023 in brackets, open models trail the frontier by 6.4 months (9.1), 7.2 "+
			"labs are within half an order of magnitude of it (4.1) and "+
			"the smallest R&D budget that gets there by its own run is $310M a year (not defined).",
		"The chip supplier's revenue goes from $110B to $410B a year, its market value from $2.2T to $5T.",
		"In baseline, 40 % of sales are at limit prices at the end (floor_binds)")
}

// contrasted has a jump at the start of 2024 that changes HHI by the given amounts at the end of
// 2024 and of 2033.
func contrasted(year, end float64) *Outcome {
	o := told(map[string]map[string][3]float64{"baseline": {salesHHI: {1, 3000, 2000}}, "reform": {salesHHI: {1,
		3000 + year, 2000 + end}}})
	o.SetMarket(table.New(results.MarketTable, table.Column{Name: "case"}, table.Column{Name: "replication",
		Kind: table.Integer}, table.Column{Name: "date"},
		table.Column{Name: salesHHI, Kind: table.Number}, table.Column{Name: openLag, Kind: table.Number}))
	for r := 1; r <= 200; r++ {
		luck := float64(r % 2 * 50)
		for i, date := range []string{"2024-12-31", "2033-12-31"} {
			o.Market().Append("baseline", r, date, []float64{3000, 2000}[i]+luck, 9.0)
			o.Market().Append("reform", r, date, []float64{3000 + year, 2000 + end}[i]+luck*1.2, 6.5)
		}
	}
	o.Manifest.Cases[1].Departs = &results.Marker{Date: 2024, Kind: "shock", Label: "the jump"}
	o.Manifest.Cases[0].Start, o.Manifest.Cases[1].Start = 2024, 2024
	return o
}

// The difference of the luck is 0 or 10: it adds 5 to the mean and has the standard deviation 5.01,
// standard error 0.35.
func TestSummaryOfSeveralCasesBeginsWithTheDifference(t *testing.T) {
	o := contrasted(-1005, -205)
	tiny.Contains(t, o.Summary(), "Further differences at the end of 2024, with standard errors: lag of open models "+
		"−2.5 months (the same in each of 200 pairs of runs; at most 1.5 % of runs would differ).")
	for _, c := range []struct {
		year, end float64
		want      string
	}{
		{-1005, -205, "reform lowers sales concentration against baseline: HHI is 1,000 lower at the end of 2024, a year " +
			"after the jump (s.e. 0.4) and 200 lower at the end of 2033 (s.e. 0.4): the effect fades. Standard errors are " +
			"paired over 200 replications."},
		{-1005, -905, ": the effect lasts."},
		{-1005, -505, ": part of the effect lasts."},
		{-1005, 995, "reform first lowers and then raises sales concentration against baseline: HHI is 1,000 lower"},
		{-1005, 995, ": the effect turns round."},
		{95, 995, "reform raises sales concentration against baseline: HHI is 100 higher at the end of 2024, a year after " +
			"the jump (s.e. 0.4) and 1,000 higher at the end of 2033 (s.e. 0.4): the effect grows."},
	} {
		first, _, _ := strings.Cut(contrasted(c.year, c.end).Summary(), "\n")
		if !strings.Contains(first, c.want) {
			t.Errorf("%v, %v: the summary begins %q, want %q", c.year, c.end, first, c.want)
		}
	}
}

// A difference is called notable, small but sure, or unclear, and each sentence says which. Where a
// small or unclear one goes is not told.
func TestDifferencesAreCalledByTheirWeight(t *testing.T) {
	for _, c := range []struct {
		change, se, from float64
		want             weight
	}{{-100, 10, 2000, notable}, {-30, 10, 2000, small}, {30, 0, 2000, small}, {100, 120, 2000, unclear}, {50, 0, 0,
		notable}, {0, 0, 0, unclear}, {math.NaN(), 1, 1, unclear}} {
		if got := weigh(c.change, c.se, c.from); got != c.want {
			t.Errorf("a change of %v from %v with error %v weighs %v, want %v", c.change, c.from, c.se, got, c.want)
		}
	}
	for _, c := range []struct {
		year, end                     float64
		summary, told, sequel, course string
	}{
		{-405, -405, "reform lowers sales concentration against baseline: HHI is 400 lower", "HHI, sales: reform lowers " +
			"it, 400 lower", "400 lower at the end of 2033", "): the effect lasts."},
		{-10, -15, "reform lowers sales concentration a little against baseline: HHI is 5.0 lower", "HHI, sales: reform " +
			"lowers it a little, 5.0 lower", "10 lower at the end of 2033", ")."},
		{-5.3, 5, "reform raises sales concentration a little against baseline: HHI is not clearly different at the end " +
			"of 2024, a year after the jump (0.3 lower, s.e. 0.4) and", "HHI, sales: reform raises it a little, not clearly " +
			"different", "10 higher at the end of 2033", ")."},
		{-5.3, -4.8, "reform shows no clear difference from baseline in sales concentration: HHI is 0.3 lower",
			"HHI, sales: no clear difference between reform and baseline; 0.3 lower", "0.2 higher at the end of 2033", ")."},
	} {
		o := contrasted(c.year, c.end)
		if got := o.Summary(); !strings.HasPrefix(got, c.summary) || !strings.Contains(got, c.sequel+" (s.e. 0.4"+c.course) {
			t.Errorf("%v, %v: the summary is %q, want %q … %q", c.year, c.end, got, c.summary, c.sequel)
		}
		if got := o.Tell(o.Manifest.Cases[0], o.Manifest.Cases[1], salesHHI); !strings.HasPrefix(got,
			c.told) || !strings.HasSuffix(got, c.sequel+" (s.e. 0.35"+c.course) {
			t.Errorf("%v, %v: told %q, want %q … %q", c.year, c.end, got, c.told, c.sequel)
		}
	}
}

// A difference that has become small is still there at the end, and not unclear.
func TestSmallEndIsClear(t *testing.T) {
	for end, want := range map[float64]string{
		-35: "30 lower at the end of 2033 (s.e. 0.35): part of the effect lasts.",
		-5:  "the same at the end of 2033 (s.e. 0.35): the effect fades.",
	} {
		o := contrasted(-85, end)
		if got := o.Tell(o.Manifest.Cases[0], o.Manifest.Cases[1], salesHHI); !strings.Contains(got,
			"reform lowers it, 80 lower") || !strings.HasSuffix(got, want) {
			t.Errorf("told %q, want %q", got, want)
		}
	}
}

func TestSummaryWithoutStatements(t *testing.T) {
	o := told(map[string]map[string][3]float64{"baseline": {salesHHI: {1, 3000, 2000}}})
	o.SetDates("baseline", o.Dates("baseline")[:1])
	tiny.Contains(t, o.Summary(), "one date alone")
	o.SetDates("baseline", nil)
	tiny.Contains(t, o.Summary(), "No run reached the end")
}

func TestSummarySpeaksOfMetricsThatExist(t *testing.T) {
	known := map[string]bool{}
	for _, m := range sim.Metrics {
		known[m.Name] = true
	}
	for _, name := range []string{salesHHI, openLag, nearFrontier, entryTicket, supplierRevenue, supplierValue,
		floorBinds} {
		if !known[name] {
			t.Errorf("there is no metric %s", name)
		}
	}
}
