package study

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"simulate/internal/condition"
	"simulate/internal/quantity"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

// openDrawsStudy reads a folder of runs whose values are drawn: each replication is a point, what
// is drawn are its inputs, and the outcome is a metric of a case, or what the case changes against
// another.
func openDrawsStudy(dir string, m *results.Manifest, scenarios []*scenario.Scenario, o StudyOptions) (s *Study,
	err error) {
	defer table.Misfit(&err)
	t, err := m.Table(dir, run.DrawsTable)
	if err != nil {
		return nil, fmt.Errorf("%s holds runs of scenarios in which nothing is varied by a design and nothing drawn; name "+
			"the folder of a `simulate sweep`, or a CSV with --inputs and --outcome", dir)
	}
	runs, err := results.LoadAs(dir, o.Reading)
	if err != nil {
		return nil, err
	}
	if err := runs.ReadMarket(); err != nil {
		return nil, err
	}
	of, against, err := casesOf(m, o)
	if err != nil {
		return nil, err
	}
	own := scenarios[0]
	for _, one := range scenarios {
		if one.Name == of {
			own = one
		}
	}
	if t.Has("case") {
		all := t
		if t = all.Where("case", of); against != "" {
			if err := drawAlike(of, against, t, all.Where("case", against)); err != nil {
				return nil, err
			}
		}
	}
	s = &Study{Name: of, Replications: 1, skipMissing: o.SkipMissing, Dates: runs.Dates(of), Against: against}
	if o.Case != "" || against != "" {
		s.Of = of
	}
	if against != "" {
		s.Name = of + " against " + against
	}
	s.Origin = originOf(s.Name, m.Seed)
	var columns []analysis.Column
	var knobs []*scenario.Knob
	for _, c := range t.Columns {
		k, found := own.Knob(c.Name)
		if !found || len(o.Inputs) > 0 && !slices.Contains(o.Inputs, c.Name) || len(t.Distinct(c.Name)) < 2 {
			continue
		}
		column := analysis.Column{Name: c.Name, Write: func(v float64) string { return k.Short(k.FromTable(v), 3) }}
		switch {
		case k.IsDate():
			column.Numbers, _ = daysOf(t.Text(c.Name))
		case k.Textual():
			column.Text = t.Text(c.Name)
		default:
			column.Numbers = t.Number(c.Name)
		}
		columns, knobs = append(columns, column), append(knobs, k)
		s.Sources, s.dates = append(s.Sources, sourceOf(own, c.Name)), append(s.dates, k.IsDate())
	}
	if len(columns) == 0 {
		return nil, fmt.Errorf("nothing that is drawn in %s differs between its runs, or is asked for", dir)
	}
	if s.Inputs, err = analysis.Gather(columns...); err != nil {
		return nil, err
	}
	s.word = func(j int, v float64, digits int) string {
		if len(knobs[j].Words) > 0 {
			return s.Inputs.Labels[j][int(v)]
		}
		return knobs[j].Short(knobs[j].FromTable(v), digits)
	}
	replications := t.Text("replication")
	s.outcome = func(name, date string) ([][]float64, error) {
		if !runs.HasMetric(name) {
			return nil, fmt.Errorf("there is no metric %q; `simulate list metrics` names them", name)
		}
		if date == "" {
			date = s.Dates[len(s.Dates)-1]
		}
		y := runs.Values(of, name, date)
		var base []float64
		if against != "" {
			base = runs.Values(against, name, date)
		}
		var out [][]float64
		for _, text := range replications {
			r, err := strconv.Atoi(text)
			if err != nil || r < 1 || r > len(y) {
				return nil, fmt.Errorf("draws have a replication %q that there is no run of", text)
			}
			v := y[r-1]
			if base != nil {
				v -= base[r-1]
			}
			out = append(out, []float64{v})
		}
		return out, nil
	}
	s.quantity = func(name string) (condition.Quantity, error) {
		for _, k := range knobs {
			if k.Path == name && len(k.Words) == 0 {
				return k.Quantity(), nil
			}
		}
		return scenario.MetricQuantity(name)
	}
	return s, nil
}

// drawAlike refuses cases of which one draws an assumption otherwise than the other: what differs
// between them is then no effect. What is drawn of a policy or an event that one of them does not
// have is of no matter to the other.
func drawAlike(of, against string, own, other *table.Table) error {
	replications := own.Text("replication")
	if !slices.Equal(replications, other.Text("replication")) {
		return fmt.Errorf("%s and %s have different replications; analyse each by itself", of, against)
	}
	for _, c := range own.Columns {
		if c.Name == "case" || c.Name == "point" || c.Name == "replication" {
			continue
		}
		mine, theirs := own.Text(c.Name), other.Text(c.Name)
		for i := range replications {
			switch {
			case mine[i] == theirs[i]:
			case (mine[i] == "" || theirs[i] == "") && (results.IsPolicy(c.Name) || strings.HasPrefix(c.Name, "events.")):
			default:
				return fmt.Errorf("%s and %s draw %s differently (%s and %s in replication %s), so that what one changes "+
					"against the other is no effect under equal assumptions; analyse each by itself", of, against, c.Name,
					orNothing(mine[i]), orNothing(theirs[i]), replications[i])
			}
		}
	}
	return nil
}

func orNothing(cell string) string {
	if cell == "" {
		return "nothing"
	}
	return cell
}

// casesOf settles which case is analysed, and against which.
func casesOf(m *results.Manifest, o StudyOptions) (of, against string, err error) {
	var names []string
	for _, c := range m.Cases {
		if !c.Part {
			names = append(names, c.Name)
		}
	}
	if of = o.Case; of == "" {
		if of = names[0]; len(names) > 1 && o.Against == "" {
			return "", "", fmt.Errorf("say which case is analysed with --case, of %s; --against BASE takes what it changes",
				quantity.List(names))
		}
		if o.Against == of && len(names) == 2 {
			of = names[1]
		}
	}
	for _, name := range []string{of, o.Against} {
		if name != "" && !slices.Contains(names, name) {
			return "", "", fmt.Errorf("there is no case %q; there are %s", name, quantity.List(names))
		}
	}
	if of == o.Against {
		return "", "", fmt.Errorf("%s is held against itself; name another case with --case, of %s", of, quantity.List(names))
	}
	return of, o.Against, nil
}
