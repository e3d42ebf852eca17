package results

import (
	"simulate/sim"
	"simulate/sim/table"
)

// The tables of a results folder, in the order of the manifest.
const (
	MarketTable         = "market"
	SegmentsTable       = "segments"
	LabsTable           = "labs"
	LabSegmentsTable    = "lab_segments"
	LabsSummaryTable    = "labs_summary"
	SummaryTable        = "summary"
	SegmentSummaryTable = "segment_summary"
	EventsTable         = "events"
	InputsTable         = "inputs"
	DictionaryTable     = "dictionary"
)

// Tables describes every table of a results folder by its columns. The dictionary is made from it.
func Tables() []*table.Table {
	text := func(name, meaning string) table.Column {
		return table.Column{Name: name, Kind: table.Text, Meaning: meaning}
	}
	number := func(name, unit, meaning string) table.Column {
		return table.Column{Name: name, Kind: table.Number, Unit: unit, Meaning: meaning}
	}
	caseOf := text("case", "scenario")
	replication := table.Column{Name: "replication", Kind: table.Integer, Meaning: "number of the run within its case, " +
		"from 1; equal numbers share their luck across cases"}
	date := text("date", "last day of the step (ISO); the first row is the day before the start")
	lab := []table.Column{text("lab", "id of the lab; class#k is member k of a class"), text("region",
		"region of the lab"),
		text("archetype", "platform, independent or public"), text("openness", "closed, delayed or open, as the scenario "+
			"gives it")}
	segment := text("segment", "market segment")
	stats := []table.Column{
		{Name: "n", Kind: table.Integer, Meaning: "replications in which the value is defined"},
		number("mean", "", "mean over those replications, in the unit of the variable"),
		number("se", "", "standard error of the mean: of the luck of the replications, and of the reference path where "+
			"se_reference is given"),
		number("se_reference", "", "part of se that replications share, from the luck of the reference runs; empty where it "+
			"was not measured: below 16 replications, in sweeps, and where the reference is one deterministic run"),
		number("low", "", "lower end of the 95 % interval of the mean (Student's t, degrees of freedom by Satterthwaite); "+
			"empty where the replications do not differ"),
		number("high", "", "upper end of that interval"),
		number("sd", "", "standard deviation over replications (divisor n − 1)"),
		number("q05", "", "5 % quantile over replications (R's type 7)"),
		number("q25", "", "25 % quantile"),
		number("q50", "", "median"),
		number("q75", "", "75 % quantile"),
		number("q95", "", "95 % quantile"),
	}
	withoutSE := append(append([]table.Column{}, stats[:2]...), stats[6:]...)
	join := func(parts ...[]table.Column) (out []table.Column) {
		for _, p := range parts {
			out = append(out, p...)
		}
		return out
	}
	one := func(c ...table.Column) []table.Column { return c }

	var market, segments, labs, positions []table.Column
	for _, m := range sim.Metrics {
		market = append(market, number(m.Name, m.Unit, m.Meaning))
	}
	for _, m := range sim.SegmentMetrics {
		segments = append(segments, number(m.Name, m.Unit, m.Meaning))
	}
	for _, v := range sim.LabVariables() {
		c := number(v.Name, v.Unit, v.Meaning)
		if v.Unit == "date" {
			c.Kind, c.Unit = table.Text, "ISO date"
		}
		labs = append(labs, c)
	}
	for _, v := range sim.PositionVariables {
		positions = append(positions, number(v.Name, v.Unit, v.Meaning))
	}
	return []*table.Table{
		table.New(MarketTable, join(one(caseOf, replication, date), market)...),
		table.New(SegmentsTable, join(one(caseOf, replication, date, segment), segments)...),
		table.New(LabsTable, join(one(caseOf, replication, date), lab, labs)...),
		table.New(LabSegmentsTable, join(one(caseOf, replication, date), lab[:1], one(segment), positions)...),
		table.New(LabsSummaryTable, join(one(caseOf, date), lab, one(text("variable", "a column of labs that holds "+
			"numbers")), withoutSE)...),
		table.New(SummaryTable, join(one(caseOf, date, text("metric", "a column of market")), stats)...),
		table.New(SegmentSummaryTable, join(one(caseOf, date, segment, text("metric", "a column of segments")), stats)...),
		table.New(EventsTable, caseOf, replication,
			text("date", "first day of the step in which a shock or policy takes effect, otherwise the last day of the step "+
				"in which it happened (ISO)"),
			text("kind", "what happened: shock, policy, release, adoption, entry, exit, acquisition or blocked (the bidder "+
				"that would gain most by a lab for sale is barred by a merger rule)"), text("subject",
				"lab or policy it happened to"), text(
				"detail",
				"in words: what begins or ends, or reaches no lab; the label of a shock; the openness of a lab that releases; "+
					"where an entrant comes from; who buys or bids",
			),
			number("value", "", "multiplier of a shock; capability of a release or adoption [OOM above GPT-4]; budget of an "+
				"entrant [USD/yr]")),
		inputsTable(),
		newDictionary(),
	}
}

// Always are the tables that every experiment leaves, whatever is asked for: the last of Tables.
func Always() []*table.Table { all := Tables(); return all[len(all)-2:] }

// FileOf is the file of a table in a folder whose tables have a format. Inputs are CSV in any.
func FileOf(name, format string) string {
	if name == InputsTable {
		format = "csv"
	}
	return name + "." + format
}

// newDictionary describes the dictionary.
func newDictionary() *table.Table {
	text := func(name, meaning string) table.Column {
		return table.Column{Name: name, Kind: table.Text, Meaning: meaning}
	}
	return table.New(DictionaryTable, text("table", "table that has the column"), text("column", "name of the column"),
		text("unit", "unit of its values; empty for text and pure numbers"), text("meaning", "what it says"),
		text("type", "text, date (ISO day), integer (always there) or number (empty where undefined)"))
}

// DictionaryOf lists every column of the tables of a folder with its unit, meaning and type. The
// dictionary is the last of them.
func DictionaryOf(tables []*table.Table) *table.Table {
	out := tables[len(tables)-1]
	describe(out, tables)
	return out
}

func describe(out *table.Table, tables []*table.Table) {
	for _, t := range tables {
		for _, c := range t.Columns {
			out.Append(t.Name, c.Name, c.Unit, c.Meaning, typeOf(c))
		}
	}
}

// typeOf is what cells of a column are.
func typeOf(c table.Column) string {
	if c.Kind == table.Text && (c.Name == "date" || c.Unit == "ISO date") {
		return "date"
	}
	return c.Kind.String()
}

// NewDictionary is the dictionary of tables, without itself.
func NewDictionary(tables []*table.Table) *table.Table {
	out := newDictionary()
	describe(out, tables)
	return out
}
