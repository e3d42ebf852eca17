package report

import (
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/internal/reference"
	"simulate/plots"
	"simulate/sim/experiment/results"
)

// What a page calls the inputs that vary: in words, with the PATH where it is asked about.

// inputName is what sentences call an input: "outer elasticity η", "grant amount of Public compute"
// or, where there are no words for it, the PATH.
func (f *folder) inputName(path string) string {
	if parts := strings.Split(path, "."); results.IsPolicy(path) && len(parts) > 2 {
		what := map[string]string{"from": "start", "until": "end"}[parts[2]]
		if what == "" {
			what = strings.ReplaceAll(strings.Join(parts[2:], " "), "_", " ")
		}
		return what + " of " + f.policyLabel(parts[1])
	}
	if title := reference.Title(path); title != "" {
		return quantity.Lowered(title)
	}
	return path
}

// inputFull is the name of an input and, where that differs, its PATH.
func (f *folder) inputFull(path string) string {
	if name := f.inputName(path); name != path {
		return name + " (" + path + ")"
	}
	return path
}

// inputNames lists inputs by their names, most of them at most.
func (f *folder) inputNames(paths []string, most int, name func(string) string) string {
	var names []string
	for _, path := range paths {
		names = append(names, name(path))
	}
	if len(names) > most {
		return quantity.Plural(len(names), "input")
	}
	return quantity.List(names)
}

// policyLabel is what the scenarios call a policy.
func (f *folder) policyLabel(id string) string {
	for _, s := range f.scenarios {
		if s == nil {
			continue
		}
		for _, p := range s.Config().Policies {
			if p.ID == id && p.Label != "" {
				return p.Label
			}
		}
	}
	return plots.Label(id)
}

// setting is what a point sets the policies of a sweep to: "Public compute at $10B/yr" where one
// thing of a policy varies, else with the names of what does.
func (f *folder) setting(inputs []results.SweepInput, value func(j int) string) string {
	var order []string
	varies := map[string][]int{}
	for j, in := range inputs {
		if !results.IsPolicy(in.Path) {
			continue
		}
		id := strings.Split(in.Path, ".")[1]
		if varies[id] == nil {
			order = append(order, id)
		}
		varies[id] = append(varies[id], j)
	}
	var parts []string
	for _, id := range order {
		label := f.policyLabel(id)
		if j := varies[id]; len(j) == 1 && !strings.HasSuffix(inputs[j[0]].Path, ".from") {
			parts = append(parts, label+" at "+value(j[0]))
			continue
		}
		var with []string
		for _, j := range varies[id] {
			name, _, _ := strings.Cut(f.inputName(inputs[j].Path), " of ")
			with = append(with, name+" "+value(j))
		}
		parts = append(parts, label+" ("+strings.Join(with, ", ")+")")
	}
	return quantity.List(parts)
}

// askedDates are the dates of some that the command asked for by --at; the last where it asked for
// none that can be read.
func askedDates(command, dates []string) []string {
	var wanted []string
	for i, word := range command {
		if value, joined := strings.CutPrefix(word, "--at="); joined {
			wanted = append(wanted, strings.Split(value, ",")...)
		} else if word == "--at" && i+1 < len(command) {
			wanted = append(wanted, strings.Split(command[i+1], ",")...)
		}
	}
	if len(dates) == 0 {
		return nil
	}
	if found, err := results.FindDates(dates, wanted); err == nil && len(found) > 0 {
		return found
	}
	return slices.Clone(dates[len(dates)-1:])
}
