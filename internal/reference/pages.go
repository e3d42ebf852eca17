package reference

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"simulate/plots"
	"simulate/sim"
	"simulate/sim/concentration"
	"simulate/sim/design"
	"simulate/sim/experiment/results"
	"simulate/sim/scenario"
)

// Blocks are the generated parts of the documents, by name, but those that a test reads from the
// program or from source.
func Blocks() map[string]string {
	return map[string]string{
		"keys":            keyTable(),
		"levers":          leverTable(),
		"parameters":      parameterSections(),
		"lab_fields":      parameterTable(Matching("labs")),
		"segment_fields":  parameterTable(Matching("segments")),
		"tables":          tablesTable(),
		"metrics":         metricTable(),
		"segment_metrics": segmentMetricTable(),
		"lab_variables":   labVariableTable(),
		"measures":        measureTable(),
		"figures":         figureTable(),
		"designs":         designTable(),
		"scenarios":       scenarioTable(),
		"scenario_titles": scenarioTitles(),
		"schedule":        scheduleTable(),
		"entities":        entityTables(),
	}
}

// parameterSections is a table per group of parameters, those of a process headed by what it does.
func parameterSections() string {
	var b strings.Builder
	t := reflect.TypeOf(sim.Parameters{})
	for i := range t.NumField() {
		group := t.Field(i)
		name := sim.SnakeCase(group.Name)
		fmt.Fprintf(&b, "### %s\n\n", name)
		for _, p := range sim.Schedule {
			if p.Name == name {
				fmt.Fprintf(&b, "The process `%s`: %s.\n\n", name, p.Meaning)
			}
		}
		b.WriteString(parameterTable(Matching(name)) + "\n")
	}
	return b.String()
}

func parameterTable(list []Parameter) string {
	header := []string{"parameter", "symbol", "default", "unit", "allowed", "90 %", "meaning", "source"}
	var rows [][]string
	for _, p := range list {
		if p.Field.Path != "" {
			rows = append(rows, []string{code(p.Path), p.Symbol, p.Default, p.Unit, p.Allowed, p.Interval, p.Meaning, p.Source})
		}
	}
	rows = withoutEmpty(&header, rows)
	return Markdown(header, rows)
}

// withoutEmpty drops columns in which every cell is empty.
func withoutEmpty(header *[]string, rows [][]string) [][]string {
	var keep []int
	for c := range *header {
		for _, r := range rows {
			if r[c] != "" {
				keep = append(keep, c)
				break
			}
		}
	}
	pick := func(cells []string) []string {
		var out []string
		for _, c := range keep {
			out = append(out, cells[c])
		}
		return out
	}
	*header = pick(*header)
	for i := range rows {
		rows[i] = pick(rows[i])
	}
	return rows
}

// tablesTable lists the columns of each table but the metrics and variables, which have sections of
// their own.
func tablesTable() string {
	own := map[string]bool{}
	for _, m := range sim.Metrics {
		own[m.Name] = true
	}
	for _, m := range sim.SegmentMetrics {
		own[m.Name] = true
	}
	for _, v := range sim.LabVariables() {
		own[v.Name] = true
	}
	var rows [][]string
	for _, t := range results.Tables() {
		rest := ""
		for _, c := range t.Columns {
			if own[c.Name] {
				rest = "…"
				continue
			}
			rows = append(rows, []string{code(t.Name), code(c.Name), c.Meaning})
		}
		if rest != "" {
			rows = append(rows, []string{code(t.Name), rest, "one column per row of the section below"})
		}
	}
	return Markdown([]string{"table", "column", "meaning"}, rows)
}

func metricTable() string {
	var rows [][]string
	for _, m := range sim.Metrics {
		rows = append(rows, []string{code(m.Name), m.Unit, m.Meaning})
	}
	return Markdown([]string{"metric", "unit", "meaning"}, rows)
}

func segmentMetricTable() string {
	var rows [][]string
	for _, m := range sim.SegmentMetrics {
		rows = append(rows, []string{code(m.Name), m.Unit, m.Meaning})
	}
	return Markdown([]string{"metric of a segment", "unit", "meaning"}, rows)
}

func labVariableTable() string {
	var rows [][]string
	for _, v := range sim.LabVariables() {
		rows = append(rows, []string{code(v.Name), v.Unit, v.Meaning})
	}
	return Markdown([]string{"variable of a lab", "unit", "meaning"}, rows)
}

func measureTable() string {
	var rows [][]string
	for _, m := range concentration.Measures {
		rows = append(rows, []string{code(m.Name), m.Range, m.Formula, m.Meaning})
	}
	return Markdown([]string{"measure", "range", "formula", "meaning"}, rows)
}

func figureTable() string {
	var rows [][]string
	for _, f := range plots.Figures {
		rows = append(rows, []string{code(f.Name), f.Title, f.Meaning})
	}
	return Markdown([]string{"figure", "title", "shows"}, rows)
}

func designTable() string {
	var rows [][]string
	for _, d := range design.Designs {
		rows = append(rows, []string{code(d.Name), d.Meaning})
	}
	return Markdown([]string{"design", "points"}, rows)
}

func scenarioTable() string {
	var rows [][]string
	for _, s := range scenario.Builtins() {
		rows = append(rows, []string{code(s.Name), s.Title, oneLine(s.Description)})
	}
	return Markdown([]string{"scenario", "title", "description"}, rows)
}

func leverTable() string {
	var rows [][]string
	for _, l := range sim.Levers {
		for _, e := range l.Effects {
			var expected []string
			for _, clause := range strings.Split(e.Expected, "; ") {
				metric, way, _ := strings.Cut(clause, " ")
				expected = append(expected, code(metric)+" "+way)
			}
			clauses := strings.Join(expected, "; ")
			if e.When != "" {
				clauses += ", where " + string(e.When)
			}
			rows = append(rows, []string{code(e.Name), settings(l, e), code(e.Example), code(e.Neutral), clauses, e.Why})
		}
	}
	return Markdown([]string{"lever", "keys", "example", "neutral value", "expected", "why"}, rows)
}

// settings lists the keys of a way to use a lever, numbers with their units.
func settings(l *sim.Lever, e sim.Effect) string {
	if l.ByPath {
		return "any scalar by PATH: market.eta, labs.ID.talent, segments.ID.switching"
	}
	var keys []string
	for _, k := range l.Keys {
		if e.Keys != nil && !slices.Contains(e.Keys, k.Name) {
			continue
		}
		text := k.Name
		switch {
		case k.Or != nil:
			text += " [" + k.Unit + " or " + k.Or.Unit + "]"
		case k.Unit != "" && k.Unit != "1":
			text += " [" + k.Unit + "]"
		}
		keys = append(keys, text)
	}
	return strings.Join(keys, ", ")
}

func scheduleTable() string {
	var rows [][]string
	for i, p := range sim.Schedule {
		var levers []string
		for _, l := range p.Levers {
			levers = append(levers, code(l.Name))
		}
		rows = append(rows, []string{fmt.Sprint(i + 1), code(p.Name), p.Meaning, strings.Join(levers, ", ")})
	}
	return Markdown([]string{"", "process", "what happens", "levers that act in it"}, rows)
}

// entityTables lists the recorded state variables of each entity.
func entityTables() string {
	var b strings.Builder
	for _, e := range []any{sim.LabState{}, sim.Supplier{}, sim.Segment{}, sim.Commons{}} {
		t := reflect.TypeOf(e)
		header := []string{"state variable", "symbol", "unit", "meaning"}
		var rows [][]string
		for i := range t.NumField() {
			f := t.Field(i)
			unit := f.Tag.Get("unit")
			if unit == "" {
				continue
			}
			if unit == "1" {
				unit = ""
			}
			rows = append(rows, []string{code(sim.SnakeCase(f.Name)), f.Tag.Get("symbol"), unit,
				meaning(t.Name() + "." + f.Name)})
		}
		rows = withoutEmpty(&header, rows)
		fmt.Fprintf(&b, "**%s**\n\n%s\n", strings.TrimSuffix(t.Name(), "State"), Markdown(header, rows))
	}
	return b.String()
}

func code(s string) string { return "`" + s + "`" }

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
