package xlsx

import (
	"archive/zip"
	"bytes"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"simulate/sim/table"
)

// bytesOf is a book as bytes, with its notes.
func bytesOf(t *testing.T, b Book) ([]byte, []string) {
	t.Helper()
	var out bytes.Buffer
	notes, err := b.Write(&out)
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), notes
}

func sampleBook() Book {
	v := table.New("values", table.Column{Name: "firm"}, table.Column{Name: "date"},
		table.Column{Name: "n", Kind: table.Integer}, table.Column{Name: "share", Kind: table.Number})
	v.Append("=HYPERLINK(\"http://x\")", "2024-12-31", 3, 0.1)
	v.Append("+1", "", 4, math.NaN())
	v.Append("-x & <y>", "2025-01-31", 5, math.Inf(1))
	v.Append("@cmd", "2025-01-31", 6, 0.25)
	return Book{Title: "T", Author: "A", Made: time.Date(2025, 1, 2, 3, 4, 5, 0, time.UTC), Pages: []Page{
		{Name: "Read me", Lines: [][]string{{"T"}, {"What", "=1+1"}}}, {Name: "values", Table: v}}}
}

// Numbers are numbers, days are days and text is text, in every cell that looks like a formula.
func TestBook(t *testing.T) {
	data, notes := bytesOf(t, sampleBook())
	if len(notes) != 0 {
		t.Errorf("notes %q", notes)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			for j := range row {
				at, _ := excelize.CoordinatesToCellName(j+1, i+1)
				if formula, _ := f.GetCellFormula(sheet, at); formula != "" {
					t.Errorf("%s!%s is the formula %q", sheet, at, formula)
				}
			}
		}
	}
	for at, want := range map[string]excelize.CellType{"A2": excelize.CellTypeInlineString, "B2": excelize.CellTypeUnset,
		"C2": excelize.CellTypeUnset, "D2": excelize.CellTypeUnset, "D4": excelize.CellTypeInlineString} {
		if got, _ := f.GetCellType("values", at); got != want {
			t.Errorf("%s has type %v, not %v", at, got, want)
		}
	}
	s, err := sheet("x.xlsx", data, table.Options{Sheet: "values"})
	if err != nil {
		t.Fatal(err)
	}
	if words, _ := column(t, s, "firm").Words(); !slices.Equal(words, []string{"=HYPERLINK(\"http://x\")", "+1",
		"-x & <y>",
		"@cmd"}) {
		t.Errorf("firms %q", words)
	}
	if c := column(t, s, "date"); c.Text(0) != "2024-12-31" || c.Text(1) != "" || c.Text(2) != "2025-01-31" {
		t.Errorf("dates %q %q %q", c.Text(0), c.Text(1), c.Text(2))
	}
	if c := column(t, s, "share"); c.Text(0) != "0.1" || c.Text(1) != "" || c.Text(3) != "0.25" {
		t.Errorf("shares %q %q %q", c.Text(0), c.Text(1), c.Text(3))
	}
}

// The same book gives the same bytes, whenever it is written.
func TestBookRepeats(t *testing.T) {
	first, _ := bytesOf(t, sampleBook())
	for range 5 {
		if again, _ := bytesOf(t, sampleBook()); !bytes.Equal(first, again) {
			t.Fatal("the bytes differ")
		}
	}
	r, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
	if err != nil || r.File[0].Name != "[Content_Types].xml" {
		t.Errorf("the first part is %v, %v", r.File[0].Name, err)
	}
}

// What a sheet does not take is said.
func TestLimitsOfASheet(t *testing.T) {
	v := table.New("long", table.Column{Name: "x"})
	v.Append(strings.Repeat("ä", excelize.TotalCellChars+1))
	v.Append(strings.Repeat("ä", excelize.TotalCellChars))
	v.Append("bell \a")
	data, notes := bytesOf(t, Book{Pages: []Page{{Name: "long", Table: v}}})
	if len(notes) != 1 || !strings.Contains(notes[0], "1 text of long is cut") {
		t.Errorf("notes %q", notes)
	}
	s, err := sheet("x.xlsx", data, table.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := column(t, s, "x").Text(0); !strings.HasSuffix(got, "ä…") {
		t.Errorf("ends in %q", got[len(got)-6:])
	}
	if testing.Short() {
		t.Skip("a sheet to its end")
	}
	long := table.New("long", table.Column{Name: "n", Kind: table.Integer})
	for i := range MostRows + 3 {
		long.Append(i)
	}
	_, notes = bytesOf(t, Book{Pages: []Page{{Name: "long", Table: long}}})
	if len(notes) != 1 || !strings.Contains(notes[0], "of table long the last 3 are left out") {
		t.Errorf("notes %q", notes)
	}
}
