package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/internal/quantity"
	"simulate/plots"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/study"
)

// robustness asks which policy does well whatever the future.
var robustness = analysisKind{
	name: "robustness", question: "regret of policies across futures, and how often each satisfies", takes: "DIR|FILE",
	about: `In a folder of runs the cases that differ in policies alone are the policies and the replications the futures;
what differs in an assumption or an event is left out and named. In a sweep or a file the inputs named by
--policies (by default those that are policies.*) make up a policy, and all other inputs a future: every policy
must meet every future, with the same replications.

Regret is what a policy gives up in a future against the best of the set under the same luck. Policies are judged by
worst, 90 % and mean regret, by mean–variance (the mean moved by one standard deviation over futures to the worse), by
undesirable deviation (beyond the median, on the worse side) and by how often they keep every --keep. A * marks the
best by a criterion: all that are not clearly worse, by the rule by which an effect is clear (5 %, Student's t,
Bonferroni).

Where policies cost something (policy_cost, or --cost OUTCOME) the cost frontier holds what each changes against the
cheapest, in the same futures under the same luck, against its cost; a policy is off it where another costs no more
and does as well or better. There is none of policies that begin or end at different dates, unless --cost asks for it:
policy_cost is what they cost a year at one date.`,
	examples: `simulate analyse robustness results/both --minimise hhi_sales --at 2028
simulate analyse robustness a.csv --inputs tax,eta --policies tax --minimise y`,
	options: func() []cli.Flag {
		return append([]cli.Flag{
			&cli.StringSliceFlag{Name: "minimise", Usage: "`METRIC,…` of which less is better"},
			&cli.StringSliceFlag{Name: "maximise", Usage: "`METRIC,…` of which more is better"},
			&cli.StringSliceFlag{Name: "keep", Usage: "`CONDITION` that is satisfactory, such as 'hhi_sales < 1800'; may be " +
				"repeated: all hold"},
			&cli.StringFlag{Name: "cost", Usage: "`OUTCOME` that says what a policy costs, for the cost frontier; by default " +
				"policy_cost where it is recorded"},
			&cli.StringSliceFlag{Name: "policies", Usage: "inputs `INPUT,…` that make up a policy"},
		}, studyFlags()...)
	},
	find: (*program).robustness, figure: "robustness",
}

func (p *program) robustness(c *cli.Context, show func(finding) error) error {
	path, err := oneArgument(c, "the folder or file")
	if err != nil {
		return err
	}
	o := study.RobustOptions{StudyOptions: p.studyOptions(c), Minimise: c.StringSlice("minimise"),
		Maximise: c.StringSlice("maximise"), Policies: c.StringSlice("policies"),
		Keep: c.StringSlice("keep"), Cost: c.String("cost")}
	if at := split(c.StringSlice("at")); len(at) == 1 {
		o.Date = at[0]
	} else if len(at) > 1 {
		return usagef("robustness judges at one date; keep one of --at")
	}
	o.Reading = p.reads(c)
	r, err := study.Robust(path, o)
	if err != nil {
		return err
	}
	var said []string
	if len(r.Keep) > 0 {
		said = append(said, "To be kept: "+r.Keep.String()+".")
	}
	whole := append(robustnessAsJSON(r), pair{"frontiers", frontiersAsJSON(r)})
	if brief, names := briefPolicies(r.Policies); names != "" { // in tables and sentences
		said = append(said, "Policies are named by "+names+".")
		short := *r.Robustness
		short.Policies = brief
		r.Robustness = &short
	}
	return show(finding{json: whole,
		tables:    append(robustnessTables(r), frontierTables(r)...),
		sentences: slices.Concat(said, r.Notes, r.Sentences(), frontierSentences(r)),
		drawings:  append(robustnessDrawings(r, path, o.Date), frontierDrawings(r, path, o.Date)...)})
}

// robustnessTables have a row per policy, for each objective, or for what is to be kept alone.
func robustnessTables(r *study.Judged) (tables []listing) {
	for _, objective := range r.Objectives {
		header := []string{objective.Name, "mean", "worst"}
		for _, criterion := range objective.Criteria {
			header = append(header, criterion.Name)
		}
		var rows [][]string
		for k, q := range objective.Policies {
			row := []string{r.Policies[k], cellOf(objective.Name, q.MeanOutcome), cellOf(objective.Name, q.WorstOutcome)}
			for _, criterion := range objective.Criteria {
				cell := withError(objective.Name, criterion.Values[k], criterion.SE[k])
				if slices.Contains(criterion.Best, k) && len(criterion.Best) < len(r.Policies) {
					cell = "*" + cell
				}
				row = append(row, cell)
			}
			row = append(row, quantity.Share(q.BestIn))
			if r.Replications > 1 {
				row = append(row, quantity.Share(q.ClearIn))
			}
			if r.Keep != nil {
				row = append(row, quantity.Share(r.Satisfies[k].Value))
			}
			rows = append(rows, row)
		}
		if header = append(header, "best in"); r.Replications > 1 {
			header[len(header)-1] = "best mean in"
			header = append(header, "clearly in")
		}
		if r.Keep != nil {
			header = append(header, "satisfies")
		}
		tables = append(tables, listing{header, rows, true})
	}
	if len(r.Objectives) > 0 {
		return tables
	}
	var rows [][]string
	for k, name := range r.Policies {
		s := r.Satisfies[k]
		rows = append(rows, []string{name, quantity.Share(s.Value), quantity.ShareInterval(s.Low, s.High)})
	}
	return []listing{{[]string{"policy", "satisfies", "95 % interval"}, rows, true}}
}

// withError writes a value and its standard error, where it has one.
func withError(metric string, v, se float64) string {
	if !(se > 0) {
		return cellOf(metric, v)
	}
	return cellOf(metric, v) + " ± " + cellOf(metric, se)
}

func robustnessAsJSON(r *study.Judged) ordered {
	names := func(policies []int) []string {
		out := []string{}
		for _, k := range policies {
			out = append(out, r.Policies[k])
		}
		return out
	}
	objectives := []ordered{}
	for _, o := range r.Objectives {
		list := []ordered{}
		for k, q := range o.Policies {
			value := func(criterion int) any { return orNull(o.Criteria[criterion].Values[k]) }
			list = append(list, ordered{{"policy", q.Policy}, {"mean_outcome", orNull(q.MeanOutcome)}, {"worst_outcome",
				orNull(q.WorstOutcome)}, {"sd_outcome", orNull(q.SD)},
				{"mean_regret", value(2)}, {"q90_regret", value(1)}, {"worst_regret", value(0)}, {"worst_future",
					q.WorstFuture + 1}, {"best_in", orNull(q.BestIn)},
				{"clearly_best_in", orNull(q.ClearIn)}})
		}
		criteria := []ordered{}
		for _, c := range o.Criteria {
			values := []ordered{}
			for k, name := range r.Policies {
				values = append(values, ordered{{"policy", name}, {"value", orNull(c.Values[k])}, {"se", orNull(c.SE[k])}})
			}
			criteria = append(criteria, ordered{{"criterion", c.Name}, {"meaning", c.Meaning}, {"best", names(c.Best)},
				{"values", values}})
		}
		objectives = append(objectives, ordered{{"objective", o.Name}, {"higher_is_better", o.HigherIsBetter}, {"minimax",
			names(o.Criteria[0].Best)}, {"policies", list}, {"criteria", criteria}})
	}
	satisfies := []ordered{}
	for k, name := range r.Policies {
		satisfies = append(satisfies, ordered{{"policy", name}, {"share", estimateAsJSON(r.Satisfies[k])}})
	}
	return ordered{{"futures", r.Futures}, {"replications", r.Replications}, {"keep", r.Keep.String()}, {"objectives",
		objectives}, {"satisfies", satisfies}, {"satisfies_most", names(r.Most)}, {"notes", r.Notes}}
}

// robustnessDrawings have a figure per objective, with the regret of each policy in each future, or
// one of how often each policy keeps what is to be kept.
func robustnessDrawings(r *study.Judged, path, date string) (out []drawing) {
	source := sourceOfFutures(r, path)
	none := plots.Interval{Value: math.NaN(), Low: math.NaN(), High: math.NaN()}
	if len(r.Objectives) == 0 {
		b := plots.BarChart{Title: "How often policies keep " + r.Keep.String(), Subtitle: fmt.Sprintf("Share of runs, "+
			"with %s intervals over %s", quantity.FigureShare(r.Confidence), futures(r)),
			Unit: "Share of runs", Percent: true, Names: [2]string{"keeps it"}, Source: source}
		for k, name := range r.Policies {
			s := r.Satisfies[k]
			b.Bars = append(b.Bars, plots.Bar{Name: name, First: plots.Interval{Value: s.Value, Low: s.Low, High: s.High},
				Second: none})
		}
		return []drawing{{b.Chart(), []string{"kept", date}}}
	}
	for _, o := range r.Objectives {
		m := regretMap(r, o, source)
		if date != "" {
			m.Subtitle += "; at " + quantity.When(date)
		}
		out = append(out, drawing{m.Chart(), []string{o.Name, date}})
	}
	return out
}

// futures are what a policy meets, in words.
func futures(r *study.Judged) string {
	if r.Single {
		return "replications"
	}
	return "futures"
}

// regretMap draws the regret of one objective, policies down and futures across.
func regretMap(r *study.Judged, o analysis.ObjectiveRegret, source string) plots.RegretMap {
	m := plots.RegretMap{Policies: shortPolicies(r.Policies), Regret: o.Regret, Source: source,
		Money: strings.HasPrefix(unitOfMetric(o.Name), "USD")}
	clearly := 0.0 // futures in which no policy of the set could be best but one
	for p, of := range o.Regret {
		tied := make([]bool, len(of))
		for f := range of {
			tied[f] = !o.Clear[p][f]
		}
		m.Tied = append(m.Tied, tied)
		clearly += o.Policies[p].ClearIn
	}
	better := "less is better"
	if o.HigherIsBetter {
		better = "more is better"
	}
	worst := o.Criteria[0]
	first, tied := worst.Best[0], len(worst.Best) > 1
	for _, p := range worst.Best {
		if worst.Values[p] < worst.Values[first] {
			first = p
		}
	}
	m.Title = fmt.Sprintf("Regret by %s: at worst %s under %s", title(o.Name), cellOf(o.Name, worst.Values[first]),
		m.Policies[first])
	if worst.Values[first] <= 0 {
		where := "every " + strings.TrimSuffix(futures(r), "s")
		if len(o.Regret[first]) == 1 {
			where = "the one " + strings.TrimSuffix(futures(r), "s")
		}
		m.Title = fmt.Sprintf("Regret by %s: %s is best in %s", title(o.Name), m.Policies[first], where)
		if r.Replications > 1 {
			m.Title = fmt.Sprintf("Regret by %s: %s has the best mean in %s, clearly in %.0f of %d", title(o.Name),
				m.Policies[first], where, clearly*float64(r.Futures), r.Futures)
		}
		tied = slices.ContainsFunc(worst.Best, func(p int) bool { return p != first && worst.Values[p] <= 0 })
	}
	switch {
	case len(worst.Best) == len(r.Policies):
		m.Title = fmt.Sprintf("Regret by %s: no policy is told apart from the others", title(o.Name))
	case tied:
		m.Title += ", a tie with others"
	}
	m.Subtitle = "What a policy is worse by than the best one of a future under the same luck; " + better
	if path, _, found := strings.Cut(r.Policies[0], " = "); found && !strings.Contains(r.Policies[0], ", ") {
		m.Subtitle += "; policies: " + inputTitle(path)
	}
	return m
}
