package validation

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
	"simulate/sim/table"
)

// folders are the results of examples/validation.sh.
type folders struct {
	dir    string
	tables map[string]*table.Table
}

// get reads a number by its key, FOLDER/TABLE|STATISTIC[|COLUMN=VALUE ...]; COLUMN!=VALUE leaves
// rows out, COLUMN^=VALUE takes those that begin so.
func (f *folders) get(key string) (float64, error) {
	words := strings.Split(key, "|")
	v, err := f.read(words[0], words[1], words[2:])
	if err == nil && math.IsNaN(v) {
		err = errors.New("no rows, or no number in them")
	}
	if err != nil {
		return 0, fmt.Errorf("%s: %w", key, err)
	}
	return v, nil
}

func (f *folders) read(place, statistic string, where []string) (float64, error) {
	t, err := f.table(place)
	if err != nil {
		return 0, err
	}
	for _, w := range where {
		column, value, _ := strings.Cut(w, "=")
		column, not := strings.CutSuffix(column, "!")
		column, begins := strings.CutSuffix(column, "^")
		if !t.Has(column) {
			return 0, fmt.Errorf("there is no column %s", column)
		}
		text := t.Text(column)
		t = t.Filter(func(row int) bool {
			return (text[row] == value || begins && strings.HasPrefix(text[row], value)) != not
		})
	}
	name, of, derived := strings.Cut(statistic, ":")
	if !derived {
		if t.Len() != 1 {
			return 0, fmt.Errorf("one row is asked for, and there are %d", t.Len())
		}
		return strconv.ParseFloat(t.Text(name)[0], 64)
	}
	switch name {
	case "sum":
		return over(t.Number(of), func(sum, v float64) float64 { return sum + v }), nil
	case "mean":
		return over(t.Number(of), func(sum, v float64) float64 { return sum + v }) / float64(t.Len()), nil
	case "rows":
		return float64(t.Len()), nil
	case "q05", "q50", "q95":
		x := slices.Clone(t.Number(of))
		slices.Sort(x)
		at, err := strconv.ParseFloat("."+name[1:], 64)
		return results.Quantile(x, at), err
	case "within": // rows whose value lies between q05 and q95
		low, value, high := t.Number("q05"), t.Number("value"), t.Number("q95")
		n := 0.0
		for i, v := range value {
			if v >= low[i] && v <= high[i] {
				n++
			}
		}
		return n, nil
	case "ratio": // of one column to another, geometric mean over rows that have both
		column, base, _ := strings.Cut(of, ":")
		above, below := t.Number(column), t.Number(base)
		sum, n := 0.0, 0.0
		for i := range above {
			if v := math.Log(above[i] / below[i]); !math.IsNaN(v) && !math.IsInf(v, 0) {
				sum, n = sum+v, n+1
			}
		}
		return math.Exp(sum / n), nil
	case "rises": // replications in which a metric is higher at the second date than at the first
		metric, dates, _ := strings.Cut(of, ":")
		early, late, _ := strings.Cut(dates, ":")
		before, after := t.Where("date", early).Number(metric), t.Where("date", late).Number(metric)
		n := 0.0
		for i := range before {
			if after[i] > before[i] {
				n++
			}
		}
		return n, nil
	case "change", "change_se", "unchanged": // of a metric from the first date to the second, over replications
		metric, dates, _ := strings.Cut(of, ":")
		early, late, _ := strings.Cut(dates, ":")
		d := differences(t.Where("date", early).Number(metric), t.Where("date", late).Number(metric))
		n, s := float64(len(d)), analysis.Paired(make([]float64, len(d)), d)
		switch name {
		case "change":
			return s.Change.Value, nil
		case "change_se":
			return s.SE, nil
		}
		none := 0.0
		for _, v := range d {
			if v == 0 {
				none++
			}
		}
		return none / n, nil
	case "factor": // yearly factor of a metric between two dates, mean over replications
		metric, dates, _ := strings.Cut(of, ":")
		early, late, _ := strings.Cut(dates, ":")
		before, after := t.Where("date", early).Number(metric), t.Where("date", late).Number(metric)
		years, err := yearsBetween(early, late)
		if err != nil {
			return 0, err
		}
		sum := 0.0
		for i := range before {
			sum += math.Pow(after[i]/before[i], 1/years)
		}
		return sum / float64(len(before)), nil
	case "growth": // yearly factor of the mean of a metric between two dates
		metric, dates, _ := strings.Cut(of, ":")
		early, late, _ := strings.Cut(dates, ":")
		years, err := yearsBetween(early, late)
		sum := func(date string) float64 {
			return over(t.Where("date", date).Number(metric), func(sum, v float64) float64 { return sum + v })
		}
		return math.Pow(sum(late)/sum(early), 1/years), err
	case "served", "served_se": // of labs: per cent by which serving costs more in the second case
		return f.served(place, name, t)
	case "power", "power_se": // of labs: a metric of the market less the HHI of effective compute to a power
		return f.power(place, name, of, t)
	case "least": // one metric less another, the least over rows
		metric, other, _ := strings.Cut(of, ":")
		return slices.Min(differences(t.Number(other), t.Number(metric))), nil
	case "less", "less_se": // one metric less another, over replications
		metric, other, _ := strings.Cut(of, ":")
		d := differences(t.Number(other), t.Number(metric))
		s := analysis.Paired(make([]float64, len(d)), d)
		if name == "less" {
			return s.Change.Value, nil
		}
		return s.SE, nil
	case "percent": // of the mean over pairs by which the second case has more than the first
		cases := slices.Compact(slices.Clone(t.Text("case")))
		if len(cases) != 2 {
			return 0, fmt.Errorf("%d cases instead of two", len(cases))
		}
		with := t.Where("case", cases[1]).Number(of)
		for i, v := range t.Where("case", cases[0]).Number(of) {
			with[i] = 100 * (with[i]/v - 1)
		}
		return over(with, func(sum, v float64) float64 { return sum + v }) / float64(len(with)), nil
	case "pairs": // of what the second case has more than the first, over replications
		return pairs(t, of)
	case "above": // rows whose value lies above a bound
		column, bound, _ := strings.Cut(of, ":")
		least, err := strconv.ParseFloat(bound, 64)
		return over(t.Number(column), func(n, v float64) float64 {
			if v > least {
				n++
			}
			return n
		}), err
	case "below": // pairs of runs below zero, of effects at many points
		n := 0.0
		for i, part := range t.Number("share_lower") {
			n += math.Round(part * t.Number("n")[i])
		}
		return n, nil
	}
	return 0, fmt.Errorf("no statistic %s", name)
}

// pairs is the median over replications of what the second case has more than the first of a
// metric; METRIC:0.37 is another quantile, METRIC:low and METRIC:high are the ends of the 95 %
// interval of the median.
func pairs(t *table.Table, of string) (float64, error) {
	metric, at, _ := strings.Cut(of, ":")
	cases := slices.Compact(slices.Clone(t.Text("case")))
	if len(cases) != 2 {
		return 0, fmt.Errorf("%d cases instead of two", len(cases))
	}
	d := differences(t.Where("case", cases[0]).Number(metric), t.Where("case", cases[1]).Number(metric))
	slices.Sort(d)
	part := .5
	switch reach := .98 / math.Sqrt(float64(len(d))); at {
	case "":
	case "low":
		part -= reach
	case "high":
		part += reach
	default:
		var err error
		if part, err = strconv.ParseFloat(at, 64); err != nil {
			return 0, err
		}
	}
	return results.Quantile(d, min(1, max(0, part))), nil
}

// differences are what each replication has more.
func differences(without, with []float64) []float64 {
	d := make([]float64, len(with))
	for i := range d {
		d[i] = with[i] - without[i]
	}
	return d
}

func yearsBetween(early, late string) (float64, error) {
	_, a, is := quantity.Period(early)
	_, b, are := quantity.Period(late)
	if !is || !are {
		return 0, fmt.Errorf("%s or %s is no date", early, late)
	}
	return b - a, nil
}

func over(x []float64, f func(sum, v float64) float64) (sum float64) {
	for _, v := range x {
		sum = f(sum, v)
	}
	return sum
}

// table reads FOLDER/TABLE, or the patterns of FILE.json as FILE.json/expect.
func (f *folders) table(place string) (*table.Table, error) {
	if t, found := f.tables[place]; found {
		return t, nil
	}
	folder, name, _ := strings.Cut(place, "/")
	var t *table.Table
	var err error
	if folder == "whofinds" { // the data of the table of who finds the gain, in the folder of the clone
		t, err = table.Read(filepath.Join("internal", "whofinds", "who_finds_it.csv"))
	} else if strings.HasSuffix(folder, ".json") {
		t, err = lists(filepath.Join(f.dir, folder), name)
	} else if err = ofThisVersion(filepath.Join(f.dir, folder)); err == nil {
		t, err = table.Read(filepath.Join(f.dir, folder, name+".csv"))
	}
	f.tables[place] = t
	return t, err
}

// ofThisVersion refuses a folder of another version of the model.
func ofThisVersion(dir string) error {
	text, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		return err
	}
	var m struct{ Version string }
	if err := json.Unmarshal(text, &m); err != nil {
		return err
	}
	if m.Version != sim.Version {
		return fmt.Errorf("%s is of version %s; run examples/validation.sh again", dir, m.Version)
	}
	return nil
}

// flatten takes the numbers and words of nested objects, their keys joined by points.
func flatten(into map[string]any, prefix string, o map[string]any) {
	for k, v := range o {
		switch v := v.(type) {
		case map[string]any:
			flatten(into, prefix+k+".", v)
		case []any:
			into[prefix+k] = float64(len(v)) // how many there are
		default:
			into[prefix+k] = v
		}
	}
}

// lists turns the lists of a JSON file of the program into a table: of each object the list of that
// name, its text and numbers as cells; "object" is the object itself, a row.
func lists(path, name string) (*table.Table, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if strings.HasPrefix(strings.TrimSpace(string(text)), "{") {
		text = []byte("[" + string(text) + "]")
	}
	var objects []map[string]any
	if err := json.Unmarshal(text, &objects); err != nil {
		return nil, err
	}
	var rows []map[string]any
	names := []string{}
	for _, o := range objects {
		all, _ := o[name].([]any)
		if name == "object" {
			flat := map[string]any{}
			flatten(flat, "", o)
			all = []any{flat}
		}
		for _, x := range all {
			of, _ := x.(map[string]any)
			row := map[string]any{}
			flatten(row, "", of)
			row["scenario"] = o["scenario"]
			for k := range row {
				if !slices.Contains(names, k) {
					names = append(names, k)
				}
			}
			rows = append(rows, row)
		}
	}
	slices.Sort(names)
	var columns []table.Column
	for _, n := range names {
		columns = append(columns, table.Column{Name: n, Kind: table.Text})
	}
	t := table.New(name, columns...)
	for _, row := range rows {
		var cells []any
		for _, n := range names {
			cells = append(cells, strings.ReplaceAll(fmt.Sprint(row[n]), "<nil>", ""))
		}
		t.Append(cells...)
	}
	return t, nil
}
