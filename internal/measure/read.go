// Package measure computes the model's measures of concentration and inequality on observed amounts in a CSV file.
package measure

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Options say which columns of the file hold what.
type Options struct {
	Name   string   // what errors call the file
	Value  string   // column of amounts; "": the only one with numbers
	By     []string // columns whose distinct values make the groups; empty: one group
	Others string   // rows with this text in a column are an atomistic remainder; "": none
}

// sheet is a CSV file as read, with the place of every cell.
type sheet struct {
	name   string
	header []string
	rows   [][]string
	places [][]place
}

type place struct{ line, column int }

// Problems are the mistakes in a file, one per line as file:line:column: what is wrong; what to write.
type Problems []string

func (p Problems) Error() string { return strings.Join(p, "\n") }

// add appends one, and says so once instead of listing more than 20.
func (p *Problems) add(name string, at place, format string, args ...any) {
	switch {
	case len(*p) < 20:
		*p = append(*p, fmt.Sprintf("%s:%d:%d: %s", name, at.line, at.column, fmt.Sprintf(format, args...)))
	case len(*p) == 20:
		*p = append(*p, fmt.Sprintf("%s: more of the same follows", name))
	}
}

// readSheet reads a CSV file with a header; cells are parted by commas, semicolons or tabs.
func readSheet(r io.Reader, name string) (*sheet, error) {
	buffered := bufio.NewReader(r)
	if mark, _ := buffered.Peek(3); string(mark) == "\ufeff" {
		buffered.Discard(3)
	}
	start, err := buffered.Peek(4096)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	cr := csv.NewReader(buffered)
	cr.Comma = separator(string(start))
	cr.TrimLeadingSpace = true
	s := &sheet{name: name}
	for {
		record, err := cr.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			if errors.Is(bad.Err, csv.ErrFieldCount) {
				if other := otherSeparator(cr.Comma, record); other != "" && len(record) == 1 {
					return nil, Problems{fmt.Sprintf("%s:%d:1: this row is parted by %s, the header is not; part all rows in the same way", name, bad.Line, other)}
				}
				return nil, Problems{fmt.Sprintf("%s:%d:1: %d cells where the header has %d; give every row one cell per column", name, bad.Line, len(record), len(s.header))}
			}
			return nil, Problems{fmt.Sprintf("%s:%d:%d: %v; write a quoted cell as \"…\" with inner quotes doubled", name, bad.Line, bad.Column, bad.Err)}
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if s.header == nil {
			s.header = record
			continue
		}
		places := make([]place, len(record))
		for i := range record {
			places[i].line, places[i].column = cr.FieldPos(i)
		}
		s.rows, s.places = append(s.rows, record), append(s.places, places)
	}
	return s, s.checkShape()
}

// separator is the mark that parts the header and the first row into as many cells, else the first mark of the header.
func separator(start string) rune {
	header, rest, _ := strings.Cut(start, "\n")
	first, _, _ := strings.Cut(rest, "\n")
	for _, c := range ";\t," {
		if n := strings.Count(header, string(c)); n > 0 && n == strings.Count(first, string(c)) {
			return c
		}
	}
	for _, c := range ",;\t" {
		if strings.ContainsRune(header, c) {
			return c
		}
	}
	return ','
}

// otherSeparator names a mark in a row that parts it where the header's does not; "" for none.
func otherSeparator(used rune, record []string) string {
	for _, s := range []struct {
		mark rune
		name string
	}{{';', "semicolons"}, {'\t', "tabs"}, {',', "commas"}} {
		if s.mark != used && strings.ContainsRune(strings.Join(record, " "), s.mark) {
			return s.name
		}
	}
	return ""
}

func (s *sheet) checkShape() error {
	var problems Problems
	switch {
	case s.header == nil:
		return Problems{s.name + ": the file is empty; write a header row and one row per member"}
	case len(s.rows) == 0:
		return Problems{s.name + ": a header without rows; write one row per member"}
	}
	for i, h := range s.header {
		if slices.Index(s.header, h) < i {
			problems.add(s.name, place{1, 1}, "two columns are called %q; give each its own name", h)
		}
	}
	if len(problems) > 0 {
		return problems
	}
	return nil
}

// column finds a column by name.
func (s *sheet) column(name string) (int, error) {
	if i := slices.Index(s.header, name); i >= 0 {
		return i, nil
	}
	return 0, Problems{fmt.Sprintf("%s: no column %q; it has %s", s.name, name, strings.Join(s.header, ", "))}
}

// valueColumn finds the column of amounts: the named one, or the only one whose cells are all numbers and that makes no groups.
func (s *sheet) valueColumn(name string, by []int) (int, error) {
	if name != "" {
		return s.column(name)
	}
	var found []int
	for c := range s.header {
		if !slices.Contains(by, c) && s.mostlyNumbers(c) {
			found = append(found, c)
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	if len(found) == 0 {
		if c := s.nearlyNumbers(by); c >= 0 {
			return c, nil // its cells are then named one by one
		}
		return 0, Problems{s.name + ": no column holds numbers; part columns with commas, semicolons or tabs, write plain numbers such as 12.5, and name the column with --value where there are several"}
	}
	var names []string
	for _, c := range found {
		names = append(names, s.header[c])
	}
	return 0, Problems{fmt.Sprintf("%s: columns %s hold numbers; choose the amounts with --value, groups with --by", s.name, strings.Join(names, ", "))}
}

// mostlyNumbers tells amounts with a slip in them, which are then reported cell by cell, from a column of names.
func (s *sheet) mostlyNumbers(column int) bool {
	n := 0
	for _, row := range s.rows {
		if _, err := strconv.ParseFloat(strings.TrimSpace(row[column]), 64); err == nil {
			n++
		}
	}
	return 2*n > len(s.rows)
}

// nearlyNumbers is the only column without words, whose cells are empty or begin with a digit, as 50% and 1,5 do; −1 where none or several are.
func (s *sheet) nearlyNumbers(by []int) int {
	found := -1
	for c := range s.header {
		words := slices.ContainsFunc(s.rows, func(row []string) bool {
			cell := strings.TrimLeft(strings.TrimSpace(row[c]), "$€£-−+. ")
			return cell != "" && (cell[0] < '0' || cell[0] > '9')
		})
		if words || slices.Contains(by, c) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = c
	}
	return found
}

// amount reads one cell of the value column; remedy is what to write instead of a bad one.
func amount(cell string) (v float64, wrong string) {
	cell = strings.TrimSpace(cell)
	v, err := strconv.ParseFloat(cell, 64)
	switch {
	case cell == "":
		return 0, "the cell is empty; write 0 for none, or leave the row out"
	case err == nil && (math.IsNaN(v) || math.IsInf(v, 0)):
		return 0, fmt.Sprintf("%q is not a finite number; write an amount, or leave the row out", cell)
	case err == nil && v < 0:
		return 0, fmt.Sprintf("%s is negative; shares of a total are 0 or more", cell)
	case err == nil:
		return v, ""
	case strings.HasSuffix(cell, "%"):
		return 0, fmt.Sprintf("%q is not a number; write the percentages without the sign", cell)
	case strings.ContainsAny(cell, "$€£"):
		return 0, fmt.Sprintf("%q is not a number; write it without the sign of the currency", cell)
	case strings.Contains(cell, ","):
		return 0, fmt.Sprintf("%q is not a number; write a point before decimals and nothing between thousands", cell)
	}
	return 0, fmt.Sprintf("%q is not a number; write digits only, as in 12.5", cell)
}
