package main

import (
	"fmt"
	"math"
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/internal/quantity"
	"simulate/plots"
	"simulate/plots/chart"
	"simulate/sim"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/study"
	"simulate/sim/scenario"
)

// thresholdSearch asks where an outcome crosses a bound.
var thresholdSearch = analysisKind{
	name: "threshold", question: "the value of a knob at which a metric crosses a bound", takes: "SCENARIO|DIR",
	about: `Runs the scenario, or that of a folder, at values of one knob with more and more replications under the same
luck until the interval of the crossing is within the tolerance. A metric that does not clearly cross the bound, or
more than once, is refused in words.`,
	examples: `simulate analyse threshold my.yaml --vary market.eta=range --where 'lerner<.4'
simulate analyse threshold a.yaml --vary market.sigma=range --where 'lerner<1'`,
	options: func() []cli.Flag {
		return append(scenarioFlags(),
			&cli.StringFlag{Name: "vary", Usage: "the knob and its interval, `PATH=INTERVAL`: '0.4 to 1.6' or range"},
			&cli.StringSliceFlag{Name: "where", Usage: "`CONDITION` whose bound is to be crossed, such as 'hhi_sales < 1800'"},
			&cli.StringFlag{Name: "at", Usage: "`DATE` of the metric (2027, 2027-06 or 2027-06-30); by default the end"},
			asIs(),
			&cli.Float64Flag{Name: "tolerance", Usage: "width `W` of the crossing's interval, in the knob's unit; by " +
				"default a hundredth of the interval"},
			wholeNumber(sizeCategory, "replications", "at most `N` replications at a value, 256 by default", 2, "n"),
			wholeNumber(sizeCategory, "seed", "seed `N`; by default the scenario's", 0),
			jobsFlag(),
			noCacheFlag(), noShards(),
		)
	},
	find: (*program).threshold, figure: "threshold",
}

func (p *program) threshold(c *cli.Context, show func(finding) error) error {
	ref, err := oneArgument(c, "the scenario or a results folder")
	if err != nil {
		return err
	}
	if c.IsSet("shards") {
		return usagef("a search makes no shards, for each value that it tries follows from those before; plan a sweep of " +
			"the knob, `simulate sweep plan SCENARIO --vary PATH=LOW:HIGH:STEP --shards N`, and read the crossing from it")
	}
	path, interval, found := strings.Cut(c.String("vary"), "=")
	if !found || !c.IsSet("where") {
		return usagef("threshold needs --vary 'PATH=LOW to HIGH' and --where 'METRIC < NUMBER'")
	}
	s, err := study.ScenarioOf(ref, scenarioOptions(c), p.reads(c))
	if err != nil {
		return err
	}
	spec := study.ThresholdSpec{Scenario: s, Date: c.String("at"), Cache: cacheOf(c), Commit: commit,
		Options: analysis.ThresholdOptions{Tolerance: c.Float64("tolerance"), Most: 256}}
	if spec.Knob, err = s.ParseVariation(path, interval); err != nil {
		return usageError{err.Error()}
	}
	if spec.Bound, err = study.ReadMeanBound(c.StringSlice("where")...); err != nil {
		return err
	}
	if seed, given := number(c, "seed"); given {
		spec.Seed = &seed
	}
	spec.Jobs = jobs(c)
	if n, given := number(c, "replications"); given {
		spec.Options.Most = int(n)
		spec.Options.Start = min(16, int(n))
	}
	if !c.Bool("quiet") {
		spec.Notice = func(text string) { fmt.Fprintln(p.stderr, text) }
	}
	var unfinished unfinished
	spec.Log = func(identity string) (string, error) { return unfinished.open(p, identity) }
	x, err := study.Threshold(c.Context, spec)
	unfinished.close(err)
	if err != nil {
		return err
	}
	knob, _ := s.Knob(spec.Knob.Path)
	knob = knob.As(spec.Knob)
	format := func(v float64) string { return knob.Short(v, 4) }
	var rows [][]string
	tried := []ordered{}
	for _, e := range x.Evaluations {
		rows = append(rows, []string{format(e.X), quantity.Count(e.Replications), estimateOf(spec.Bound.Metric, e.Mean)})
		tried = append(tried, ordered{{"value", knobAsJSON(knob, e.X)}, {"replications", e.Replications}, {"mean",
			estimateAsJSON(e.Mean)}})
	}
	return show(finding{
		json: ordered{{"knob", knob.Path}, {"unit", knob.TableUnit()}, {"metric", spec.Bound.Metric}, {"bound",
			orNull(spec.Bound.Value)},
			{"crossing", ordered{{"value", knobAsJSON(knob, x.At.Value)}, {"low", knobAsJSON(knob, x.At.Low)}, {"high",
				knobAsJSON(knob, x.At.High)}}},
			{"rises", x.Rises}, {"reached", x.Reached}, {"replications", x.Replications}, {"runs", x.Runs}, {"tried", tried}},
		tables:    []listing{{[]string{knob.Path, "replications", spec.Bound.Metric + " (95 % interval)"}, rows, true}},
		sentences: []string{x.Sentence(spec.Bound.Metric, spec.Bound.Words, knob.Path, format)},
		drawings:  []drawing{{thresholdChart(knob, spec, x), []string{knob.Path, spec.Bound.Metric}}},
	})
}

// knobAsJSON is a value of a knob in the unit of tables, dates as ISO days.
func knobAsJSON(l *scenario.Knob, v float64) any {
	if l.IsDate() && !math.IsInf(v, 0) {
		return l.Cell(v)
	}
	return orNull(l.ToTable(v))
}

// whenOf says of which date the metric is.
func whenOf(spec study.ThresholdSpec) string {
	date, err := spec.When()
	if err != nil {
		return "the end"
	}
	return quantity.When(date)
}

// crossingWords say where the interval of a crossing is shaded, or that all replications agree.
func crossingWords(x *analysis.Crossing, written func(v float64) string) string {
	if x.At.Low == x.At.High {
		return "The crossing has no interval: all replications cross at the same value"
	}
	return fmt.Sprintf("Shaded: interval of the crossing, %s to %s", written(x.At.Low), written(x.At.High))
}

// thresholdChart draws the values that were tried and the crossing.
func thresholdChart(knob *scenario.Knob, spec study.ThresholdSpec, x *analysis.Crossing) *chart.Chart {
	value := func(v float64) float64 {
		if knob.IsDate() || math.IsInf(v, 0) {
			return v
		}
		return knob.ToTable(v)
	}
	seed := spec.Scenario.Seed
	if spec.Seed != nil {
		seed = *spec.Seed
	}
	digits := 3 // until the ends of the interval differ
	for digits < 8 && x.At.Low < x.At.High && knob.Short(x.At.Low, digits) == knob.Short(x.At.High, digits) {
		digits++
	}
	unit := plots.Writer(spec.Bound.Metric, unitOfMetric(spec.Bound.Metric), false).Unit
	t := plots.Crossing{
		Title: fmt.Sprintf("%s crosses %s at %s = %s", title(spec.Bound.Metric), plots.Stated(spec.Bound.Value, unit),
			inputTitle(knob.Path), knob.Short(x.At.Value, digits)), Knob: inputTitle(knob.Path), KnobUnit: knob.TableUnit(),
		Metric: title(spec.Bound.Metric), Unit: unit,
		Subtitle: fmt.Sprintf("Mean at %s with %s interval at each value that was tried, under the same luck. ",
			whenOf(spec), quantity.FigureShare(x.Confidence)) +
			crossingWords(x, func(v float64) string { return knob.Short(v, digits) }),
		Source:  sourceOf("scenario "+spec.Scenario.Name, fmt.Sprintf("seed %d", seed), quantity.Plural(x.Runs, "run")),
		Bound:   spec.Bound.Value,
		At:      plots.Interval{Value: value(x.At.Value), Low: value(x.At.Low), High: value(x.At.High)},
		AtLabel: knob.Short(x.At.Value, digits),
	}
	same := func(v float64) string { return knob.Short(v, 9) }
	most := map[string]int{} // replications at each value, the last of which count
	for _, e := range x.Evaluations {
		most[same(e.X)] = max(most[same(e.X)], e.Replications)
	}
	for _, e := range x.Evaluations {
		if e.Replications < most[same(e.X)] {
			continue
		}
		t.Tried = append(t.Tried, plots.Tried{At: value(e.X), Mean: plots.Interval{Value: e.Mean.Value, Low: e.Mean.Low,
			High: e.Mean.High}})
	}
	return t.Chart()
}

// unitOfMetric is the unit of a metric, "" for another column.
func unitOfMetric(name string) string {
	for _, m := range sim.Metrics {
		if m.Name == name {
			return m.Unit
		}
	}
	return ""
}

// cellOf writes a value of a metric in a table on the terminal: money as money.
func cellOf(metric string, v float64) string {
	if strings.HasPrefix(unitOfMetric(metric), "USD") && v-v == 0 {
		return quantity.Money(v)
	}
	return quantity.Human(v)
}

// estimateOf is estimate of a metric in its unit.
func estimateOf(metric string, e analysis.Estimate) string {
	if math.IsNaN(e.Value) || math.IsNaN(e.Low) {
		return cellOf(metric, e.Value)
	}
	return cellOf(metric, e.Value) + " (" + intervalOfCell(metric, e.Low, e.High) + ")"
}

// intervalOfCell writes an interval of a metric in such a table.
func intervalOfCell(metric string, low, high float64) string {
	if math.IsNaN(low) {
		return quantity.HumanInterval(low, high)
	}
	return cellOf(metric, low) + " to " + cellOf(metric, high)
}
