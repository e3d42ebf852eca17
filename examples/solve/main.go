package main

import (
	"context"
	_ "embed"
	"encoding/csv"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"gonum.org/v1/gonum/mat"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/experiment/run"
	"simulate/sim/scenario"
)

//go:embed targets.csv
var builtin string

// target is one value to solve for.
type target struct {
	scenario, path    string
	outcome, of, when string
	value             float64
}

// readTargets reads a table such as targets.csv.
func readTargets(r io.Reader) ([]target, error) {
	rows, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, err
	}
	var out []target
	for i, row := range rows[1:] {
		v, err := strconv.ParseFloat(row[5], 64)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+2, err)
		}
		if outcomes[row[2]] == nil {
			return nil, fmt.Errorf("line %d: there is no outcome %q", i+2, row[2])
		}
		out = append(out, target{row[0], row[1], row[2], row[3], row[4], v})
	}
	return out, nil
}

// outcomes are what targets may be about, read from a model at the target's date.
var outcomes = map[string]func(m *sim.Model, t target) (float64, error){
	"compute_used": func(m *sim.Model, t target) (float64, error) {
		i, err := labNamed(m, t.of)
		if err != nil {
			return 0, err
		}
		return m.Lab(i).ComputeUsed, nil
	},
	"share": func(m *sim.Model, t target) (float64, error) {
		lab, segment, _ := strings.Cut(t.of, " ")
		i, err := labNamed(m, lab)
		if err != nil {
			return 0, err
		}
		k := slices.IndexFunc(m.Config().Segments, func(s sim.SegmentSpec) bool { return s.ID == segment })
		if k < 0 {
			return 0, fmt.Errorf("there is no segment %q", segment)
		}
		return m.ShareOf(k, i), nil
	},
	"supplier_revenue": func(m *sim.Model, _ target) (float64, error) { return m.Supplier().Revenue, nil },
	"supplier_value":   func(m *sim.Model, _ target) (float64, error) { return m.Supplier().Value, nil },
	"premium": func(m *sim.Model, _ target) (float64,
		error) {
		return m.Supplier().Price / m.Supplier().ListPrice, nil
	},
	// The belief has faded for the step after its move.
	"value_on_the_day": func(m *sim.Model, _ target) (float64, error) {
		return math.Exp(m.Supplier().Belief * math.Exp(m.Config().Dt()/m.Config().Parameters.Chips.BeliefTime)), nil
	},
}

func labNamed(m *sim.Model, id string) (int, error) {
	for i := range m.NumLabs() {
		if m.LabID(i) == id {
			return i, nil
		}
	}
	return 0, fmt.Errorf("there is no lab %q", id)
}

// solved is a target with what the scenario says and what solves it.
type solved struct {
	target
	said, value   float64 // of the PATH
	before, after float64 // outcome
}

// problem is a scenario with its targets.
type problem struct {
	s       *scenario.Scenario
	targets []target
	knobs   []*scenario.Knob
	engine  *run.Engine
}

// newProblem finds the knobs of a scenario's targets.
func newProblem(ref string, all []target) (*problem, error) {
	s, err := scenario.Load(ref, scenario.Options{FixParameters: true, Set: []string{"mode=deterministic"}})
	if err != nil {
		return nil, err
	}
	p := &problem{s: s, engine: run.NewEngine(0, nil)}
	for _, t := range all {
		if t.scenario != s.Name {
			continue
		}
		l, found := s.Knob(t.path)
		if !found {
			return nil, fmt.Errorf("%s has no value %s", s.Name, t.path)
		}
		p.targets, p.knobs = append(p.targets, t), append(p.knobs, l)
	}
	if len(p.targets) == 0 {
		return nil, fmt.Errorf("no target is about %s", s.Name)
	}
	return p, nil
}

// reach gives the outcomes at values of the knobs.
func (p *problem) reach(values []float64) ([]float64, error) {
	cfg, err := p.s.Vary(p.s.Config(), p.knobs, values)
	if err != nil {
		return nil, err
	}
	steps := make([]int, len(p.targets))
	for i, t := range p.targets {
		if steps[i], err = stepOf(cfg, t.when); err != nil {
			return nil, err
		}
	}
	cfg.Steps = max(1, slices.Max(steps))
	out := make([]float64, len(p.targets))
	look := func(m *sim.Model, step int) (enough bool, err error) {
		for i, t := range p.targets {
			if steps[i] == step && err == nil {
				out[i], err = outcomes[t.outcome](m, t)
			}
		}
		return step == cfg.Steps, err
	}
	return out, p.engine.Do(context.Background(), run.Job{Config: cfg, Seed: 1, Replication: 1}, look)
}

// stepOf is the number of steps after which a target is read.
func stepOf(cfg *sim.Config, when string) (int, error) {
	switch when {
	case "start":
		return 0, nil
	case "first step":
		return 1, nil
	}
	var y, month int
	if _, err := fmt.Sscanf(when, "%d-%d", &y, &month); err != nil {
		return 0, fmt.Errorf("%q is not start, first step or a month such as 2025-01", when)
	}
	return int(math.Round((quantity.Month(y, month) - cfg.Start) * float64(cfg.StepsPerYear))), nil
}

// solve finds the values at which every outcome is its target's, to 1e-9 of it.
func (p *problem) solve() ([]solved, error) {
	n := len(p.knobs)
	x := make([]float64, n)
	for i, l := range p.knobs {
		x[i] = l.Value
	}
	first, err := p.reach(x)
	if err != nil {
		return nil, err
	}
	y := first
	said := slices.Clone(x)
	for range 60 {
		worst := 0.0
		gap := mat.NewVecDense(n, nil)
		for i, t := range p.targets {
			d := math.Log(t.value / y[i])
			gap.SetVec(i, d)
			worst = math.Max(worst, math.Abs(d))
		}
		if worst < 1e-9 {
			out := make([]solved, n)
			for i, t := range p.targets {
				out[i] = solved{t, said[i], x[i], first[i], y[i]}
			}
			return out, nil
		}
		slope := mat.NewDense(n, n, nil)
		for j := range n {
			const h = 1e-4
			moved := slices.Clone(x)
			moved[j] *= math.Exp(h)
			there, err := p.reach(moved)
			if err != nil {
				return nil, err
			}
			for i := range n {
				slope.Set(i, j, math.Log(there[i]/y[i])/h)
			}
		}
		var move mat.VecDense
		if err := move.SolveVec(slope, gap); err != nil {
			return nil, fmt.Errorf("%s: the targets do not determine the values: %w", p.s.Name, err)
		}
		for scale := 1.0; ; scale /= 2 {
			next := slices.Clone(x)
			for j := range next {
				next[j] *= math.Exp(scale * math.Max(-1, math.Min(1, move.AtVec(j))))
			}
			if y, err = p.reach(next); err == nil {
				x = next
				break
			}
			if scale < 1e-3 {
				return nil, err
			}
		}
	}
	return nil, fmt.Errorf("%s: no solution after 60 steps", p.s.Name)
}

// show writes the table of one scenario.
func show(w io.Writer, name string, list []solved) {
	fmt.Fprintf(w, "%s\n", name)
	tab := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tab, "  value\tin the scenario\tsolved\toutcome\twith the scenario's\twanted")
	for _, r := range list {
		fmt.Fprintf(tab, "  %s\t%.5g\t%.5g\t%s\t%.5g\t%.5g\n", r.path, r.said, r.value,
			strings.TrimSpace(r.outcome+" "+r.of+", "+r.when), r.before, r.target.value)
	}
	tab.Flush()
}

func solveAll(args []string, w io.Writer) error {
	flags := flag.NewFlagSet("solve", flag.ContinueOnError)
	file := flags.String("targets", "", "table of targets; that of the built-in rosters unless given")
	if err := flags.Parse(args); err != nil {
		return err
	}
	text := builtin
	if *file != "" {
		data, err := os.ReadFile(*file)
		if err != nil {
			return err
		}
		text = string(data)
	}
	all, err := readTargets(strings.NewReader(text))
	if err != nil {
		return err
	}
	refs := flags.Args()
	if len(refs) == 0 {
		for _, t := range all {
			if !slices.Contains(refs, t.scenario) {
				refs = append(refs, t.scenario)
			}
		}
	}
	for _, ref := range refs {
		p, err := newProblem(ref, all)
		if err != nil {
			return err
		}
		list, err := p.solve()
		if err != nil {
			return err
		}
		show(w, p.s.Name, list)
	}
	return nil
}

func main() {
	if err := solveAll(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "solve:", err)
		os.Exit(2)
	}
}
