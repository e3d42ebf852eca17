package study

import (
	"encoding/binary"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"simulate/internal/condition"
	"simulate/internal/quantity"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/design"
	"simulate/sim/experiment/results"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

// columnOf reads a column as numbers, or as categories where it holds words or is said to.
func columnOf(t *table.Table, name string, categories bool) analysis.Column {
	c := analysis.Column{Name: name, Numbers: t.Number(name)}
	for _, text := range t.Text(name) {
		if _, err := strconv.ParseFloat(text, 64); categories || err != nil && text != "" {
			c.Numbers, c.Text = nil, t.Text(name)
			break
		}
	}
	return c
}

// openTableStudy reads a file of one's own.
func openTableStudy(path string, o StudyOptions) (*Study, error) {
	t, err := table.Read(path)
	if err != nil {
		return nil, err
	}
	if t.Len() == 0 {
		return nil, fmt.Errorf("%s has no rows", path)
	}
	has := func(column, option string) error {
		if !t.Has(column) {
			return fmt.Errorf("%s has no column %q for %s; it has %s", path, column, option, quantity.List(results.ColumnNames(t)))
		}
		return nil
	}
	if len(o.Inputs) == 0 {
		return nil, fmt.Errorf("say which columns of %s varied: --inputs COLUMN,…; it has %s", path, quantity.List(results.ColumnNames(t)))
	}
	if o.Design != "" {
		if _, err := design.LookUp(o.Design); err != nil {
			return nil, err
		}
	}
	for _, name := range o.Inputs {
		if err := has(name, "--inputs"); err != nil {
			return nil, err
		}
	}
	for _, name := range o.Categories {
		if !slices.Contains(o.Inputs, name) {
			return nil, fmt.Errorf("--categories %s is none of the inputs %s", name, quantity.List(o.Inputs))
		}
	}
	s := &Study{Name: strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)), Design: o.Design, Replications: 1, skipMissing: o.SkipMissing, Sources: make([]string, len(o.Inputs))}
	if o.SkipMissing {
		t = s.whole(t, o.Inputs)
	}
	var columns []analysis.Column
	for _, name := range o.Inputs {
		columns = append(columns, columnOf(t, name, slices.Contains(o.Categories, name)))
	}
	all, err := analysis.Gather(columns...)
	if err != nil {
		return nil, err
	}
	s.Inputs = analysis.Inputs{Names: all.Names, Labels: all.Labels}
	point, replication := make([]int, t.Len()), make([]int, t.Len())
	switch {
	case o.Replication != "":
		if err := has(o.Replication, "--replication"); err != nil {
			return nil, err
		}
		if s.Replications, err = groupRows(t.Number(o.Replication), all.Rows, &s.Inputs.Rows, point, replication); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	case o.Design == "":
		s.groupEqual(all.Rows, point, replication)
	default:
		s.Inputs.Rows = all.Rows
		for i := range point {
			point[i] = i
		}
	}
	s.word = func(j int, v float64) string {
		if l := s.Inputs.Labels; l != nil && l[j] != nil {
			return l[j][int(v)]
		}
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	s.outcome = func(name, date string) ([][]float64, error) {
		if date != "" {
			return nil, fmt.Errorf("%s is one table; a date means nothing in it, filter its rows first", path)
		}
		if err := has(name, "the outcome"); err != nil {
			return nil, err
		}
		return analysis.ByPoint(len(s.Inputs.Rows), s.Replications, point, replication, t.Number(name))
	}
	s.quantity = func(name string) (condition.Quantity, error) {
		if !t.Has(name) {
			return condition.Quantity{}, unknownName(name, results.ColumnNames(t))
		}
		return scenario.QuantityOf(""), nil
	}
	return s, nil
}

// whole leaves out the rows in which an input is missing, and notes how many.
func (s *Study) whole(t *table.Table, inputs []string) *table.Table {
	missing := make([]bool, t.Len())
	n := 0
	for _, name := range inputs {
		for i, text := range t.Text(name) {
			if text = strings.TrimSpace(text); (text == "" || strings.EqualFold(text, "nan") || strings.EqualFold(text, "na")) && !missing[i] {
				missing[i] = true
				n++
			}
		}
	}
	if n == 0 {
		return t
	}
	s.Notes = append(s.Notes, fmt.Sprintf("%s of %s left out: an input is missing in them.", quantity.Plural(n, "row", "rows"), quantity.Count(t.Len())))
	return t.Filter(func(row int) bool { return !missing[row] })
}

// groupEqual takes rows with equal inputs for replications of one point, where every point has as many; otherwise a row is a point. Either
// way it notes that rows are repeated.
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
			s.Notes = append(s.Notes, fmt.Sprintf("Rows with equal inputs are taken for replications: %s of %s points.", quantity.Count(most), quantity.Count(len(points))))
		}
		return
	}
	s.Inputs.Rows, s.units = rows, slices.Clone(point)
	s.Notes = append(s.Notes, fmt.Sprintf("%s have the inputs of another row; they are not independent points, and intervals are found by drawing rows of equal inputs together.",
		quantity.Plural(len(rows)-len(points), "row", "rows")))
	for i := range point {
		point[i], replication[i] = i, 0
	}
}

// groupRows finds the points of a table whose rows are replications of them: rows of one point have the same inputs and stand in any
// order. A point that appears again with a replication it had already is another point, as designs repeat points.
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
			return 0, fmt.Errorf("row %d: replication %g of a table with %s; number them from 1", i+1, r, quantity.Plural(len(rows), "row"))
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
