package compare

import (
	"simulate/sim"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/table"
)

// decompositionTable is what the change of a case consists of.
const decompositionTable = "decomposition"

// The remaining parts of a split change.
const (
	interactionPart = "interaction"
	totalPart       = "total"
)

// newDecomposition describes the table decomposition.
func newDecomposition() *table.Table {
	text := func(name, meaning string) table.Column {
		return table.Column{Name: name, Kind: table.Text, Meaning: meaning}
	}
	number := func(name, meaning string) table.Column {
		return table.Column{Name: name, Kind: table.Number, Meaning: meaning}
	}
	return table.New(decompositionTable,
		text("case", "the case whose change is split"),
		text("split", "into what the change is split: assumptions and policies (events included), or access and "+
			"performance"),
		text("part", "one of the two, interaction, or total"),
		text("date", "last day of the step (ISO)"),
		text("metric", "a column of market"),
		table.Column{Name: "n", Kind: table.Integer, Meaning: "replications in which all cases define the metric"},
		number("effect", "mean of the paired differences that the part makes, in the unit of the metric"),
		number("se", "standard error of that mean; empty below two pairs"),
		number("low", "lower end of the 95 % interval (Student's t)"),
		number("high", "upper end of the 95 % interval"))
}

// supplement is a comparison as it adds to the tables of an experiment.
type supplement struct{ of *results.Comparison }

// Tables adds the tables of a comparison to an experiment; nil for none.
func Tables(c *results.Comparison) run.Supplement {
	if c == nil {
		return nil
	}
	return supplement{c}
}

func (c supplement) Comparison() *results.Comparison { return c.of }

func (c supplement) Tables() []*table.Table {
	out := []*table.Table{newEffects(len(c.of.Alternatives))}
	if len(c.of.Splits) > 0 {
		out = append(out, newDecomposition())
	}
	return out
}

func (c supplement) Write(sample func(string) (*run.Sample, error), write func(string, *table.Record) error) error {
	for _, name := range c.of.Alternatives {
		against := c.of.Base(name)
		first, err := sample(against)
		if err != nil {
			return err
		}
		other, err := sample(name)
		if err != nil {
			return err
		}
		if err := writeEffects(first, other, 0, len(c.of.Alternatives), write); err != nil {
			return err
		}
	}
	for _, s := range c.of.Splits {
		var cases [4]*run.Sample
		for i, name := range []string{s.None, s.Parts[0].Case, s.Parts[1].Case, s.Case} {
			var err error
			if cases[i], err = sample(name); err != nil {
				return err
			}
		}
		if err := writeSplit(s, cases, write); err != nil {
			return err
		}
	}
	return nil
}

// writeSplit writes the parts of one change: cases are those with neither part, the first, the
// second, and both.
func writeSplit(s results.Split, cases [4]*run.Sample, write func(string, *table.Record) error) error {
	var row table.Record
	for _, date := range cases[3].Dates {
		for i, m := range sim.Metrics {
			var v [4][]float64
			there := true
			for k := range cases {
				x, ok, err := cases[k].At(date, i)
				if err != nil {
					return err
				}
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
				row.Reset().Text(s.Case).Text(s.Name()).Text(part.name).Text(date).Text(m.Name).Integer(int64(part.d.Replications))
				row.Number(part.d.Change.Value).Number(part.d.SE).Number(part.d.Change.Low).Number(part.d.Change.High)
				if err := write(decompositionTable, &row); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
