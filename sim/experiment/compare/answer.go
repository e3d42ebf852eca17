package compare

import (
	"slices"

	"simulate/internal/quantity"
	"simulate/sim/experiment/results"
)

// Answer is what the events and policies of a case change in it: the differences to the same world
// without them, under the same luck.
type Answer struct {
	Case, Base results.Case
	// What names what happens in the case and not in its base; the case itself where they differ in
	// assumptions alone.
	What string
	// Year is the recorded date a year after it begins, "" where the clock ends before or where
	// nothing begins; Start and End are the first and the last date that both worlds have.
	Start, Year, End string

	several bool                 // things that happen
	absent  []string             // what neither world has, though what the case extends has it
	ends    string               // up to when they are compared, where one runs on
	effects map[[2]string]Effect // by metric and date
}

// Answers are those of the cases of a run that are held against their own bases; none of any other
// folder.
func (o *Outcome) Answers() ([]Answer, error) {
	if c := o.Manifest.Compare; c == nil || !c.Own {
		return nil, nil
	}
	return o.Alternatives()
}

// Alternatives are the answers of all cases that are held against another, in a run or a
// comparison. Of a comparison the case itself is what is told to change things, for it may differ
// from its base in assumptions too.
func (o *Outcome) Alternatives() ([]Answer, error) {
	if o.Manifest.Compare == nil || o.Manifest.AllFailed() {
		return nil, nil
	}
	effects, err := o.Effects()
	if err != nil {
		return nil, err
	}
	var out []Answer
	for _, c := range o.Manifest.Cases {
		_, _, ok := o.span(c.Name)
		if c.Base == "" || !ok || c.Part {
			continue
		}
		a := Answer{Case: c, Base: o.caseNamed(c.Base), effects: map[[2]string]Effect{},
			absent: o.Manifest.Compare.Absent[c.Name], ends: o.TellEnds(o.caseNamed(c.Base), c)}
		dates := o.together(c.Base, c.Name)
		if len(dates) > 0 {
			a.Start, a.End = dates[0], dates[len(dates)-1]
		}
		names := happening(c, a.Base)
		if !o.Manifest.Compare.Own || slices.Contains(o.Manifest.Compare.Mixed, c.Name) {
			names = nil
		}
		a.several = len(names) > 1
		if a.What = someOf(names); a.What == "" {
			a.What = c.Name
		}
		if c.Since != nil {
			if year := quantity.YearAfter(dates, c.Since.Begun()); year > a.Start {
				a.Year = year
			}
		}
		for _, e := range effects {
			if e.Case == c.Name && e.Segment == "" && e.Replications > 0 {
				a.effects[[2]string{e.Metric, e.Date}] = e
			}
		}
		out = append(out, a)
	}
	return out, nil
}

func (o *Outcome) caseNamed(name string) results.Case {
	for _, c := range o.Manifest.Cases {
		if c.Name == name {
			return c
		}
	}
	return results.Case{Name: name}
}

// Effect is what changes in a metric at a date; false where no pair of runs defines it.
func (a Answer) Effect(metric, date string) (Effect, bool) {
	e, found := a.effects[[2]string{metric, date}]
	return e, found
}

// Main is the date of which the first sentence speaks: a year after, or the end.
func (a Answer) Main() string {
	if _, found := a.Effect(salesHHI, a.Year); found {
		return a.Year
	}
	return a.End
}

// leaves says that what happens has ended by the date of the first sentence; "" where it has not.
func (a Answer) leaves() string {
	if a.several || a.Case.Since == nil || !a.Case.Since.OverBy(a.Main()) {
		return ""
	}
	return " What is measured then is what it leaves, not what it does while it lasts."
}

// Against names the base in words: "the same world without DeepSeek R1".
func (a Answer) Against() string {
	if a.Base.Added && a.What != a.Case.Name {
		return "the same world without " + a.What
	}
	return a.Base.Name
}

// first is what happens at the beginning of a sentence.
func (a Answer) first() string {
	if a.What == a.Case.Name {
		return a.What
	}
	return quantity.Raised(a.What)
}

// it is what happens once it has been named.
func (a Answer) it() string {
	if a.several {
		return "them"
	}
	return "it"
}

// when says at which date, as seen from what happens.
func (a Answer) when(date string) string {
	text := "at " + quantity.When(date)
	if a.Case.Since == nil || date != a.Year && (a.several || !a.Case.Since.OverBy(date) || a.Case.Since.OverBy(a.Year)) {
		return text
	}
	if date != a.Year { // that it has ended is said where it is first of matter
		return text + ", after its end (" + ending(*a.Case.Since) + ")"
	}
	since := a.it()
	if a.several || a.What == a.Case.Name { // of several it is the first; a case is nothing that begins
		since = a.Case.Since.Label
	}
	return text + ", " + yearAfter(*a.Case.Since, since, date)
}
