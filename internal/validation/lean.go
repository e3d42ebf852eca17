package validation

import (
	"fmt"
	"slices"
	"strings"

	"simulate/sim/experiment/analysis"
)

// leaning are observations of the back-test on which inputs lean that it does not cut, as filters
// of its tables that leave them out. docs/validation.md says which inputs.
var leaning = map[string][]string{
	"all": nil,
	// market.fit_spread is from three enterprise shares of 2024, chips.chip_share_of_price from a
	// fiscal year that holds three quarters of the supplier's revenue.
	"widths": {"entity!=enterprise/openai", "entity!=enterprise/anthropic", "entity!=enterprise/google",
		"quantity!=supplier_revenue"},
	// funding.sales_following is from revenue and compute of OpenAI and Anthropic in 2024 too.
	"funding": {"entity!=enterprise/openai", "entity!=enterprise/anthropic", "entity!=enterprise/google",
		"quantity!=supplier_revenue", "entity!=openai", "entity!=anthropic"},
}

// lean are the functions of templates for a back-test's folder without some of them: "21 of 25 (84
// %)" observations in the band, and the CRPS against no change, trend and proportional growth.
func lean(get func(key string) (float64, error)) map[string]any {
	cell := func(place, statistic string, where []string) (float64, error) {
		return get(strings.Join(append([]string{place, statistic}, where...), "|"))
	}
	return map[string]any{
		"covered": func(folder, without string) (string, error) {
			where := append([]string{"role=scored"}, leaning[without]...)
			in, err := cell(folder+"/backtest_points", "within:", where)
			if err != nil {
				return "", err
			}
			of, err := cell(folder+"/backtest_points", "rows:", where)
			return fmt.Sprintf("%.0f of %.0f (%s %%)", in, of, number(0, 100*in/of)), err
		},
		// met, undecided, **misfit** or "does not count": what became of a pattern
		"verdict": func(place string, where ...string) (string, error) {
			var seen [5]bool // asked all, so that which numbers are kept does not hang on what they are
			for i, also := range []string{"", "given=", "misfit=", "met=true", "undecided=true"} {
				with := slices.Clone(where)
				if also != "" {
					with = append(with, also)
				}
				n, err := cell(place, "rows:metric", with)
				if err != nil {
					return "", err
				}
				seen[i] = n > 0
			}
			switch there, counts, expected, met, undecided := seen[0], seen[1], seen[2], seen[3], seen[4]; {
			case !there:
				return "", fmt.Errorf("%s has no pattern %s", place, where)
			case !counts:
				return "does not count", nil
			case !expected && !met:
				return "**misfit**", nil
			case undecided:
				return "undecided", nil
			case met:
				return "met", nil
			}
			return "**not met**", nil
		},
		// 25 % (19–31): the share of runs within the band of a pattern and its 95 % interval
		"part": func(place string, where ...string) (string, error) {
			p, err := cell(place, "share_of_runs", where)
			if err != nil {
				return "", err
			}
			n, err := cell(place, "runs", where)
			return share(p, n), err
		},
		// the same of the pairs in which an effect is below zero
		"lower": func(folder, metric, date string) (string, error) {
			return ofPairs(cell, folder, metric, date, func(p float64) float64 { return p })
		},
		// and in which it is not
		"notlower": func(folder, metric, date string) (string, error) {
			return ofPairs(cell, folder, metric, date, func(p float64) float64 { return 1 - p })
		},
		// a share K of N and its interval
		"share": func(k, n float64) string { return share(k/n, n) },
		// the same over vectors, each of which counts as one, whatever the number of its pairs
		"ofvectors": func(folder, metric string) (string, error) {
			where := []string{"segment=", "metric=" + metric, "date=2025-12-31"}
			below, err := cell(folder+"/effects", "below:effect", where)
			if err != nil {
				return "", err
			}
			all, err := cell(folder+"/effects", "sum:n", where)
			if err != nil {
				return "", err
			}
			vectors, err := cell(folder+"/effects", "rows:effect", where)
			return share(below/all, vectors), err
		},
		"crps": func(folder, without string) (string, error) {
			var out []string
			for _, base := range []string{"no_change", "trend", "gibrat"} {
				v, err := cell(folder+"/backtest", "ratio:crps_model:crps_"+base, leaning[without])
				if err != nil {
					return "", err
				}
				out = append(out, number(2, v))
			}
			return strings.Join(out, " · "), nil
		},
	}
}

// share writes a share of n with its 95 % interval by Wilson: 25 % (19–31).
func share(p, n float64) string {
	e := analysis.Wilson(p*n, n, n, .95)
	digits := 0
	if p != 0 && p != 1 && (p < .02 || p > .98) {
		digits = 1
	}
	return fmt.Sprintf("%s %% (%s–%s)", number(digits, 100*p), number(digits, 100*e.Low), number(digits, 100*e.High))
}

// ofPairs is that share of an effect's pairs.
func ofPairs(cell func(place, statistic string, where []string) (float64, error), folder, metric, date string,
	of func(float64) float64) (string, error) {
	where := []string{"segment=", "metric=" + metric, "date=" + date}
	p, err := cell(folder+"/effects", "share_lower", where)
	if err != nil {
		return "", err
	}
	n, err := cell(folder+"/effects", "n", where)
	return share(of(p), n), err
}
