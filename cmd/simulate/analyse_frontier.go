package main

import (
	"fmt"
	"strings"

	"simulate/internal/quantity"
	"simulate/plots"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/study"
)

// frontierTables have a row per policy, by cost.
func frontierTables(r *study.Judged) (tables []listing) {
	for _, f := range r.Frontiers {
		header := []string{"cost frontier", "cost", f.Objective, "against the cheapest", "95 % interval", "on it"}
		var rows [][]string
		for _, q := range f.Policies {
			on := "yes"
			if !q.On {
				on = "no: " + r.Policies[q.By]
			}
			rows = append(rows, []string{r.Policies[q.Policy], cellOf(r.Cost, q.Cost), cellOf(f.Objective, q.Outcome),
				cellOf(f.Objective, q.Change.Value), intervalOfCell(f.Objective, q.Change.Low, q.Change.High), on})
		}
		tables = append(tables, listing{header, rows, true})
	}
	return tables
}

// frontierSentences say which policies are worth their cost.
func frontierSentences(r *study.Judged) (out []string) {
	for _, f := range r.Frontiers {
		var on, off []string
		for _, q := range f.Policies {
			if name := r.Policies[q.Policy]; q.On {
				on = append(on, name)
			} else {
				off = append(off, fmt.Sprintf("%s (%s costs no more and does as well or better)", name, r.Policies[q.By]))
			}
		}
		text := fmt.Sprintf("%s against cost: on the frontier %s %s.", f.Objective, verbOf(len(on)), quantity.List(on))
		if len(off) > 0 {
			text += " Off it: " + quantity.List(off) + "."
		}
		out = append(out, text+" The frontier is of means; the table has the error of each change.")
	}
	return out
}

func verbOf(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

func frontiersAsJSON(r *study.Judged) []ordered {
	out := []ordered{}
	for _, f := range r.Frontiers {
		list := []ordered{}
		for _, q := range f.Policies {
			var by any
			if q.By >= 0 {
				by = r.Policies[q.By]
			}
			list = append(list, ordered{{"policy", r.Policies[q.Policy]}, {"cost", orNull(q.Cost)}, {"outcome",
				orNull(q.Outcome)}, {"change", estimateAsJSON(q.Change)}, {"se", orNull(q.SE)}, {"on", q.On}, {"beaten_by", by}})
		}
		out = append(out, ordered{{"objective", f.Objective}, {"policies", list}})
	}
	return out
}

// frontierDrawings have a figure per objective.
func frontierDrawings(r *study.Judged, path, date string) (out []drawing) {
	short := shortPolicies(r.Policies)
	for _, f := range r.Frontiers {
		unit := unitOfMetric(f.Objective)
		c := plots.CostFrontier{Title: "What policies change in " + title(f.Objective) + " against what they cost",
			Subtitle: fmt.Sprintf("Against the cheapest policy, mean over %s of paired differences under the same luck",
				quantity.Plural(r.Futures, "future")),
			Source: sourceOfFutures(r, path),
			Unit:   title(f.Objective) + ", change", Money: strings.HasPrefix(unit, "USD"),
			CostUnit: unitOfMetric("policy_cost")}
		for _, q := range f.Policies {
			c.Policies = append(c.Policies, plots.CostPoint{Name: short[q.Policy], Cost: q.Cost, Change: intervalOf(q.Change),
				On: q.On})
		}
		out = append(out, drawing{c.Chart(), []string{"frontier", f.Objective, date}})
	}
	return out
}

func intervalOf(e analysis.Estimate) plots.Interval {
	return plots.Interval{Value: e.Value, Low: e.Low, High: e.High}
}
