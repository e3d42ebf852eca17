package plots

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"simulate/internal/quantity"
	"simulate/plots/chart"
	"simulate/sim/table"
)

// Futures is what figures need of a comparison over the futures of a design.
type Futures struct {
	Base         string   `json:"base"`
	Alternatives []string `json:"alternatives"`
	Points       int      `json:"points"`
	Design       string   `json:"design"`
	Metrics      []string `json:"metrics"`
	Inputs       []Input  `json:"inputs"`
}

// overFutures is what one alternative changes in a metric at a date, by point of a design.
type overFutures struct {
	name, metric, date string
	at                 []int // points
	effects            []Effect
}

// futures reads what alternatives change over the futures of a design: at the dates asked for, or
// at the last.
func (r *Results) futures() (all []overFutures, design *table.Table, err error) {
	if r.over = r.Manifest.Futures; r.over == nil {
		if r.over, design, err = r.sweptFutures(); err != nil {
			return nil, nil, err
		}
	}
	if r.over == nil {
		return nil, nil, Absent{Reason: "it is of a comparison over futures, or of a sweep over policies with points " +
			"without them; `simulate compare … --vary` makes one", Elsewhere: true}
	}
	t, err := r.read("effects", "case", "point", "segment", "metric", "date", "n", "effect", "low", "high", "low_spread",
		"high_spread", "clear")
	if err != nil || t == nil {
		return nil, nil, orAbsent(err, "there is no table of effects")
	}
	if design == nil {
		if design, err = r.read("design", "point"); err != nil || design == nil {
			return nil, nil, orAbsent(err, "there is no design table")
		}
	}
	t = t.Where("segment", "")
	dates := r.at
	if len(dates) == 0 && t.Len() > 0 {
		_, to, err := r.window.bounds()
		if err != nil {
			return nil, nil, err
		}
		before := slices.DeleteFunc(t.Distinct("date"), func(d string) bool {
			end, err := decimalYear(d)
			return err != nil || !within(end, math.Inf(-1), to)
		})
		if len(before) == 0 {
			return nil, nil, asked("--to %s: no effect is recorded by then; the first is of %s", r.window.To,
				slices.Min(t.Text("date")))
		}
		dates = []string{slices.Max(before)}
	}
	names := t.Distinct("case")
	if r.Manifest.Futures == nil { // cases are points
		names = r.over.Alternatives
	}
	for _, name := range names {
		if len(r.window.Cases) > 0 && !slices.Contains(r.window.Cases, name) {
			continue
		}
		for _, metric := range r.over.Metrics {
			for _, date := range dates {
				rows := t.Where("metric", metric).Where("date", date)
				if r.Manifest.Futures != nil {
					rows = rows.Where("case", name)
				}
				of := overFutures{name: name, metric: metric, date: date}
				points, value, low, high := rows.Number("point"), rows.Number("effect"), rows.Number("low"), rows.Number("high")
				lows, highs, clear := rows.Number("low_spread"), rows.Number("high_spread"), rows.Text("clear")
				pairs := rows.Number("n")
				for i := range points {
					if math.IsNaN(value[i]) {
						continue
					}
					of.at = append(of.at, int(points[i]))
					of.effects = append(of.effects, Effect{Interval: Interval{value[i], low[i], high[i]}, LowSpread: lows[i],
						HighSpread: highs[i], Clear: clear[i] == "true", Pairs: int(pairs[i])})
				}
				if slices.ContainsFunc(of.effects, Effect.differs) {
					all = append(all, of)
				}
			}
		}
	}
	if len(all) == 0 {
		return nil, nil, absent("at %s no effect is defined, or none differs from 0 in any run", quantity.List(dates))
	}
	return all, design, nil
}

// suffix tells the figures of one row apart.
func (r *Results) suffix(e overFutures) string {
	var parts []string
	if len(r.over.Alternatives) > 1 {
		parts = append(parts, fileWord(e.name))
	}
	if parts = append(parts, e.metric); len(r.at) > 0 {
		parts = append(parts, e.date)
	}
	return strings.Join(parts, "-")
}

// fileWord is a name fit for a file.
func fileWord(name string) string {
	return strings.Map(func(c rune) rune {
		if strings.ContainsRune("/\\:*?\"<>| ", c) {
			return '_'
		}
		return c
	}, name)
}

// caption is the heading and the line below it of a figure of effects, with the unit of the effect.
func (r *Results) caption(e overFutures) (title, subtitle, unit string, form chart.Format) {
	change := &Measured{Unit: r.metricUnit("runs", e.metric), Difference: true}
	unit, form = change.axisUnit(), change.format()
	return fmt.Sprintf("What %s changes in %s", quantity.Within(words(e.name)),
			quantity.Within(r.metricTitle(e.metric))), fmt.Sprintf(
			"Against %s, at %s; mean of paired differences under the same luck", quantity.Within(words(r.over.Base)),
			quantity.When(e.date)), unit, form
}

// metricTitle is what figures call a metric.
func (r *Results) metricTitle(metric string) string {
	if metric == "hhi_sales" {
		return r.subject(metric)
	}
	if r.names != nil {
		if title := r.names(metric); title != "" {
			return title
		}
	}
	return words(metric)
}

// futuresSource is the line under a figure of effects.
func (r *Results) futuresSource() string {
	over := r.Manifest.Futures
	what, noun := "scenario "+r.Manifest.Name, "point"
	if over != nil {
		what, noun = "scenarios "+strings.Join(append([]string{over.Base}, over.Alternatives...), ",\x00"), "future"
	} else {
		over = r.over
	}
	return SourceLine("Source: simulate "+r.Manifest.Version, what, "seed "+r.Manifest.Seed.String(), fmt.Sprintf(
		"%s of %s", quantity.Plural(over.Points, noun), quantity.Plural(r.Manifest.Replications, "replication")))
}

// drawEffectMap draws effects over two inputs in all combinations.
func drawEffectMap(r *Results) ([]*chart.Chart, error) {
	all, design, err := r.futures()
	if err != nil {
		return nil, err
	}
	inputs := varying(design)
	if len(inputs) != 2 || r.over.Design != "grid" {
		return nil, elsewhere("a map needs two inputs in all combinations")
	}
	m := EffectMap{Source: r.futuresSource(), Names: [2]string{r.pathName(inputs[0]), r.pathName(inputs[1])}}
	var texts [2][]string
	for k, name := range inputs {
		texts[k] = ascending(design, name)
		m.Texts[k] = texts[k]
		for _, text := range texts[k] {
			m.Values[k] = append(m.Values[k], inputWord(text, r.inputUnit(name)))
		}
	}
	place := map[int][2]int{}
	a, b := design.Text(inputs[0]), design.Text(inputs[1])
	for i, p := range design.Number("point") {
		place[int(p)] = [2]int{slices.Index(texts[0], a[i]), slices.Index(texts[1], b[i])}
	}
	var charts []*chart.Chart
	for _, e := range all {
		one := m
		unit := ""
		if one.Title, one.Subtitle, unit, one.Format = r.caption(e); unit != "" {
			one.Subtitle += "; " + unit
		}
		for range texts[0] {
			one.Cells = append(one.Cells, slices.Repeat([]Effect{{Interval: Interval{Value: math.NaN()}}}, len(texts[1])))
		}
		for k, p := range e.at {
			one.Cells[place[p][0]][place[p][1]] = e.effects[k]
		}
		charts = append(charts, named(r.noted(one.Chart(), inputs), r.suffix(e)))
	}
	return charts, nil
}

func named(ch *chart.Chart, suffix string) *chart.Chart {
	ch.Suffix = suffix
	return ch
}

// drawEffectLine draws effects over one numeric input.
func drawEffectLine(r *Results) ([]*chart.Chart, error) {
	all, design, err := r.futures()
	if err != nil {
		return nil, err
	}
	inputs := varying(design)
	if len(inputs) != 1 {
		return nil, elsewhere("a line needs one input")
	}
	unit := r.inputUnit(inputs[0])
	values, numbers := inputNumbers(design, inputs[0], unit)
	if !numbers {
		return nil, elsewhere("a line needs numbers, and %s takes words", inputs[0])
	}
	at := map[int]float64{}
	for i, p := range design.Number("point") {
		at[int(p)] = values[i]
	}
	var charts []*chart.Chart
	for _, e := range all {
		l := EffectLine{Source: r.futuresSource(), Input: r.pathName(inputs[0]), InputUnit: unit, Names: []string{e.name},
			Effects: [][]Effect{nil}}
		l.Title, l.Subtitle, l.Unit, l.Format = r.caption(e)
		for _, k := range orderBy(len(e.at), func(k int) float64 { return at[e.at[k]] }) {
			l.X, l.Effects[0] = append(l.X, at[e.at[k]]), append(l.Effects[0], e.effects[k])
		}
		charts = append(charts, named(r.noted(l.Chart(), inputs), r.suffix(e)))
	}
	return charts, nil
}

// orderBy are the numbers below n, ascending by a value.
func orderBy(n int, value func(int) float64) []int {
	out := make([]int, n)
	for k := range out {
		out[k] = k
	}
	slices.SortStableFunc(out, func(a, b int) int { return cmp.Compare(value(a), value(b)) })
	return out
}

// mostForest is how many futures a forest has a row for; of more, every few are drawn.
const mostForest = 40

// drawEffectForest draws effects future by future, the least at the top.
func drawEffectForest(r *Results) ([]*chart.Chart, error) {
	all, design, err := r.futures()
	if err != nil {
		return nil, err
	}
	names := map[int]string{}
	inputs := varying(design)
	for i, p := range design.Number("point") {
		var parts []string
		policies := 0
		for _, name := range inputs {
			value := inputWord(shortNumber(design.Text(name)[i]), r.inputUnit(name))
			if isPolicy(name) { // the title and the note say what it is
				parts = slices.Insert(parts, policies, settingWord(name, value))
				policies++
				continue
			}
			parts = append(parts, symbol(r.pathName(name))+chart.Space+value)
		}
		names[int(p)] = strings.Join(parts, ", ")
	}
	var charts []*chart.Chart
	for _, e := range all {
		f := EffectForest{Source: r.futuresSource()}
		f.Title, f.Subtitle, f.Unit, f.Format = r.caption(e)
		order := orderBy(len(e.at), func(k int) float64 { return e.effects[k].Value })
		if n := len(order); n > mostForest {
			few := make([]int, mostForest)
			for k := range few {
				few[k] = order[k*(n-1)/(mostForest-1)]
			}
			order = few
			f.Subtitle += fmt.Sprintf("; %s of %s, evenly from the order of the effect", quantity.Count(mostForest),
				quantity.Plural(n,
					"future"))
		}
		for _, k := range order {
			f.Names, f.Effects = append(f.Names, names[e.at[k]]), append(f.Effects, e.effects[k])
		}
		charts = append(charts, named(r.noted(f.Chart(), inputs), r.suffix(e)))
	}
	return charts, nil
}

func isPolicy(path string) bool { return strings.HasPrefix(path, "policies.") }

// settingWord is a value of a policy: an amount says what it is, anything else is named by the last
// word of its PATH.
func settingWord(path, value string) string {
	if strings.HasPrefix(value, "$") {
		return value
	}
	return strings.ReplaceAll(path[strings.LastIndexByte(path, '.')+1:], "_", chart.Space) + chart.Space + value
}

// shortNumber is a number with three digits; any other text stays.
func shortNumber(text string) string {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return text
	}
	return strconv.FormatFloat(v, 'g', 3, 64)
}

// drawEffectDrivers draws on which inputs effects depend, luck apart, from the table of drivers.
func drawEffectDrivers(r *Results) ([]*chart.Chart, error) {
	all, _, err := r.futures()
	if err != nil {
		return nil, err
	}
	if r.make == nil || r.Manifest.Futures == nil {
		return nil, elsewhere("nobody makes the table of drivers here")
	}
	var dates []string
	for _, e := range all {
		if !slices.Contains(dates, e.date) {
			dates = append(dates, e.date)
		}
	}
	t, err := r.make("effect_drivers", dates)
	if err != nil {
		return nil, err
	}
	var charts []*chart.Chart
	for _, e := range all {
		rows := t.Where("case", e.name).Where("metric", e.metric).Where("date", e.date)
		if ch := r.driversChart(e, rows); ch != nil {
			charts = append(charts, named(ch, r.suffix(e)))
		}
	}
	if len(charts) == 0 {
		return nil, absent("the design has too few points for indices of the effect")
	}
	return charts, nil
}

// driversChart draws the indices of one effect; nil where there are none.
func (r *Results) driversChart(e overFutures, t *table.Table) *chart.Chart {
	b := BarChart{Source: r.futuresSource(), Unit: "Share of the variance of the effect in one run", Percent: true,
		Whole: true,
		Names: [2]string{"first order"}}
	b.Title = fmt.Sprintf("On what the effect of %s on %s depends", quantity.Within(words(e.name)),
		quantity.Within(r.metricTitle(e.metric)))
	b.Subtitle = "Sobol indices with 95% intervals, at " + quantity.When(e.date) + "; seed noise is a share of its own"
	number := func(column string, i int) float64 { return t.Number(column)[i] }
	for i, input := range t.Text("input") {
		bar := Bar{Name: r.pathName(input),
			First: Interval{number("first", i), number("first_low", i),
				number("first_high", i)},
			Second: Interval{number("total", i), number("total_low", i), number("total_high", i)}}
		if math.IsNaN(bar.First.Value) {
			continue
		}
		if !math.IsNaN(bar.Second.Value) {
			b.Names[1] = "total order"
		}
		b.Bars = append(b.Bars, bar)
	}
	if len(b.Bars) == 0 {
		return nil
	}
	return r.noted(b.Chart(), t.Distinct("input"))
}

// noted adds what scenarios call the inputs.
func (r *Results) noted(ch *chart.Chart, inputs []string) *chart.Chart {
	inputs = slices.DeleteFunc(slices.Clone(inputs), func(s string) bool { return !strings.Contains(s, ".") })
	ch.Notes = append(ch.Notes, r.pathNote(inputs...)...)
	return ch
}

// symbol is the letter at the end of a name, such as η, where there is one; otherwise the name.
func symbol(name string) string {
	last := name[strings.LastIndexByte(name, ' ')+1:]
	if letter, _ := utf8.DecodeRuneInString(last); letter > unicode.MaxASCII {
		return last
	}
	return name
}
