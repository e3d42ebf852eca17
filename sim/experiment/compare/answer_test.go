package compare

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"simulate/internal/quantity"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/experiment/tiny"
	"simulate/sim/scenario"
)

// answered is an answer with the given effect on sales concentration a year after something
// happens, from a base that falls by 400 anyway, and with the end as given.
func answered(year, end Effect, names ...string) Answer {
	c, base := results.Case{Name: "reform", Base: "reform.without_events"}, results.Case{Name: "reform.without_events",
		Added: true}
	for _, name := range names {
		c.Markers = append(c.Markers, results.Marker{Date: 2025.05, Kind: "shock", Label: name})
	}
	c.Since = &c.Markers[0]
	a := Answer{Case: c, Base: base, What: someOf(names), several: len(names) > 1, Start: "2024-12-31", Year: "2025-12-31",
		End: "2034-12-31", effects: map[[2]string]Effect{}}
	start := Effect{Difference: analysis.Difference{Replications: 20, Base: 3000, Alternative: 3000}}
	for _, e := range []struct {
		date string
		Effect
	}{{a.Start, start}, {a.Year, year}, {a.End, end}} {
		e.Effect.Date = e.date
		a.effects[[2]string{salesHHI, e.date}] = e.Effect
	}
	return a
}

// paired20 is an effect over twenty pairs.
func paired20(value, se, base float64) Effect {
	d := analysis.Difference{Replications: 20, Base: base, Alternative: base + value, SE: se,
		Change: analysis.Estimate{Value: value, Low: value - 2.093*se, High: value + 2.093*se}}
	return Effect{Difference: d, LowSpread: value - 8*se, HighSpread: value + 8*se}
}

// The first sentence gives the effect, of what its intervals are and the base, and claims no effect
// where none is clear. What comes anyway is not credited to what happens.
func TestAnswerSentences(t *testing.T) {
	for _, c := range []struct {
		name            string
		year, end       Effect
		what            []string
		first, anything string
	}{
		{"clear", paired20(-205, 19, 2950), paired20(-26, 38, 2600), []string{"the jump"},
			"The jump lowers sales concentration (HHI) by 205 at the end of 2025, a year after it, against the same world " +
				"without the jump: mean of 20 pairs of runs (95 % interval of the mean −245 to −165; nine of ten runs " +
				"between " +
				"−357 and −53). At the end of 2034 the mean effect is −26, not clearly (−106 to 54).",
			"With the jump the mean HHI falls from 3,000 at the end of 2024 to 2,574 at the end of 2034; without it it falls " +
				"to 2,600, so that 400 of the fall of 426 happens anyway."},
		{"unclear", paired20(-5, 19, 2950), paired20(120, 10, 2600), []string{"the jump"},
			"The jump does not clearly change sales concentration (HHI) at the end of 2025, a year after it, against the " +
				"same world without the jump: −5.0 is the mean of 20 pairs of runs",
			"so that all of the fall, and more, happens anyway."},
		{"alike", paired20(0, 0, 2950), paired20(0, 0, 2600), []string{"the jump"},
			"The jump changes sales concentration (HHI) in no run of 20 at the end of 2025, a year after it, against the same " +
				"world without the jump; at most 14 % of runs would differ.", "falls to 2,600"},
		{"several", paired20(205, 19, 2950), paired20(500, 19, 2600), []string{"the jump", "a tax"},
			"The jump and a tax raise sales concentration (HHI) by 205 at the end of 2025, a year after the jump, against the " +
				"same world without the jump and a tax", "rises from 3,000 at the end of 2024 to 3,100 at the end of 2034; " +
				"without them it falls to 2,600."},
	} {
		got := answered(c.year, c.end, c.what...).Sentences()
		if !strings.HasPrefix(got[0], c.first) || !strings.Contains(got[1], c.anything) {
			t.Errorf("%s:\n%s", c.name, strings.Join(got, "\n"))
		}
	}
}

// A run with its bases: one base for all cases of a world, none for a scenario without events, and
// the effect is the difference to the base and to nothing else.
func TestRunWithCounterfactuals(t *testing.T) {
	other := *tiny.Load(t, "shock", "events.0.label=Other")
	other.Name = "other"
	cases, c, err := Counterfactuals([]*scenario.Scenario{tiny.Load(t, "shock"), &other})
	if err != nil {
		t.Fatal(err)
	}
	if len(cases) != 3 || len(c.Added) != 1 || c.Base("shock") != c.Base("other") || c.Base("shock") != cases[2].Name {
		t.Fatalf("%d cases, %+v", len(cases), c)
	}
	out, err := run.Run(context.Background(), run.Spec{Scenarios: cases, Compare: Tables(c),
		Out: filepath.Join(t.TempDir(), "out")})
	if err != nil {
		t.Fatal(err)
	}
	o := Of(out)
	answers, err := o.Answers()
	if err != nil || len(answers) != 2 {
		t.Fatal(answers, err)
	}
	for _, a := range answers {
		e, found := a.Effect(salesHHI, a.End)
		d, err := o.Difference(cases[2].Name, a.Case.Name, salesHHI, a.End)
		if err != nil || !found || d.Change.Value == 0 || e.Change.Value-d.Change.Value > 1e-5*d.Base {
			t.Errorf("%s: %+v, from the market %+v, %v", a.Case.Name, e, d, err)
		}
	}
	if text := o.Summary(); !strings.HasPrefix(text, "shock: ") || strings.Contains(text, cases[2].Name+": ") {
		t.Errorf("the summary is\n%s", text)
	}
	if _, c, err := Counterfactuals([]*scenario.Scenario{tiny.Load(t, "base")}); c != nil || err != nil {
		t.Errorf("a base of nothing: %+v, %v", c, err)
	}
}

// A start that is drawn for each run is not told as a date, and "a year after" is after the latest.
func TestDrawnStartsAreToldAsDrawn(t *testing.T) {
	s := tiny.Load(t, "later")
	cases, c, err := Counterfactuals([]*scenario.Scenario{s})
	if err != nil {
		t.Fatal(err)
	}
	out, err := run.Run(context.Background(), run.Spec{Scenarios: cases, Compare: Tables(c), Replications: 6,
		Out: filepath.Join(t.TempDir(), "out")})
	if err != nil {
		t.Fatal(err)
	}
	o := Of(out)
	since := o.Manifest.Cases[0].Since
	if since == nil || !(since.Latest > since.Date) {
		t.Fatalf("%+v", since)
	}
	answers, err := o.Answers()
	if err != nil || len(answers) != 1 {
		t.Fatalf("%+v, %v", answers, err)
	}
	if year := answers[0].Year; year != "" && year < quantity.LastDay(since.Latest+0.9) {
		t.Errorf("%s is a year after %s", year, quantity.DayOf(since.Latest))
	}
	text := o.Summary()
	tiny.Contains(t, text, "which begins between ", ", as drawn for each run")
	if strings.Contains(text, "aid from ") || strings.Contains(text, "a year after it,") {
		t.Errorf("a drawn start is told as a date: %s", text)
	}
}
