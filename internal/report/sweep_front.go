package report

import (
	"fmt"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/internal/shell"
	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/study"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

// swept is what the front of a sweep's page is made of.
type swept struct {
	points *pointSet
	by     pairing
	groups [][]compare.Effect // what each combination of policies changes, by future
	metric string
	levels *study.Drivers // how the metric differs between the ends of inputs; nil where it cannot be said
	study  *study.Study   // nil where the folder cannot be analysed
}

// policies tells whether effects of policies can be told.
func (s *swept) policies() bool { return s.by.levers && s.by.off && len(s.groups) > 0 }

// analysed reads what the analyses need of a sweep.
func (f *folder) analysed(s *swept) {
	st, err := study.OpenStudy(f.dir, study.StudyOptions{Reading: f.how, SkipMissing: true})
	if err != nil {
		return // the findings say why
	}
	s.study = st
	if d, err := st.Contrasts(s.metric, ""); err == nil {
		s.levels = d
	}
}

// sweepFront answers: what the policies change over the futures, or how the metric differs over
// the inputs.
func (f *folder) sweepFront(s *swept, figures []part) ([]section, []part, error) {
	picture, rest := takeFirst(figures, "effect_map", "effect_line", "effect_forest", "sweep_map", "sweep_line",
		"sweep_scatter")
	trusted, err := trustParts()
	if err != nil {
		return nil, nil, err
	}
	return []section{
		{"question", "The question", []part{{Text: append([]text{{Lead: f.sweepQuestion(s)}}, f.lead()...)}}},
		{"answer", "The answer", []part{{Answer: f.sweepAnswer(s)}, {Figures: picture}}},
		{"sure", "How sure", []part{{List: f.sweepSure(s)}}},
		{"anyway", "What would have happened anyway", []part{{Text: f.sweepAnyway(s)}}},
		{"depends", "On what it depends", []part{listOrText(f.sweepDepends(s))}},
		{"trust", "How far to trust the model", trusted},
		{"glossary", "Words", glossary()},
	}, rest, nil
}

// paths are the PATHs that vary: policies, or everything else.
func (f *folder) paths(policies bool) (out []string) {
	for _, in := range f.manifest.Sweep.Inputs {
		if results.IsPolicy(in.Path) == policies {
			out = append(out, in.Path)
		}
	}
	return out
}

const mostAsked = 4 // inputs that a question names

func (f *folder) sweepQuestion(s *swept) string {
	levers, others := f.paths(true), f.paths(false)
	if len(levers) == 0 {
		return fmt.Sprintf("How does %s depend on %s?", bareLevel(s.metric), f.inputNames(others, mostAsked, f.inputFull))
	}
	asked := fmt.Sprintf("What does the %s change", f.inputNames(levers, mostAsked, f.inputFull))
	if len(levers) > 1 {
		asked = strings.Replace(asked, "does", "do", 1)
	}
	if len(levers) > mostAsked {
		asked = "What do " + quantity.Plural(len(levers), "setting") + " of policies change"
	}
	if len(others) > 0 {
		asked += ", and does that depend on " + f.inputNames(others, mostAsked, f.inputFull)
	}
	return asked + "?"
}

// bareLevel is what a question calls a metric.
func bareLevel(metric string) string {
	return strings.TrimPrefix(strings.TrimPrefix(compare.LevelWords(metric), "mean "), "the mean of ")
}

func (f *folder) sweepAnswer(s *swept) []string {
	if s.policies() {
		if len(s.groups) > mostSentences {
			return []string{severalPolicies(s.groups)}
		}
		var said []string
		for _, g := range s.groups {
			said = append(said, f.tellGroup(s, g))
		}
		return said
	}
	if s.levels != nil {
		all := s.levels.Named(f.inputName)
		told := compare.TellLevels(s.metric, s.points.date, all.Interactions, all.Ends)
		if len(told) > 0 {
			if compare.AnyClear(all.Interactions) || len(all.Interactions) == 1 {
				return told[:1]
			}
			return []string{fmt.Sprintf("None of the inputs clearly moves %s. The largest difference: %s", bareLevel(s.metric),
				quantity.Lowered(told[0]))}
		}
	}
	return []string{fmt.Sprintf("Over %s, %s at %s is %s.", quantity.Plural(len(s.points.ids), "point"),
		compare.LevelWords(s.metric), quantity.When(s.points.date), compare.TellLevelsOverPoints(s.metric,
			s.points.means[s.metric]))}
}

func (f *folder) tellGroup(s *swept, g []compare.Effect) string {
	return exponents.ReplaceAllStringFunc(compare.TellFutures(g, func(point int) string {
		return f.futureOf(s.points, point-1)
	}), powerOf)
}

// severalPolicies is the answer where many combinations of policies meet the futures.
func severalPolicies(groups [][]compare.Effect) string {
	mean := func(g []compare.Effect) float64 {
		sum := 0.0
		for _, e := range g {
			sum += e.Change.Value / float64(len(g))
		}
		return sum
	}
	least, most, clear := groups[0], groups[0], 0
	for _, g := range groups {
		if mean(g) < mean(least) {
			least = g
		}
		if mean(g) > mean(most) {
			most = g
		}
		if slices.ContainsFunc(g, func(e compare.Effect) bool { return e.Clear }) {
			clear++
		}
	}
	return fmt.Sprintf("Of %s of policies, each against the same futures without them, by the mean effect on %s at %s "+
		"over "+
		"the futures: the lowest is that of %s (%s), the highest that of %s (%s); of %s the effect is told apart from 0 in "+
		"at least one future.", quantity.Plural(len(groups), "combination"), bareLevel(groups[0][0].Metric),
		quantity.When(groups[0][0].Date), least[0].Case, signed(mean(least)), most[0].Case, signed(mean(most)),
		quantity.Count(clear))
}

func (f *folder) sweepSure(s *swept) []text {
	m := f.manifest.Sweep
	luck := fmt.Sprintf("%s of each point, the same luck in every point, so that points are compared pair by pair; "+
		"more of them narrow the interval of a mean difference.", quantity.Plural(m.Replications, "replication"))
	if m.Replications < 2 {
		luck = "one replication of each point, the same luck in every point: nothing tells how much of a difference is luck."
	}
	if s.policies() {
		luck += " An effect is called clear where it is told apart from 0 at 5 % over all effects of its metric, " +
			"segment and date together."
	}
	list := []text{{Lead: "Luck", Text: luck}, {Lead: "Parameters", Text: fmt.Sprintf("the points vary %s; of all else "+
		"the intervals know nothing.", f.inputNames(append(f.paths(true), f.paths(false)...), mostAsked, f.inputName))}}
	return append(list, text{Lead: "Definition", Text: "the page speaks of " + bareLevel(s.metric) + "; the tables hold " +
		"the other metrics that were recorded."})
}

// sweepAnyway says what happens at the points without a policy, or that nothing here is an effect.
func (f *folder) sweepAnyway(s *swept) []text {
	means := s.points.means[s.metric]
	start, from := f.levelAtStart(s.metric)
	moves := func(means []float64) string {
		ends := compare.TellLevelsOverPoints(s.metric, means)
		if start == "" {
			return fmt.Sprintf("is %s at %s", ends, quantity.When(s.points.date))
		}
		return fmt.Sprintf("goes from %s at %s to %s at %s", start, quantity.When(from), ends, quantity.When(s.points.date))
	}
	if s.policies() {
		var without []float64 // one point of each future, however many settings leave the policies off
		for _, i := range s.by.futures {
			without = append(without, means[i])
		}
		return []text{{Text: fmt.Sprintf("Without %s, %s %s, over %s.", f.policiesVaried(), compare.LevelWords(s.metric),
			moves(without), quantity.Plural(len(without), "future"))}}
	}
	said := fmt.Sprintf("Over %s, %s %s.", quantity.Plural(len(means), "point"), compare.LevelWords(s.metric),
		moves(means))
	own := f.main()
	var names []string
	if own != nil {
		for _, m := range own.Markers() {
			if !slices.Contains(names, m.Label) {
				names = append(names, m.Label)
			}
		}
	}
	switch {
	case s.by.levers && own != nil:
		return []text{{Text: said + " What of this happens without the policy is not known here, for no point is without " +
			"it. In this folder tells it:",
			Code: compare.Advice(own, results.ScenarioName) + " --out with-base"}}
	case len(names) == 0:
		return []text{{Text: said + " Nothing happens in this world that could be taken away: there is no event and no " +
			"policy."}}
	}
	line := []string{"simulate", "compare", without(own), "scenario.yaml"}
	for _, in := range f.manifest.Sweep.Inputs {
		line = append(line, "--vary", in.Path+"="+in.Spec)
	}
	return []text{{Text: fmt.Sprintf("%s %s at every point alike, so that no difference between points is the effect "+
		"of %s. What %s, in this folder:", said, happen(names), them(names), changesEach(names)), Code: shell.Line(line...)}}
}

// without is the word for the world that lacks what happens in a scenario.
func without(s *scenario.Scenario) string {
	switch events, policies := len(s.Config().Shocks) > 0, len(s.Config().Policies) > 0; {
	case events && policies:
		return "without_both"
	case policies:
		return "without_policies"
	}
	return "without_events"
}

// policiesVaried names the policies that vary.
func (f *folder) policiesVaried() string {
	var names []string
	for _, path := range f.paths(true) {
		if name := f.policyLabel(strings.Split(path, ".")[1]); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return quantity.List(names)
}

func happen(names []string) string {
	if len(names) == 1 {
		return quantity.Raised(names[0]) + " happens"
	}
	return quantity.Raised(quantity.List(names)) + " happen"
}

func changesEach(names []string) string {
	if len(names) == 1 {
		return "it changes at each point is told by"
	}
	return "they change at each point is told by"
}

func them(all []string) string {
	if len(all) == 1 {
		return "it"
	}
	return "them"
}

// levelAtStart is the mean of a metric at the first date, over points and replications; "" where
// the folder records the end alone.
func (f *folder) levelAtStart(metric string) (level, date string) {
	t, err := f.table("market")
	if err != nil || t.Len() == 0 || !slices.ContainsFunc(t.Columns,
		func(c table.Column) bool { return c.Name == metric }) {
		return "", ""
	}
	dates := t.Text("date")
	if date = slices.Min(dates); date == slices.Max(dates) {
		return "", ""
	}
	byPoint := map[string][]float64{}
	for i, v := range t.Number(metric) {
		if dates[i] == date {
			byPoint[t.Text("case")[i]] = append(byPoint[t.Text("case")[i]], v)
		}
	}
	var means []float64
	for _, sample := range byPoint {
		means = append(means, results.Describe(sample).Mean)
	}
	return compare.TellLevelsOverPoints(metric, means), date
}

// sweepDepends says on which inputs the effect of the policies depends, or how the metric differs
// between the ends of every input.
func (f *folder) sweepDepends(s *swept) (list []text) {
	if s.policies() {
		if len(f.paths(false)) == 0 {
			return []text{{Text: "Nothing but the policy varies here. Whether its effect depends on an assumption is asked by " +
				"varying that beside it, as with", Code: "--vary market.eta=range"}}
		}
		for _, g := range s.groups[:min(mostSentences, len(s.groups))] {
			if said := f.effectDepends(s, g); said != "" {
				list = append(list, text{Lead: g[0].Case, Text: said})
			}
		}
		if len(s.groups) > mostSentences {
			list = append(list, text{Text: fmt.Sprintf("The first %d of %d; the table of effects holds all.", mostSentences,
				len(s.groups))})
		}
	}
	if s.levels != nil && len(list) == 0 {
		all := s.levels.Named(f.inputName)
		for _, told := range compare.TellLevels(s.metric, s.points.date, all.Interactions, all.Ends) {
			list = append(list, text{Text: told})
		}
		if len(list) < len(all.Interactions) {
			list = append(list, text{Text: "Of inputs that are not named here the points tell too little: those at one end " +
				"differ from those at the other in other inputs too. Take a grid, or more samples."})
		}
	}
	if len(list) == 0 {
		list = []text{{Text: "The points of this design do not tell it; the findings say why."}}
	}
	return list
}

// effectDepends says what one combination of policies changes on average, and on which inputs that
// depends.
func (f *folder) effectDepends(s *swept, g []compare.Effect) string {
	if s.study == nil {
		return ""
	}
	var points []int
	var effects [][]float64
	for _, e := range g {
		x, y := paired(s.points.runs[s.metric][s.by.base[e.Point-1]], s.points.runs[s.metric][e.Point-1])
		for i := range y {
			y[i] -= x[i]
		}
		points, effects = append(points, e.Point-1), append(effects, y)
		if len(y) != len(effects[0]) {
			return "Some runs failed, so that the futures do not share all luck and are not compared."
		}
	}
	d, err := s.study.ContrastsOf(s.metric, s.points.date, points, effects, results.IsPolicy)
	if err != nil {
		return ""
	}
	return exponents.ReplaceAllStringFunc(strings.TrimSpace(DriversWords(d.Named(f.inputName))), powerOf)
}
