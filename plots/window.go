package plots

import (
	"fmt"
	"math"
	"slices"

	"simulate/internal/quantity"
)

// Window is the part of a results folder that is shown: some cases, and a time. Zero values leave
// nothing out.
type Window struct {
	Cases    []string
	From, To string // 2027, 2027-06 or 2027-06-30: from the beginning of the one to the end of the other
}

// Asked is the error of an option that this folder cannot meet.
type Asked struct{ Reason string }

func (a Asked) Error() string { return a.Reason }

func asked(form string, values ...any) error { return Asked{fmt.Sprintf(form, values...)} }

// given tells whether the window leaves anything out.
func (w Window) given() bool { return len(w.Cases) > 0 || w.From != "" || w.To != "" }

// bounds are the first and the last instant in sight.
func (w Window) bounds() (from, to float64, err error) {
	from, to = math.Inf(-1), math.Inf(1)
	const form = "--%s %s: write 2027, 2027-06 or 2027-06-30"
	var ok bool
	if w.From != "" {
		if from, _, ok = quantity.Period(w.From); !ok {
			return 0, 0, asked(form, "from", w.From)
		}
	}
	if w.To != "" {
		if _, to, ok = quantity.Period(w.To); !ok {
			return 0, 0, asked(form, "to", w.To)
		}
	}
	if from > to {
		return 0, 0, asked("--from %s is after --to %s; nothing lies between them", w.From, w.To)
	}
	return from, to, nil
}

// show leaves of the results what the window shows.
func (r *Results) show(w Window) error {
	r.window = w
	switch {
	case !w.given():
		return nil
	case r.Manifest.Sweep != nil:
		return asked("--case, --from and --to are of runs over time; a sweep is drawn over its inputs, at its end")
	}
	if err := r.showCases(w.Cases); err != nil {
		return err
	}
	from, to, err := w.bounds()
	if err != nil || w.From == "" && w.To == "" || r.Manifest.Futures != nil { // whose figures choose among their effects
		return err
	}
	all := r.everyPath()
	if len(all) == 0 {
		return asked("%s: the folder has no table summary, which is what a time is chosen of", w.words())
	}
	first, last, inside := math.Inf(1), math.Inf(-1), false
	for _, p := range all {
		for _, d := range p.date {
			first, last = math.Min(first, d), math.Max(last, d)
			inside = inside || within(d, from, to)
		}
	}
	if !inside {
		return asked("%s: there is no observation in that time; those of the folder are of %s to %s", w.words(),
			quantity.LastDay(first), quantity.LastDay(last))
	}
	for _, p := range all {
		p.crop(from, to)
	}
	for name, labs := range r.labs {
		r.labs[name] = slices.DeleteFunc(labs, func(l *lab) bool {
			for _, p := range l.variable {
				if len(p.date) > 0 {
					return false
				}
			}
			return true
		})
	}
	return nil
}

// words are the options that set the time in sight.
func (w Window) words() string {
	switch {
	case w.To == "":
		return "--from " + w.From
	case w.From == "":
		return "--to " + w.To
	}
	return "--from " + w.From + " --to " + w.To
}

// within tells whether an observation's date, the end of a step, lies in a time. What is observed
// at the end of 2026 opens a window from 2027 on.
func within(date, from, to float64) bool { return date >= from-1e-6 && date <= to+1e-6 }

// showCases keeps the named cases, which must be there.
func (r *Results) showCases(names []string) error {
	if len(names) == 0 {
		return nil
	}
	var known []string
	for _, c := range r.Manifest.Cases {
		known = append(known, c.Name)
	}
	over := r.Manifest.Futures
	if over != nil { // whose cases are the scenarios, and what is shown are effects of the alternatives
		known = over.Alternatives
	}
	var cases []Case
	var looks []look
	for i, c := range r.Manifest.Cases {
		if over == nil && slices.Contains(names, c.Name) {
			cases, looks = append(cases, c), append(looks, r.looks[i])
		}
	}
	for _, name := range names {
		if !slices.Contains(known, name) {
			return asked("--case %s: there is no such case; %s", name, quantity.DidYouMean(name, known))
		}
	}
	if len(Manifest{Cases: cases}.asked()) == 0 { // a base alone is what is to be seen
		for i := range cases {
			cases[i].Added, looks[i].reference = false, false
		}
	}
	r.Manifest.Cases, r.looks = cases, looks
	return nil
}

// everyPath lists the paths over time of everything in the folder's summaries.
func (r *Results) everyPath() (all []*path) {
	for _, byCase := range r.metrics {
		for _, p := range byCase {
			all = append(all, p)
		}
	}
	for _, bySegment := range r.segments {
		for _, byCase := range bySegment {
			for _, p := range byCase {
				all = append(all, p)
			}
		}
	}
	for _, labs := range r.labs {
		for _, l := range labs {
			for _, p := range l.variable {
				all = append(all, p)
			}
		}
	}
	return all
}

// crop leaves the observations within a time.
func (p *path) crop(from, to float64) {
	dates := p.date
	for _, values := range []*[]float64{&p.date, &p.n, &p.mean, &p.se, &p.q05, &p.q25, &p.q50, &p.q75, &p.q95, &p.low,
		&p.high} {
		if len(*values) != len(dates) {
			continue
		}
		var kept []float64
		for i, d := range dates {
			if within(d, from, to) {
				kept = append(kept, (*values)[i])
			}
		}
		*values = kept
	}
}
