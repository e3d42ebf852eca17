package study

import (
	"encoding/binary"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"simulate/internal/condition"
	"simulate/internal/quantity"
	"simulate/sim/design"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
	"simulate/sim/scenario"
	"simulate/sim/table"

	"simulate/internal/pattern"
)

// daysOf reads ISO days as decimal years.
func daysOf(texts []string) (days []float64, all bool) {
	for _, text := range texts {
		begin, _, ok := quantity.Period(text)
		if !ok || len(text) != len(time.DateOnly) {
			return nil, false
		}
		days = append(days, begin)
	}
	return days, true
}

// missingRemedy is what to do about a row without a value.
const missingRemedy = "fill it in, or leave such rows out with --skip-missing"

// own is a table of the user's under analysis.
type own struct {
	*table.Sheet
	rows []int // those analysed, in order
	told int   // notes
}

// input reads a column that varied: numbers, or categories where it holds words or is said to. It
// also gives the rows without a value.
func (w *own) input(name string, categories bool) (analysis.Column, []int, error) {
	out := analysis.Column{Name: name}
	c, err := w.Column(name)
	if err != nil {
		return out, nil, err
	}
	if !categories && c.IsNumeric() {
		n, err := c.Numbers(false)
		if err != nil {
			return out, nil, err
		}
		out.Numbers = n.Values
		return out, n.Missing, nil
	}
	if out.Text, err = c.Words(); err != nil {
		return out, nil, err
	}
	if categories {
		return out, blanksOf(out.Text), nil
	}
	dates, err := c.Dates()
	if err != nil {
		return out, nil, err
	}
	if days, all := daysOf(dates); all {
		return analysis.Column{Name: name, Numbers: days, Write: quantity.DayOf}, nil, nil
	}
	return out, blanksOf(out.Text), nil
}

func blanksOf(words []string) (rows []int) {
	for i, s := range words {
		if s == "" {
			rows = append(rows, i)
		}
	}
	return rows
}

// inputs reads the columns that varied and settles which rows are analysed: all, or those in which
// none is missing.
func (w *own) inputs(o StudyOptions, s *Study) (analysis.Inputs, error) {
	var columns []analysis.Column
	var wrong table.Problems
	gone := make([]bool, w.Len())
	left := 0
	for _, name := range o.Inputs {
		c, missing, err := w.input(name, slices.Contains(o.Categories, name))
		if bad, ok := err.(table.Problems); ok {
			wrong = append(wrong, bad...)
		} else if err != nil {
			return analysis.Inputs{}, err
		}
		if len(missing) > 0 && !o.SkipMissing {
			at, _ := w.Column(name) // which is there
			if bad, ok := at.MissingCells(missing, missingRemedy).(table.Problems); ok {
				wrong = append(wrong, bad...)
			}
		}
		for _, i := range missing {
			if !gone[i] {
				gone[i] = true
				left++
			}
		}
		columns, s.dates = append(columns, c), append(s.dates, c.Write != nil)
	}
	if len(wrong) > 0 {
		return analysis.Inputs{}, wrong
	}
	for i := range gone {
		if !gone[i] {
			w.rows = append(w.rows, i)
		}
	}
	if left > 0 {
		s.Notes = append(s.Notes, fmt.Sprintf("%s of %s left out: an input is missing in them.", quantity.Plural(left,
			"row", "rows"), quantity.Count(w.Len())))
	}
	for k := range columns {
		columns[k].Numbers, columns[k].Text = pick(columns[k].Numbers, w.rows), pick(columns[k].Text, w.rows)
	}
	return analysis.Gather(columns...)
}

// pick takes some rows of a column; nil stays nil.
func pick[T any](of []T, rows []int) []T {
	if of == nil {
		return nil
	}
	out := make([]T, len(rows))
	for k, i := range rows {
		out[k] = of[i]
	}
	return out
}

// numbers reads a column of outcomes or replications in the rows under analysis.
func (w *own) numbers(name string, skipMissing bool) ([]float64, error) {
	c, err := w.Column(name)
	if err != nil {
		return nil, err
	}
	n, err := c.Numbers(false)
	if err != nil {
		return nil, err
	}
	if missing := slices.DeleteFunc(n.Missing, func(i int) bool {
		_, kept := slices.BinarySearch(w.rows,
			i)
		return !kept
	}); len(missing) > 0 && !skipMissing {
		return nil, c.MissingCells(missing, missingRemedy)
	}
	return pick(n.Values, w.rows), nil
}

// tell passes on what was found out about the table since the last time.
func (w *own) tell(o StudyOptions) {
	if o.Notice == nil {
		return
	}
	for _, note := range w.Notes()[w.told:] {
		o.Notice(fmt.Sprintf("%s: %s.", w.Path(), note))
	}
	w.told = len(w.Notes())
}

// openTableStudy reads a file of one's own.
func openTableStudy(path string, o StudyOptions) (*Study, error) {
	if err := results.AsWritten(path, o.Reading); err != nil {
		return nil, err
	}
	t, err := table.Open(path, o.Stdin, o.Table)
	if err != nil {
		return nil, err
	}
	w := &own{Sheet: t}
	defer w.tell(o)
	if t.Len() == 0 {
		return nil, fmt.Errorf("%s has no rows; write a header and a row per run", t.Path())
	}
	if len(o.Inputs) == 0 {
		return nil, fmt.Errorf("say which columns of %s varied: --inputs COLUMN,…; it has %s", t.Path(),
			quantity.List(t.Names()))
	}
	if o.Design != "" {
		if _, err := design.LookUp(o.Design); err != nil {
			return nil, err
		}
	}
	o.Inputs, o.Categories = t.Named(o.Inputs), t.Named(o.Categories)
	for _, name := range o.Categories {
		if !slices.Contains(o.Inputs, name) {
			return nil, fmt.Errorf("--categories %s is none of the inputs %s", name, quantity.List(o.Inputs))
		}
	}
	s := &Study{Name: strings.TrimSuffix(filepath.Base(t.Path()), filepath.Ext(t.Path())), Design: o.Design,
		Replications: 1, skipMissing: o.SkipMissing, Sources: make([]string, len(o.Inputs))}
	s.named = t.Named
	all, err := w.inputs(o, s)
	if err != nil {
		return nil, err
	}
	s.Inputs = analysis.Inputs{Names: all.Names, Labels: all.Labels, Write: all.Write}
	point, replication := make([]int, len(w.rows)), make([]int, len(w.rows))
	switch {
	case o.Replication != "":
		numbers, err := w.numbers(o.Replication, false)
		if err != nil {
			return nil, err
		}
		if s.Replications, err = groupRows(numbers, all.Rows, &s.Inputs.Rows, point, replication); err != nil {
			return nil, fmt.Errorf("%s: %w", t.Path(), err)
		}
	case o.Design == "":
		s.groupEqual(all.Rows, point, replication)
	default:
		s.Inputs.Rows = all.Rows
		for i := range point {
			point[i] = i
		}
	}
	s.word = func(j int, v float64, digits int) string {
		switch l := s.Inputs.Labels; {
		case l != nil && l[j] != nil:
			return l[j][int(v)]
		case s.dates[j]:
			return quantity.DayOf(v)
		}
		return strconv.FormatFloat(v, 'g', digits, 64)
	}
	s.outcome = func(name, date string) ([][]float64, error) {
		if date != "" {
			return nil, fmt.Errorf("%s is one table; a date means nothing in it, filter its rows first", t.Path())
		}
		numbers, err := w.numbers(name, o.SkipMissing)
		w.tell(o)
		if err != nil {
			return nil, err
		}
		return analysis.ByPoint(len(s.Inputs.Rows), s.Replications, point, replication, numbers)
	}
	s.quantity = func(name string) (condition.Quantity, error) {
		if !t.Has(name) {
			return condition.Quantity{}, unknownName(name, t.Names())
		}
		q := scenario.QuantityOf("")
		if read := q.Read; t.DecimalCommas() {
			q.Read = func(text string) (float64, error) {
				if thousands().MatchString(text) {
					return 0, fmt.Errorf("%q may be a thousand or a number with three decimals, for the table has decimal commas; "+
						"write %s or %s", text, strings.ReplaceAll(text, ".", ""), withoutZeros(text))
				}
				return read(text)
			}
		}
		return q, nil
	}
	return s, nil
}

// withoutZeros is the decimal reading of such a number: 1.6 for 1.600, and 1.0 for 1.000.
func withoutZeros(text string) string {
	before, behind, _ := strings.Cut(text, ".")
	if behind = strings.TrimRight(behind, "0"); behind == "" {
		behind = "0"
	}
	return before + "." + behind
}

// thousands are numbers that may be parted by points.
var thousands = pattern.Late(`^[-+−]?[0-9]{1,3}(\.[0-9]{3})+ ?%?$`)

// groupEqual takes rows with equal inputs for replications of one point, where every point has as
// many; otherwise a row is a point. Either way it notes that rows are repeated.
func (s *Study) groupEqual(rows [][]float64, point, replication []int) {
	index := map[string]int{}
	var counts []int
	var points [][]float64
	for i, row := range rows {
		var key []byte
		for _, v := range row {
			key = binary.LittleEndian.AppendUint64(key, math.Float64bits(v+0))
		}
		p, known := index[string(key)]
		if !known {
			p = len(points)
			index[string(key)] = p
			points, counts = append(points, row), append(counts, 0)
		}
		point[i], replication[i] = p, counts[p]
		counts[p]++
	}
	least, most := slices.Min(counts), slices.Max(counts)
	if least == most {
		s.Inputs.Rows, s.Replications = points, most
		if s.repeated = most > 1; s.repeated {
			s.Notes = append(s.Notes, fmt.Sprintf("Rows with equal inputs are taken for replications: %s of %s points.",
				quantity.Count(most), quantity.Count(len(points))))
		}
		return
	}
	s.Inputs.Rows, s.units = rows, slices.Clone(point)
	s.Notes = append(s.Notes, fmt.Sprintf("%s have the inputs of another row; they are not independent points, and "+
		"intervals are found by drawing rows of equal inputs together.",
		quantity.Plural(len(rows)-len(points), "row", "rows")))
	for i := range point {
		point[i], replication[i] = i, 0
	}
}

// groupRows finds the points of a table whose rows are replications of them: rows of one point have
// the same inputs and stand in any order. A point that appears again with a replication it had
// already is another point, as designs repeat points.
func groupRows(numbers []float64, rows [][]float64, points *[][]float64, point, replication []int) (int, error) {
	most := 0
	type key struct {
		inputs  string
		repeats int
	}
	index := map[key]int{}
	times := map[string]int{}
	for i, row := range rows {
		r := numbers[i]
		if r != float64(int(r)) || r < 1 {
			return 0, fmt.Errorf("row %d: replication %g is not a whole number from 1", i+1, r)
		}
		if int(r) > len(rows) {
			return 0, fmt.Errorf("row %d: replication %g of a table with %s; number them from 1", i+1, r,
				quantity.Plural(len(rows), "row"))
		}
		inputs := fmt.Sprint(row)
		again := fmt.Sprint(inputs, "#", r)
		k := key{inputs, times[again]}
		times[again]++
		p, known := index[k]
		if !known {
			p = len(*points)
			index[k], *points = p, append(*points, row)
		}
		point[i], replication[i] = p, int(r)-1
		most = max(most, int(r))
	}
	return most, nil
}
