package table

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"simulate/internal/pattern"
)

// A Sheet is a table as somebody brings it: out of Excel, R, pandas, a database, the page of a
// statistics agency. Its cells keep their text and their place, and become numbers when a column is
// asked for them. What had to be found out on the way (how cells are parted, which mark is the
// decimal one, what stands around the table) is told in Notes.
type Sheet struct {
	path    string
	columns []*SheetColumn
	rows    int
	notes   []string

	grid    *Grid            // nil for typed columns, of Parquet
	shape   *shape           // of the grid
	text    *text            // nil for a workbook
	decimal rune             // as the user says it; 0: found
	named   map[string][]int // where columns stand, by name; nil: not asked for yet
	rowName *SheetColumn     // the first column without a name; nil: all have one
	cell    func(row, column int) string
}

// Options say how a table is read. The zero value finds everything out.
type Options struct {
	Separator rune   // ',', ';', '\t', '|' or ' ' between cells; 0: found
	Decimal   rune   // '.' or ','; 0: found for each column
	Sheet     string // of a workbook; "": the first that holds a table
}

// Open reads a table from a file or, where the path is "-", from standard input: text of any
// encoding of Unicode, parted by commas, semicolons, tabs, vertical bars or spaces, packed with
// gzip or not, or what a codec reads. Wrong files are refused by Problems.
func Open(path string, stdin io.Reader, o Options) (*Sheet, error) {
	data, err := load(path, stdin)
	name := path
	if path == "-" {
		name = "standard input"
	}
	if err != nil {
		return nil, opened(name, err)
	}
	return Decode(name, data, o)
}

// opened words an error of the system.
func opened(path string, err error) error {
	if os.IsNotExist(err) {
		near := beside(path)
		if near == "" {
			near = "; write the path of a table"
		}
		return Problems{path + ": there is no such file" + near}
	}
	if e, ok := err.(*os.PathError); ok {
		err = e.Err
	}
	return problem(path, "%v", err)
}

// Decode is Open for a file in memory; name is what messages call it.
func Decode(name string, data []byte, o Options) (*Sheet, error) {
	for _, c := range codecs {
		if c.Is(data) {
			return c.Sheet(name, data, o)
		}
	}
	if bytes.HasPrefix(data, []byte("PAR1")) {
		return nil, problem(name, "this is Parquet, which is not read here; give CSV")
	}
	decoded, encoding, err := decode(name, data)
	if err != nil {
		return nil, err
	}
	t := newText(name, decoded, o.Separator)
	g, err := t.grid()
	if err != nil {
		return nil, err
	}
	s, err := fromGrid(name, g, t.comma, o)
	if err != nil {
		return nil, err
	}
	s.text = t
	if encoding != "" {
		s.Note("the file is " + encoding)
	}
	if t.comma != ',' && o.Separator == 0 && len(s.columns) > 1 {
		s.Note("cells are parted by " + wordsOf(t.comma))
	}
	if t.note != "" {
		s.Note(t.note)
	}
	if bytes.Contains(decoded, []byte("\ufffd")) {
		s.Note("there is a � in the text: letters were lost when the file was converted before")
	}
	return s, nil
}

// FromGrid is the table in the cells of a workbook. cell names a place as the workbook does.
func FromGrid(path string, g *Grid, o Options, cell func(row, column int) string) (*Sheet, error) {
	g.done()
	g.workbook = true
	s, err := fromGrid(path, g, 0, o)
	if err != nil {
		return nil, err
	}
	s.cell = cell
	return s, nil
}

func fromGrid(path string, g *Grid, comma rune, o Options) (*Sheet, error) {
	shape, err := outline(path, g, comma)
	if err != nil {
		return nil, err
	}
	s := &Sheet{path: path, grid: g, shape: shape, rows: len(shape.rows), decimal: o.Decimal, notes: shape.notes}
	for j, name := range shape.names {
		s.columns = append(s.columns, &SheetColumn{Name: name, sheet: s, index: j + shape.shift})
	}
	if shape.shift > 0 {
		s.rowName = &SheetColumn{sheet: s}
	}
	s.columns = slices.DeleteFunc(s.columns, func(c *SheetColumn) bool {
		if c.Name != "" && !nameless().MatchString(c.Name) {
			return false
		}
		if k := slices.IndexFunc(shape.rows, func(i int) bool { return g.at(i, c.index) != "" }); k >= 0 {
			s.Note(fmt.Sprintf(leftOut, c.index+1))
			if c.index == 0 {
				s.rowName = c
			}
		}
		return true
	})
	if len(s.columns) == 0 {
		return nil, problem(path, "no column has a name; write a first row of names, such as firm,share")
	}
	return s, nil
}

// leftOut says so of a column without a name, unless NameRows gives it one.
const leftOut = "column %d has no name and is left out"

// NameRows gives the first column the name, where it has none and holds words: the names of rows,
// as pandas, R and pivots write them. It tells whether it did.
func (s *Sheet) NameRows(name string) bool {
	c := s.rowName
	if c == nil || slices.Contains(s.Names(), name) || c.IsNumeric() {
		return false
	}
	c.Name, s.rowName, s.named = name, nil, nil
	s.columns = append([]*SheetColumn{c}, s.columns...)
	s.notes = slices.DeleteFunc(s.notes, func(note string) bool {
		return note == fmt.Sprintf(leftOut, 1) || note == rowsNamed
	})
	s.Note(fmt.Sprintf("column 1 has no name and is taken for the %ss of rows", name))
	return true
}

// FromColumns is a table whose cells have types, as a file of columns has.
func FromColumns(path string, rows int, columns []TypedColumn) *Sheet {
	s := &Sheet{path: path, rows: rows}
	for i, c := range columns {
		s.columns = append(s.columns, &SheetColumn{Name: c.Name, sheet: s, index: i, typed: &c})
	}
	return s
}

// nameless is how pandas and R's readr call a column without a name when they write it again.
var nameless = pattern.Late(`^(Unnamed: \d+|\.\.\.\d+)$`)

// TypedColumn is a column of a file of columns. It is read when it is first asked for.
type TypedColumn struct {
	Name    string
	Numeric bool
	Why     string // the reason for which the column cannot be read: what it holds
	// Load reads the cells: numbers, NaN where there is none, or texts, "" where there is none; both
	// where numbers have more digits than a float64 keeps.
	Load func() (numbers []float64, text []string, err error)

	numbers []float64
	text    []string
	loaded  bool
	err     error
}

func (c *TypedColumn) load() error {
	if !c.loaded {
		c.loaded = true
		c.numbers, c.text, c.err = c.Load()
	}
	return c.err
}

// Path is what messages call the file.
func (s *Sheet) Path() string { return s.path }

// Len is the number of rows.
func (s *Sheet) Len() int { return s.rows }

// Notes say what was found out and what was left out, each once.
func (s *Sheet) Notes() []string { return s.notes }

// Note adds a note.
func (s *Sheet) Note(text string) {
	if !slices.Contains(s.notes, text) {
		s.notes = append(s.notes, text)
	}
}

// noteOnce adds a note with an example, unless there is one that begins alike.
func (s *Sheet) noteOnce(begins, example string) {
	if !slices.ContainsFunc(s.notes, func(note string) bool { return strings.HasPrefix(note, begins) }) {
		s.Note(begins + example)
	}
}

// Columns are those with a name, in order.
func (s *Sheet) Columns() []*SheetColumn { return s.columns }

// Names are the names of columns, in order.
func (s *Sheet) Names() []string {
	out := make([]string, len(s.columns))
	for i, c := range s.columns {
		out[i] = c.Name
	}
	return out
}

// Has tells whether there is a column of that name.
func (s *Sheet) Has(name string) bool { return slices.Contains(s.Names(), name) }

// Named is a list of columns as an option gives it: each text is the name of a column, or a list
// parted by commas in which a name with a comma is quoted. It does not check that there are such
// columns.
func (s *Sheet) Named(given []string) []string {
	var out []string
	for _, text := range given {
		if s.Has(strings.TrimSpace(text)) {
			out = append(out, strings.TrimSpace(text))
			continue
		}
		out = append(out, SplitNames(text)...)
	}
	return out
}

// SplitNames parts a list of names at its commas; one with a comma stands in double quotes.
func SplitNames(text string) []string {
	r := csv.NewReader(strings.NewReader(text))
	r.TrimLeadingSpace, r.LazyQuotes = true, true
	cells, err := r.Read()
	if err != nil {
		cells = strings.Split(text, ",")
	}
	var out []string
	for _, c := range cells {
		if c = strings.TrimSpace(c); c != "" {
			out = append(out, c)
		}
	}
	return out
}
