package study

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
)

// RobustOptions say by what policies are judged.
type RobustOptions struct {
	StudyOptions
	Minimise, Maximise []string // metrics, or outcome columns of a CSV
	Keep               []Bound  // what a satisfactory outcome keeps
	Policies           []string // inputs that make up a policy; empty: the levers of the sweep's scenario
	Date               string   // "": the last
}

// Robust judges policies across futures. In a folder of runs the cases are the policies and the replications the futures; in a sweep
// or a CSV the inputs that are levers make up a policy and all other inputs, with the replication, a future. The error is an *InputError.
func Robust(path string, o RobustOptions) (*analysis.Robustness, error) {
	names := slices.Concat(o.Minimise, o.Maximise)
	for _, b := range o.Keep {
		if !slices.Contains(names, b.Metric) {
			if strings.HasPrefix(b.Comparison, "<") {
				o.Minimise = append(slices.Clone(o.Minimise), b.Metric)
			} else {
				o.Maximise = append(slices.Clone(o.Maximise), b.Metric)
			}
			names = append(names, b.Metric)
		}
	}
	if len(names) == 0 {
		return nil, results.InputErrorf("say by what policies are judged: --minimise METRIC, --maximise METRIC or --keep 'METRIC < NUMBER'")
	}
	var policies []string
	values := map[string][][]float64{}
	var err error
	if runs, dates := caseFolder(path); runs != nil {
		policies, err = byCase(runs, dates, names, o.Date, values)
	} else {
		policies, err = byLever(path, names, o, values)
	}
	if err != nil {
		return nil, results.AsInput(err)
	}
	var objectives []analysis.Objective
	for _, name := range slices.Concat(o.Minimise, o.Maximise) {
		obj := analysis.Objective{Name: name, HigherIsBetter: slices.Contains(o.Maximise, name), Values: values[name]}
		for _, b := range o.Keep {
			if b.Metric != name {
				continue
			}
			if up := strings.HasPrefix(b.Comparison, ">"); up != obj.HigherIsBetter {
				return nil, results.InputErrorf("%s asks for the other direction than %s; keep one", b, map[bool]string{true: "--maximise " + name, false: "--minimise " + name}[obj.HigherIsBetter])
			}
			value := b.Value
			obj.Bound = &value
		}
		objectives = append(objectives, obj)
	}
	r, err := analysis.Robust(policies, objectives, 0)
	return r, results.AsInput(err)
}

// caseFolder reads a folder of runs; nil where the path is something else.
func caseFolder(path string) (*results.Outcome, []string) {
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		return nil, nil
	}
	m, err := results.ReadManifest(path)
	if err != nil || m.Sweep != nil {
		return nil, nil
	}
	o, err := results.Load(path)
	if err != nil || len(o.Manifest.Cases) == 0 {
		return nil, nil
	}
	return o, o.Dates(o.Manifest.Cases[0].Name)
}

// byCase takes cases for policies and replications for futures.
func byCase(o *results.Outcome, dates, names []string, date string, values map[string][][]float64) ([]string, error) {
	if err := o.ReadMarket(); err != nil {
		return nil, err
	}
	var policies []string
	for _, c := range o.Manifest.Cases {
		if c.Part {
			continue
		}
		policies = append(policies, c.Name)
		at := []string{""}
		var err error
		if date != "" {
			at, err = o.DatesAt(c.Name, []string{date})
		} else if len(dates) > 0 {
			at = dates[len(dates)-1:]
		}
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if !o.HasMetric(name) {
				return nil, fmt.Errorf("there is no metric %q", name)
			}
			v := o.Values(c.Name, name, at[0])
			for r, x := range v {
				if math.IsNaN(x) {
					return nil, fmt.Errorf("%s is not defined in replication %d of %s at %s; choose another metric or date", name, r+1, c.Name, at[0])
				}
			}
			values[name] = append(values[name], v)
		}
	}
	if len(policies) < 2 {
		return nil, fmt.Errorf("%s holds one case, so there is nothing to choose from; run several scenarios together, or sweep levers", filepath.Clean(o.Dir))
	}
	return policies, nil
}

// byLever takes combinations of levers for policies, and everything else for futures.
func byLever(path string, names []string, o RobustOptions, values map[string][][]float64) ([]string, error) {
	s, err := OpenStudy(path, o.StudyOptions)
	if err != nil {
		return nil, err
	}
	levers := o.Policies
	if len(levers) == 0 {
		levers = s.Levers
	}
	isLever := make([]bool, len(s.Inputs.Names))
	for _, l := range levers {
		j := slices.Index(s.Inputs.Names, l)
		if j < 0 {
			return nil, fmt.Errorf("the policy input %q did not vary; %s did", l, quantity.List(s.Inputs.Names))
		}
		isLever[j] = true
	}
	if len(levers) == 0 {
		return nil, fmt.Errorf("say which inputs make up a policy: --policies INPUT,… of %s", quantity.List(s.Inputs.Names))
	}
	var policies []string
	futures := map[string]int{}
	where := map[[2]int]int{} // policy, future → point
	for i, row := range s.Inputs.Rows {
		var policy, future []string
		for j, v := range row {
			text := fmt.Sprintf("%s = %s", s.Inputs.Names[j], quantity.ThreeDigits(v))
			if l := s.Inputs.Labels; l != nil && l[j] != nil {
				text = fmt.Sprintf("%s = %s", s.Inputs.Names[j], l[j][int(v)])
			}
			if isLever[j] {
				policy = append(policy, text)
			} else {
				future = append(future, fmt.Sprint(v))
			}
		}
		p := slices.Index(policies, strings.Join(policy, ", "))
		if p < 0 {
			p = len(policies)
			policies = append(policies, strings.Join(policy, ", "))
		}
		key := strings.Join(future, " ")
		f, known := futures[key]
		if !known {
			f = len(futures)
			futures[key] = f
		}
		where[[2]int{p, f}] = i
	}
	if len(where) < len(policies)*len(futures) {
		return nil, fmt.Errorf("%s meet %s futures in %s only, not in all combinations; cross levers with futures in a grid, or run the policies as scenarios whose parameters are drawn",
			quantity.Plural(len(policies), "policy"), quantity.Count(len(futures)), quantity.Plural(len(where), "point"))
	}
	for _, name := range names {
		y, err := s.Outcome(name, o.Date)
		if err != nil {
			return nil, err
		}
		for p := range policies {
			var of []float64
			for f := range len(futures) {
				of = append(of, y[where[[2]int{p, f}]]...)
			}
			values[name] = append(values[name], of)
		}
	}
	return policies, nil
}
