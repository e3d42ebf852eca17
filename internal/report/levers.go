package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/results"
	"simulate/sim/scenario"
)

// pulled is a policy as cases have it in the same words.
type pulled struct {
	policy sim.Policy
	said   []scenario.Statement
	cases  []string
}

// leverParts say of each policy what it does, what theory expects and what was seen, and of each
// shock what it is.
func (f *folder) leverParts(o *compare.Outcome) ([]part, error) {
	var parts []part
	for _, p := range f.policies() {
		heading := p.policy.Label
		if id := strings.ReplaceAll(p.policy.ID, "_", " "); !strings.EqualFold(id, heading) {
			heading += " (" + p.policy.ID + ")"
		}
		about := text{Text: "In force " + f.span(p) + "."}
		if len(f.cases()) > 1 {
			about.Text = "In " + strings.Join(p.cases, ", ") + ": in force " + f.span(p) + "."
		}
		parts = append(parts, part{Heading: heading, Text: []text{about}},
			part{Table: stated(p.policy.Label+": what the scenario says", "policies."+p.policy.ID+".", p.said)})
		for _, l := range p.policy.Effects() {
			seen, err := f.seen(o, p, l)
			if err != nil {
				return nil, err
			}
			parts = append(parts, expectation(l), seen)
		}
	}
	if len(parts) == 0 && f.main() != nil {
		parts = append(parts, missing("There is no policy."))
	}
	for _, problem := range f.problems {
		parts = append(parts, missing("%s. Its policies and events are not described.", problem))
	}
	return append(parts, f.shocks()...), nil
}

// policies are those of all cases, each once.
func (f *folder) policies() []*pulled {
	var out []*pulled
	for _, c := range f.casesWithScenario() {
		s := f.scenarioNamed(c.Name)
		for _, p := range s.Config().Policies {
			said := s.Stated("policies." + p.ID)
			k := slices.IndexFunc(out, func(q *pulled) bool { return q.policy.ID == p.ID && slices.Equal(q.said, said) })
			if k < 0 {
				k = len(out)
				out = append(out, &pulled{policy: p, said: said})
			}
			out[k].cases = append(out[k].cases, c.Name)
		}
	}
	return out
}

// casesWithScenario are the cases shown whose scenario can be read; a folder without cases has the
// one of its scenario.
func (f *folder) casesWithScenario() []results.Case {
	var out []results.Case
	for _, c := range f.cases() {
		if f.scenarioOf(c.Name) != nil {
			out = append(out, c)
		}
	}
	if s := f.main(); len(f.manifest.Cases) == 0 && s != nil {
		out = append(out, results.Case{Name: s.Name, Title: s.Title, Start: s.Start})
	}
	return out
}

// scenarioNamed is that of a case, or the only one of a folder without cases.
func (f *folder) scenarioNamed(name string) *scenario.Scenario {
	if s := f.scenarioOf(name); s != nil {
		return s
	}
	return f.main()
}

// span is the time in which a policy is in force.
func (f *folder) span(p *pulled) string {
	text := "from " + quantity.DayOf(p.policy.From)
	if from, latest := f.begins(p.cases[0], p.policy); latest > from {
		text = fmt.Sprintf("from a day between %s and %s, drawn for each run,", quantity.DayOf(from), quantity.DayOf(latest))
	}
	if math.IsInf(p.policy.Until, 1) {
		return text + " for good"
	}
	if until, latest := f.ends(p.cases[0], p.policy); latest > until {
		return fmt.Sprintf("%s until a day between %s and %s, drawn for each run", text, quantity.DayOf(until),
			quantity.DayOf(latest))
	}
	return text + " until " + quantity.DayOf(p.policy.Until)
}

// begins are the earliest and the latest date of all runs of a case at which a policy begins.
func (f *folder) begins(name string, p sim.Policy) (from, latest float64) {
	for _, m := range f.caseNamed(name).Markers {
		if m.Kind == "policy" && m.Label == p.Label && m.Latest > 0 {
			return m.Date, m.Latest
		}
	}
	return p.From, p.From
}

// ends are the earliest and the latest date of all runs of a case at which a policy ends.
func (f *folder) ends(name string, p sim.Policy) (until, latest float64) {
	for _, m := range f.caseNamed(name).Markers {
		if m.Kind == "policy" && m.Label == p.Label && m.Ended > 0 {
			return m.Until, m.Ended
		}
	}
	return p.Until, p.Until
}

// stated is the table of what a scenario says of a policy or shock, whose paths begin with the
// prefix.
func stated(caption, prefix string, said []scenario.Statement) *grid {
	g := &grid{Caption: caption, Columns: columns("parameter", "value", "range for designs", "source")}
	for _, s := range said {
		key := strings.TrimPrefix(s.Path, prefix)
		if key == "label" {
			continue
		}
		from := source(s.Source)
		from.Small = s.Note
		g.Rows = append(g.Rows, row{Cells: []cell{{Text: key, Code: true}, {Text: s.Value}, {Text: orDash(s.Range)}, from}})
	}
	return g
}

// expectation says what theory expects of a lever and why.
func expectation(l sim.Effect) part {
	var clauses []string
	for _, c := range l.Clauses() {
		title, _, _ := metricWords(c.Metric)
		clauses = append(clauses, title+" "+map[int]string{1: "rises", -1: "falls", 0: "may move either way"}[c.Way])
	}
	where := ""
	if l.When != "" {
		where = ", where " + string(l.When)
	}
	expected := text{Lead: "Theory expects", Text: strings.Join(clauses, "; ") + where + ": " + l.Why + "."}
	if l.Ambiguous {
		expected.Lead = "Theory gives no sign"
		expected.Text += " The outcome is reported, not expected."
	}
	return part{Text: []text{{Lead: "Lever", Code: l.Name, Text: "No effect, bit for bit, at " + l.Neutral + "."},
		expected}}
}

// seen is what a lever did where the folder holds a case without the policy.
func (f *folder) seen(o *compare.Outcome, p *pulled, l sim.Effect) (part, error) {
	against := ""
	if o != nil {
		against = f.worldWithout(p)
	}
	base := f.scenarioOf(against)
	if base == nil {
		return missing("What it does is not seen here: the folder holds no case without it. simulate compare gives one " +
			"beside the other."), nil
	}
	g := &grid{Caption: "Expected and seen", Columns: columns("metric, case", "expected", "date", "#difference", "#s.e.",
		"verdict")}
	var more []string
	for _, name := range p.cases {
		others := besides(base, f.scenarioOf(name), p.policy.ID)
		for _, clause := range l.Clauses() {
			title, unit, _ := metricWords(clause.Metric)
			for _, date := range f.datesOf(o, name, p.policy) {
				d, err := o.Difference(against, name, clause.Metric, date)
				if err != nil {
					return part{}, err
				}
				n, mean, se := d.Replications, d.Change.Value, d.SE
				r := row{Cells: []cell{{Text: title, Small: strings.TrimSuffix(name+", "+unit, ", ")},
					{Text: map[int]string{1: "rises", -1: "falls", 0: "either way"}[clause.Way]},
					{Text: date}, {Text: signed(mean)}, {Text: human(se)}, {Text: verdict(l, clause, n, mean, se, len(others) == 0)}}}
				g.Rows = append(g.Rows, r)
			}
		}
		if len(others) > 0 {
			more = append(more, fmt.Sprintf("%s differs from %s in %s too, so that the difference is that of all together.",
				name, against, shortList(others)))
		}
	}
	g.Note = strings.Join(append([]string{"Paired differences to " + against + ", a year after the policy begins " +
		"and at the end of the run or of the policy. Clear is more than two standard errors from zero."}, more...), " ")
	return part{Table: g}, nil
}

// worldWithout is the case against which a policy is seen: the base of a case that has it, or the
// first case, as far as that has not got it; "" for none.
func (f *folder) worldWithout(p *pulled) string {
	var names []string
	for _, name := range p.cases {
		names = append(names, f.caseNamed(name).Base)
	}
	names = append(slices.Compact(names), f.manifest.Cases[0].Name)
	for _, name := range names {
		s := f.scenarioOf(name)
		if s != nil && !slices.Contains(p.cases, name) && !slices.ContainsFunc(s.Config().Policies,
			func(q sim.Policy) bool { return q.ID == p.policy.ID }) {
			return name
		}
	}
	return ""
}

// datesOf are a year after the start of a policy and the last date at which it holds.
func (f *folder) datesOf(o *compare.Outcome, name string, p sim.Policy) []string {
	all := o.Dates(name)
	if len(all) == 0 {
		return nil
	}
	end := all[len(all)-1]
	if !math.IsInf(p.Until, 1) {
		for _, date := range all {
			if date < quantity.DayOf(p.Until) {
				end = date
			}
		}
	}
	_, latest := f.begins(name, p)
	if year := o.YearAfter(name, latest); year != "" && year < end {
		return []string{year, end}
	}
	return []string{end}
}

// verdict holds a mean difference over n pairs against what is expected, where nothing but the
// policy differs.
func verdict(l sim.Effect, c sim.Clause, n int, mean, se float64, alone bool) string {
	clear := math.Abs(mean) > 2*se
	switch {
	case n == 0:
		return "not defined"
	case !alone:
		return "not judged: more differs"
	case l.Hangs != "":
		return "not judged: depends on " + l.Hangs
	case math.IsNaN(se) && c.Way != 0:
		return "one pair, no standard error"
	case !clear:
		return "no clear difference"
	case c.Way == 0:
		return "reported"
	case mean*float64(c.Way) > 0:
		return "as expected"
	}
	return "against expectation"
}

// besides lists in what two scenarios differ other than one policy.
func besides(a, b *scenario.Scenario, policy string) []string {
	if b == nil {
		return nil
	}
	assumptions, changes := scenario.Differences(a, b)
	if i := slices.Index(changes, "policies"); i >= 0 { // only one of the two has any
		changes = slices.Delete(changes, i, i+1)
		for _, p := range slices.Concat(a.Config().Policies, b.Config().Policies) {
			changes = append(changes, "policies."+p.ID)
		}
	}
	var out []string
	for _, path := range append(assumptions, changes...) {
		path = whole(path)
		if path != "policies."+policy && !strings.HasPrefix(path, "policies."+policy+".") && !slices.Contains(out, path) {
			out = append(out, path)
		}
	}
	return out
}

// whole is the path of a dated value's whole.
func whole(path string) string {
	before, _, _ := strings.Cut(path, ".values.")
	return before
}

// shortList names the first few.
func shortList(words []string) string {
	const most = 4
	if len(words) > most {
		return strings.Join(words[:most], ", ") + fmt.Sprintf(" and %d more", len(words)-most)
	}
	return strings.Join(words, ", ")
}

// shocks lists the shocks of all cases, each once.
func (f *folder) shocks() []part {
	type shock struct {
		said  []scenario.Statement
		cases []string
	}
	var all []*shock
	for _, c := range f.casesWithScenario() {
		for n := 0; ; n++ {
			at := fmt.Sprintf("events.%d", n)
			said := f.scenarioNamed(c.Name).Stated(at)
			if said == nil {
				break
			}
			for i := range said {
				said[i].Path = strings.TrimPrefix(strings.TrimPrefix(said[i].Path, at+"."), "shock.")
			}
			k := slices.IndexFunc(all, func(s *shock) bool { return slices.Equal(s.said, said) })
			if k < 0 {
				k = len(all)
				all = append(all, &shock{said: said})
			}
			all[k].cases = append(all[k].cases, c.Name)
		}
	}
	var parts []part
	for _, s := range all {
		name := statementAt(s.said, "label").Value
		if name == "" {
			name = "Shock at " + statementAt(s.said, "lab").Value
		}
		g := stated(name+": what the scenario says", "", s.said)
		if len(f.cases()) > 1 {
			g.Note = "In " + strings.Join(s.cases, ", ") + "."
		}
		parts = append(parts, part{Heading: "Shock: " + name, Table: g})
	}
	return parts
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
