package study

import (
	"fmt"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/design"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/scenario"
)

// openFuturesStudy reads a comparison over futures: the points of its design, and as outcome a
// metric of one scenario, or what it changes against another, pair by pair.
func openFuturesStudy(dir string, m *results.Manifest, scenarios []*scenario.Scenario, o StudyOptions) (*Study, error) {
	names := append([]string{m.Futures.Base}, m.Futures.Alternatives...)
	if o.Case == "" && o.Against == "" {
		if o.Against = m.Futures.Base; len(names) > 2 {
			return nil, fmt.Errorf("say which case is analysed with --case, of %s; --against BASE takes what it changes",
				quantity.List(names))
		}
		o.Case = names[1]
	}
	if o.Case == "" && len(names) == 2 && o.Against == names[0] {
		o.Case = names[1]
	}
	for _, name := range []string{o.Case, o.Against} {
		if name != "" && !slices.Contains(names, name) || name == "" && name == o.Case {
			return nil, fmt.Errorf("there is no case %q; there are %s", name, quantity.List(names))
		}
	}
	if o.Case == o.Against {
		return nil, fmt.Errorf("%s is held against itself; name another case with --case, of %s", o.Case,
			quantity.List(names))
	}
	sweep, err := run.NewSweep(run.SweepSpec{Scenario: scenarios[0], Seed: &m.Seed, Replications: m.Replications})
	if err != nil {
		return nil, err
	}
	s := &Study{Name: o.Case, Design: m.Futures.Design, Replications: m.Replications, skipMissing: o.SkipMissing,
		Of: o.Case, Against: o.Against}
	if o.Against != "" {
		s.Name += " against " + o.Against
	}
	s.Origin = originOf(s.Name, m.Seed)
	if err := s.takeSweep(dir, m, sweep, scenarios[0], o, m.Futures.Metrics); err != nil {
		return nil, err
	}
	s.outcome = func(name, date string) ([][]float64, error) {
		y, err := futuresOutcome(dir, m, sweep, o.Case, name, date)
		if err != nil || o.Against == "" {
			return y, err
		}
		base, err := futuresOutcome(dir, m, sweep, o.Against, name, date)
		if err != nil {
			return nil, err
		}
		for i, of := range y {
			for r := range of {
				of[r] -= base[i][r]
			}
		}
		return y, nil
	}
	return s, nil
}

// futuresOutcome reads a metric of a case by point and replication.
func futuresOutcome(dir string, m *results.Manifest, sweep *run.Sweep, of, name, date string) ([][]float64, error) {
	if !slices.Contains(m.Futures.Metrics, name) {
		return nil, fmt.Errorf("the comparison has no metric %q; it has %s", name, quantity.List(m.Futures.Metrics))
	}
	if date == "" {
		common := sweep.Common()
		date = common[len(common)-1]
	}
	file := run.RunsTable
	at := !sweep.EndsAt(date)
	if at {
		file = results.MarketTable
	}
	t, err := m.Table(dir, file)
	if err != nil {
		return nil, err
	}
	if t = t.Where("case", of); at {
		t = t.Where("date", date)
	}
	points, replications := t.Number("point"), t.Number("replication")
	var at0, runs []int
	for i := range points {
		at0, runs = append(at0, int(points[i])-1), append(runs, int(replications[i])-1)
	}
	return analysis.ByPoint(sweep.Cases(), m.Replications, at0, runs, t.Number(name))
}

// byFutures takes the scenarios of a comparison over futures that differ in policies alone for
// policies, and the points of its
// design for futures.
func byFutures(dir string, o RobustOptions) (*arena, error) {
	m, scenarios, err := results.ReadInputsAs(dir, o.Reading)
	if err != nil || m.Futures == nil {
		return nil, err
	}
	sweep, err := run.NewSweep(run.SweepSpec{Scenario: scenarios[0], Seed: &m.Seed, Replications: m.Replications})
	if err != nil {
		return nil, err
	}
	chosen, notes, err := choices(append([]string{m.Futures.Base}, m.Futures.Alternatives...), scenarios,
		o.Policies, sweep.Paths())
	if err != nil {
		return nil, err
	}
	date := ""
	if o.Date != "" {
		found, err := results.FindDates(sweep.Common(), []string{o.Date})
		if err != nil {
			return nil, err
		}
		date = found[0]
	}
	how, err := design.LookUp(m.Futures.Design)
	a := &arena{policies: chosen, named: names, notes: notes, apart: beginApart(scenarios, chosen),
		quantity: scenario.MetricQuantity, sampled: err == nil && how.Fills}
	var values []float64
	for i := range sweep.Cases() {
		values = sweep.Values(i, values)
		var parts []string
		for j, path := range sweep.Paths() {
			parts = append(parts, path+" = "+sweep.Knob(j).Short(values[j], 3))
		}
		a.futures = append(a.futures, strings.Join(parts, ", "))
	}
	a.outcome = func(name string) ([][][]float64, error) {
		var out [][][]float64
		for _, policy := range a.policies {
			y, err := futuresOutcome(dir, m, sweep, policy, name, date)
			if err != nil {
				return nil, err
			}
			out = append(out, y)
		}
		return out, nil
	}
	return a, nil
}
