package report

import (
	"fmt"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/study"
)

// futuresPage is the page of a comparison over the futures of a design.
func (f *folder) futuresPage() (*page, error) {
	m := f.manifest
	_, effects, err := compare.ReadFutures(f.dir, f.how)
	if err != nil {
		return nil, damaged(f.dir, err)
	}
	groups := f.overFutures(effects)
	if len(groups) == 0 {
		return nil, damaged(f.dir, fmt.Errorf("its table effects is empty"))
	}
	p := &page{Title: quantity.List(m.Futures.Alternatives) + " against " + m.Futures.Base + " in " +
		quantity.Plural(m.Futures.Points, "future"), Kind: "Comparison over futures", Identity: f.identity()}
	figures, err := f.figures()
	if err != nil {
		return nil, err
	}
	findings, err := f.futuresFindings()
	if err != nil {
		return nil, err
	}
	levers, err := f.leverParts(nil)
	if err != nil {
		return nil, err
	}
	repeat, err := f.repeat()
	if err != nil {
		return nil, err
	}
	if p.Front, figures, err = f.futuresFront(groups, effects, figures); err != nil {
		return nil, err
	}
	var found []text
	for _, line := range findings {
		found = append(found, text{Text: line})
	}
	p.Sections = []section{
		{"findings", "Findings", []part{listOrText(found)}},
		{"design", "Design", f.varied(m.Futures.Inputs, m.Futures.Design, m.Futures.Points, m.Replications)},
		{"results", "Effects by future", f.effectTables(groups)},
		{"figures", "Figures", figures},
		{"levers", "Levers and events", levers},
		{"assumptions", "Assumptions", f.assumptions()},
		{"repeat", "Repeat it", repeat},
	}
	return p, nil
}

// askedDate is the date of which the page speaks: the one that the comparison asked for by --at, or
// the last.
func (f *folder) askedDate(effects []compare.Effect) string {
	asked := askedDates(f.manifest.Command, datesOf(effects))
	if len(asked) == 0 {
		return ""
	}
	return asked[len(asked)-1]
}

// datesOf are the dates of effects, ascending.
func datesOf(effects []compare.Effect) (dates []string) {
	for _, e := range effects {
		if k, found := slices.BinarySearch(dates, e.Date); !found {
			dates = slices.Insert(dates, k, e.Date)
		}
	}
	return dates
}

// figuresAt are the dates of figures of effects, none where the last was asked for.
func (f *folder) figuresAt() []string {
	if f.manifest.Futures == nil {
		return nil
	}
	_, effects, err := compare.ReadFutures(f.dir, f.how)
	if err != nil {
		return nil
	}
	if date := f.askedDate(effects); date != "" {
		return []string{date}
	}
	return nil
}

// overFutures are the effects of each alternative on each metric in the whole market at the date
// asked for, by point; the headline metric first.
func (f *folder) overFutures(effects []compare.Effect) (groups [][]compare.Effect) {
	last := f.askedDate(effects)
	metrics := slices.Clone(f.manifest.Futures.Metrics)
	if i := slices.Index(metrics, compare.MainMetrics[0]); i > 0 {
		metrics[0], metrics[i] = metrics[i], metrics[0]
	}
	for _, metric := range metrics {
		for _, name := range f.manifest.Futures.Alternatives {
			var group []compare.Effect
			for _, e := range effects {
				if e.Case == name && e.Metric == metric && e.Date == last && e.Segment == "" && e.Replications > 0 {
					group = append(group, e)
				}
			}
			if len(group) > 0 {
				groups = append(groups, group)
			}
		}
	}
	return groups
}

// futuresFront answers: the effect on the first metric over all futures, how sure, on what it
// depends.
func (f *folder) futuresFront(groups [][]compare.Effect, effects []compare.Effect, figures []part) ([]section,
	[]part, error) {
	m := f.manifest
	first := groups[0][0].Metric
	var inputs []string
	for _, in := range m.Futures.Inputs {
		inputs = append(inputs, in.Path)
	}
	does, it := "does", "it"
	if len(m.Futures.Alternatives) > 1 {
		does, it = "do", "that"
	}
	asked := fmt.Sprintf("What %s %s change, against %s, and does %s depend on %s?", does,
		quantity.List(m.Futures.Alternatives), m.Futures.Base, it, f.inputNames(inputs, mostAsked, f.inputFull))
	var said []string
	var depends []text
	pairs := 0
	for _, group := range groups {
		e := group[0]
		if e.Metric != first {
			continue
		}
		pairs = max(pairs, e.Replications)
		said = append(said, exponents.ReplaceAllStringFunc(compare.TellFutures(group, f.pointWords()), powerOf))
		if d, err := study.EffectDrivers(f.dir, e.Case, e.Against, e.Metric, e.Date, f.how); err == nil {
			t := text{Text: exponents.ReplaceAllStringFunc(DriversWords(d.Named(f.inputName)), powerOf)}
			if len(m.Futures.Alternatives) > 1 {
				t.Lead = e.Case
			}
			depends = append(depends, t)
		}
	}
	picture, rest := takeFirst(figures, "effect_map", "effect_line", "effect_forest")
	trusted, err := trustParts()
	if err != nil {
		return nil, nil, err
	}
	sections := []section{
		{"question", "The question", []part{{Text: append([]text{{Lead: asked}}, f.lead()...)}}},
		{"answer", "The answer", []part{{Answer: said}, {Figures: picture}}},
		{"sure", "How sure", []part{{List: []text{
			{Lead: "Luck", Text: fmt.Sprintf("each future has %s of runs with and without; an interval of a mean effect "+
				"holds for more such pairs. An effect is called clear where it is told apart from 0 at 5 %% over all futures "+
				"together.",
				quantity.Plural(pairs, "pair"))},
			{Lead: "Parameters", Text: fmt.Sprintf("the futures vary %s over %s; of all else the intervals know nothing.",
				f.inputNames(inputs, mostAsked, f.inputName), quantity.Plural(m.Futures.Points, "point"))}}}}},
		{"anyway", "What would have happened anyway", []part{{Text: []text{{Text: f.futuresAnyway(groups[0], effects)}}}}},
	}
	if len(depends) == 0 {
		depends = []text{{Text: "The effect is the same in every future and run, or defined in none, so that it depends on " +
			"none of the inputs that vary."}}
	}
	sections = append(sections, section{"depends", "On what it depends", []part{{Text: depends}}})
	return append(sections, section{"trust", "How far to trust the model", trusted}, section{"glossary", "Words",
		glossary()}), rest, nil
}

// takeFirst takes the first figure whose name begins with one of some, in their order.
func takeFirst(parts []part, names ...string) ([]figure, []part) {
	for _, name := range names {
		for _, p := range parts {
			for _, one := range p.Figures {
				if strings.HasPrefix(one.Name, name) {
					return takeFigure(parts, one.Name)
				}
			}
		}
	}
	return nil, parts
}

// pointWords names the points of a comparison over futures by their values.
func (f *folder) pointWords() func(point int) string {
	design, err := f.table("design")
	if err != nil {
		return func(point int) string { return fmt.Sprintf("point %d", point) }
	}
	return func(point int) string {
		var parts []string
		for _, in := range f.manifest.Futures.Inputs {
			parts = append(parts, f.inputName(in.Path)+" is "+f.inputWords(in, design.Text(in.Path)[point-1]))
		}
		return strings.Join(parts, " and ")
	}
}

// inputWords writes a cell of the design as the scenario would.
func (f *folder) inputWords(in results.SweepInput, cell string) string {
	if l, found := f.knob(in.Path); found {
		if v, err := l.ParseCell(cell); err == nil {
			return written(l, v)
		}
	}
	return cell
}

// effectTables are the effects in each future, a table per alternative and metric.
func (f *folder) effectTables(groups [][]compare.Effect) (parts []part) {
	design, err := f.table("design")
	for _, group := range groups {
		title, unit, _ := metricWords(group[0].Metric)
		g := &grid{Caption: fmt.Sprintf("%s, %s less %s at %s", strings.TrimSuffix(title+" ["+unit+"]", " []"), group[0].Case,
			group[0].Against, group[0].Date), Columns: columns("point")}
		for _, in := range f.manifest.Futures.Inputs {
			g.Columns = append(g.Columns, column{Title: f.inputName(in.Path), Number: true})
		}
		g.Columns = append(g.Columns, columns("#base", "#effect", "#95 % interval of the mean", "#nine of ten runs")...)
		for _, e := range group[:min(mostRows, len(group))] {
			r := row{Cells: []cell{{Text: fmt.Sprint(e.Point)}}}
			for _, in := range f.manifest.Futures.Inputs {
				text := "–"
				if err == nil {
					text = f.inputWords(in, design.Text(in.Path)[e.Point-1])
				}
				r.Cells = append(r.Cells, cell{Text: text})
			}
			r.Cells = append(r.Cells, cell{Text: human(e.Base)}, cell{Text: signed(e.Change.Value), Strong: e.Clear},
				cell{Text: between(e.Change.Low, e.Change.High)}, cell{Text: between(e.LowSpread, e.HighSpread)})
			g.Rows = append(g.Rows, r)
		}
		g.Note = "Bold: told apart from 0 at 5 % over all futures. effects." + f.manifest.Format +
			" holds all metrics, segments and dates."
		if len(group) > mostRows {
			g.Note = fmt.Sprintf("The first %d of %s. ", mostRows, quantity.Plural(len(group), "future")) + g.Note
		}
		parts = append(parts, part{Table: g})
	}
	return parts
}

// futuresAnyway says what the metric does in the base, over all futures.
func (f *folder) futuresAnyway(group, effects []compare.Effect) string {
	e := group[0]
	first := e.Date
	for _, other := range effects {
		if other.Replications > 0 {
			first = min(first, other.Date)
		}
	}
	var start, end []float64
	for _, other := range effects {
		if other.Case != e.Case || other.Metric != e.Metric || other.Segment != "" || other.Replications == 0 {
			continue
		}
		switch other.Date {
		case first:
			start = append(start, other.Base)
		case e.Date:
			end = append(end, other.Base)
		}
	}
	level := compare.LevelWords(e.Metric)
	if first == e.Date || len(start) == 0 {
		return fmt.Sprintf("In %s, %s is %s at %s, over %s.", e.Against, level, compare.TellLevelsOverPoints(e.Metric, end),
			quantity.When(e.Date), quantity.Plural(len(group), "future"))
	}
	return fmt.Sprintf("In %s, %s goes from %s at %s to %s at %s, over %s.", e.Against, level,
		compare.TellLevelsOverPoints(e.Metric, start), quantity.When(first), compare.TellLevelsOverPoints(e.Metric, end),
		quantity.When(e.Date), quantity.Plural(len(group), "future"))
}

// DriversWords says in sentences on which inputs an effect depends, "" where nothing can be said.
func DriversWords(d *study.Drivers) string {
	if d == nil {
		return ""
	}
	text := compare.TellMean(d.Metric, d.Points, d.Mean) + " " + compare.TellInteractions(d.Metric, d.Interactions, d.Ends)
	if d.Indices != nil && d.Indices.Sobol != nil {
		text += " " + compare.TellShares(d.Indices.Sobol.Inputs)
	}
	return text
}
