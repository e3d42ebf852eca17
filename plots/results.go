package plots

import (
	"errors"
	"fmt"
	"image/color"
	"io/fs"
	"math"
	"path/filepath"
	"slices"
	"time"

	"simulate/internal/quantity"
	"simulate/sim/table"
)

// Results gives figures the tables of a results folder as paths over time.
type Results struct {
	Manifest Manifest

	dir      string
	how      *table.Reading
	metrics  map[string]map[string]*path            // by metric, case
	segments map[string]map[string]map[string]*path // by metric, segment, case
	segment  []string                               // in the table's order
	labs     map[string][]*lab                      // by case
	looks    []look                                 // of cases
	colours  map[string]color.NRGBA                 // of classes of labs

	at   []string // dates of figures of effects; none: the last
	over *Futures // what figures of effects describe, once they are read
	make func(table string, dates []string) (*table.Table, error)

	highlight []string // keys of labs that the reader wants to see in every figure
	own       []string // keys of labs of the reader's own files

	anyLetter bool // names go into text and not into figures, whose fonts lack some letters

	names  func(id string) string // words for metrics and PATHs; may be nil
	all    []Case                 // of the folder, shown or not
	window Window
}

// path is a variable over time: its mean and quantiles over the replications in which it is
// defined.
type path struct {
	date                          []float64 // decimal year at which the observation is made
	n                             []float64 // replications in which it is defined
	se                            []float64 // standard error of the mean; empty where the table has none
	mean, q05, q25, q50, q75, q95 []float64
	low, high                     []float64 // 95 % interval of the mean, where it is known
}

// lab holds the paths of a lab, or of all labs of a class together.
type lab struct {
	id, region, archetype, openness string
	members                         int
	variable                        map[string]*path
}

// Absent is the error of a figure whose inputs are missing or empty.
type Absent struct {
	Reason string
	// Elsewhere says that folders of another kind have these inputs, so that nobody misses the figure
	// here.
	Elsewhere bool
}

func (a Absent) Error() string { return a.Reason }

func absent(form string, values ...any) error { return Absent{Reason: fmt.Sprintf(form, values...)} }

// elsewhere is absent for what another figure shows, or other results.
func elsewhere(form string, values ...any) error {
	return Absent{Reason: fmt.Sprintf(form, values...), Elsewhere: true}
}

// Open reads the manifest and the summary tables of a results folder, CSV or Parquet, which must be
// as they were written.
func Open(dir string) (*Results, error) { return OpenAs(dir, nil) }

// OpenAs reads the manifest and the summary tables of a results folder in the given way.
func OpenAs(dir string, how *table.Reading) (r *Results, err error) {
	defer table.Misfit(&err)
	m, err := readManifest(dir)
	if err != nil {
		return nil, err
	}
	r = &Results{Manifest: m, dir: dir, how: how}
	if m.Sweep != nil || m.Futures != nil { // cases are points of a design, not lines of a figure
		return r, nil
	}
	if err := r.readSummary(); err != nil {
		return nil, err
	}
	if err := r.readSegments(); err != nil {
		return nil, err
	}
	if err := r.readLabs(); err != nil {
		return nil, err
	}
	if len(r.Manifest.Cases) == 0 {
		r.Manifest.Cases = r.casesFound()
	}
	tellApart(r.Manifest.Cases)
	r.all = r.Manifest.Cases
	r.own = r.Manifest.ownLabs()
	r.looks, r.colours = r.looksOf(), r.labColours()
	return r, nil
}

// read loads a table and checks its columns; nil when the folder has no such table. Where there is
// a manifest it says which tables there are.
func (r *Results) read(name string, columns ...string) (*table.Table, error) {
	t, err := r.load(name, table.Read, r.how.Table)
	if t == nil || err != nil {
		return nil, err
	}
	return t, t.Requires(columns...)
}

// readOnly is read where some columns are enough, of a table that may be long. Those that the table
// lacks are missing.
func (r *Results) readOnly(name string, columns ...string) (*table.Table, error) {
	return r.load(name, func(file string) (*table.Table, error) { return table.ReadColumns(file, columns...) },
		func(file, sum string) (*table.Table, error) { return r.how.Columns(file, sum, columns...) })
}

// load finds a table and reads it, by the sum of its file where the manifest has one.
func (r *Results) load(name string, read func(file string) (*table.Table, error), known func(file,
	sum string) (*table.Table, error)) (*table.Table, error) {
	for _, ext := range []string{".csv", ".parquet"} {
		file, sum := filepath.Join(r.dir, name+ext), r.Manifest.sum(name+ext)
		if sum == "" && len(r.Manifest.Tables) > 0 {
			continue
		}
		var t *table.Table
		var err error
		if sum != "" {
			t, err = known(file, sum)
		} else {
			t, err = read(file)
		}
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		return t, err
	}
	return nil, nil
}

var statistics = []string{"n", "mean", "q05", "q25", "q50", "q75", "q95"}

// statColumns are a summary table's columns of one kind of row.
type statColumns struct {
	date  []float64
	stats [][]float64
	// nil where the table has none
	sd, low, high []float64
}

func columnsOf(t *table.Table) (statColumns, error) {
	s := statColumns{}
	known := map[string]float64{}
	for _, text := range t.Text("date") {
		d, ok := known[text]
		if !ok {
			var err error
			if d, err = decimalYear(text); err != nil {
				return s, fmt.Errorf("table %s: %w", t.Name, err)
			}
			known[text] = d
		}
		s.date = append(s.date, d)
	}
	for _, name := range statistics {
		s.stats = append(s.stats, t.Number(name))
	}
	if t.Has("sd") {
		s.sd = t.Number("sd")
	}
	if t.Has("low") {
		s.low, s.high = t.Number("low"), t.Number("high")
	}
	return s, nil
}

func (s statColumns) appendTo(p *path, row int) {
	p.date = append(p.date, s.date[row])
	for i, to := range []*[]float64{&p.n, &p.mean, &p.q05, &p.q25, &p.q50, &p.q75, &p.q95} {
		*to = append(*to, s.stats[i][row])
	}
	if s.sd != nil {
		p.se = append(p.se, s.sd[row]/math.Sqrt(s.stats[0][row]))
	}
	if s.low != nil {
		p.low, p.high = append(p.low, s.low[row]), append(p.high, s.high[row])
	}
}

// decimalYear turns the last day before an observation into the observation's date: 2024-12-31 is
// 2025.0.
func decimalYear(iso string) (float64, error) {
	_, end, ok := quantity.Period(iso)
	if !ok || len(iso) != len(time.DateOnly) {
		return 0, fmt.Errorf("date %q is not of the form 2024-12-31", iso)
	}
	return end, nil
}

func (r *Results) readSummary() error {
	r.metrics = map[string]map[string]*path{}
	t, err := r.read("summary", append([]string{"case", "date", "metric"}, statistics...)...)
	if t == nil || err != nil {
		return err
	}
	s, err := columnsOf(t)
	if err != nil {
		return err
	}
	cases, metrics := t.Text("case"), t.Text("metric")
	for row := range t.Len() {
		s.appendTo(entry(submap(r.metrics, metrics[row]), cases[row]), row)
	}
	return nil
}

func (r *Results) readSegments() error {
	r.segments = map[string]map[string]map[string]*path{}
	t, err := r.read("segment_summary", append([]string{"case", "date", "segment", "metric"}, statistics...)...)
	if t == nil || err != nil {
		return err
	}
	s, err := columnsOf(t)
	if err != nil {
		return err
	}
	cases, segments, metrics := t.Text("case"), t.Text("segment"), t.Text("metric")
	for row := range t.Len() {
		s.appendTo(entry(submap(submap(r.segments, metrics[row]), segments[row]), cases[row]), row)
	}
	r.segment = t.Distinct("segment")
	return nil
}

func (r *Results) readLabs() error {
	r.labs = map[string][]*lab{}
	t, err := r.read("labs_summary", append([]string{"case", "date", "lab", "region", "archetype", "openness",
		"variable"}, statistics...)...)
	if t == nil || err != nil {
		return err
	}
	s, err := columnsOf(t)
	if err != nil {
		return err
	}
	cases, ids, variables := t.Text("case"), t.Text("lab"), t.Text("variable")
	region, archetype, openness := t.Text("region"), t.Text("archetype"), t.Text("openness")
	known := map[[2]string]*lab{}
	for row := range t.Len() {
		key := [2]string{cases[row], ids[row]}
		l := known[key]
		if l == nil {
			l = &lab{id: ids[row], region: region[row], archetype: archetype[row], openness: openness[row], members: 1,
				variable: map[string]*path{}}
			known[key] = l
			r.labs[cases[row]] = append(r.labs[cases[row]], l)
		}
		s.appendTo(entry(l.variable, variables[row]), row)
	}
	return nil
}

func submap[M ~map[string]V, V ~map[string]W, W any](m M, key string) V {
	inner, ok := m[key]
	if !ok {
		inner = V{}
		m[key] = inner
	}
	return inner
}

func entry(m map[string]*path, key string) *path {
	p, ok := m[key]
	if !ok {
		p = &path{}
		m[key] = p
	}
	return p
}

func (r *Results) casesFound() []Case {
	var names []string
	for _, byCase := range r.metrics {
		for name := range byCase {
			names = append(names, name)
		}
	}
	for name := range r.labs {
		names = append(names, name)
	}
	slices.Sort(names)
	var cases []Case
	for _, name := range slices.Compact(names) {
		cases = append(cases, Case{Name: name})
	}
	return cases
}

// metric returns the paths of a metric by case; an error when no case has a value.
func (r *Results) metric(name string) (map[string]*path, error) {
	byCase := r.metrics[name]
	if len(r.metrics) == 0 {
		return nil, absent("there is no summary table in %s", r.dir)
	}
	for _, p := range byCase {
		if p.defined() {
			return byCase, nil
		}
	}
	return nil, absent("%s is missing or empty in the summary table", name)
}

func (p *path) defined() bool {
	return p != nil && slices.ContainsFunc(p.mean, func(v float64) bool { return !math.IsNaN(v) })
}

// spread tells whether the replications differ, so that bands have something to show.
func (p *path) spread() bool {
	for i := range p.q05 {
		if p.q95[i] > p.q05[i]+1e-12*math.Abs(p.q05[i]) {
			return true
		}
	}
	return false
}

// last returns the last defined value and its date; NaN when there is none.
func last(date, value []float64) (at, v float64) {
	for i := len(value) - 1; i >= 0; i-- {
		if !math.IsNaN(value[i]) {
			return date[i], value[i]
		}
	}
	return math.NaN(), math.NaN()
}

// valueAt returns the value at a date, NaN when there is none.
func valueAt(date, value []float64, at float64) float64 {
	for i, d := range date {
		if math.Abs(d-at) < 1e-6 {
			return value[i]
		}
	}
	return math.NaN()
}
