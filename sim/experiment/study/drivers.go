package study

import (
	"fmt"
	"math"
	"slices"

	"simulate/sim/design"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
	"simulate/sim/table"
)

// Drivers say on which inputs it depends what an alternative changes in a metric at a date.
type Drivers struct {
	Case, Against, Metric, Date string
	Points                      int
	Mean                        analysis.Estimate // over all points and runs
	// Interactions is how much the effect differs between the two ends of each input.
	Interactions []analysis.Interaction
	// Indices are shares of the variance of the effect, luck apart; nil where the design does not bear
	// them, for the reason given.
	Indices *Sensitivity
	Without error
	study   *Study
	paths   map[string]string // by the name that Named gave an input
}

// DriversTable is the table of drivers, made of a folder when it is asked for.
const DriversTable = "effect_drivers"

var nan = math.NaN()

// EffectDrivers analyses what a case changes against another in a metric at a date, in the folder
// of a comparison over futures. The error is an *InputError.
func EffectDrivers(dir, name, against, metric, date string, reading *table.Reading) (*Drivers, error) {
	s, err := OpenStudy(dir, StudyOptions{Case: name, Against: against, Reading: reading, SkipMissing: true})
	if err != nil {
		return nil, err
	}
	y, err := s.Outcome(metric, date)
	if err != nil {
		return nil, err
	}
	d := &Drivers{Case: name, Against: against, Metric: metric, Date: date, study: s}
	of, err := s.complete(metric, y)
	if err != nil {
		return nil, err
	}
	how, fills := design.LookUp(s.Design)
	d.Points = len(of.y)
	d.Mean, _ = analysis.Pooled(of.y, fills == nil && how.Fills)
	if d.Interactions, err = analysis.Interactions(of.inputs, of.y); err != nil {
		return nil, results.InputErrorf("%s%s: %w", metric, atDate(date), err)
	}
	d.Indices, d.Without = s.Sensitivity(metric, date, "first", "total")
	return d, nil
}

// Word writes a value of an input as scenarios do.
func (d *Drivers) Word(input string, v float64) string { return d.study.Word(input, v, 3) }

// Ends names the two ends of an input.
func (d *Drivers) Ends(x analysis.Interaction) [2]string {
	path := x.Name
	if named, found := d.paths[path]; found {
		path = named
	}
	out := [2]string{d.Word(path, x.Ends[0]), d.Word(path, x.Ends[1])}
	if x.Thirds {
		out = [2]string{out[0] + " (lower third)", out[1] + " (upper third)"}
	}
	return out
}

// newDrivers describes the table of drivers.
func newDrivers() *table.Table {
	text := func(name, meaning string) table.Column {
		return table.Column{Name: name, Kind: table.Text, Meaning: meaning}
	}
	number := func(name, meaning string) table.Column {
		return table.Column{Name: name, Kind: table.Number, Meaning: meaning}
	}
	return table.New(DriversTable,
		text("case", "the alternative"), text("base", "what it is held against"), text("metric", "a metric"),
		text("date", "last day of the step (ISO)"),
		text("input", "a PATH that varies, or seed noise"),
		text("from", "one end of the input: its least listed value, the mean of the lower third of a sample, or of "+
			"categories one of the two that differ most"),
		text("to", "the other end"),
		number("effect_from", "mean effect at the one end, in the unit of the metric"),
		number("effect_to", "mean effect at the other end"),
		number("interaction", "effect_to less effect_from: how much the effect depends on the input"),
		number("se", "standard error of the interaction; empty where nothing tells one"),
		number("low", "lower end of the 95 % interval of the interaction"),
		number("high", "upper end of that interval"),
		text("clear", "true: the interaction is told apart from 0 at 5 % over all inputs together (Bonferroni)"),
		number("first", "share of the variance of the effect that the input makes by itself"),
		number("first_low", "lower end of its 95 % interval"), number("first_high", "upper end of that interval"),
		number("total", "share with all its interactions with other inputs; empty where the design does not tell"),
		number("total_low", "lower end of its 95 % interval"), number("total_high", "upper end of that interval"))
}

// add appends the rows of the drivers of one effect.
func (d *Drivers) add(t *table.Table) {
	none := analysis.Estimate{Value: nan, Low: nan, High: nan}
	share := func(name string) (first, total analysis.Estimate) {
		if d.Indices == nil || d.Indices.Sobol == nil {
			return none, none
		}
		for _, x := range d.Indices.Sobol.Inputs {
			if x.Name == name {
				return x.First, x.Total
			}
		}
		return none, none
	}
	for _, x := range d.Interactions {
		ends := d.Ends(x)
		first, total := share(x.Name)
		t.Append(d.Case, d.Against, d.Metric, d.Date, x.Name, ends[0], ends[1], x.At[0], x.At[1], x.Change.Value, x.SE,
			x.Change.Low, x.Change.High, fmt.Sprint(x.Clear), first.Value, first.Low, first.High, total.Value, total.Low,
			total.High)
	}
	if d.Indices != nil && d.Indices.Sobol != nil {
		if e := d.Indices.Sobol.Noise; e.Value == e.Value {
			t.Append(d.Case, d.Against, d.Metric, d.Date, "seed noise", "", "", nan, nan, nan, nan, nan, nan, "", e.Value,
				e.Low, e.High, nan, nan, nan)
		}
	}
}

// MakeDrivers makes the table of drivers of a comparison over futures: of every alternative and
// metric at some recorded dates, by default the last. An effect that is the same everywhere, or
// defined nowhere, has no rows. The error is an *InputError.
func MakeDrivers(dir string, dates []string, how *table.Reading) (*table.Table, error) {
	m, err := results.ReadManifestAs(dir, how)
	if err != nil {
		return nil, results.AsInput(err)
	}
	t := newDrivers()
	if m.Futures == nil {
		return t, nil
	}
	for _, name := range m.Futures.Alternatives {
		for _, metric := range m.Futures.Metrics {
			s, err := OpenStudy(dir, StudyOptions{Case: name, Against: m.Futures.Base, Reading: how})
			if err != nil {
				return nil, err
			}
			at := dates
			if len(at) == 0 {
				at = s.Dates[len(s.Dates)-1:]
			}
			for _, date := range at {
				if !slices.Contains(s.Dates, date) {
					continue
				}
				if d, err := EffectDrivers(dir, name, m.Futures.Base, metric, date, how); err == nil {
					d.add(t)
				}
			}
		}
	}
	return t, nil
}
