package compare

import (
	"path/filepath"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

// Headline is the metric of which a sentence speaks first: sales concentration, or the first kept.
func Headline(metrics []string) string {
	if slices.Contains(metrics, MainMetrics[0]) || len(metrics) == 0 {
		return MainMetrics[0]
	}
	return metrics[0]
}

// Swept is what one combination of policies changes in a metric at the last date, in the futures of
// a sweep.
type Swept struct {
	Effects []Effect // by point; Case and Against are the policies with their values
	words   map[int]string
}

// Tell says it in a sentence.
func (s Swept) Tell() string {
	return TellFutures(s.Effects, func(point int) string { return s.words[point] })
}

// lastCommon is the last date at which as many points have effects as at any.
func lastCommon(effects []Effect) (last string) {
	count := map[string]int{}
	most := 0
	for _, e := range effects {
		count[e.Date]++
		most = max(most, count[e.Date])
	}
	for date, n := range count {
		if n == most {
			last = max(last, date)
		}
	}
	return last
}

// pathEnds are the ends of the PATHs of policies that tell them apart, as robustness names them: a
// single one is whole.
func pathEnds(inputs []results.SweepInput) map[string]string {
	out, all := map[string]string{}, [][]string{}
	for _, in := range inputs {
		if results.IsPolicy(in.Path) {
			out[in.Path] = in.Path
			all = append(all, strings.Split(in.Path, "."))
		}
	}
	if len(all) < 2 {
		return out
	}
	for n := 1; ; n++ {
		seen, alike := map[string]bool{}, false
		for _, parts := range all {
			end := strings.Join(parts[max(0, len(parts)-n):], ".")
			alike = alike || seen[end]
			seen[end], out[strings.Join(parts, ".")] = true, end
		}
		if !alike {
			return out
		}
	}
}

// ReadSwept reads what the policies of a sweep change in a metric at the last date, a combination
// of policies each; nothing where the sweep has no table of effects.
func ReadSwept(dir string, m *results.Manifest, metric string) (out []Swept, err error) {
	defer table.Misfit(&err)
	if !slices.ContainsFunc(m.Tables, func(f results.File) bool { return strings.HasPrefix(f.File, effectsTable+".") }) {
		return nil, nil
	}
	t, err := m.Table(dir, effectsTable)
	if err != nil {
		return nil, err
	}
	design, err := m.Table(dir, run.DesignTable)
	if err != nil {
		return nil, err
	}
	effects, err := readEffects(t.Where("metric", metric), false)
	if err != nil || len(effects) == 0 {
		return nil, err
	}
	own, err := scenario.Load(filepath.Join(dir, results.ScenarioName), scenario.Options{})
	if err != nil {
		own = nil // the cells of the table say it then
	}
	number := map[string]int{}
	for i, id := range design.Text("case") {
		number[id] = i
	}
	ends := pathEnds(m.Sweep.Inputs)
	words := func(i int, policies bool) string {
		var parts []string
		for _, in := range m.Sweep.Inputs {
			if results.IsPolicy(in.Path) != policies {
				continue
			}
			cell := design.Text(in.Path)[i]
			if own != nil {
				if k, found := own.Knob(in.Path); found {
					if v, err := k.ParseCell(cell); err == nil {
						cell = k.Written(v)
					}
				}
			}
			if policies {
				parts = append(parts, ends[in.Path]+" = "+cell)
			} else {
				parts = append(parts, in.Path+" is "+cell)
			}
		}
		return quantity.List(parts)
	}
	last := lastCommon(effects)
	place := map[string]int{}
	for _, e := range effects {
		i, known := number[e.Case]
		j, also := number[e.Against]
		if e.Date != last || e.Replications == 0 || !known || !also {
			continue
		}
		e.Case, e.Against = words(i, true), words(j, true)
		k, known := place[e.Case]
		if !known {
			k = len(out)
			place[e.Case], out = k, append(out, Swept{words: map[int]string{}})
		}
		out[k].Effects = append(out[k].Effects, e)
		if out[k].words[e.Point] = words(i, false); out[k].words[e.Point] == "" {
			out[k].words[e.Point] = "all else is as in the scenario"
		}
	}
	return out, nil
}
