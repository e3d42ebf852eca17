package export

import (
	"fmt"
	"slices"

	"simulate/sim/experiment/results"
	"simulate/sim/table"
)

// levels are the levels of metrics by case and date, and what to call the cases in a format in
// which a scenario's name is all that says what it is: the table summary, or of a comparison over
// futures the means that its table effects has.
func (f *Folder) levels() (t *table.Table, names []string, err error) {
	switch {
	case f.Manifest.Futures != nil && f.has(effectsTable):
		return f.futureLevels()
	case f.has(results.SummaryTable):
	case f.Manifest.Sweep != nil:
		return nil, nil, fmt.Errorf("%s has no table summary, of which this format is made; a sweep with -n 2 or more "+
			"writes one unless --tables leaves it out", f.Dir)
	case f.Manifest.Kind != "":
		return nil, nil, fmt.Errorf("%s is a %s, which forecasts or fits what was observed and has no levels of metrics by "+
			"year; `simulate run` has", f.Dir, f.Manifest.Kind)
	default:
		return nil, nil, fmt.Errorf("%s has no table summary, of which this format is made; run, compare and sweep write one",
			f.Dir)
	}
	if t, err = f.Table(results.SummaryTable); err != nil {
		return nil, nil, err
	}
	cases := distinct(t.Text("case"))
	names = slices.Clone(cases)
	if f.Manifest.Sweep == nil || !f.has(designTable) {
		return t, names, nil
	}
	points, err := f.pointNames("case")
	for i, number := range cases {
		names[i] = f.Manifest.Name + points[number]
	}
	return t, names, err
}

// futureLevels are the means of the base and of each alternative at the points of a design.
func (f *Folder) futureLevels() (*table.Table, []string, error) {
	effects, err := f.Table(effectsTable)
	if err != nil {
		return nil, nil, err
	}
	points, err := f.pointNames("point")
	if err != nil {
		return nil, nil, err
	}
	t := table.New(results.SummaryTable, table.Column{Name: "case"}, table.Column{Name: "date"},
		table.Column{Name: "metric"}, table.Column{Name: "mean", Kind: table.Number})
	text := map[string][]string{}
	for _, name := range []string{"case", "base", "point", "segment", "metric", "date"} {
		text[name] = effects.Text(name)
	}
	base, alternative := effects.Number("base_mean"), effects.Number("alternative_mean")
	seen := map[[3]string]bool{}
	for i, point := range text["point"] {
		if text["segment"][i] != "" {
			continue
		}
		for _, of := range []struct {
			name string
			mean float64
		}{{text["base"][i], base[i]}, {text["case"][i], alternative[i]}} {
			k := [3]string{of.name + points[point], text["date"][i], text["metric"][i]}
			if !seen[k] {
				seen[k] = true
				t.Append(k[0], k[1], k[2], of.mean)
			}
		}
	}
	return t, distinct(t.Text("case")), nil
}

// pointNames are what varies at each point of a design by its number, as in " | market.eta=1.2";
// points of equal values have their number too.
func (f *Folder) pointNames(key string) (map[string]string, error) {
	t, err := f.Table(designTable)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	seen := map[string]bool{}
	numbers := t.Text(key)
	for row, point := range numbers {
		name := ""
		for i, c := range t.Columns[1:] {
			name += map[bool]string{true: " | ", false: ", "}[i == 0] + c.Name + "=" + t.Text(c.Name)[row]
			if u := f.meanings[designTable][c.Name].unit; u != "" && u != "1" && u != "ISO date" {
				name += " " + u
			}
		}
		if seen[name] {
			name += " | point " + point
		}
		seen[name], out[point] = true, name
	}
	return out, nil
}
