package table

import (
	"fmt"
	"strings"

	"simulate/internal/quantity"
)

// What a table may hold, so that an endless or a wrong file ends in words and not in the machine's
// memory.
const (
	mostBytes   = 512 << 20 // of text, after unpacking
	mostRows    = 20_000_000
	mostCells   = 100_000_000
	mostColumns = 100_000
	mostRecord  = 32 << 20 // bytes of one row
)

// A Grid collects the cells of a file as they stand, in rows of any length. A codec for workbooks
// fills one; text is read into one.
type Grid struct {
	text  strings.Builder // all cells one after the other
	ends  []uint32        // where each cell ends in text
	first []uint32        // the first cell of each row
	lines []int32         // the line or row of the file
	start []uint32        // where a row begins in the file's text; empty where it is no text
	gap   []bool          // a blank line stands before the row
	all   string

	workbook bool // rows end with their last filled cell
}

// grow makes room for about as many rows of as many cells.
func (g *Grid) grow(rows, cells int) {
	rows = min(rows, mostRows)
	g.ends = make([]uint32, 0, min(rows*min(cells, mostColumns), mostCells))
	g.first, g.lines, g.start, g.gap = make([]uint32, 0, rows), make([]int32, 0, rows), make([]uint32, 0, rows),
		make([]bool, 0, rows)
}

// Row adds a row, which stands in the given line of its file; cells lose spaces at both ends.
func (g *Grid) Row(line int, cells []string) error {
	switch {
	case len(g.lines) >= mostRows:
		return fmt.Errorf("the table has more than %s; take a part of it", quantity.Plural(mostRows, "row"))
	case len(g.ends)+len(cells) > mostCells:
		return fmt.Errorf("the table has more than %s; take fewer rows or columns", quantity.Plural(mostCells, "cell"))
	case len(cells) > mostColumns:
		return fmt.Errorf("line %d has %s, more than %d; check that lines end where rows do", line,
			quantity.Plural(len(cells), "cell"),
			mostColumns)
	}
	n := len(g.lines)
	g.gap = append(g.gap, n > 0 && line > int(g.lines[n-1])+1)
	g.lines = append(g.lines, int32(line))
	g.first = append(g.first, uint32(len(g.ends)))
	for _, c := range cells {
		g.text.WriteString(trim(c))
		g.ends = append(g.ends, uint32(g.text.Len()))
	}
	if g.text.Len() > mostBytes {
		return fmt.Errorf("the table holds more than %d MB of text; take a part of it", mostBytes>>20)
	}
	return nil
}

// trim takes off spaces of any width and the marks that spreadsheets leave at the ends of a cell.
func trim(s string) string {
	if s == "" || s[0] > ' ' && s[0] < 0x80 && s[len(s)-1] > ' ' && s[len(s)-1] < 0x80 {
		return s
	}
	return strings.Trim(strings.TrimSpace(s), "\ufeff\u200b")
}

// done makes the cells readable; no row follows.
func (g *Grid) done() { g.all = g.text.String() }

func (g *Grid) rows() int { return len(g.lines) }

// width is the number of cells of a row.
func (g *Grid) width(row int) int {
	end := len(g.ends)
	if row+1 < len(g.first) {
		end = int(g.first[row+1])
	}
	return end - int(g.first[row])
}

// at is a cell, "" beyond the row's end.
func (g *Grid) at(row, column int) string {
	if column >= g.width(row) {
		return ""
	}
	k := int(g.first[row]) + column
	begin := uint32(0)
	if k > 0 {
		begin = g.ends[k-1]
	}
	return g.all[begin:g.ends[k]]
}

// filled says how many cells of a row are not empty, and after which the row has none.
func (g *Grid) filled(row int) (cells, width int) {
	for j := range g.width(row) {
		if g.at(row, j) != "" {
			cells, width = cells+1, j+1
		}
	}
	return cells, width
}

// words are the cells of a row that are not empty, for a message.
func (g *Grid) words(row int) string {
	var out []string
	for j := range g.width(row) {
		if s := g.at(row, j); s != "" {
			out = append(out, s)
		}
	}
	return clip(strings.Join(out, ", "))
}

// apart tells whether a row follows a blank one.
func (g *Grid) apart(row int) bool {
	if row == 0 || g.gap[row] {
		return row > 0
	}
	n, _ := g.filled(row - 1)
	return n == 0
}
