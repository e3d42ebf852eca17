package validation

import (
	"fmt"
	"strings"
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
