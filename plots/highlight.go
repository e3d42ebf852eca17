package plots

import (
	"fmt"
	"slices"
	"strings"

	"simulate/internal/quantity"
)

// setHighlight takes the labs that the reader wants to see, by their keys or the names that figures
// give them.
// Highlight names labs, by their keys or names, that have a colour of their own and are named
// wherever labs are shown. The error is UnknownLab where there is none of a name.
func (r *Results) Highlight(wanted []string) error {
	if len(wanted) == 0 {
		return nil
	}
	return r.setHighlight(wanted)
}

func (r *Results) setHighlight(wanted []string) error {
	var known []string
	for _, c := range r.Manifest.Cases {
		for _, cl := range r.classesOf(c.Name) {
			if !slices.Contains(known, cl.id) {
				known = append(known, cl.id)
			}
		}
	}
	for _, w := range wanted {
		id := ""
		for _, c := range r.Manifest.Cases {
			for _, cl := range r.classesOf(c.Name) {
				if strings.EqualFold(cl.id, w) || strings.EqualFold(r.labName(c.Name, cl.id), w) {
					id = cl.id
				}
			}
		}
		if id == "" && len(known) > 0 {
			return UnknownLab{fmt.Sprintf("--highlight %s: there is no such lab; %s", w, quantity.DidYouMean(w, known))}
		}
		if id != "" && !slices.Contains(r.highlight, id) {
			r.highlight = append(r.highlight, id)
		}
	}
	r.colours = r.labColours()
	return nil
}

// UnknownLab is the error of a highlight that names no lab of the folder.
type UnknownLab struct{ Reason string }

func (u UnknownLab) Error() string { return u.Reason }

// mostLags is the number of the reader's own labs up to which each has panels of its lags.
const mostLags = 3

// highlightLags are the lags of the labs that the reader wants to see and of a few own ones, by
// what they ship and by runs of their own.
func (r *Results) highlightLags(f func(title string) fan) (out []concept) {
	shown := slices.Clone(r.highlight)
	if len(r.own) <= mostLags {
		for _, id := range r.own {
			if !slices.Contains(shown, id) {
				shown = append(shown, id)
			}
		}
	}
	for _, id := range shown {
		for _, of := range []struct{ variable, title string }{{"lag_months", "%s"}, {"own_run_lag_months", "%s, own run"}} {
			paths, name := map[string]*path{}, words(id)
			for _, c := range r.Manifest.Cases {
				for _, l := range r.labs[c.Name] {
					if key, _, _ := strings.Cut(l.id, "#"); key == id && l.variable[of.variable] != nil && paths[c.Name] == nil {
						paths[c.Name], name = l.variable[of.variable], r.labName(c.Name, id)
					}
				}
			}
			if len(paths) > 0 {
				out = append(out, concept{metric: of.variable + " of " + id, fan: f(fmt.Sprintf(of.title, name)), paths: paths,
					colour: r.colours[id]})
			}
		}
	}
	return out
}
