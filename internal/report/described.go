package report

import (
	"cmp"
	"fmt"

	"simulate/internal/quantity"
	"simulate/internal/shell"
	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/results"
)

// Cases that are held against no other are described. The front then says what cannot be told of
// them, and which command tells it.

// askDescribed is what is asked of such cases.
func (f *folder) askDescribed(o *compare.Outcome) string {
	cases := f.cases()
	if len(cases) == 1 {
		return o.AskDescribed(cases[0])
	}
	var names []string
	for _, c := range cases {
		names = append(names, c.Name)
	}
	if len(names) > mostSentences+1 {
		names = append(names[:mostSentences:mostSentences], fmt.Sprintf("%d more", len(cases)-mostSentences))
	}
	return fmt.Sprintf("What happens to sales concentration (HHI) in %s?", quantity.List(names))
}

// described is a sentence on each of a few cases.
func (f *folder) described(o *compare.Outcome) (said []string) {
	if f.manifest.AllFailed() {
		return []string{o.Summary()}
	}
	cases := f.cases()
	for _, c := range cases[:min(len(cases), mostSentences)] {
		line := o.Concentration(c)
		if len(cases) > 1 {
			line = c.Name + ": " + line
		}
		said = append(said, line)
	}
	if left := len(cases) - mostSentences; left > 0 {
		said = append(said, fmt.Sprintf("The key results have %s more.", quantity.Plural(left, "case")))
	}
	return said
}

// sureDescribed says what the spread of the main case holds and what it does not.
func (f *folder) sureDescribed(o *compare.Outcome) []part {
	cases := f.cases()
	if len(cases) == 0 || f.manifest.AllFailed() {
		return nil
	}
	c, of := cases[0], ""
	if len(cases) > 1 {
		of = ", " + c.Name
	}
	var list []text
	if luck := o.LuckDescribed(c); luck != "" {
		list = append(list, text{Lead: "Luck" + of, Text: luck})
	}
	list = append(list, f.drawnDescribed(c))
	if readings := o.ReadingsDescribed(c); readings != "" {
		list = append(list, text{Lead: "Definition" + of, Text: readings})
	}
	return []part{{List: list}}
}

// drawnDescribed says whether what is not known of parameters is in the spread.
func (f *folder) drawnDescribed(c results.Case) text {
	if names := f.drawn(c); names != "" {
		return text{Lead: "Parameters", Text: fmt.Sprintf("each replication draws %s anew, so that the spread holds what is "+
			"not known of them; of all others it knows nothing.", names)}
	}
	return text{Lead: "Parameters", Text: "they stand at the values of the scenario, so that nothing here knows of " +
		"what is not known of them."}
}

// anywayDescribed says that nothing is held against a world without it, and why.
func (f *folder) anywayDescribed() []part {
	var with []string
	var file string
	for _, c := range f.cases() {
		if len(c.Markers) > 0 {
			with = append(with, c.Name)
			file = cmp.Or(file, f.fileOf(c.Name), c.Name)
		}
	}
	if len(with) == 0 {
		return []part{{Text: []text{{Text: "All of it: nothing happens here that could be taken away, no event and no " +
			"policy. How concentration moves is the course of the model, and no effect of anything."}}}}
	}
	of := ""
	if len(f.cases()) > 1 {
		of = " of " + quantity.List(with)
	}
	return []part{{Text: []text{{Text: fmt.Sprintf("These runs do not tell it, for the world%s without its events and "+
		"policies was not run. In this folder it is run, and held against this one, by", of),
		Code: shell.Line("simulate", "run", file)}}}}
}

// dependsDescribed says which command tells on what the outcome depends.
func (f *folder) dependsDescribed() []part {
	cases := f.cases()
	if len(cases) == 0 {
		return nil
	}
	file := cmp.Or(f.fileOf(cases[0].Name), cases[0].Name)
	return []part{{Text: []text{{Text: "One set of values does not tell on which of them concentration depends. Of the " +
		"elasticity of demand, for one, that is asked by",
		Code: shell.Line("simulate", "sweep", file, "--vary", "market.eta=0.6,1.1,1.5")}}}}
}
