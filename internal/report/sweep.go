package report

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/study"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

// mostRows is how many points of a design a page lists, and mostPoints how many it draws.
const (
	mostRows   = 24
	mostPoints = 2000
)

// sweepPage is the page of a sweep.
func (f *folder) sweepPage() (*page, error) {
	m := f.manifest
	p := &page{Title: m.Title + ": " + f.sweptOver(), Kind: "Sweep", Identity: f.identity()}
	design, err := f.table("design")
	if err != nil {
		return nil, damaged(f.dir, err)
	}
	runs, err := f.table("runs")
	if err != nil {
		return nil, damaged(f.dir, err)
	}
	if design.Len() != m.Sweep.Cases {
		return nil, damaged(f.dir, fmt.Errorf("its table design has %s, but the sweep has %s", quantity.Plural(design.Len(),
			"row"), quantity.Plural(m.Sweep.Cases, "case")))
	}
	points := f.points(design, runs)
	figures, err := f.figures()
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
	found := f.sweepFindings()
	by, metric := f.pair(points, design), compare.Headline(m.Sweep.Metrics)
	groups := f.pairedEffects(points, by, metric)
	front := &swept{points: points, by: by, groups: groups, metric: metric}
	f.analysed(front)
	if p.Front, figures, err = f.sweepFront(front, figures); err != nil {
		return nil, err
	}
	p.Data = points.data(m.Sweep, f.inputFull)
	p.Sections = []section{
		{"findings", "Findings", found},
		{"design", "Design", f.design(design)},
		{"results", "Results by point", points.levels(m.Sweep, "runs."+m.Format, f.inputName)},
		{"effects", "Differences between points", f.pairedParts(points, by, metric, groups)},
		{"charts", "Charts", []part{{Charts: &charts{Points: true}}}},
		{"figures", "Figures", figures},
		{"levers", "Levers and events", levers},
		{"assumptions", "Assumptions", f.assumptions()},
		{"repeat", "Repeat it", repeat},
	}
	return p, nil
}

// sweptOver names the inputs that vary, or counts many.
func (f *folder) sweptOver() string {
	return "a sweep of " + f.inputNames(append(f.paths(true), f.paths(false)...), 3, f.inputName)
}

func damaged(dir string, err error) error {
	if errors.As(err, new(*table.Changed)) {
		return err
	}
	return &results.InputError{Err: fmt.Errorf("%s is damaged: %w; run the command again, or with --force", dir, err)}
}

// sweepFindings say what was done and which inputs drive the sales HHI, or the first metric kept.
func (f *folder) sweepFindings() []part {
	s := f.manifest.Sweep
	list := []text{{Text: fmt.Sprintf("%s of %s, %s each.", quantity.Plural(s.Runs, "run"), quantity.Plural(s.Cases,
		"case"), quantity.Plural(s.Replications, "replication"))}}
	if s.Failed > 0 {
		list = append(list, text{Text: fmt.Sprintf("%s failed and have no values; the table runs names each with the "+
			"command that repeats it.", quantity.Plural(s.Failed, "run"))})
	}
	if n := len(s.Missing); n > 0 {
		list = append(list, text{Text: fmt.Sprintf("The tables are partial: %s left out (%s).", quantity.Plural(n, "shard"),
			quantity.Ranges(s.Missing))})
	}
	for _, note := range f.manifest.Notes {
		list = append(list, text{Text: note})
	}
	metric := compare.Headline(s.Metrics)
	st, err := study.OpenStudy(f.dir, study.StudyOptions{})
	if err == nil {
		var found *study.Sensitivity
		if found, err = st.Sensitivity(metric, ""); err == nil {
			for _, sentence := range found.Sentences() {
				list = append(list, text{Text: sentence})
			}
		}
	}
	parts := []part{{List: list}}
	if err != nil {
		parts = append(parts, missing("What drives %s is not said: %s.", metric, strings.TrimPrefix(err.Error(),
			metric+": ")))
	}
	return append(parts, part{Text: []text{{Text: "More questions of the same runs:", Code: "simulate analyse --help"}}})
}

// design says what varies.
func (f *folder) design(t *table.Table) []part {
	s := f.manifest.Sweep
	return f.varied(s.Inputs, s.Design, t.Len(), s.Replications)
}

// varied says what varies over the points of a design.
func (f *folder) varied(inputs []results.SweepInput, design string, points, replications int) []part {
	g := &grid{Caption: fmt.Sprintf("What varies, by the design %s", design), Columns: columns("input", "values",
		"unit", "source")}
	for _, in := range inputs {
		from := cell{Text: "–"}
		if own := f.main(); own != nil {
			for _, o := range own.Origins() {
				if o.Path == in.Path {
					from = source(o.Source)
				}
			}
		}
		values := cell{Text: in.Spec}
		if own := f.main(); own != nil && in.Spec == "range" {
			if l, found := own.Knob(in.Path); found && l.HasRange {
				values = cell{Text: written(l, l.Range[0]) + " to " + written(l, l.Range[1]), Small: "its range"}
			}
		}
		g.Rows = append(g.Rows, row{Cells: []cell{{Text: in.Path, Code: true, Small: f.inputName(in.Path)},
			values, {Text: orDash(unitWords(in.Unit))},
			from}})
	}
	return []part{{Table: g}, {Text: []text{{Text: fmt.Sprintf("%s; common random numbers: every point uses the luck "+
		"of replications 1 to %d.", quantity.Plural(points, "point"), replications)}}}}
}

// pointSet holds the values of inputs and the means of metrics at the end, by point.
type pointSet struct {
	date   string
	ids    []string
	inputs [][]cell             // by point
	values [][]float64          // of inputs that are numbers or dates, as decimal years; NaN of words
	means  map[string][]float64 // by metric, over the replications that did not fail
	errors map[string][]float64
	runs   map[string][]map[int]float64 // by metric, point and replication
}

// points reads a sweep's last values.
func (f *folder) points(design, runs *table.Table) *pointSet {
	p := &pointSet{ids: design.Text("case"), means: map[string][]float64{}, errors: map[string][]float64{},
		runs: map[string][]map[int]float64{}}
	at := map[string]int{}
	for i, id := range p.ids {
		at[id] = i
		var cells []cell
		var values []float64
		for _, in := range f.manifest.Sweep.Inputs {
			v := design.Number(in.Path)[i]
			text := design.Text(in.Path)[i]
			if l, found := f.knob(in.Path); found {
				if model, err := l.ParseCell(text); err == nil {
					text = written(l, model)
					if l.IsDate() {
						v = model
					}
				}
			}
			cells, values = append(cells, cell{Text: text}), append(values, v)
		}
		p.inputs, p.values = append(p.inputs, cells), append(p.values, values)
	}
	if runs.Len() > 0 {
		p.date = runs.Text("date")[0]
	}
	for _, metric := range f.manifest.Sweep.Metrics {
		p.runs[metric] = byReplication(runs, at, len(p.ids), metric)
		byPoint := make([][]float64, len(p.ids))
		for i, v := range runs.Number(metric) {
			if k, known := at[runs.Text("case")[i]]; known {
				byPoint[k] = append(byPoint[k], v)
			}
		}
		for _, sample := range byPoint {
			s := results.Describe(sample)
			p.means[metric], p.errors[metric] = append(p.means[metric], s.Mean), append(p.errors[metric], s.SE)
		}
	}
	return p
}

// knob finds an input whose values are numbers or dates.
func (f *folder) knob(path string) (*scenario.Knob, bool) {
	s := f.main()
	if s == nil {
		return nil, false
	}
	l, found := s.Knob(path)
	return l, found && len(l.Words) == 0
}

// levels is the table of main metrics by point.
func (p *pointSet) levels(s *results.SweepInfo, file string, name func(path string) string) []part {
	var shown []string
	for _, metric := range compare.MainMetrics {
		if slices.Contains(s.Metrics, metric) {
			shown = append(shown, metric)
		}
	}
	if len(shown) == 0 {
		shown = s.Metrics[:min(6, len(s.Metrics))]
	}
	g := &grid{Caption: "Main metrics at " + p.date + ": mean over replications, standard error below",
		Columns: columns("point")}
	for _, in := range s.Inputs {
		g.Columns = append(g.Columns, column{Title: name(in.Path), Number: true})
	}
	for _, metric := range shown {
		title, unit, _ := metricWords(metric)
		if unit != "" {
			title += " [" + unit + "]"
		}
		g.Columns = append(g.Columns, column{Title: title, Number: true})
	}
	for i, id := range p.ids[:min(mostRows, len(p.ids))] {
		r := row{Cells: append([]cell{{Text: id}}, p.inputs[i]...)}
		for _, metric := range shown {
			r.Cells = append(r.Cells, cell{Text: human(p.means[metric][i]), Small: "± " + human(p.errors[metric][i])})
		}
		g.Rows = append(g.Rows, r)
	}
	g.Note = file + " holds every run."
	if len(p.ids) > mostRows {
		g.Note = fmt.Sprintf("The first %s of %s; %s holds every run.", quantity.Count(mostRows),
			quantity.Plural(len(p.ids), "point"), file)
	}
	return []part{{Table: g}}
}

// sweepData is what the chart of a sweep draws.
type sweepData struct {
	Inputs  []variable      `json:"inputs"`
	Metrics []variable      `json:"metrics"`
	Points  []pointData     `json:"points"`
	Words   map[string]bool `json:"words"` // inputs that are words
	Left    int             `json:"left"`  // points that are not drawn
}

type pointData struct {
	ID     string            `json:"id"`
	Text   []string          `json:"text"`
	Input  []exact           `json:"input"`
	Metric map[string]number `json:"metric"`
	Error  map[string]number `json:"error"`
}

// lighter leaves out half of the points at each level.
func (d *sweepData) lighter(level int) (any, string) {
	out := *d
	if n := len(d.Points) >> level; n < len(d.Points) {
		out.Left, out.Points = d.Left+len(d.Points)-n, d.Points[:n]
		return &out, "the chart shows " + quantity.Plural(n, "point")
	}
	return &out, ""
}

func (p *pointSet) data(s *results.SweepInfo, name func(path string) string) *sweepData {
	d := &sweepData{Words: map[string]bool{}, Left: max(0, len(p.ids)-mostPoints), Points: []pointData{}}
	for j, in := range s.Inputs {
		d.Inputs = append(d.Inputs, variable{Name: in.Path, Title: name(in.Path), Unit: unitWords(in.Unit)})
		d.Words[in.Path] = len(p.values) > 0 && math.IsNaN(p.values[0][j])
	}
	for _, name := range s.Metrics {
		title, unit, meaning := metricWords(name)
		d.Metrics = append(d.Metrics, variable{name, title, unit, meaning})
	}
	for i, id := range p.ids[:min(mostPoints, len(p.ids))] {
		one := pointData{ID: id, Metric: map[string]number{}, Error: map[string]number{}}
		for j, c := range p.inputs[i] {
			one.Text, one.Input = append(one.Text, c.Text), append(one.Input, exact(p.values[i][j]))
		}
		for _, metric := range s.Metrics {
			one.Metric[metric], one.Error[metric] = number(p.means[metric][i]), number(p.errors[metric][i])
		}
		d.Points = append(d.Points, one)
	}
	return d
}
