package validation

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"simulate/sim/scenario"
)

// The reasons that scenarios give for their misfits say the numbers of the runs behind them.
func TestMisfitsSayTheNumbersOfTheRuns(t *testing.T) {
	numbers, err := kept()
	if err != nil {
		t.Fatal(err)
	}
	const lag, leader = "change:lag_10th_lab_oom:2024-12-31:2025-12-31", "leader_changes:2024-12-31:2026-12-31"
	const open = "summary|mean|metric=lag_open_frontier_months|date=2025-12-31"
	const run, capability = "market|factor:largest_run:2024-12-31:2026-12-31", "hhi_capability|date=202"
	for _, c := range []struct {
		scenario, metric, key string
		digits                int
		words                 string // # is the number
	}{
		{"baseline", "lag_10th_lab_oom", "patterns-baseline.json/expect|value|metric=lag_10th_lab_oom|at=2025-12-31|segment=",
			2, "it grows by #;"},
		{"baseline", "lag_10th_lab_oom", "misfit-distillation/market|" + lag, 3, "0.7 by # ("},
		{"baseline", "lag_10th_lab_oom", "misfit-run-share/market|" + lag, 3, "20 years by # ("},
		{"baseline", "lag_10th_lab_oom", "misfit-both/market|" + lag, 2, "it shrinks by # ("},
		{"baseline", "lag_open_frontier_months", "misfit-distillation/" + open, 1, "is # months, in the band"},
		{"baseline", "lag_open_frontier_months", "misfit-lag/" + open, 1, "it is #, still outside"},
		{"baseline", "largest_run", "misfit-run-share/" + run, 1, "the factor is # in 200 runs"},
		{"baseline", "hhi_compute_delivered", "patterns-baseline.json/expect|value|metric=hhi_compute_delivered|" +
			"at=2025-12-31|segment=", 0, "-# in 200 runs"},
		{"baseline", "hhi_compute_delivered", "misfit-none/labs|power:0.5:hhi_compute_delivered|date=2025-12-31", 0,
			"square root of that it is # (s.e."},
		{"baseline", "hhi_compute_delivered", "misfit-none/labs|power_se:0.5:hhi_compute_delivered|date=2025-12-31", 0,
			"(s.e. #), in the band"},
		{"baseline", "hhi_compute_delivered", "misfit-copying/market|less:hhi_compute_delivered:" + capability + "5-12-31", 0,
			"3 months) -# ("},
		{"baseline-2024", "leader_changes", "misfit-2024-none/segments|change:" + leader + "|segment=enterprise", 2,
			"it changes # times"},
		{"baseline-2024", "leader_changes", "misfit-2024-none/segments|change_se:" + leader + "|segment=enterprise", 2,
			"200 runs (s.e. #), never"},
		{"baseline-2024", "leader_changes", "misfit-2024-habits/segments|change:" + leader + "|segment=enterprise", 1,
			"50 a year it is # times"},
		{"baseline-2024", "leader_changes", "misfit-2024-half-habits/segments|change:" + leader + "|segment=enterprise", 2,
			"with .5 a year # ("},
		{"baseline-2024", "leader_changes", "misfit-2024-half-habits/segments|change_se:" + leader + "|segment=enterprise", 2,
			"a year .96 (#)"},
		{"baseline-2024", "largest_run", "misfit-2024-money/" + run, 1, "funding.sales_following 0) it is #,"},
		{"baseline-2024", "largest_run", "misfit-2024-money-chips/" + run, 2, "too it is #, in the band"},
		{"baseline-2024", "largest_run", "misfit-2024-chips/" + run, 1, "better chips alone make it #,"},
		{"baseline-2024", "largest_run", "misfit-2024-none/" + run, 1, "the factor is # in 200 runs"},
		{"baseline-2024", "largest_run", "misfit-2024-taper/" + run, 1, "no taper alone makes it #"},
		{"baseline-2024", "hhi_compute_owned", "misfit-2024-none/market|less:hhi_compute_owned:" + capability + "4-12-31", 0,
			"-# becomes"},
		{"baseline-2024", "hhi_compute_owned", "misfit-2024-copying/market|less:hhi_compute_owned:" + capability + "4-12-31",
			0, "becomes -# ("},
	} {
		s, err := scenario.Load(c.scenario, scenario.Options{})
		if err != nil {
			t.Fatal(err)
		}
		at := slices.IndexFunc(s.Expect, func(e scenario.Expectation) bool { return e.Metric == c.metric && e.Misfit != "" })
		if at < 0 {
			t.Errorf("%s: no misfit of %s", c.scenario, c.metric)
			continue
		}
		v, err := strconv.ParseFloat(numbers[c.key], 64)
		if err != nil {
			t.Errorf("%s: %v", c.key, err)
			continue
		}
		written := strings.TrimPrefix(strings.TrimLeft(signed(c.digits, v), "+−"), "0")
		if want := strings.ReplaceAll(c.words, "#", written); !strings.Contains(s.Expect[at].Misfit, want) {
			t.Errorf("%s, %s: the runs have %q, the reason says %q", c.scenario, c.metric, want, s.Expect[at].Misfit)
		}
	}
}
