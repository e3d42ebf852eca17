package plots

import (
	"math"
	"slices"

	"simulate/plots/chart"
)

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
