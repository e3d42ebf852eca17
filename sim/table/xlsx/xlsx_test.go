package xlsx

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"simulate/sim/table"
)

// book makes a workbook with rows in its sheets; change works on it before it is saved.
func book(t *testing.T, sheets map[string][][]any, change func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	for name, rows := range sheets {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			at, _ := excelize.CoordinatesToCellName(1, i+1)
			if err := f.SetSheetRow(name, at, &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	if change != nil {
		change(f)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func column(t *testing.T, s *table.Sheet, name string) *table.SheetColumn {
	t.Helper()
	c, err := s.Column(name)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A table below a title, with a total's worth of formats: what is kept counts and not what is
// shown.
func TestWorkbook(t *testing.T) {
	day := time.Date(2024, 1, 31, 0, 0, 0, 0, time.UTC)
	data := book(t, map[string][][]any{"Shares": {
		{"Market shares, 2024"}, {},
		{"firm", "share", "sales", "day", "note"},
		{"a", 0.6, 1234.5, day, "x"},
		{nil, 0.4, 2345, day, "y"},
		{}, {"Source: own count"},
	}}, func(f *excelize.File) {
		percent, _ := f.NewStyle(&excelize.Style{NumFmt: 10})
		money, _ := f.NewStyle(&excelize.Style{NumFmt: 4})
		f.SetCellStyle("Shares", "B4", "B5", percent)
		f.SetCellStyle("Shares", "C4", "C5", money)
		f.MergeCell("Shares", "A4", "A5")
	})
	if !isWorkbook(data) {
		t.Fatal("not taken for a workbook")
	}
	s, err := sheet("x.xlsx", data, table.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if words, _ := column(t, s, "firm").Words(); !slices.Equal(words, []string{"a", "a"}) {
		t.Errorf("firms %q", words)
	}
	if n, err := column(t, s, "share").Numbers(false); err != nil || !slices.Equal(n.Values, []float64{.6, .4}) {
		t.Errorf("shares %v %v", n, err)
	}
	if n, err := column(t, s, "sales").Numbers(false); err != nil || !slices.Equal(n.Values, []float64{1234.5, 2345}) {
		t.Errorf("sales %v %v", n, err)
	}
	if words, _ := column(t, s, "day").Words(); !slices.Equal(words, []string{"2024-01-31", "2024-01-31"}) {
		t.Errorf("days %q", words)
	}
	if p := column(t, s, "share").Place(1); p != "x.xlsx: Shares!B5: column share" {
		t.Errorf("place %q", p)
	}
	if notes := strings.Join(s.Notes(), "\n"); !strings.Contains(notes, "above the table") || !strings.Contains(notes,
		"below the table") {
		t.Errorf("notes %q", notes)
	}
}

func TestSheets(t *testing.T) {
	data := book(t, map[string][][]any{"One": {{"a"}, {1}}, "Two": {{"a"}, {2}}}, nil)
	first := func(o table.Options) string {
		s, err := sheet("x.xlsx", data, o)
		if err != nil {
			return err.Error()
		}
		return column(t, s, "a").Text(0) + " " + strings.Join(s.Notes(), "; ")
	}
	if got := first(table.Options{Sheet: "Two"}); got != "2 " {
		t.Errorf("Two: %q", got)
	}
	if got := first(table.Options{}); !strings.Contains(got, "chosen by --sheet") {
		t.Errorf("no sheet: %q", got)
	}
	if got := first(table.Options{Sheet: "Three"}); !strings.Contains(got, `there is no sheet "Three"; it has Sheet1`) {
		t.Errorf("Three: %q", got)
	}
}

// Cells of text in a column of numbers, errors and damaged files are refused with their place.
func TestRefusals(t *testing.T) {
	data := book(t, map[string][][]any{"S": {{"firm", "v"}, {"a", 1.5}, {"b", "many"}, {"c", "1,5"}, {"d", nil}}}, nil)
	s, err := sheet("x.xlsx", data, table.Options{})
	if err != nil {
		t.Fatal(err)
	}
	n, err := column(t, s, "v").Numbers(false)
	if err == nil || !strings.Contains(err.Error(), `x.xlsx: S!B3: column v: "many" is not a number`) {
		t.Errorf("%v", err)
	}
	if err := column(t, s, "v").MissingCells(n.Missing, "mend it"); err == nil || !strings.Contains(err.Error(),
		"x.xlsx: row 5: the row ends before column v") {
		t.Errorf("%v", err)
	}
	for n, broken := range [][]byte{data[:len(data)/2], append([]byte("PK\x03\x04"), "[Content_Types].xml"...)} {
		if !isWorkbook(broken) {
			continue
		}
		if _, err := sheet("x.xlsx", broken, table.Options{}); err == nil || !strings.HasPrefix(err.Error(), "x.xlsx: ") {
			t.Errorf("broken file %d: %v", n, err)
		}
	}
	if _, err := sheet("x.xlsx", book(t, nil, nil), table.Options{}); err == nil || !strings.Contains(err.Error(),
		"holds no table") {
		t.Errorf("empty: %v", err)
	}
}

// A formula that nobody has computed yet is no empty cell.
func TestFormulasWithoutValues(t *testing.T) {
	data := book(t, map[string][][]any{"S": {{"firm", "v"}, {"a", 1.5}, {"b", nil}}}, func(f *excelize.File) {
		if err := f.SetCellFormula("S", "B3", "=1+1"); err != nil {
			t.Fatal(err)
		}
	})
	if _, err := sheet("x.xlsx", data, table.Options{}); err == nil || !strings.Contains(err.Error(),
		"cell B3 has the formula =1+1 without a value") {
		t.Errorf("%v", err)
	}
}

// Numbers look like dates in some formats and dates like numbers in none.
func TestHowCellsAreWritten(t *testing.T) {
	for _, c := range []struct{ kept, shown, want string }{
		{"45322", "1/31/24", "2024-01-31"}, {"45322", "31.01.2024", "2024-01-31"}, {"45322", "2024-01-31", "2024-01-31"},
		{"45322", "Jan-24", "2024-01-31"},
		{"45322.5", "1/31/24 12:00", "2024-01-31 12:00:00"}, {"0.6", "60.00%", "0.6"}, {"1234.5", "1,234.50", "1234.5"},
		{"5.5", "5 1/2", "5.5"},
		{"1200", "1.20E+03", "1200"}, {"45322", "45,322", "45322"}, {"1", "TRUE", "TRUE"}, {"abc", "abc", "abc"}, {"5",
			"5 kg", "5"},
	} {
		if got := written(c.kept, c.shown, false); got != c.want {
			t.Errorf("%s shown as %s is written %s, want %s", c.kept, c.shown, got, c.want)
		}
	}
}

func FuzzSheet(f *testing.F) {
	x := excelize.NewFile()
	x.SetSheetRow("Sheet1", "A1", &[]any{"firm", "share"})
	x.SetSheetRow("Sheet1", "A2", &[]any{"a", 0.5})
	b, _ := x.WriteToBuffer()
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		if isWorkbook(data) {
			sheet("x.xlsx", data, table.Options{})
		}
	})
}

// A sheet of words before the one with the table is not taken for it; the first with numbers is.
func TestReadMeBeforeTheTable(t *testing.T) {
	words, shares := [][]any{{"Read me"}, {"All shares are of revenue."}}, [][]any{{"firm", "share"}, {"a", 60}, {"b", 40}}
	for _, test := range []struct {
		notes, data [][]any
		want        string
	}{
		{words, shares, "the table of sheet Data is read; others are in A notes"},
		{shares, shares, "the table of sheet A notes is read; others are in Data"},
		{words, words, "the table of sheet A notes is read; others are in Data"},
	} {
		s, err := sheet("x.xlsx", book(t, map[string][][]any{"A notes": test.notes}, func(f *excelize.File) {
			f.NewSheet("Data")
			for i, row := range test.data {
				at, _ := excelize.CoordinatesToCellName(1, i+1)
				f.SetSheetRow("Data", at, &row)
			}
		}), table.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if said := strings.Join(s.Notes(), "; "); !strings.Contains(said, test.want) {
			t.Errorf("notes %q, want %q", said, test.want)
		}
	}
}
