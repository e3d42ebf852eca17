package table

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"simulate/internal/quantity"
	"simulate/internal/wholefile"
)

type csvWriter struct {
	file    *wholefile.File
	summed  *Summed
	buffer  *bufio.Writer
	out     *csv.Writer
	columns []Column
	line    []byte
	quoted  bool // out may hold rows that are not in buffer yet
	record  Record
}

func createCSV(path string, columns []Column) (Writer, error) {
	file, err := wholefile.Create(path)
	if err != nil {
		return nil, err
	}
	summed := NewSummed(file)
	w := &csvWriter{file: file, summed: summed, buffer: bufio.NewWriterSize(summed, 1<<16), columns: columns}
	w.out = csv.NewWriter(w.buffer)
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.Name
	}
	if err := w.writeFields(names); err != nil {
		w.Abort()
		return nil, err
	}
	return w, nil
}

func (w *csvWriter) Row(values ...any) error {
	if err := w.record.Reset().Add(values...); err != nil {
		return fmt.Errorf("%s: %w", w.file.Path(), err)
	}
	return w.Write(&w.record)
}

func (w *csvWriter) Write(r *Record) error {
	if err := r.Check(w.columns); err != nil {
		return fmt.Errorf("%s: %w", w.file.Path(), err)
	}
	w.line = w.line[:0]
	for i, c := range r.cells {
		if i > 0 {
			w.line = append(w.line, ',')
		}
		if c.kind == Text && !unquoted(c.text) {
			return w.writeFields(r.fields())
		}
		w.line = c.appendTo(w.line)
	}
	if len(w.line) == 0 {
		return w.writeFields(r.fields())
	}
	if w.quoted {
		w.out.Flush()
		w.quoted = false
	}
	_, err := w.buffer.Write(append(w.line, '\n'))
	return err
}

// unquoted tells whether a text surely needs no quotes.
func unquoted(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == ',' || c == '\\' {
			return false
		}
	}
	return s == "" || s[0] != ' '
}

// appendTo appends a cell as CSV has it, its text without quotes.
func (c cell) appendTo(b []byte) []byte {
	switch c.kind {
	case Integer:
		return strconv.AppendInt(b, c.integer, 10)
	case Number:
		return appendNumber(b, c.number)
	}
	return append(b, c.text...)
}

// fields are the cells as texts.
func (r *Record) fields() []string {
	out := make([]string, len(r.cells))
	for i, c := range r.cells {
		out[i] = string(c.appendTo(nil))
	}
	return out
}

func (w *csvWriter) writeFields(fields []string) error {
	// A row of one empty cell would be a blank line, which readers skip.
	if len(fields) == 1 && fields[0] == "" {
		w.out.Flush()
		_, err := w.buffer.WriteString("\"\"\n")
		return err
	}
	w.quoted = true
	return w.out.Write(fields)
}

func (w *csvWriter) Close() error {
	w.out.Flush()
	if err := w.out.Error(); err != nil {
		return err
	}
	if err := w.buffer.Flush(); err != nil {
		return err
	}
	return w.file.Commit()
}

func (w *csvWriter) Sum() string { return w.summed.Sum() }

func (w *csvWriter) Abort() { w.file.Discard() }

// WriteCSV writes the table as files of it are written, with a header row.
func (t *Table) WriteCSV(to io.Writer) error {
	out := csv.NewWriter(to)
	row := make([]string, len(t.Columns))
	cells := make([][]string, len(t.Columns))
	for i, c := range t.Columns {
		row[i], cells[i] = c.Name, t.Text(c.Name)
	}
	if err := out.Write(row); err != nil {
		return err
	}
	for k := range t.rows {
		for i := range row {
			row[i] = cells[i][k]
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// ReadCSV loads a table from CSV with a header row; see Read.
func ReadCSV(name string, r io.Reader) (*Table, error) { return readCSV(name, r, all) }

// readCSV keeps the wanted columns alone.
func readCSV(name string, r io.Reader, wanted func(column string) bool) (*Table, error) {
	buffered := bufio.NewReaderSize(r, 1<<16)
	if mark, err := buffered.Peek(3); err == nil && string(mark) == "\xef\xbb\xbf" {
		buffered.Discard(3) // spreadsheets put a byte-order mark in front
	}
	in := csv.NewReader(buffered)
	header, err := in.Read()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("the file is empty; a table starts with a row of column names")
	}
	if err != nil {
		return nil, err
	}
	var columns []Column
	var place []int // of each column in a row
	seen := map[string]bool{}
	for i, h := range header {
		if h = strings.TrimSpace(h); h == "" {
			return nil, fmt.Errorf("line 1: column %d has no name", i+1)
		}
		if seen[h] {
			return nil, fmt.Errorf("line 1: two columns are called %q", h)
		}
		if seen[h] = true; wanted(h) {
			columns, place = append(columns, Column{Name: h}), append(place, i)
		}
	}
	raw := make([][]string, len(columns))
	shared := map[string]string{}
	in.ReuseRecord = true
	rows := 0
	for {
		fields, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			if errors.Is(err, csv.ErrFieldCount) {
				line, _ := in.FieldPos(0)
				return nil, fmt.Errorf("line %d: %s for %s", line, quantity.Plural(len(fields), "cell"),
					quantity.Plural(len(header), "column"))
			}
			return nil, err
		}
		for i, at := range place {
			raw[i] = append(raw[i], intern(shared, fields[at]))
		}
		rows++
	}
	t := New(name, columns...)
	for i := range raw {
		t.Columns[i].Kind, t.cells[i] = infer(raw[i])
		raw[i] = nil
	}
	t.rows = rows
	return t, nil
}

// intern keeps one copy of short cells that repeat, so that a row's text need not stay in memory.
func intern(shared map[string]string, s string) string {
	const most = 1 << 16
	if known, ok := shared[s]; ok {
		return known
	}
	s = strings.Clone(s)
	if len(shared) < most {
		shared[s] = s
	}
	return s
}

// infer gives the narrowest kind that keeps every cell: integer, number, text.
func infer(raw []string) (Kind, cells) {
	whole, filled := len(raw) > 0, 0
	var number []float64
	for i, s := range raw {
		v := math.NaN()
		if undefined(s) {
			whole = false
		} else {
			var ok bool
			if v, ok = numeric(s); !ok {
				return Text, cells{text: raw}
			}
			filled++
			whole = whole && isWhole(s)
		}
		if number == nil {
			number = make([]float64, len(raw))
		}
		number[i] = v
	}
	if filled == 0 {
		for _, s := range raw {
			if s != "" {
				return Text, cells{text: raw}
			}
		}
	}
	if whole {
		integer := make([]int64, len(raw))
		for i, s := range raw {
			integer[i], _ = strconv.ParseInt(s, 10, 64)
		}
		return Integer, cells{integer: integer}
	}
	if number == nil { // no row
		number = []float64{}
	}
	return Number, cells{number: number}
}

func undefined(s string) bool { return s == "" || s == "NA" || s == "NaN" }

// numeric reads a number. It leaves out what strconv takes and a spreadsheet does not
// (hexadecimals, underscores, "infinity") and codes such as 007, which would lose their zeros.
func numeric(s string) (float64, bool) {
	switch {
	case s == "Inf":
		return math.Inf(1), true
	case s == "-Inf":
		return math.Inf(-1), true
	case len(s) > 1 && s[0] == '0' && s[1] >= '0' && s[1] <= '9':
		return 0, false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9', c == '.', c == 'e', c == 'E', c == '+', c == '-':
		default:
			return 0, false
		}
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil
}

// isWhole asks for the form a whole number is written in: 5, not +5 or 5.0.
func isWhole(s string) bool {
	n, err := strconv.ParseInt(s, 10, 64)
	return err == nil && strconv.FormatInt(n, 10) == s
}
