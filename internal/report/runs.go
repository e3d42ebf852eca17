package report

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/results"
)

// runPage is the page of run and compare.
func (f *folder) runPage() (*page, error) {
	o, err := compare.LoadAs(f.dir, f.how)
	if err != nil {
		return nil, damaged(f.dir, err)
	}
	p := &page{Title: f.title(), Kind: "Run", Identity: f.identity()}
	if c := f.manifest.Compare; c != nil && !c.Own {
		p.Kind = "Comparison"
	}
	data, err := f.chartData(o)
	if err != nil {
		return nil, err
	}
	p.Data = data
	figures, err := f.figures()
	if err != nil {
		return nil, err
	}
	events, err := f.eventParts()
	if err != nil {
		return nil, err
	}
	results, err := f.results(o)
	if err != nil {
		return nil, err
	}
	levers, err := f.leverParts(o)
	if err != nil {
		return nil, err
	}
	repeat, err := f.repeat()
	if err != nil {
		return nil, err
	}
	front, figures, err := f.front(o, figures)
	if err != nil {
		return nil, err
	}
	whole, err := f.whoFindsIt()
	if err != nil {
		return nil, err
	}
	p.Front = front
	p.Sections = []section{
		{"scenarios", "The scenarios", f.severalLeads()},
		{"findings", "Findings", []part{listOrText(f.findings(o))}},
		{"results", "Key results", results},
		{whoFindsItID, "Who finds it decides", whole},
		{"charts", "Charts", []part{{Charts: &charts{Metrics: true, Labs: len(data.Labs.Cases) > 0,
			Differences: data.Differences != nil}}}},
		{"figures", "Figures", figures},
		{"levers", "Levers and events", append(levers, events...)},
		{"assumptions", "Assumptions", f.assumptions()},
		{"patterns", "Expected patterns", f.patterns(o)},
		{"repeat", "Repeat it", repeat},
	}
	p.Sections = slices.DeleteFunc(p.Sections, func(s section) bool {
		return s.Parts == nil && (s.ID == whoFindsItID ||
			s.ID == "scenarios")
	})
	return p, nil
}

// title is that of the scenario, or says what is compared.
func (f *folder) title() string {
	cases := f.cases()
	if len(cases) < 2 {
		return f.manifest.Title
	}
	word := func(c results.Case) string {
		if c.Title == "" {
			return c.Name
		}
		return c.Title
	}
	var others []string
	for _, c := range cases[1:] {
		others = append(others, word(c))
	}
	together := func(titles []string, most int) string {
		if len(titles) > most {
			return quantity.Plural(len(titles), "scenario")
		}
		return strings.Join(titles, "; ")
	}
	if c := f.manifest.Compare; c == nil || c.Own { // none is held against the first
		return together(append([]string{word(cases[0])}, others...), 3)
	}
	return together(others, 2) + ", compared with " + cases[0].Name
}

// findings are the sentences with which the command ends.
func (f *folder) findings(o *compare.Outcome) []text {
	lines := strings.Split(o.Summary(), "\n")
	if c := f.manifest.Compare; c != nil && !c.Own {
		lines = append(o.TellAll(compare.MainMetrics), o.Caveats()...)
	}
	lines = append(lines, compare.Lags(o.Outcome, f.highlight)...)
	var out []text
	for _, l := range lines {
		out = append(out, text{Text: exponents.ReplaceAllStringFunc(l, powerOf)})
	}
	return out
}

// exponents are numbers as 2.2e−06 in sentences.
var exponents = regexp.MustCompile(`\b[0-9.]+e[−-]?[0-9]+\b`)

// listOrText is a paragraph, or a list of several.
func listOrText(lines []text) part {
	if len(lines) == 1 {
		return part{Text: lines}
	}
	return part{List: lines}
}

// results are the tables of main metrics and, of a comparison, of differences and their parts.
func (f *folder) results(o *compare.Outcome) ([]part, error) {
	at := o.Milestones()
	if len(at) == 0 {
		return []part{missing("No run reached a recorded date, so there are no results.")}, nil
	}
	parts := []part{{Table: f.levels(o, at)}}
	compared, err := f.differences(o)
	if err != nil {
		return nil, err
	}
	decomposition, err := f.decomposition(o)
	return append(append(parts, compared...), decomposition...), err
}

// rounding is the part of a mean below which a standard error is that of sums alone.
const rounding = 1e-9

// levels states the main metrics of each case at the milestones.
func (f *folder) levels(o *compare.Outcome, at []compare.Milestone) *grid {
	g := &grid{Caption: "Main metrics: mean over replications with its standard error, and the interval that holds 90 " +
		"% of the replications"}
	g.Columns = []column{{Title: "metric"}}
	for _, m := range at {
		g.Columns = append(g.Columns, column{m.Label, "mean (s.e.)", true}, column{m.Label, "5–95 %", true})
	}
	cases := f.withBases()
	for _, metric := range compare.MainMetrics {
		if len(cases) > 1 {
			g.Columns[0].Title = "metric, case"
			title, unit, _ := metricWords(metric)
			g.Rows = append(g.Rows, row{Group: strings.TrimSuffix(title+", "+unit, ", ")})
		}
		for _, c := range cases {
			r := row{Cells: []cell{metricCell(metric)}}
			if len(cases) > 1 {
				r.Cells[0] = cell{Text: c.Name}
			}
			for _, m := range at {
				s := o.Stats(c.Name, m.Date, metric)
				mean := cell{Text: human(s.Mean)}
				if s.SE > rounding*math.Abs(s.Mean) {
					mean.Text += " (" + human(s.SE) + ")"
				}
				if s.N > 0 && s.N < c.Replications {
					mean.Small = fmt.Sprintf("defined in %d", s.N)
				}
				spread := "–"
				if s.N > 1 {
					spread = between(s.Quantiles[0], s.Quantiles[4])
				}
				r.Cells = append(r.Cells, mean, cell{Text: spread})
			}
			g.Rows = append(g.Rows, r)
		}
	}
	g.Note = "“–” means not defined. All metrics at all dates are in summary." + f.manifest.Format + "."
	return g
}

// differences are the paired differences of a comparison, a table per alternative.
func (f *folder) differences(o *compare.Outcome) ([]part, error) {
	rows, err := o.Effects()
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	var parts []part
	for _, name := range f.manifest.Compare.Alternatives {
		base := f.manifest.Compare.Base(name)
		g := &grid{Caption: name + " less " + base + ": paired differences under common random numbers"}
		g.Columns = columns("date", "#"+base, "#"+name, "#effect", "#s.e.", "#95 % interval", "#noise saved")
		for _, metric := range compare.MainMetrics {
			title, unit, _ := metricWords(metric)
			g.Rows = append(g.Rows, row{Group: strings.TrimSuffix(title+", "+unit, ", ")})
			for _, r := range rows {
				if r.Case != name || r.Metric != metric || !slices.Contains(o.TellingDates(f.caseNamed(name)), r.Date) {
					continue
				}
				g.Rows = append(g.Rows, row{Cells: []cell{{Text: r.Date}, {Text: human(r.Base)}, {Text: human(r.Alternative)},
					{Text: signed(r.Change.Value), Strong: r.Change.Low > 0 || r.Change.High < 0}, {Text: human(r.SE)},
					{Text: between(r.Change.Low, r.Change.High)}, {Text: quantity.Share(r.VarianceSaved)}}})
			}
		}
		g.Note = "Bold: the 95 % interval (Student’s t) leaves out zero. Noise saved is the part of the variance that " +
			"common random numbers took away, " +
			"1 − Var(effect)/(Var(base) + Var(alternative)). The findings call a difference clear only where it is " +
			"also above 2 % of the base. effects." + f.manifest.Format + " holds all metrics and dates."
		parts = append(parts, part{Heading: "What " + name + " changes", Table: g})
	}
	return parts, nil
}

// decomposition is the parts into which changes are split, a table per split.
func (f *folder) decomposition(o *compare.Outcome) ([]part, error) {
	all, err := o.Decomposition()
	if err != nil || len(all) == 0 {
		return nil, err
	}
	var parts []part
	for _, s := range f.manifest.Compare.Splits {
		g := &grid{Caption: fmt.Sprintf("%s: what it changes, by %s; effect with standard error in brackets", s.Case,
			s.Name()), Columns: columns("date")}
		for _, metric := range compare.MainMetrics {
			title, unit, _ := metricWords(metric)
			g.Rows = append(g.Rows, row{Group: strings.TrimSuffix(title+", "+unit, ", ")})
			for _, date := range o.TellingDates(f.caseNamed(s.Case)) {
				r := row{Cells: []cell{{Text: date}}}
				for _, e := range all {
					if e.Case != s.Case || e.Split != s.Name() || e.Metric != metric || e.Date != date {
						continue
					}
					if !slices.ContainsFunc(g.Columns, func(c column) bool { return c.Title == e.Part }) {
						g.Columns = append(g.Columns, column{Title: e.Part, Number: true})
					}
					text := signed(e.Change.Value)
					if !math.IsNaN(e.SE) {
						text += " (" + human(e.SE) + ")"
					}
					r.Cells = append(r.Cells, cell{Text: text, Strong: e.Change.Low > 0 || e.Change.High < 0})
				}
				g.Rows = append(g.Rows, r)
			}
		}
		g.Note = "Bold: the 95 % interval leaves out zero. Interaction is the total less both parts, under the same luck."
		if s.Threshold > 0 {
			g.Note += fmt.Sprintf(" Access is the shock for labs with an R&D budget below $%s a year only, performance for "+
				"labs above it only.", quantity.Human(s.Threshold))
		}
		parts = append(parts, part{Heading: "What the change consists of", Table: g})
	}
	return parts, nil
}

func (f *folder) caseNamed(name string) results.Case {
	for _, c := range f.manifest.Cases {
		if c.Name == name {
			return c
		}
	}
	return results.Case{}
}

// signed writes a difference with its sign.
func signed(v float64) string {
	if v > 0 {
		return "+" + human(v)
	}
	return human(v)
}
