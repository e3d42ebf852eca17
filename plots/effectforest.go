package plots

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"simulate/internal/quantity"
	"simulate/plots/chart"
)

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
