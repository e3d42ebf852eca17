package xlsx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"simulate/internal/quantity"
	"simulate/sim/table"
)

// MostRows is how many rows of a table a sheet takes, its header aside.
const MostRows = excelize.TotalRows - 1

// Book is a workbook to be written. The same book gives the same bytes.
type Book struct {
	Title, Author string
	Made          time.Time // for the document's properties
	Pages         []Page
}

// Page is a sheet: a table with its header, or lines of text of which the first cell is a heading.
type Page struct {
	Name  string // at most 31 characters
	Table *table.Table
	Lines [][]string
}

// Write writes the workbook. Numbers are numbers, ISO days are dates, and text is text even where
// it looks like a formula. A table with more rows than a sheet has is cut, and text that is longer
// than a cell: each is said in a note.
func (b Book) Write(w io.Writer) (notes []string, err error) {
	f := excelize.NewFile()
	defer f.Close()
	s, err := newStyles(f)
	if err != nil {
		return nil, err
	}
	for i, p := range b.Pages {
		if i == 0 {
			err = f.SetSheetName("Sheet1", p.Name)
		} else {
			_, err = f.NewSheet(p.Name)
		}
		if err != nil {
			return nil, fmt.Errorf("sheet %s: %w", p.Name, err)
		}
		out, err := f.NewStreamWriter(p.Name)
		if err != nil {
			return nil, err
		}
		page := &writer{StreamWriter: out, styles: s, name: p.Name}
		if p.Table != nil {
			err = page.table(p.Table)
		} else {
			err = page.lines(p.Lines)
		}
		if err == nil {
			err = out.Flush()
		}
		if err != nil {
			return nil, fmt.Errorf("sheet %s: %w", p.Name, err)
		}
		notes = append(notes, page.notes()...)
	}
	at := b.Made.UTC().Format(time.RFC3339)
	if err := f.SetDocProps(&excelize.DocProperties{Title: b.Title, Creator: b.Author, LastModifiedBy: b.Author,
		Created: at, Modified: at}); err != nil {
		return nil, err
	}
	var packed bytes.Buffer
	if err := f.Write(&packed); err != nil {
		return nil, err
	}
	return notes, inOrder(w, packed.Bytes())
}

// inOrder writes the parts of a workbook in the order of their names, for the library's changes
// from one writing to the next.
func inOrder(w io.Writer, packed []byte) error {
	r, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return err
	}
	slices.SortFunc(r.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	out := zip.NewWriter(w)
	for _, part := range r.File {
		if err := out.Copy(part); err != nil {
			return err
		}
	}
	return out.Close()
}

// styles are the numbers of the cell formats.
type styles struct{ heading, date, prose int }

func newStyles(f *excelize.File) (s styles, err error) {
	day := "yyyy-mm-dd"
	for _, one := range []struct {
		to    *int
		style excelize.Style
	}{
		{&s.heading, excelize.Style{Font: &excelize.Font{Bold: true}}},
		{&s.date, excelize.Style{CustomNumFmt: &day}},
		{&s.prose, excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}},
	} {
		if *one.to, err = f.NewStyle(&one.style); err != nil {
			return s, err
		}
	}
	return s, nil
}

// writer writes one sheet.
type writer struct {
	*excelize.StreamWriter
	styles
	name      string
	left, cut int // rows and cells that do not fit
}

const widest, narrowest = 60, 8

// table writes the header and the rows, the header in bold and in sight while one scrolls.
func (w *writer) table(t *table.Table) error {
	columns := make([]func(row int) any, len(t.Columns))
	header := make([]any, len(t.Columns))
	rows := min(t.Len(), MostRows)
	w.left = t.Len() - rows
	for i, c := range t.Columns {
		header[i] = excelize.Cell{Value: c.Name, StyleID: w.heading}
		columns[i] = w.column(t, c)
		width := float64(utf8.RuneCountInString(c.Name)) + 3
		for row := range min(rows, 100) {
			width = max(width, cellWidth(columns[i](row)))
		}
		if err := w.SetColWidth(i+1, i+1, min(max(width, narrowest), widest)); err != nil {
			return err
		}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2",
		ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := w.SetRow("A1", header); err != nil {
		return err
	}
	cells := make([]any, len(columns))
	w.cut = 0
	for row := range rows {
		for i, cell := range columns {
			cells[i] = cell(row)
		}
		at, err := excelize.CoordinatesToCellName(1, row+2)
		if err != nil {
			return err
		}
		if err := w.SetRow(at, cells); err != nil {
			return err
		}
	}
	return nil
}

var isoDay = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)

// column gives the cells of a column as a sheet takes them; nil is an empty cell.
func (w *writer) column(t *table.Table, c table.Column) func(row int) any {
	if c.Kind != table.Text {
		values := t.Number(c.Name)
		return func(row int) any {
			if v := values[row]; !math.IsNaN(v) && !math.IsInf(v, 0) {
				return v
			} else if math.IsInf(v, 0) {
				return fmt.Sprint(v)
			}
			return nil
		}
	}
	values := t.Text(c.Name)
	if days := asDays(values); days != nil {
		return func(row int) any {
			if days[row].IsZero() {
				return nil
			}
			return excelize.Cell{Value: days[row], StyleID: w.date}
		}
	}
	return func(row int) any {
		if values[row] == "" {
			return nil
		}
		return w.text(values[row])
	}
}

// asDays reads a column of ISO days, empty cells aside; nil where it is none, or before the
// calendar of spreadsheets.
func asDays(values []string) []time.Time {
	out := make([]time.Time, len(values))
	some := false
	for i, v := range values {
		if v == "" {
			continue
		}
		day, err := time.Parse(time.DateOnly, v)
		if err != nil || !isoDay.MatchString(v) || day.Year() < 1901 {
			return nil
		}
		out[i], some = day, true
	}
	if !some {
		return nil
	}
	return out
}

// text is a text that fits a cell and holds no character that the format forbids.
func (w *writer) text(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return utf8.RuneError
		}
		return r
	}, s)
	if utf8.RuneCountInString(s) <= excelize.TotalCellChars {
		return s
	}
	w.cut++
	return string([]rune(s)[:excelize.TotalCellChars-1]) + "…"
}

func cellWidth(cell any) float64 {
	switch v := cell.(type) {
	case nil:
		return 0
	case string:
		return float64(utf8.RuneCountInString(v)) + 1
	case float64:
		return float64(len(table.FormatNumber(v))) + 1
	}
	return 12
}

// lines writes lines of text, the first cell of each in bold.
func (w *writer) lines(lines [][]string) error {
	for i, width := range []float64{22, 110, 60} {
		if err := w.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	for i, line := range lines {
		var cells []any
		for j, text := range line {
			style := w.prose
			if j == 0 {
				style = w.heading
			}
			cells = append(cells, excelize.Cell{Value: w.text(text), StyleID: style})
		}
		if err := w.SetRow(fmt.Sprintf("A%d", i+1), cells); err != nil {
			return err
		}
	}
	return nil
}

// notes say what does not fit.
func (w *writer) notes() (out []string) {
	if w.left > 0 {
		out = append(out, fmt.Sprintf("A sheet takes %s rows: of table %s the last %s are left out.",
			quantity.Count(MostRows), w.name, quantity.Count(w.left)))
	}
	if w.cut > 0 {
		out = append(out, fmt.Sprintf("A cell takes %s characters: %s of %s cut and end in “…”.",
			quantity.Count(excelize.TotalCellChars), quantity.Plural(w.cut, "text"), w.name+
				map[bool]string{true: " is", false: " are"}[w.cut == 1]))
	}
	return out
}
