package analysis

import (
	"fmt"
	"math"
	"slices"

	"simulate/internal/quantity"
)

// Inputs are what varied in an experiment: a row per point, a column per input.
type Inputs struct {
	Names []string
	Rows  [][]float64
	// Labels[j] are the categories of input j, whose values are indexes into them; nil for an input
	// that is a number. Labels itself may be nil.
	Labels [][]string
	// Write[j] writes a value of input j in sentences; nil for three digits of a number, as is Write
	// itself.
	Write []func(float64) string
}

// Column is one input read from a table: numbers, or text for a categorical input.
type Column struct {
	Name    string
	Numbers []float64
	Text    []string
	Write   func(float64) string // a value in sentences; nil for three digits
}

// Gather joins columns of equal length to inputs. Categories keep the order in which they first
// appear.
func Gather(columns ...Column) (Inputs, error) {
	in := Inputs{Names: make([]string, len(columns)), Labels: make([][]string, len(columns))}
	for j, c := range columns {
		in.Names[j] = c.Name
		in.Write = append(in.Write, c.Write)
		n := max(len(c.Numbers), len(c.Text))
		if j == 0 {
			flat := make([]float64, n*len(columns))
			in.Rows = make([][]float64, n)
			for i := range in.Rows {
				in.Rows[i] = flat[i*len(columns) : (i+1)*len(columns) : (i+1)*len(columns)]
			}
		}
		if n != len(in.Rows) {
			return Inputs{}, fmt.Errorf("column %s has %s and column %s has %d; read both from one table",
				columns[0].Name, quantity.Plural(len(in.Rows), "row"), c.Name, n)
		}
		codes := map[string]int{}
		for i := range in.Rows {
			if c.Text == nil {
				in.Rows[i][j] = c.Numbers[i]
				continue
			}
			code, ok := codes[c.Text[i]]
			if !ok {
				code = len(codes)
				codes[c.Text[i]] = code
				in.Labels[j] = append(in.Labels[j], c.Text[i])
			}
			in.Rows[i][j] = float64(code)
		}
	}
	return in, in.check()
}

// labels returns the categories of input j, nil for a number.
func (in Inputs) labels(j int) []string {
	if in.Labels == nil {
		return nil
	}
	return in.Labels[j]
}

// write writes a value of input j.
func (in Inputs) write(j int, v float64) string {
	if j < len(in.Write) && in.Write[j] != nil {
		return in.Write[j](v)
	}
	return quantity.ThreeDigits(v)
}

// index finds an input by name.
func (in Inputs) index(name string) (int, error) {
	if j := slices.Index(in.Names, name); j >= 0 {
		return j, nil
	}
	return 0, fmt.Errorf("no input is called %q; the inputs are %s", name, quantity.List(in.Names))
}

// check refuses inputs that cannot be analysed.
func (in Inputs) check() error {
	if len(in.Names) == 0 {
		return fmt.Errorf("there is no input column; name at least one input that varied")
	}
	if len(in.Rows) == 0 {
		return fmt.Errorf("there are no rows; run the experiment first")
	}
	if in.Labels != nil && len(in.Labels) != len(in.Names) {
		return fmt.Errorf("there are %s and categories for %d; give nil for an input that is a number",
			quantity.Plural(len(in.Names), "input"), len(in.Labels))
	}
	for j, name := range in.Names {
		if slices.Index(in.Names, name) != j {
			return fmt.Errorf("two inputs are called %q; give each column its own name", name)
		}
	}
	for i, row := range in.Rows {
		if len(row) != len(in.Names) {
			return fmt.Errorf("row %d has %s instead of %d", i+1, quantity.Plural(len(row), "input"), len(in.Names))
		}
		for j, v := range row {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return fmt.Errorf("input %s is missing or not a finite number in row %d; fill it in or leave the row out",
					in.Names[j], i+1)
			}
			if l := in.labels(j); l != nil && (v != math.Trunc(v) || v < 0 || int(v) >= len(l)) {
				return fmt.Errorf("input %s has category number %g in row %d, but %s", in.Names[j], v, i+1,
					quantity.Plural(len(l), "category"))
			}
		}
	}
	return nil
}

// varying refuses an input that has one value only.
func (in Inputs) varying() error {
	for j, name := range in.Names {
		if !slices.ContainsFunc(in.Rows, func(r []float64) bool { return r[j] != in.Rows[0][j] }) {
			return fmt.Errorf("input %s has the same value in every row: nothing can be said of it; leave it out or vary it",
				name)
		}
	}
	return nil
}

// checkOutcomes refuses outcomes (points × replications) that cannot be analysed and returns the
// number of replications.
func checkOutcomes(points int, y [][]float64) (int, error) {
	if len(y) != points {
		return 0, fmt.Errorf("there are %s and outcomes of %d; the outcome must come from the same rows as the "+
			"inputs", quantity.Plural(points, "point"), len(y))
	}
	least, most := math.Inf(1), math.Inf(-1)
	for i, of := range y {
		if len(of) == 0 {
			return 0, fmt.Errorf("point %d has no outcome; run it, or analyse a complete design", i+1)
		}
		if len(of) != len(y[0]) {
			return 0, fmt.Errorf("point %d has %s and point 1 has %d; run the missing ones, or keep the "+
				"replications that every point has",
				i+1, quantity.Plural(len(of), "replication"), len(y[0]))
		}
		for r, v := range of {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return 0, fmt.Errorf("the outcome is missing or not a finite number at point %d, replication %d; "+
					"choose an outcome that is defined everywhere, or rerun what failed", i+1, r+1)
			}
			least, most = min(least, v), max(most, v)
		}
	}
	switch {
	case least == most:
		return 0, fmt.Errorf("the outcome is %s everywhere: there is no variance to explain; choose another outcome or a "+
			"later date", quantity.ThreeDigits(y[0][0]))
	case most/2-least/2 <= 1e-13*max(math.Abs(least), math.Abs(most)):
		return 0, fmt.Errorf("the outcome is %s everywhere but for rounding: there is no variance to explain; choose "+
			"another outcome or a later date", quantity.ThreeDigits(y[0][0]))
	}
	return len(y[0]), nil
}

// ByPoint arranges the rows of a long table, which may be in any order: row k is replication
// replication[k] of point point[k], both counted from 0. Rows that are missing or given twice are
// an error.
func ByPoint(points, replications int, point, replication []int, y []float64) ([][]float64, error) {
	if len(point) != len(y) || len(replication) != len(y) {
		return nil, fmt.Errorf("the columns have %s, %s and %s; read them from one table",
			quantity.Plural(len(point), "point"), quantity.Plural(len(replication), "replication"),
			quantity.Plural(len(y), "outcome"))
	}
	out := make([][]float64, points)
	seen := make([][]bool, points)
	for i := range out {
		out[i], seen[i] = make([]float64, replications), make([]bool, replications)
	}
	for k, p := range point {
		r := replication[k]
		if p < 0 || p >= points || r < 0 || r >= replications {
			return nil, fmt.Errorf("row %d is replication %d of point %d, outside of %s × %s", k+1, r+1,
				p+1, quantity.Plural(points, "point"), quantity.Plural(replications, "replication"))
		}
		if seen[p][r] {
			return nil, fmt.Errorf("replication %d of point %d is given twice; remove one of the rows", r+1, p+1)
		}
		seen[p][r], out[p][r] = true, y[k]
	}
	for p := range seen {
		if r := slices.Index(seen[p], false); r >= 0 {
			return nil, fmt.Errorf("replication %d of point %d is missing; run it before the analysis", r+1, p+1)
		}
	}
	return out, nil
}
