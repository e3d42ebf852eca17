package run

import (
	"slices"

	"simulate/sim/experiment/results"
	"simulate/sim/table"
)

// Varies stands in the meaning of an input's column before what it takes.
const Varies = " that varies: "

// tables describes the tables of the sweep's folder: the design; a row per run with the last
// values; with a rhythm, market as of a run; with replications, summary; and what else is asked
// for.
func (s *Sweep) tables() []*table.Table {
	caseOf := caseOf("number of the point of the design, from 1")
	var inputs []table.Column
	for _, in := range s.paths {
		c := table.Column{Name: in.Path, Kind: table.Text, Meaning: "value of " + in.Path + Varies + in.Spec}
		if c.Unit = in.knob.TableUnit(); !in.knob.Textual() {
			c.Kind = table.Number
		}
		inputs = append(inputs, c)
	}
	out := []*table.Table{
		table.New(DesignTable, slices.Concat([]table.Column{caseOf}, inputs)...),
		runsTable(caseOf, inputs, s.what.columns()),
	}
	if draws := s.drawing().table(); draws != nil && (s.asked == nil || slices.Contains(s.asked, DrawsTable)) {
		out = append(out, draws)
	}
	if s.pairing != nil && (s.asked == nil || slices.Contains(s.asked, EffectsTable)) {
		out = append(out, s.pairing.Tables(s.heldPoints())...)
	}
	for _, t := range results.Tables() {
		columns := slices.Clone(t.Columns)
		switch {
		case slices.Contains(always, t.Name):
		case !slices.Contains(s.sheets, t.Name):
			continue
		case t.Name == results.MarketTable:
			columns = slices.Concat([]table.Column{caseOf}, columns[1:3], s.what.columns())
		case t.Name == results.SummaryTable:
			columns[0], columns[2].Meaning = caseOf, "a metric"
		default:
			columns[0] = caseOf
		}
		out = append(out, table.New(t.Name, columns...))
	}
	return out
}

// setTables settles which tables there are besides design, runs and dictionary, and what must be
// recorded for them.
func (s *Sweep) setTables(names []string) error {
	if len(names) == 0 {
		if len(s.dates) > 1 {
			s.sheets = append(s.sheets, results.MarketTable)
		}
		if s.replications > 1 {
			s.sheets = append(s.sheets, results.SummaryTable)
		}
		return nil
	}
	known := append([]*table.Table{table.New(DesignTable), table.New(RunsTable), table.New(DrawsTable)},
		results.Tables()...)
	if s.pairing != nil {
		known = append(known, table.New(EffectsTable))
	}
	asked, err := askedTables(names, known, nil, s.draws)
	if err != nil {
		return err
	}
	s.asked, s.sheets = asked, asked
	s.what.onlyFor(asked)
	return nil
}

// cell adds the value of an input to a row.
func (in *input) cell(r *table.Record, v float64) {
	if in.knob.Textual() {
		r.Text(in.knob.Cell(v))
	} else {
		r.Number(in.knob.ToTable(v))
	}
}
