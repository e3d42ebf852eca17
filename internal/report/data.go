package report

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"

	"simulate/internal/quantity"
	"simulate/plots"
	"simulate/sim"
	"simulate/sim/experiment/compare"
	"simulate/sim/table"
)

// chartData is what the interactive charts of a run draw. Paths have a value per date of their
// case.
type chartData struct {
	Cases       []caseData                       `json:"cases"`
	Metrics     []variable                       `json:"metrics"`
	Values      map[string]map[string]paths      `json:"values"`      // by metric, case
	Differences map[string]map[string]difference `json:"differences"` // by metric, case; nil: no comparison
	Labs        labData                          `json:"labs"`
}

type caseData struct {
	Name    string   `json:"name"`
	Label   string   `json:"label"`
	Colour  string   `json:"colour"`
	Dates   []string `json:"dates"`
	Markers []mark   `json:"markers"`
	// the base that its differences are from, "" where it has none
	Base string `json:"base,omitempty"`
	// the base that was added to a scenario: a line without bands
	Added bool `json:"added,omitempty"`
}

type mark struct {
	Date  string `json:"date"`
	Label string `json:"label"`
}

type variable struct {
	Name    string `json:"name"`
	Title   string `json:"title"`
	Unit    string `json:"unit"`
	Meaning string `json:"meaning"`
}

// paths are the mean and the quantiles 5, 25, 50, 75 and 95 % over time, nil where they are left
// out.
type paths struct {
	Mean []number    `json:"mean"`
	Q    [5][]number `json:"q"`
}

// difference is a paired difference over time with half the width of its 95 % interval.
type difference struct {
	Value []number `json:"value"`
	Half  []number `json:"half"`
}

// labData holds the variables of labs.
type labData struct {
	Variables []variable               `json:"variables"`
	Cases     map[string][]labPathData `json:"cases"`
	Dates     map[string][]string      `json:"dates"`
}

type labPathData struct {
	ID     string               `json:"id"`
	Label  string               `json:"label"`
	Colour string               `json:"colour"`
	Named  bool                 `json:"named"`
	Values map[string][3]series `json:"values"` // by variable: 5 % quantile, mean and 95 % quantile
}

type series []number

// number is written with the digits that a chart shows, three, and four between 1000 and 9999;
// undefined is null.
type number float64

func (n number) MarshalJSON() ([]byte, error) {
	v := float64(n)
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return []byte("null"), nil
	}
	digits := 3
	if a := math.Abs(v); a >= 999.5 && a < 9999.5 {
		digits = 4
	}
	return strconv.AppendFloat(nil, v, 'g', digits, 64), nil
}

// exact is a number of an input as it is; undefined is null.
type exact float64

func (n exact) MarshalJSON() ([]byte, error) {
	v := float64(n)
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return []byte("null"), nil
	}
	return strconv.AppendFloat(nil, v, 'g', -1, 64), nil
}

// lighter leaves out the bands of the middle half, then all bands, then the labs.
func (d *chartData) lighter(level int) (any, string) {
	left, out := "", *d
	if level >= 1 {
		left = "charts have no middle half of the replications"
		out.Values = map[string]map[string]paths{}
		for metric, byCase := range d.Values {
			out.Values[metric] = map[string]paths{}
			for name, p := range byCase {
				if p.Q[1], p.Q[3] = nil, nil; level >= 2 {
					p.Q = [5][]number{}
				}
				out.Values[metric][name] = p
			}
		}
	}
	if level >= 2 {
		left = "charts have no bands"
	}
	if level >= 3 {
		left += ", and there is none of single labs"
		out.Labs = labData{Variables: d.Labs.Variables, Cases: map[string][]labPathData{}, Dates: map[string][]string{}}
	}
	return &out, left
}

// chartData reads what the charts draw.
func (f *folder) chartData(o *compare.Outcome) (*chartData, error) {
	results, err := plots.OpenAs(f.dir, f.how)
	if err == nil {
		err = results.Highlight(f.highlight)
	}
	if unknown := (plots.UnknownLab{}); errors.As(err, &unknown) {
		return nil, inputError(unknown)
	}
	if err != nil {
		return nil, err
	}
	words, err := f.table("dictionary")
	if err != nil {
		return nil, err
	}
	d := &chartData{Values: map[string]map[string]paths{}}
	for _, style := range results.CaseStyles() {
		c := f.caseNamed(style.Name)
		one := caseData{Name: c.Name, Label: style.Label, Colour: style.Colour, Dates: o.Dates(c.Name), Markers: []mark{},
			Added: c.Added}
		for _, m := range c.Markers {
			one.Markers = append(one.Markers, mark{quantity.DayOf(m.Date), m.Label})
		}
		d.Cases = append(d.Cases, one)
	}
	if compared := f.manifest.Compare; compared != nil {
		for i := range d.Cases {
			if c := &d.Cases[i]; slices.Contains(compared.Alternatives, c.Name) {
				c.Base = compared.Base(c.Name)
				for _, b := range d.Cases {
					if b.Name == c.Base {
						c.Base = b.Label
					}
				}
			}
		}
	}
	for _, v := range variables(words, "market") {
		byCase := map[string]paths{}
		for _, c := range d.Cases {
			if p, defined := pathsOf(o, c.Name, v.Name); defined {
				byCase[c.Name] = p
			}
		}
		if len(byCase) > 0 {
			d.Metrics, d.Values[v.Name] = append(d.Metrics, v), byCase
		}
	}
	if err := d.addDifferences(o); err != nil {
		return nil, err
	}
	return d, f.addLabs(d, results, words)
}

// variables are the numeric columns of a table with their unit and meaning.
func variables(words *table.Table, of string) []variable {
	titles := map[string]string{}
	for _, m := range sim.Metrics {
		titles[m.Name] = m.Title
	}
	var out []variable
	tables, names, units, meanings := words.Text("table"), words.Text("column"), words.Text("unit"), words.Text("meaning")
	for i, name := range names {
		if tables[i] != of || slices.Contains([]string{"case", "replication", "date", "lab", "region", "archetype",
			"openness"}, name) || units[i] == "ISO date" {
			continue
		}
		title := titles[name]
		if title == "" {
			title = plots.Label(name)
		}
		out = append(out, variable{name, title, unitWords(units[i]), meanings[i]})
	}
	return out
}

func pathsOf(o *compare.Outcome, name, metric string) (p paths, defined bool) {
	for _, date := range o.Dates(name) {
		s := o.Stats(name, date, metric)
		defined = defined || s.N > 0
		p.Mean = append(p.Mean, number(s.Mean))
		for i, q := range s.Quantiles {
			p.Q[i] = append(p.Q[i], number(q))
		}
	}
	return p, defined
}

func (d *chartData) addDifferences(o *compare.Outcome) error {
	rows, err := o.Effects()
	if err != nil || len(rows) == 0 {
		return err
	}
	d.Differences = map[string]map[string]difference{}
	for _, r := range rows { // by case and date, so that each path comes in order
		if d.Values[r.Metric] == nil {
			continue
		}
		if d.Differences[r.Metric] == nil {
			d.Differences[r.Metric] = map[string]difference{}
		}
		p := d.Differences[r.Metric][r.Case]
		p.Value, p.Half = append(p.Value, number(r.Change.Value)), append(p.Half,
			number((r.Change.High-r.Change.Low)/2))
		d.Differences[r.Metric][r.Case] = p
	}
	return nil
}

// addLabs reads labs_summary.
func (f *folder) addLabs(d *chartData, results *plots.Results, words *table.Table) error {
	d.Labs = labData{Variables: variables(words, "labs"), Cases: map[string][]labPathData{}, Dates: map[string][]string{}}
	t, err := f.table("labs_summary")
	if err != nil {
		return err
	}
	cases, dates, labs, names := t.Text("case"), t.Text("date"), t.Text("lab"), t.Text("variable")
	statistics := [3][]float64{t.Number("q05"), t.Number("mean"), t.Number("q95")}
	alone := len(f.cases()) == 1 // with more cases a page has room for means alone
	for _, c := range d.Cases {
		if f.caseNamed(c.Name).Added {
			continue
		}
		styles := map[string]plots.LabStyle{}
		for _, s := range results.LabStyles(c.Name) {
			styles[s.Class] = s
		}
		at, of := map[string]int{}, map[string]int{}
		for i := range cases {
			if cases[i] == c.Name {
				at[dates[i]] = 0
			}
		}
		for date := range at {
			d.Labs.Dates[c.Name] = append(d.Labs.Dates[c.Name], date)
		}
		slices.Sort(d.Labs.Dates[c.Name])
		for i, date := range d.Labs.Dates[c.Name] {
			at[date] = i
		}
		all := []labPathData{}
		for i := range cases {
			if cases[i] != c.Name {
				continue
			}
			k, known := of[labs[i]]
			if !known {
				class, member, _ := strings.Cut(labs[i], "#")
				s, known := styles[class]
				if !known {
					s.Name = plots.Label(class)
				}
				k, of[labs[i]] = len(all), len(all)
				all = append(all, labPathData{ID: labs[i], Label: strings.TrimSpace(s.Name + " " + member),
					Colour: s.Colour, Named: s.Named && (member == "" || s.Highlit), Values: map[string][3]series{}})
			}
			v := all[k].Values[names[i]]
			for q := range v {
				if q != 1 && !alone {
					v[q] = []number{}
					continue
				}
				for len(v[q]) < len(at) {
					v[q] = append(v[q], number(math.NaN()))
				}
				v[q][at[dates[i]]] = number(statistics[q][i])
			}
			all[k].Values[names[i]] = v
		}
		if len(all) > 0 {
			d.Labs.Cases[c.Name] = all
		}
	}
	return nil
}
