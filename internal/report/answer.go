package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/internal/explore"
	"simulate/internal/quantity"
	"simulate/internal/shell"
	"simulate/internal/trust"
	"simulate/internal/whofinds"
	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/results"
)

// The front of a page answers: what is asked, the answer, one picture, how sure it is, what would
// have happened anyway, on what it depends, what it costs, and how far to trust the model. It
// prints on two pages; all else follows as an appendix.

// front puts the sections that answer before the appendix. Those without anything to say are left
// out. The picture is taken from the figures, which so hold each picture once.
func (f *folder) front(o *compare.Outcome, figures []part) ([]section, []part, error) {
	answers, err := o.Alternatives()
	if err != nil {
		return nil, nil, err
	}
	depends, err := f.depends(o, answers)
	if err != nil {
		return nil, nil, err
	}
	trusted, err := trustParts()
	if err != nil {
		return nil, nil, err
	}
	picture, rest := takeFigure(figures, "hhi_sales")
	var sections []section
	anyway := each(answers, compare.Answer.Anyway)
	if g := severalAnyway(onFront(answers)); len(answers) > 1 && g != nil {
		anyway = []part{{Table: g}}
	}
	if len(answers) == 0 {
		anyway, depends = f.anywayDescribed(), append(depends, f.dependsDescribed()...)
	}
	for _, s := range []section{
		{"question", "The question", f.question(o, answers)},
		{"answer", "The answer", f.answer(o, answers, picture)},
		{"sure", "How sure", f.sure(o, answers)},
		{"anyway", "What would have happened anyway", anyway},
		{"depends", "On what it depends", depends},
		{"costs", "What it costs", each(answers, func(a compare.Answer) string { return o.TellCost(a.Base, a.Case) })},
		{"trust", "How far to trust the model", trusted},
		{"glossary", "Words", glossary()},
	} {
		if len(s.Parts) > 0 {
			sections = append(sections, s)
		}
	}
	return sections, rest, nil
}

// each is what some answers say, under their cases' names where there are several.
func each(answers []compare.Answer, says func(compare.Answer) string) []part {
	var list []text
	for _, a := range answers {
		t := text{Text: exponents.ReplaceAllStringFunc(says(a), powerOf)}
		if len(answers) > 1 {
			t.Lead = a.Case.Name
		}
		if t.Text != "" {
			list = append(list, t)
		}
	}
	if len(list) == 0 {
		return nil
	}
	return []part{{Text: list}}
}

// question is what is asked, in one sentence and in the words of the scenarios.
func (f *folder) question(o *compare.Outcome, answers []compare.Answer) []part {
	switch {
	case len(answers) == 0:
		return []part{{Text: append([]text{{Lead: f.askDescribed(o)}}, f.lead()...)}}
	case len(answers) == 1:
		return []part{{Text: append([]text{{Lead: answers[0].Question()}}, f.lead()...)}}
	}
	return []part{{Text: []text{askedOfSeveral(answers)}}} // what the scenarios are stands in the appendix
}

// answer is the answer in a sentence, or a sentence on each of a few cases, and the picture.
func (f *folder) answer(o *compare.Outcome, answers []compare.Answer, picture []figure) []part {
	var said []string
	for _, a := range answers {
		line := strings.TrimSpace(a.Headline() + " " + a.Later())
		if len(answers) > 1 && !strings.HasPrefix(line, a.Case.Name) {
			line = a.Case.Name + ": " + line
		}
		said = append(said, line)
	}
	switch {
	case len(answers) == 0:
		said = f.described(o)
	case len(answers) > mostSentences:
		said = []string{inOneSentence(answers)}
	}
	return []part{{Answer: said}, {Figures: picture}}
}

// sure says what the intervals hold and what they do not.
func (f *folder) sure(o *compare.Outcome, answers []compare.Answer) []part {
	switch len(answers) {
	case 0:
		return f.sureDescribed(o)
	case 1:
		var list []text
		if luck := answers[0].Luck(); luck != "" {
			list = append(list, text{Lead: "Luck", Text: luck + "."})
		}
		list = append(list, f.drawnWords(answers[0]))
		if readings := answers[0].Readings(); readings != "" {
			list = append(list, text{Lead: "Definition", Text: readings})
		}
		return []part{{List: list}}
	}
	return []part{{Table: severalEffects(onFront(answers))}, leftOut(answers),
		{List: []text{f.drawnWords(answers[0])}}}
}

// drawnWords says whether what is not known of parameters is in the intervals.
func (f *folder) drawnWords(a compare.Answer) text {
	if which := f.drawn(a.Case); which != "" {
		return text{Lead: "Parameters", Text: fmt.Sprintf("each replication draws %s anew, the same in both worlds, so that "+
			"the spread holds what is not known of them; of all others it knows nothing.", which)}
	}
	return text{Lead: "Parameters", Text: "they stand at the values of the scenario, so that no interval here knows of " +
		"what is not known of them. Whether the effect depends on one of them, such as the elasticity of demand, is " +
		"asked in this folder by",
		Code: f.varyLine(a)}
}

// varyLine is the command that asks whether an effect depends on the elasticity of demand.
func (f *folder) varyLine(a compare.Answer) string {
	return shell.Line("simulate", "compare", cmp.Or(f.fileOf(a.Base.Name), a.Base.Name),
		cmp.Or(f.fileOf(a.Case.Name), a.Case.Name), "--vary", "market.eta=range")
}

// drawn lists what each replication of a case draws anew; "" where nothing is drawn.
func (f *folder) drawn(c results.Case) string {
	s := f.scenarioOf(c.Name)
	if s == nil || !c.Draws {
		return ""
	}
	var names []string
	for _, k := range s.Drawn() {
		names = append(names, k.Path)
	}
	if len(names) > 4 {
		names = append(names[:3:3], fmt.Sprintf("%d more", len(names)-3))
	}
	return quantity.List(names)
}

// depends says where in the market the effect is, and of the jump of January 2025 who finds it.
func (f *folder) depends(o *compare.Outcome, answers []compare.Answer) ([]part, error) {
	var parts []part
	all, err := o.AllEffects()
	if err != nil {
		return nil, err
	}
	if len(answers) == 1 {
		if t := bySegment(all, answers[0]); t.Text != "" {
			parts = append(parts, part{Text: []text{t}})
		}
	} else if g := severalSegments(all, onFront(answers)); g != nil {
		parts = append(parts, part{Table: g})
	}
	if !f.aboutTheJump() {
		if len(parts) == 0 && len(answers) > 0 {
			parts = []part{{Text: []text{{Text: "One set of values does not tell on which of them the effect depends. Of the " +
				"elasticity of demand, for one, that is asked in this folder by", Code: f.varyLine(answers[0])}}}}
		}
		return parts, nil
	}
	if len(answers) > 1 {
		return append(parts, part{See: &see{whoFindsItID, "One gain, found by whom: what that decides"}}), nil
	}
	found, err := whofinds.Builtin()
	if err != nil {
		return nil, err
	}
	return append(parts, whoFindsItShort(found)...), nil
}

// bySegment gives the effect on concentration in each segment at the date of the answer.
func bySegment(all []compare.Effect, a compare.Answer) (t text) {
	var list, same []string
	var none compare.Effect
	for _, e := range segmentEffects(all, a) {
		name := strings.ReplaceAll(e.Segment, "_", " ")
		switch {
		case e.Unchanged():
			none, same = e, append(same, name)
		case e.SE > 0:
			list = append(list, fmt.Sprintf("%s %s (%s)", name, signed(e.Change.Value), between(e.Change.Low, e.Change.High)))
		case e.Alike():
			list = append(list, fmt.Sprintf("%s %s (%s)", name, signed(e.Change.Value), e.EachRun()))
		default:
			list = append(list, name+" "+signed(e.Change.Value))
		}
	}
	if len(list)+len(same) < 2 {
		return t
	}
	if len(list) == 0 {
		return text{Lead: "By segment", Text: fmt.Sprintf("by the HHI of sales at %s in %s %s.", quantity.When(a.Main()),
			quantity.List(same), none.NoRun())}
	}
	if len(same) > 0 {
		list = append(list, fmt.Sprintf("in %s %s", quantity.List(same), none.NoRun()))
	}
	return text{Lead: "By segment", Text: fmt.Sprintf("mean effect on the HHI of sales in each at %s, with the 95 %% "+
		"interval of that mean: %s.", quantity.When(a.Main()), quantity.List(list))}
}

// whoFindsItShort is what the table of who finds a gain of this size says, with a link to it.
func whoFindsItShort(found *whofinds.Data) []part {
	t := found.Effects()
	const who, when, hosts, labs = 0, 1, 2, 4 // columns
	g := &grid{Caption: "Who finds it decides: the same gain at a small lab or the leader, published or secret, or for " +
		"everybody, each against the same world without it, a year after; mean effect and 95 % interval of the mean"}
	g.Columns = []column{{Title: t.Header[who]}, {Title: t.Header[hosts], Number: true}, {Title: t.Header[labs],
		Number: true}}
	for _, line := range t.Rows {
		if line[when] == t.Rows[0][when] {
			g.Rows = append(g.Rows, plain(line[who], line[hosts], line[labs]))
		}
	}
	return []part{{Table: g}, {See: &see{whoFindsItID, "The whole table, with all metrics and after ten years too"}},
		{Text: []text{{Text: found.Undecided()}}}}
}

// whoFindsItID is the anchor of the whole table.
const whoFindsItID = "who-finds-it"

// whoFindsIt is the whole table, where the page is about the jump of January 2025.
func (f *folder) whoFindsIt() ([]part, error) {
	if !f.aboutTheJump() {
		return nil, nil
	}
	found, err := whofinds.Builtin()
	if err != nil {
		return nil, err
	}
	t := found.Effects()
	g := &grid{Caption: "One gain, found by whom, against the same world without it: a year after the mean effect and " +
		"95 % interval of the mean, at the end the median pair and 95 % interval of the median"}
	for i, title := range t.Header {
		g.Columns = append(g.Columns, column{Title: title, Number: i > 0})
	}
	for _, line := range t.Rows {
		g.Rows = append(g.Rows, plain(line...))
	}
	var said []text
	for _, s := range found.Answer() {
		said = append(said, text{Text: s})
	}
	return []part{{Table: g}, {List: said}}, nil
}

// aboutTheJump says whether the jump of January 2025 is among the cases.
func (f *folder) aboutTheJump() bool {
	return slices.ContainsFunc(f.cases(), func(c results.Case) bool { return c.Name == "deepseek-shock" })
}

// trustParts say how the model fared on what was known, in numbers that a run gave.
func trustParts() ([]part, error) {
	s, err := trust.Builtin()
	if err != nil {
		return nil, err
	}
	misfits, err := trust.Misfits()
	if err != nil {
		return nil, err
	}
	var not []string
	for _, m := range misfits {
		title, _, _ := metricWords(m.Pattern)
		not = append(not, title)
	}
	versus := func(a trust.Against) string { return quantity.TwoDigits(a.Ratio) }
	list := []text{{Lead: "On 2024", Text: fmt.Sprintf("fitted to observations of dates up to the end of 2023, as "+
		"reported since, %s of %s of 2024 lie in the band that should hold nine of ten%s; %s more, of which inputs were "+
		"derived, do not count. The error of the forecast (CRPS) is %s times that of no change, %s times that of a "+
		"trend and %s times that of shares that grow at random; below 1 is better.", quantity.Count(s.Within),
		quantity.Plural(s.Scored, "observation"), narrow(s.Within, s.Scored), quantity.Count(s.Inputs),
		versus(s.NoChange), versus(s.Trend), versus(s.Gibrat))}}
	if len(s.Outside) > 0 {
		list = append(list, text{Lead: "Outside the band", Text: strings.Join(s.Outside, "; ") + "."})
	}
	if len(not) > 0 {
		list = append(list, text{Lead: "Known not to hold", Text: fmt.Sprintf("%s that sources name: %s.",
			quantity.Plural(len(misfits), "pattern"), strings.Join(not, "; "))})
	}
	return []part{{List: append(list, text{Lead: "An effect is a difference of two worlds of one model",
		Text: "its intervals hold for the mean of that model and not for the world; levels depend on the start and are no " +
			"forecast."})}}, nil
}

// narrow says where fewer observations lie in the band than one in twenty bands that hold nine of
// ten would have.
func narrow(within, of int) string {
	const hold, quantile = 0.9, 1.645
	n := float64(of)
	if float64(within) < hold*n-quantile*math.Sqrt(n*hold*(1-hold)) {
		return ": the band is too narrow"
	}
	return ""
}

// glossary are the words that a reader meets on the front.
func glossary() []part {
	words := explore.Languages()["en"]
	var list []text
	for _, key := range []string{"hhi", "hosts", "clouds", "labs", "pairs", "interval", "spread"} {
		list = append(list, text{Lead: words["term."+key], Text: words["glossary."+key]})
	}
	return []part{{Glossary: list}}
}

// takeFigure takes the figures of a name out of others.
func takeFigure(parts []part, name string) (taken []figure, rest []part) {
	for _, p := range parts {
		var left []figure
		for _, one := range p.Figures {
			if one.Name == name {
				taken = append(taken, one)
			} else {
				left = append(left, one)
			}
		}
		p.Figures = left
		rest = append(rest, p)
	}
	return taken, rest
}
