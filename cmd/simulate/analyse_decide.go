package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/internal/condition"
	"simulate/internal/quantity"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/study"
	"simulate/sim/scenario"
)

func (p *program) discoverCommand() *cli.Command {
	return &cli.Command{
		Name:      "discover",
		Usage:     "in which futures something happens, as a box in words (PRIM)",
		ArgsUsage: "DIR|FILE",
		Description: `Finds the box of inputs in which runs that satisfy a condition concentrate, by the patient rule induction method: the peeling and pasting trajectory with coverage (share of those runs in the box), density (their share in the box) and mass, and the chosen box with quasi-p values.

--box takes a box of the peeling by its number, --min-density the one of greatest coverage that is dense enough. --resamples draws the runs anew, tells in how many draws a box bounds the same inputs, and what boxes are worth in runs that they have not seen.`,
		UsageText: `simulate analyse discover results/baseline-sweep --where 'hhi_sales > 2500'
simulate analyse discover runs.csv --inputs eta,gamma --where 'y >= 0.5'`,
		Flags: append([]cli.Flag{
			&cli.StringSliceFlag{Name: "where", Usage: "`CONDITION` of interest, such as 'hhi_sales > 2500 and lerner < 0.4'; may be repeated: all hold"},
			&cli.Float64Flag{Name: "min-density", Usage: "choose the box of greatest coverage with at least this `DENSITY` instead of the best balance"},
			&cli.Float64Flag{Name: "peel", Usage: "`SHARE` of the box that one peel takes off", DefaultText: "0.05"},
			&cli.Float64Flag{Name: "min-mass", Usage: "least `SHARE` of all runs in a box", DefaultText: "0.05"},
			wholeNumber("", "box", "choose box `N` of the peeling as it is", 0),
			wholeNumber("", "resamples", "draw the runs anew `N` times and see whether the box comes out again", 1),
		}, append(studyFlags(), figureFlags()...)...),
		Action: func(c *cli.Context) error {
			if !c.IsSet("where") {
				return usagef("discover needs --where 'METRIC > NUMBER'")
			}
			s, dates, err := p.study(c)
			if err != nil {
				return err
			}
			where, err := s.Where(c.StringSlice("where")...)
			if err != nil {
				return err
			}
			o, err := primOptions(c)
			if err != nil {
				return err
			}
			list := []ordered{}
			for _, date := range dates {
				d, err := s.Discover(where, date, o)
				if err != nil {
					return err
				}
				if c.Bool("json") {
					list = append(list, discoveryAsJSON(s, where, date, d))
				} else if err := p.printDiscovery(d); err != nil {
					return err
				}
				p.tell(c, append(slices.Clone(d.Notes), d.Sentence(where.String())))
				if err := p.drawAnalysis(c, discoveryChart(s, where, date, d), fileWord("discovery", where[0].Name, date)); err != nil {
					return err
				}
			}
			if c.Bool("json") {
				return p.printJSON(list)
			}
			return nil
		},
	}
}

// primOptions reads how boxes are searched.
func primOptions(c *cli.Context) (analysis.PRIMOptions, error) {
	o := analysis.PRIMOptions{MinDensity: c.Float64("min-density"), Peel: c.Float64("peel"), MinMass: c.Float64("min-mass")}
	for _, name := range []string{"min-density", "peel", "min-mass"} {
		if v := c.Float64(name); c.IsSet(name) && !(v > 0 && v <= 1) {
			return o, usagef("option --%s: %g is not a share above 0 and up to 1", name, v)
		}
	}
	if n, given := number(c, "box"); given {
		box := int(n)
		o.Box = &box
	}
	if n, given := number(c, "resamples"); given {
		o.Resamples = int(n)
	}
	return o, nil
}

func (p *program) printDiscovery(d *study.Discovered) error {
	var rows [][]string
	add := func(stage string, boxes []analysis.Box) {
		for i, b := range boxes {
			rows = append(rows, []string{fmt.Sprintf("%s %d", stage, i), quantity.Human(b.Coverage), quantity.Human(b.Density), quantity.Human(b.Mass), fmt.Sprint(len(b.Restrictions))})
		}
	}
	add("peel", d.Peeling)
	add("paste", d.Pasting)
	add("chosen", []analysis.Box{d.Chosen})
	rows[len(rows)-1][0] = "chosen"
	if err := p.printTable([]string{"box", "coverage", "density", "mass", "inputs bounded"}, rows, true); err != nil {
		return err
	}
	rows = nil
	header := []string{"chosen box", "quasi-p"}
	if d.Survival != nil {
		header = append(header, "in draws")
	}
	for k, r := range d.Chosen.Restrictions {
		row := []string{r.Words(), fmt.Sprintf("%.2g", r.QuasiP)}
		if d.Survival != nil {
			row = append(row, fmt.Sprintf("%.0f %%", 100*d.Survival.Bounded[k]))
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return nil
	}
	fmt.Fprintln(p.stdout)
	return p.printTable(header, rows, true)
}

func discoveryAsJSON(s *study.Study, where condition.Conditions, date string, d *study.Discovered) ordered {
	box := func(x analysis.Box) ordered {
		restrictions := []ordered{}
		for _, r := range x.Restrictions {
			restrictions = append(restrictions, ordered{{"input", r.Input}, {"low", valueAsJSON(s, r.Input, r.Low)}, {"high", valueAsJSON(s, r.Input, r.High)}, {"keep", r.Keep}, {"quasi_p", orNull(r.QuasiP)}})
		}
		return ordered{{"coverage", orNull(x.Coverage)}, {"density", orNull(x.Density)}, {"mass", orNull(x.Mass)}, {"runs", x.Runs}, {"restrictions", restrictions}}
	}
	boxes := func(all []analysis.Box) []ordered {
		out := []ordered{}
		for _, x := range all {
			out = append(out, box(x))
		}
		return out
	}
	var survival any
	if v := d.Survival; v != nil {
		bounded := []any{}
		for _, share := range v.Bounded {
			bounded = append(bounded, orNull(share))
		}
		survival = ordered{{"resamples", v.Resamples}, {"bounded", bounded}, {"coverage", orNull(v.Coverage)}, {"density", orNull(v.Density)}}
	}
	return ordered{{"where", where.String()}, {"date", date}, {"runs", d.Runs}, {"of_interest", d.Cases}, {"peeling", boxes(d.Peeling)}, {"pasting", boxes(d.Pasting)}, {"chosen", box(d.Chosen)}, {"survival", survival}, {"notes", d.Notes}}
}

func (p *program) thresholdCommand() *cli.Command {
	return &cli.Command{
		Name:        "threshold",
		Usage:       "the value of a lever at which a metric crosses a bound",
		ArgsUsage:   "SCENARIO|DIR",
		Description: `Runs the scenario, or that of a folder, at values of one lever with more and more replications under the same luck until the interval of the crossing is within the tolerance. A metric that does not clearly cross the bound, or more than once, is refused in words.`,
		UsageText: `simulate analyse threshold my.yaml --vary market.eta=range --where 'lerner<.4'
simulate analyse threshold a.yaml --vary market.sigma=range --where 'lerner<1'`,
		Flags: append(scenarioFlags(),
			&cli.StringFlag{Name: "vary", Usage: "the lever and its interval, `PATH=INTERVAL`: '0.4 to 1.6' or range"},
			&cli.StringFlag{Name: "where", Usage: "`CONDITION` whose bound is to be crossed, such as 'hhi_sales < 1800'"},
			&cli.StringFlag{Name: "at", Usage: "`DATE` of the metric (2027, 2027-06 or 2027-06-30); by default the end"},
			asIs(),
			&cli.Float64Flag{Name: "tolerance", Usage: "width `W` of the crossing's interval, in the lever's unit; by default a hundredth of the interval"},
			wholeNumber(sizeCategory, "replications", "at most `N` replications at a value, 256 by default", 2, "n"),
			wholeNumber(sizeCategory, "seed", "seed `N`; by default the scenario's", 0),
			wholeNumber(sizeCategory, "jobs", "`N` runs at a time; by default one per processor", 1),
			&cli.BoolFlag{Name: "json", Category: outputCategory, Usage: "the outcome as JSON on stdout"},
			&cli.BoolFlag{Name: "quiet", Category: outputCategory, Usage: "no sentences, errors only"},
		),
		Action: func(c *cli.Context) error { return p.threshold(c) },
	}
}

func (p *program) threshold(c *cli.Context) error {
	ref, err := oneArgument(c, "the scenario or a results folder")
	if err != nil {
		return err
	}
	path, interval, found := strings.Cut(c.String("vary"), "=")
	if !found || !c.IsSet("where") {
		return usagef("threshold needs --vary 'PATH=LOW to HIGH' and --where 'METRIC < NUMBER'")
	}
	s, err := study.ScenarioOf(ref, scenarioOptions(c), p.reads(c))
	if err != nil {
		return err
	}
	spec := study.ThresholdSpec{Scenario: s, Date: c.String("at"), Options: analysis.ThresholdOptions{Tolerance: c.Float64("tolerance"), Most: 256}}
	if spec.Knob, err = s.ParseVariation(path, interval); err != nil {
		return usageError{err.Error()}
	}
	if spec.Bound, err = study.ReadMeanBound(c.String("where")); err != nil {
		return err
	}
	if seed, given := number(c, "seed"); given {
		spec.Seed = &seed
	}
	if n, given := number(c, "jobs"); given {
		spec.Jobs = int(n)
	}
	if n, given := number(c, "replications"); given {
		spec.Options.Most = int(n)
		spec.Options.Start = min(16, int(n))
	}
	if !c.Bool("quiet") {
		spec.Notice = func(text string) { fmt.Fprintln(p.stderr, text) }
	}
	x, err := study.Threshold(c.Context, spec)
	if err != nil {
		return err
	}
	knob, _ := s.Knob(spec.Knob.Path)
	format := func(v float64) string { return knob.Short(v, 4) }
	if c.Bool("json") {
		tried := []ordered{}
		for _, e := range x.Evaluations {
			tried = append(tried, ordered{{"value", knobAsJSON(knob, e.X)}, {"replications", e.Replications}, {"mean", estimateAsJSON(e.Mean)}})
		}
		err = p.printJSON(ordered{{"lever", knob.Path}, {"unit", knob.TableUnit()}, {"metric", spec.Bound.Metric}, {"bound", orNull(spec.Bound.Value)},
			{"crossing", ordered{{"value", knobAsJSON(knob, x.At.Value)}, {"low", knobAsJSON(knob, x.At.Low)}, {"high", knobAsJSON(knob, x.At.High)}}},
			{"rises", x.Rises}, {"reached", x.Reached}, {"replications", x.Replications}, {"runs", x.Runs}, {"tried", tried}})
	} else {
		var rows [][]string
		for _, e := range x.Evaluations {
			rows = append(rows, []string{format(e.X), quantity.Count(e.Replications), estimate(e.Mean)})
		}
		err = p.printTable([]string{knob.Path, "replications", spec.Bound.Metric + " (95 % interval)"}, rows, true)
	}
	p.tell(c, []string{x.Sentence(spec.Bound.Metric, spec.Bound.Words, knob.Path, format)})
	return err
}

// knobAsJSON is a value of a knob in the unit of tables, dates as ISO days.
func knobAsJSON(l *scenario.Knob, v float64) any {
	if l.IsDate() && !math.IsInf(v, 0) {
		return l.Cell(v)
	}
	return orNull(l.ToTable(v))
}

func (p *program) robustnessCommand() *cli.Command {
	return &cli.Command{
		Name:      "robustness",
		Usage:     "regret of policies across futures, and how often each satisfies",
		ArgsUsage: "DIR|FILE",
		Description: `In a folder of runs the cases are the policies and the replications the futures. In a sweep or a file the inputs named by --policies (by default those that are policies.*) make up a policy, and all other inputs a future: every policy must meet every future, with the same replications.

Regret is what a policy gives up in a future against the best of the set under the same luck. Policies are judged by worst, 90 % and mean regret, by mean–variance (the mean moved by one standard deviation over futures to the worse), by undesirable deviation (beyond the median, on the worse side) and by how often they keep every --keep. A * marks the best by a criterion: all that are told apart by no more than one standard error.`,
		UsageText: `simulate analyse robustness results/both --minimise hhi_sales --at 2028
simulate analyse robustness a.csv --inputs tax,eta --policies tax --minimise y`,
		Flags: append([]cli.Flag{
			&cli.StringSliceFlag{Name: "minimise", Usage: "`METRIC,…` of which less is better"},
			&cli.StringSliceFlag{Name: "maximise", Usage: "`METRIC,…` of which more is better"},
			&cli.StringSliceFlag{Name: "keep", Usage: "`CONDITION` that is satisfactory, such as 'hhi_sales < 1800'; may be repeated: all hold"},
			&cli.StringSliceFlag{Name: "policies", Usage: "inputs `INPUT,…` that make up a policy"},
		}, studyFlags()...),
		Action: func(c *cli.Context) error { return p.robustness(c) },
	}
}

func (p *program) robustness(c *cli.Context) error {
	path, err := oneArgument(c, "the folder or file")
	if err != nil {
		return err
	}
	o := study.RobustOptions{StudyOptions: p.studyOptions(c), Minimise: split(c.StringSlice("minimise")), Maximise: split(c.StringSlice("maximise")), Policies: split(c.StringSlice("policies")),
		Keep: c.StringSlice("keep")}
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
	if c.Bool("json") {
		err = p.printJSON(robustnessAsJSON(r))
	} else {
		err = p.printRobustness(r)
	}
	if len(r.Keep) > 0 {
		p.tell(c, []string{"To be kept: " + r.Keep.String() + "."})
	}
	p.tell(c, slices.Concat(r.Notes, r.Sentences()))
	return err
}

func (p *program) printRobustness(r *study.Judged) error {
	for i, objective := range r.Objectives {
		if i > 0 {
			fmt.Fprintln(p.stdout)
		}
		header := []string{objective.Name, "mean", "worst"}
		for _, criterion := range objective.Criteria {
			header = append(header, criterion.Name)
		}
		var rows [][]string
		for k, q := range objective.Policies {
			row := []string{q.Policy, quantity.Human(q.MeanOutcome), quantity.Human(q.WorstOutcome)}
			for _, criterion := range objective.Criteria {
				cell := withError(criterion.Values[k], criterion.SE[k])
				if slices.Contains(criterion.Best, k) && len(criterion.Best) < len(r.Policies) {
					cell = "*" + cell
				}
				row = append(row, cell)
			}
			row = append(row, fmt.Sprintf("%.0f %%", 100*q.BestIn))
			if r.Keep != nil {
				row = append(row, fmt.Sprintf("%.0f %%", 100*r.Satisfies[k].Value))
			}
			rows = append(rows, row)
		}
		header = append(header, "best in")
		if r.Keep != nil {
			header = append(header, "satisfies")
		}
		if err := p.printTable(header, rows, true); err != nil {
			return err
		}
	}
	if len(r.Objectives) > 0 {
		return nil
	}
	var rows [][]string
	for k, name := range r.Policies {
		s := r.Satisfies[k]
		rows = append(rows, []string{name, fmt.Sprintf("%.0f %%", 100*s.Value), fmt.Sprintf("%.0f to %.0f %%", 100*s.Low, 100*s.High)})
	}
	return p.printTable([]string{"policy", "satisfies", "95 % interval"}, rows, true)
}

// withError writes a value and its standard error, where it has one.
func withError(v, se float64) string {
	if !(se > 0) {
		return quantity.Human(v)
	}
	return quantity.Human(v) + " ± " + quantity.Human(se)
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
			list = append(list, ordered{{"policy", q.Policy}, {"mean_outcome", orNull(q.MeanOutcome)}, {"worst_outcome", orNull(q.WorstOutcome)}, {"sd_outcome", orNull(q.SD)},
				{"mean_regret", value(2)}, {"q90_regret", value(1)}, {"worst_regret", value(0)}, {"worst_future", q.WorstFuture + 1}, {"best_in", orNull(q.BestIn)}})
		}
		criteria := []ordered{}
		for _, c := range o.Criteria {
			values := []ordered{}
			for k, name := range r.Policies {
				values = append(values, ordered{{"policy", name}, {"value", orNull(c.Values[k])}, {"se", orNull(c.SE[k])}})
			}
			criteria = append(criteria, ordered{{"criterion", c.Name}, {"meaning", c.Meaning}, {"best", names(c.Best)}, {"values", values}})
		}
		objectives = append(objectives, ordered{{"objective", o.Name}, {"higher_is_better", o.HigherIsBetter}, {"minimax", names(o.Criteria[0].Best)}, {"policies", list}, {"criteria", criteria}})
	}
	satisfies := []ordered{}
	for k, name := range r.Policies {
		satisfies = append(satisfies, ordered{{"policy", name}, {"share", estimateAsJSON(r.Satisfies[k])}})
	}
	return ordered{{"futures", r.Futures}, {"replications", r.Replications}, {"keep", r.Keep.String()}, {"objectives", objectives}, {"satisfies", satisfies}, {"satisfies_most", names(r.Most)}, {"notes", r.Notes}}
}
