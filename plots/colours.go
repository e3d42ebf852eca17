package plots

import "simulate/plots/chart"

// What a page that shows a folder's figures needs of their look and words.

// CaseStyle is how figures show a case.
type CaseStyle struct{ Name, Label, Colour string }

// CaseStyles are the cases that figures show, with names and colours (#rrggbb): a single case is
// blue, of several the first is grey.
func (r *Results) CaseStyles() []CaseStyle {
	var out []CaseStyle
	for i, c := range r.Manifest.Cases {
		out = append(out, CaseStyle{c.Name, c.label(), chart.Hex(r.looks[i].colour)})
	}
	return out
}

// LabStyle is how figures show a lab or the labs of a class.
type LabStyle struct {
	Class, Colour string
	Name          string // in words, or as its file calls it
	Named         bool   // it has a colour of its own
	Highlit       bool   // the reader wants to see it
}

// LabStyles are the labs of a case, the weightiest first.
func (r *Results) LabStyles(name string) []LabStyle {
	var out []LabStyle
	for _, c := range r.allClasses()[name] {
		out = append(out, LabStyle{c.id, chart.Hex(c.colour), r.labName(name, c.id), c.named, c.highlit})
	}
	return out
}

// Label writes an identifier in words: deepseek-shock is "DeepSeek shock".
func Label(id string) string { return words(id) }
