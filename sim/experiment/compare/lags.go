package compare

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/experiment/results"
)

// mostOwnLabs is how many labs of its own a scenario may have for each to be told.
const mostOwnLabs = 3

// Lags says how far labs trail at the end, in orders of magnitude and in months, by what they ship
// and by a run of their own: those that are wanted, by key or display name, and those that a
// scenario adds to a built-in one. Of a class of labs it is their mean. Nothing is said without the
// table labs_summary.
func Lags(o *results.Outcome, wanted []string) (lines []string) {
	stats, err := o.Parts(results.LabsSummaryTable)
	if err != nil {
		return nil
	}
	for _, k := range o.Manifest.Cases {
		dates := o.Dates(k.Name)
		if k.Part || k.Added || len(dates) == 0 {
			continue
		}
		end := dates[len(dates)-1]
		asked := slices.Clone(wanted)
		if len(k.OwnLabs) <= mostOwnLabs {
			asked = append(asked, k.OwnLabs...)
		}
		var told []string
		for _, w := range asked {
			id, name := strings.ToLower(w), quantity.Words(w)
			for key, called := range k.LabNames {
				if strings.EqualFold(key, w) || strings.EqualFold(called, w) {
					id, name = key, called
				}
			}
			if slices.Contains(told, id) {
				continue
			}
			told = append(told, id)
			of := func(variable string) (mean float64, members int) {
				if v := stats.At(k.Name, end, id, variable).Mean; !math.IsNaN(v) {
					return v, 1
				}
				sum := 0.0
				for n := 1; ; n++ { // a class of labs, counted from 1
					v := stats.At(k.Name, end, fmt.Sprintf("%s#%d", id, n), variable).Mean
					if math.IsNaN(v) {
						return sum / float64(members), members
					}
					sum, members = sum+v, members+1
				}
			}
			ships, members := of("lag_oom")
			trains, own := of("own_run_lag_oom")
			if members = max(members, own); members == 0 {
				continue
			}
			if members > 1 {
				name = fmt.Sprintf("%s (%s, their mean)", name, quantity.Plural(members, "lab"))
			}
			months, _ := of("lag_months")
			ownMonths, _ := of("own_run_lag_months")
			lines = append(lines, fmt.Sprintf("%s: what %s ships %s and what it could train by itself %s at %s.", k.Name, name,
				trails(ships, months), trails(trains, ownMonths), quantity.When(end)))
		}
	}
	return lines
}

// trails words a lag in orders of magnitude and, where the frontier moves, in months.
func trails(oom, months float64) string {
	if math.IsNaN(oom) {
		return "is nothing"
	}
	verb := "trails the frontier by"
	if oom < 0 {
		verb, oom, months = "leads it by", -oom, -months
	}
	text := fmt.Sprintf("%s %.2f OOM", verb, oom)
	if !math.IsNaN(months) {
		text += fmt.Sprintf(" (%s)", quantity.Plural(int(math.Round(months)), "month", "months"))
	}
	return text
}
