package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"simulate/internal/quantity"
	"simulate/internal/reference"
	"simulate/plots"
	"simulate/sim"
	"simulate/sim/observed"
	"simulate/sim/scenario"
)

// assumptions are the numbers that differ from their defaults, and all inputs with their sources.
func (f *folder) assumptions() []part {
	s := f.main()
	if s == nil {
		if len(f.problems) > 0 {
			return []part{missing("%s.", f.problems[0])}
		}
		return []part{missing("The folder holds no scenario.yaml, so that its inputs cannot be listed.")}
	}
	assumed, total := 0, 0
	for _, o := range s.Stated("") {
		if o.Source != "" {
			total++
		}
		if scenario.IsAssumption(o.Source) {
			assumed++
		}
	}
	parts := []part{{Text: []text{{Text: fmt.Sprintf("The scenario names a source for %s; %s of these are assumptions, "+
		"marked as such. What is not listed is at its default; these are explained, with their sources, by",
		quantity.Plural(total, "input"), quantity.Count(assumed)), Code: "simulate params"}}}}
	parts = append(parts, f.changedParameters(s)...)
	parts = append(parts, f.comparedInputs()...)
	parts = append(parts, inputGroups(s)...)
	if used := attributions(s); len(used) > 0 {
		parts = append(parts, part{Text: used})
	}
	return parts
}

// changedParameters is the table of parameters that are not at their default.
func (f *folder) changedParameters(s *scenario.Scenario) []part {
	g := &grid{Caption: "Parameters that differ from their defaults", Columns: columns("parameter", "value", "default",
		"unit", "90 % interval", "source")}
	if len(f.cases()) > 1 {
		g.Caption += ", in " + f.cases()[0].Name
	}
	said := map[string]scenario.Statement{}
	for _, at := range s.Stated("parameters") {
		said[strings.TrimPrefix(at.Path, "parameters.")] = at
	}
	for _, o := range s.Origins() {
		path := strings.TrimPrefix(o.Path, "parameters.")
		if _, parameter := sim.LookUp(path); !parameter || o.Default {
			continue
		}
		p := reference.Matching(path)[0]
		value := cell{Text: o.Value}
		if l, found := s.Knob(path); found && l.Drawn() {
			value.Text = said[path].Value
			value.Small = fmt.Sprintf("drawn in each replication: median %s, 90 %% from %s to %s", written(l, l.Quantile(.5)),
				written(l, l.Quantile(.05)), written(l, l.Quantile(.95)))
		}
		interval := cell{Text: orDash(p.Interval)}
		if r := said[path].Range; r != "" {
			interval = cell{Text: r, Small: "of the scenario"}
		}
		from := source(o.Source)
		from.Small = o.Note
		g.Rows = append(g.Rows, row{Cells: []cell{{Text: path, Small: p.Meaning, Code: true}, value,
			{Text: orDash(p.Default)}, {Text: orDash(p.Unit)}, interval, from}})
	}
	var parts []part
	if len(g.Rows) == 0 {
		parts = []part{missing("All parameters of the model are at their defaults.")}
	} else {
		parts = []part{{Table: g}}
	}
	if sets := s.Stated("parameter_sets.paths"); len(sets) > 0 {
		parts = append(parts, part{Text: []text{{Lead: "Drawn together", Text: "Each replication takes a vector of these " +
			"parameters from the scenario: " + strings.Trim(sets[0].Value, "[]") + "."}}})
	}
	return parts
}

// comparedInputs list in what each further case differs from the first.
func (f *folder) comparedInputs() []part {
	cases := f.cases()
	var parts []part
	for _, c := range cases[min(1, len(cases)):] {
		base, other := f.main(), f.scenarioOf(c.Name)
		if other == nil {
			continue
		}
		assumptions, changes := scenario.Differences(base, other)
		g := &grid{Caption: c.Name + ": what differs from " + cases[0].Name, Columns: columns("input", cases[0].Name,
			c.Name, "source")}
		var paths []string
		for _, path := range append(assumptions, changes...) {
			if path = whole(path); !slices.Contains(paths, path) {
				paths = append(paths, path)
			}
		}
		for _, path := range paths {
			was, now := base.Stated(path), other.Stated(path)
			for _, at := range unionOfPaths(was, now) {
				a, b := statementAt(was, at), statementAt(now, at)
				from := source(b.Source)
				from.Small = b.Note
				g.Rows = append(g.Rows, row{Cells: []cell{{Text: at, Code: true}, {Text: orDash(a.Value)},
					{Text: orDash(b.Value)}, from}})
			}
		}
		if len(g.Rows) == 0 {
			parts = append(parts, missing("%s differs from %s in nothing.", c.Name, cases[0].Name))
			continue
		}
		parts = append(parts, part{Table: g})
	}
	return parts
}

func unionOfPaths(a, b []scenario.Statement) []string {
	var out []string
	for _, s := range slices.Concat(a, b) {
		if !slices.Contains(out, s.Path) {
			out = append(out, s.Path)
		}
	}
	return out
}

func statementAt(all []scenario.Statement, path string) scenario.Statement {
	for _, s := range all {
		if s.Path == path {
			return s
		}
	}
	return scenario.Statement{}
}

// written writes three digits of a value of a knob.
func written(l *scenario.Knob, v float64) string {
	switch {
	case len(l.Words) > 0:
		return l.Format(v)
	case l.HasWay():
		return l.Short(v, 3)
	}
	return inUnit(l.Unit, v)
}

// inUnit writes three digits of a value as scenarios do; growth, which is stored as its log rate,
// as a factor.
func inUnit(unit string, v float64) string {
	if factor := reference.Plain(v, unit); factor != v {
		return scenario.FormatQuantity("x", short(factor)) + "/yr"
	}
	if unit == "x/yr" { // of a table
		return scenario.FormatQuantity("x", short(v)) + "/yr"
	}
	if unit == "date" {
		return scenario.FormatQuantity(unit, v)
	}
	return scenario.FormatQuantity(unit, short(v))
}

// short keeps three significant digits.
func short(v float64) float64 {
	s, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 3, 64), 64)
	if err != nil {
		return v
	}
	return s
}

// inputSections are the parts of a scenario that hold observed or assumed inputs.
var inputSections = []struct{ key, title string }{
	{"labs", "Labs"}, {"segments", "Market segments"}, {"regions", "Regions"}, {"outside_buyers", "Outside buyers"},
	{"supplier", "Chip supplier"}, {"ownership", "Ownership"},
}

// inputGroups list the inputs of each section, those of a lab or segment together.
func inputGroups(s *scenario.Scenario) []part {
	var parts []part
	for _, in := range inputSections {
		said := s.Stated(in.key)
		if len(said) == 0 {
			continue
		}
		g := &grid{Caption: in.title + ": inputs and their sources", Columns: columns("input", "value", "default", "source")}
		owner, owners, assumed := "", 0, 0
		for _, at := range said {
			who, key, nested := strings.Cut(strings.TrimPrefix(at.Path, in.key+"."), ".")
			if nested && who != owner && in.key != "outside_buyers" {
				owner, owners = who, owners+1
				g.Rows = append(g.Rows, row{Group: plots.Label(who)})
			}
			if !nested || in.key == "outside_buyers" {
				key = strings.TrimPrefix(at.Path, in.key+".")
			}
			from := source(at.Source)
			from.Small = at.Note
			if from.Assumed {
				assumed++
			}
			g.Rows = append(g.Rows, row{Cells: []cell{{Text: key, Code: true}, {Text: at.Value},
				{Text: orDash(defaultOf(in.key, key))}, from}})
		}
		summary := in.title + ": " + quantity.Plural(len(said), "input")
		if owners > 1 {
			summary = fmt.Sprintf("%s (%d): %s", in.title, owners, quantity.Plural(len(said), "input"))
		}
		summary += ", " + quantity.Plural(assumed, "assumption")
		parts = append(parts, part{Details: &details{summary, []part{{Table: g}}}})
	}
	return parts
}

// defaultOf is the default of a field of a lab or segment, "" where it has none.
func defaultOf(section, key string) string {
	var fields []sim.Field
	switch section {
	case "labs":
		fields = sim.Fields(sim.LabSpec{})
	case "segments":
		fields = sim.Fields(sim.SegmentSpec{})
	}
	for _, f := range fields {
		if f.Path != key {
			continue
		}
		if f.DefaultOf != "" {
			return "that of " + f.DefaultOf
		}
		return reference.Value(f.Default, f.Unit)
	}
	return ""
}

// attributions are the lines that the licences of data ask for.
func attributions(s *scenario.Scenario) []text {
	for _, at := range s.Stated("") {
		if strings.Contains(at.Source, "Epoch AI") {
			return []text{{Text: observed.Attribution}}
		}
	}
	return nil
}
