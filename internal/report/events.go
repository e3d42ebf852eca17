package report

import (
	"simulate/internal/quantity"
	"slices"
	"strings"
)

// eventKinds are those that are counted, in the order of a lab's life.
var eventKinds = []struct{ kind, title string }{
	{"release", "releases of models"}, {"adoption", "adoptions of open bases"}, {"entry", "entries"}, {"exit", "exits"},
	{"acquisition", "acquisitions"},
}

// eventParts count what happened, and list shocks and policies as they took effect.
func (f *folder) eventParts() ([]part, error) {
	t, err := f.table("events")
	if err != nil {
		return nil, err
	}
	type effect struct{ name, date, kind, subject, detail string }
	count := map[[2]string]int{}
	took := map[effect]int{}
	var order []effect
	cases, dates, kinds, subjects, details := t.Text("case"), t.Text("date"), t.Text("kind"), t.Text("subject"),
		t.Text("detail")
	for i, kind := range kinds {
		count[[2]string{cases[i], kind}]++
		if kind != "shock" && kind != "policy" {
			continue
		}
		e := effect{cases[i], dates[i], kind, subjects[i], details[i]}
		if took[e] == 0 {
			order = append(order, e)
		}
		took[e]++
	}
	runs := map[string]int{}
	for _, c := range f.manifest.Cases {
		runs[c.Name] = c.Replications
	}
	for _, failed := range f.manifest.Failed {
		runs[failed.Case]--
	}
	g := &grid{Caption: "Events, mean per replication", Columns: columns("event")}
	for _, c := range f.cases() {
		g.Columns = append(g.Columns, column{Title: c.Name, Number: true})
	}
	for _, k := range eventKinds {
		r := plain(k.title)
		for _, c := range f.cases() {
			n := count[[2]string{c.Name, k.kind}]
			r.Cells = append(r.Cells, cell{Text: human(float64(n) / float64(max(1, runs[c.Name]))),
				Small: quantity.Count(n) + " in all"})
		}
		g.Rows = append(g.Rows, r)
	}
	g.Note = "Below each mean, the number over all replications. events." + f.manifest.Format +
		" names each with date and lab."
	parts := []part{{Heading: "What happened", Table: g}}
	in := &grid{Caption: "Shocks and policies as they took effect: the first day of the step", Columns: columns("date",
		"what", "subject", "detail", "#replications")}
	single := len(f.cases()) == 1
	if !single {
		in.Columns = columns("date", "case", "what", "subject", "detail", "#replications")
	}
	slices.SortStableFunc(order, func(a, b effect) int { return strings.Compare(a.date, b.date) })
	for _, e := range order {
		if c := f.caseNamed(e.name); c.Part || c.Added {
			continue
		}
		r := plain(e.date, e.name, e.kind, e.subject, e.detail, quantity.Count(took[e]))
		if single {
			r.Cells = slices.Delete(r.Cells, 1, 2)
		}
		in.Rows = append(in.Rows, r)
	}
	if len(in.Rows) > 0 {
		parts = append(parts, part{Table: in})
	}
	return parts, nil
}
