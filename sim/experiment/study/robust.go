package study

import (
	"fmt"
	"math"
	"os"
	"slices"

	"simulate/internal/condition"
	"simulate/internal/quantity"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
	"simulate/sim/table"
)

// RobustOptions say by what policies are judged.
type RobustOptions struct {
	StudyOptions
	Minimise, Maximise []string // metrics, or outcome columns of a file
	Keep               []string // conditions that a satisfactory outcome keeps, all of them
	// Policies are inputs that make up a policy, and in a folder of scenarios what they may differ in
	// beside where they end; empty: policies.*.
	Policies []string
	Date     string // "": the last
	Cost     string // outcome that says what a policy costs; "": policy_cost where it is there
}

// usualCost is the metric of public money spent.
const usualCost = "policy_cost"

// arena is where policies meet futures: outcomes by policy, future and replication.
type arena struct {
	policies, futures []string // in words
	sampled           bool     // the futures are a sample
	single            bool     // each future is one replication of the scenarios
	outcome           func(name string) ([][][]float64, error)
	named             func(given []string) []string // metrics or columns as options name them
	quantity          func(name string) (condition.Quantity, error)
	notes             []string
	apart             bool // policies begin or end at different dates
}

// Judged is what Robust finds.
type Judged struct {
	*analysis.Robustness
	Keep condition.Conditions
	// Frontiers hold each objective against what policies cost; none where no cost is known, or all
	// cost the same.
	Frontiers []*analysis.Frontier
	Cost      string   // the outcome that says what a policy costs
	Notes     []string // what a reader should know of the rows, a sentence each
}

// Robust judges policies across futures. In a folder of runs the cases that differ in policies
// alone are the policies and the replications the futures; in a sweep or a file the inputs that are
// levers make up a policy and all other inputs a future. The error is an *InputError.
func Robust(path string, o RobustOptions) (*Judged, error) {
	if len(o.Minimise)+len(o.Maximise)+len(o.Keep) == 0 {
		return nil, results.InputErrorf("say by what policies are judged: --minimise METRIC, --maximise METRIC or --keep " +
			"'METRIC < NUMBER'")
	}
	if o.Case != "" || o.Against != "" {
		return nil, results.InputErrorf("robustness compares all cases with each other; leave --case and --against out")
	}
	a, err := openArena(path, o)
	if err != nil {
		return nil, results.AsInput(err)
	}
	o.Minimise, o.Maximise = a.named(o.Minimise), a.named(o.Maximise)
	for _, name := range o.Minimise {
		if slices.Contains(o.Maximise, name) {
			return nil, results.InputErrorf("%s is minimised and maximised; keep one", name)
		}
	}
	keep, err := condition.Read(o.Keep...)
	if err == nil {
		keep, err = condition.Resolve(keep, a.quantity)
	}
	if err != nil {
		return nil, results.AsInput(err)
	}
	if o.SkipMissing {
		names := slices.Concat(judgedBy(o, keep), namesOf(keep))
		if o.Cost != "" {
			names = append(names, a.named([]string{o.Cost})...)
		}
		if err := a.leaveOut(names); err != nil {
			return nil, results.AsInput(err)
		}
	}
	var objectives []analysis.Objective
	for _, name := range judgedBy(o, keep) {
		values, err := a.outcome(name)
		if err != nil {
			return nil, results.AsInput(err)
		}
		objectives = append(objectives, analysis.Objective{Name: name, HigherIsBetter: slices.Contains(o.Maximise,
			name) || risesToKeep(o, keep, name), Values: values})
	}
	kept, err := a.keeps(keep)
	if err != nil {
		return nil, results.AsInput(err)
	}
	r, err := analysis.Robust(a.policies, objectives, kept, analysis.RobustnessOptions{Sampled: a.sampled,
		Futures: a.futures, Single: a.single})
	if err != nil {
		return nil, results.AsInput(err)
	}
	out := &Judged{Robustness: r, Keep: keep, Cost: usualCost, Notes: a.notes}
	if o.Cost != "" {
		out.Cost = a.named([]string{o.Cost})[0]
	}
	if a.apart && o.Cost == "" {
		out.Notes = append(out.Notes, "No frontier of cost: policies begin or end at different dates, and "+
			"policy_cost is what they cost a year at the date of the outcome, not what they have cost; --cost policy_cost "+
			"holds them against that all the same.")
		return out, nil
	}
	if out.Frontiers, err = a.frontiers(o, out.Cost, objectives); err != nil {
		return nil, results.AsInput(err)
	}
	return out, nil
}

// frontiers hold objectives against what policies cost.
func (a *arena) frontiers(o RobustOptions, name string, objectives []analysis.Objective) (out []*analysis.Frontier,
	err error) {
	cost, err := a.outcome(name)
	if err != nil {
		if o.Cost == "" {
			return nil, nil // what is not recorded is not known
		}
		return nil, err
	}
	for _, objective := range objectives {
		if objective.Name == name {
			continue
		}
		f, err := analysis.CostFrontier(objective, cost, a.sampled)
		switch {
		case err == nil:
			out = append(out, f)
		case o.Cost != "":
			return nil, fmt.Errorf("--cost %s: %w", o.Cost, err)
		}
	}
	return out, nil
}

func namesOf(keep condition.Conditions) []string {
	var out []string
	for _, c := range keep {
		out = append(out, c.Name)
	}
	return out
}

// leaveOut takes futures away in which one of some outcomes is missing under a policy, from every
// policy, and notes how many.
func (a *arena) leaveOut(names []string) error {
	outcomes := map[string][][][]float64{}
	var stays []bool
	for _, name := range names {
		values, err := a.outcome(name)
		if err != nil {
			return err
		}
		outcomes[name] = values
		if stays == nil {
			stays = slices.Repeat([]bool{true}, len(values[0]))
		}
		for _, of := range values {
			for f, y := range of {
				stays[f] = stays[f] && !slices.ContainsFunc(y, func(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) })
			}
		}
	}
	if !slices.Contains(stays, false) {
		return nil
	}
	var words []string
	for f, stay := range stays {
		if stay && f < len(a.futures) {
			words = append(words, a.futures[f])
		}
	}
	kept := 0
	for name, values := range outcomes {
		for p := range values {
			kept = 0
			for f, stay := range stays {
				if stay {
					values[p][kept] = values[p][f]
					kept++
				}
			}
			values[p] = values[p][:kept]
		}
		outcomes[name] = values
	}
	if kept == 0 {
		return results.InputErrorf("in every future an outcome is missing under some policy; choose another outcome or date")
	}
	a.futures, a.outcome = words, func(name string) ([][][]float64, error) { return outcomes[name], nil }
	a.notes = append(
		a.notes,
		fmt.Sprintf(
			"%s of %s left out of every policy, for an outcome is missing there under one.",
			quantity.Plural(len(stays)-kept, "future", "futures"),
			quantity.Count(len(stays)),
		),
	)
	return nil
}

// judgedBy lists the outcomes that make objectives: those that are named, and those of conditions
// that bound one side only and so say which side is better.
func judgedBy(o RobustOptions, keep condition.Conditions) []string {
	names := slices.Concat(o.Minimise, o.Maximise)
	for _, c := range keep {
		if _, _, one := c.OneSided(); one && !slices.Contains(names, c.Name) && oneDirection(keep, c.Name) {
			names = append(names, c.Name)
		}
	}
	return names
}

// oneDirection tells whether all conditions on an outcome bound it from the same side.
func oneDirection(keep condition.Conditions, name string) bool {
	var up, down bool
	for _, c := range keep {
		if c.Name == name {
			up, down = up || c.Low.Given(), down || c.High.Given()
		}
	}
	return up != down
}

// risesToKeep tells whether an outcome that no option names is better when greater, by the
// conditions on it.
func risesToKeep(o RobustOptions, keep condition.Conditions, name string) bool {
	return !slices.Contains(o.Minimise, name) && slices.ContainsFunc(keep,
		func(c condition.Condition) bool { return c.Name == name && c.Low.Given() }) && oneDirection(keep, name)
}

// keeps tells by policy, future and replication whether all conditions hold; one on a statistic
// holds in all replications of a future or in none. nil without conditions.
func (a *arena) keeps(keep condition.Conditions) ([][][]bool, error) {
	var out [][][]bool
	for _, c := range keep {
		values, err := a.outcome(c.Name)
		if err != nil {
			return nil, err
		}
		if out == nil {
			for _, of := range values {
				rows := make([][]bool, len(of))
				for f := range of {
					rows[f] = slices.Repeat([]bool{true}, len(of[f]))
				}
				out = append(out, rows)
			}
		}
		for p, of := range values {
			for f, y := range of {
				v := math.NaN()
				if c.Statistic != "" {
					v = results.Describe(slices.Clone(y)).Of(c.Statistic)
				}
				for r := range y {
					if c.Statistic == "" {
						v = y[r]
					}
					out[p][f][r] = out[p][f][r] && c.Holds(v)
				}
			}
		}
	}
	return out, nil
}

func openArena(path string, o RobustOptions) (*arena, error) {
	runs, err := caseFolder(path, o.Reading)
	if err != nil {
		return nil, err
	}
	if runs != nil {
		return byCase(runs, o)
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		if a, err := byFutures(path, o); a != nil || err != nil {
			return a, err
		}
	}
	return byLever(path, o)
}

// caseFolder reads a folder of runs; nil where the path is something else.
func caseFolder(path string, how *table.Reading) (*results.Outcome, error) {
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		return nil, nil
	}
	m, err := results.ReadManifest(path)
	if err != nil || m.Sweep != nil || m.Futures != nil {
		return nil, nil // which is then said of it as a sweep
	}
	o, err := results.LoadAs(path, how)
	if err != nil || len(o.Manifest.Cases) == 0 {
		return nil, err
	}
	return o, nil
}
