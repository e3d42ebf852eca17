package experiment

import (
	"math"

	"simulate/sim"
	"simulate/sim/experiment/analysis"
	"simulate/sim/table"
)

// The tables that a comparison adds to a results folder.
const (
	comparisonTable = "comparison"
	effectsTable    = "effects"
)

// Comparison says which cases of an experiment are compared with its first, and which changes are split into parts.
type Comparison struct {
	Alternatives []string `json:"alternatives"` // names of cases
	Splits       []Split  `json:"splits,omitempty"`
}

// Split divides what a case changes into two parts and their interaction, by two more cases that have one part each.
type Split struct {
	Case  string  `json:"case"`  // with both parts
	None  string  `json:"none"`  // the case with neither
	Parts [2]Part `json:"parts"` // in the order of the table
	// Threshold is the R&D budget between the two sides, USD per year; 0 where parts are no sides of a budget.
	Threshold float64 `json:"threshold,omitempty"`
}

// part tells whether a case was made to split what another one changes.
func (c *Comparison) part(name string) bool {
	if c == nil {
		return false
	}
	for _, s := range c.Splits {
		if name == s.Parts[0].Case || name == s.Parts[1].Case || name == s.Case+nobodySuffix {
			return true
		}
	}
	return false
}

// nobodySuffix names the case without the events of another.
const nobodySuffix = ".nobody"

// Name is what the change is split into.
func (s Split) Name() string { return s.Parts[0].Name + " and " + s.Parts[1].Name }

// Part is one part of a change and the case that has it alone.
type Part struct {
	Name string `json:"name"`
	Case string `json:"case"`
}

// The remaining parts of a split change.
const (
	interactionPart = "interaction"
	totalPart       = "total"
)

// comparisonTables describes the tables that a comparison adds.
func comparisonTables(c *Comparison) []*table.Table {
	text := func(name, meaning string) table.Column {
		return table.Column{Name: name, Kind: table.Text, Meaning: meaning}
	}
	number := func(name, meaning string) table.Column {
		return table.Column{Name: name, Kind: table.Number, Meaning: meaning}
	}
	date := text("date", "last day of the step (ISO)")
	metric := text("metric", "a column of market")
	n := table.Column{Name: "n", Kind: table.Integer, Meaning: "replications in which both cases define the metric"}
	difference := []table.Column{
		number("difference", "mean of the paired differences, in the unit of the metric"),
		number("se", "standard error of that mean; empty below two pairs"),
		number("low", "lower end of the 95 % interval (Student's t)"),
		number("high", "upper end of the 95 % interval"),
	}
	out := []*table.Table{table.New(comparisonTable, append(append([]table.Column{text("case", "the alternative; the base is the first case"), date, metric, n,
		number("base_mean", "mean of the base over those replications"), number("alternative_mean", "mean of the alternative over those replications")},
		difference...), number("noise_saved", "1 − Var(difference)/(Var(base) + Var(alternative)): the part of the variance that common random numbers took away"))...)}
	if len(c.Splits) > 0 {
		out = append(out, table.New(effectsTable, append([]table.Column{text("case", "the case whose change is split"),
			text("split", "into what the change is split: assumptions and policies (events included), or access and performance"),
			text("part", "one of the two, interaction, or total"), date, metric, n}, difference...)...))
	}
	return out
}

// outputs describes every table of the plan's folder.
func (p *plan) outputs() []*table.Table {
	all := Tables()
	if p.Compare == nil {
		return all
	}
	last := len(all) - 1 // the dictionary
	return append(append(append([]*table.Table{}, all[:last]...), comparisonTables(p.Compare)...), all[last])
}

// sample is a metric in a case by replication, at each recorded date; NaN where a replication failed.
type sample struct {
	dates  map[string]int
	values []*run // by replication; nil for a failed one
}

// at lists the values of a metric at a date, ok false where the case has no such date.
func (s sample) at(date string, metric int) ([]float64, bool) {
	d, ok := s.dates[date]
	if !ok {
		return nil, false
	}
	out := make([]float64, len(s.values))
	for r, v := range s.values {
		out[r] = math.NaN()
		if v != nil {
			out[r] = v.Market[d*len(sim.Metrics)+metric]
		}
	}
	return out, true
}

// sampleOf reads the market values of a case over the first n replications. A case without chance, run once, has its value in all.
func (a *assembly) sampleOf(index, n int) (sample, error) {
	c := a.cases[index]
	s := sample{dates: map[string]int{}, values: make([]*run, n)}
	for d, at := range c.calendar {
		s.dates[at.Date] = d
	}
	for r := range s.values {
		if r >= c.replications(n) {
			s.values[r] = s.values[0]
			continue
		}
		got, err := a.journal.read(runKey{index, r + 1})
		if err != nil {
			return s, err
		}
		if got.Failure == nil {
			s.values[r] = &run{Market: got.Market}
		}
	}
	return s, nil
}

// compare writes the tables of the comparison from the first n replications.
func (a *assembly) compare(n int) error {
	if a.Compare == nil {
		return nil
	}
	index := map[string]int{}
	samples := map[string]sample{}
	pairs := 1 // where all replications are alike
	for i, c := range a.cases {
		index[c.name] = i
		pairs = max(pairs, c.replications(n))
	}
	get := func(name string) (sample, error) {
		if s, ok := samples[name]; ok {
			return s, nil
		}
		s, err := a.sampleOf(index[name], pairs)
		if err == nil {
			samples[name] = s
		}
		return s, err
	}
	first := a.cases[0]
	for _, name := range a.Compare.Alternatives {
		base, err := get(first.name)
		if err != nil {
			return err
		}
		other, err := get(name)
		if err != nil {
			return err
		}
		if err := a.compareCase(name, a.cases[index[name]], base, other); err != nil {
			return err
		}
	}
	for _, s := range a.Compare.Splits {
		var cases [4]sample
		for i, name := range []string{s.None, s.Parts[0].Case, s.Parts[1].Case, s.Case} {
			var err error
			if cases[i], err = get(name); err != nil {
				return err
			}
		}
		if err := a.splitCase(s, a.cases[index[s.Case]], cases); err != nil {
			return err
		}
	}
	return nil
}

// compareCase writes the rows of one alternative.
func (a *assembly) compareCase(name string, c *kase, base, other sample) error {
	for _, at := range c.calendar {
		for i, m := range sim.Metrics {
			x, ok := base.at(at.Date, i)
			if !ok {
				continue
			}
			y, _ := other.at(at.Date, i)
			d := analysis.Paired(x, y)
			a.row.Reset().Text(name).Text(at.Date).Text(m.Name).Integer(int64(d.Replications)).Number(d.Base).Number(d.Alternative)
			a.row.Number(d.Change.Value).Number(d.SE).Number(d.Change.Low).Number(d.Change.High).Number(d.VarianceSaved)
			if err := a.sheets[comparisonTable].add(&a.row); err != nil {
				return err
			}
		}
	}
	return nil
}

// splitCase writes the parts of one change: cases are those with neither part, the first, the second, and both.
func (a *assembly) splitCase(s Split, c *kase, cases [4]sample) error {
	for _, at := range c.calendar {
		for i, m := range sim.Metrics {
			var v [4][]float64
			there := true
			for k := range cases {
				x, ok := cases[k].at(at.Date, i)
				v[k], there = x, there && ok
			}
			if !there {
				continue
			}
			sum := make([]float64, len(v[0])) // what the parts would give if they only added up
			for r := range sum {
				sum[r] = v[1][r] + v[2][r] - v[0][r]
			}
			for _, part := range []struct {
				name string
				d    analysis.Difference
			}{
				{s.Parts[0].Name, analysis.Paired(v[0], v[1])},
				{s.Parts[1].Name, analysis.Paired(v[0], v[2])},
				{interactionPart, analysis.Paired(sum, v[3])},
				{totalPart, analysis.Paired(v[0], v[3])},
			} {
				a.row.Reset().Text(s.Case).Text(s.Name()).Text(part.name).Text(at.Date).Text(m.Name).Integer(int64(part.d.Replications))
				a.row.Number(part.d.Change.Value).Number(part.d.SE).Number(part.d.Change.Low).Number(part.d.Change.High)
				if err := a.sheets[effectsTable].add(&a.row); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
