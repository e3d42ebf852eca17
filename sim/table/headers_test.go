package table_test

import (
	"slices"
	"strings"
	"testing"

	"simulate/sim/table"
)

// Headers of several rows are read where they are certain, which is said, and refused by line with
// a remedy where they are not.
func TestHeadersOfSeveralRows(t *testing.T) {
	for _, c := range []struct {
		file  string
		names []string
		first string // row of the table, its cells
		note  string // "" for none
	}{
		{"Firm,Sales\nA,60\nB,40\n", []string{"Firm", "Sales"}, "A 60", ""},
		{"Firm,Sales\n,USD million\nA,60\nB,40\n", []string{"Firm", "Sales"}, "A 60", "it holds units: \"USD million\""},
		{"Firm,Sales,Share\n-,(in Mio. EUR),[%]\nA,60,3\n", []string{"Firm", "Sales", "Share"}, "A 60 3",
			"it holds units"},
		{"Firm,Sales,Share\n-,(in Mio. EUR),[%]\nA,60,3\nB,40,1\n", []string{"Firm", "Sales", "Share"}, "A 60 3",
			"it holds units"},
		{"Firm;Umsatz\nEinheit;Tsd. €\nA;60\nB;40\n", []string{"Firm", "Umsatz"}, "A 60", "it holds units"},
		{",USD,USD\nFirm,2023,2024\nA,60,50\nB,40,50\n", []string{"Firm", "2023", "2024"}, "A 60 50",
			"line 1 is left out, it holds units"},
		{"date,openai,google\n,%,%\n2023-12,50,20\n2024-11,34,30\n", []string{"date", "openai", "google"},
			"2023-12 50 20", "it holds units"},
		{"Shares, 2024\n\nFirm,Sales\n,%\nA,60\nB,40\n", []string{"Firm", "Sales"}, "A 60", "it holds units"},
		{",2023,2023,2024,2024\nFirm,Sales,Share,Sales,Share\nA,6,60,5,50\nB,4,40,5,50\n",
			[]string{"Firm", "2023 Sales", "2023 Share", "2024 Sales", "2024 Share"}, "A 6 60 5 50", "stand in lines " +
				"1 and 2"},
		{",2023,,2024,\nFirm,Sales,Share,Sales,Share\nA,6,60,5,50\nB,4,40,5,50\n",
			[]string{"Firm", "2023 Sales", "2023 Share", "2024 Sales", "2024 Share"}, "A 6 60 5 50", "stand in lines " +
				"1 and 2"},
		{"Firm,2023,,2024,,Total\n,Sales,Share,Sales,Share,\nA,6,60,5,50,11\nB,4,40,5,50,9\n",
			[]string{"Firm", "2023 Sales", "2023 Share", "2024 Sales", "2024 Share", "Total"}, "A 6 60 5 50 11",
			"stand in lines 1 and 2"},
		{"Company,,2023,,2024,\nName,Country,Sales,Share,Sales,Share\nA,US,6,60,5,50\nB,UK,4,40,5,50\n",
			[]string{"Company Name", "Company Country", "2023 Sales", "2023 Share", "2024 Sales", "2024 Share"},
			"A US 6 60 5 50", "stand in lines 1 and 2"},
		{"Firm,Revenue,\n,2023,2024\nA,60,50\nB,40,50\n", []string{"Firm", "2023", "2024"}, "A 60 50",
			"stand in lines 1 and 2"},
		{",Sales,Sales,Share,Share\n,2023,2024,2023,2024\nFirm,,,,\nA,6,5,60,50\nB,4,5,40,50\n",
			[]string{"Firm", "Sales 2023", "Sales 2024", "Share 2023", "Share 2024"}, "A 6 5 60 50", "stand in lines " +
				"1 and 2"},
		// rows of data that look like names
		{"before,after\nNA,NA\n5,6\n7,8\n", []string{"before", "after"}, "NA NA", ""},
		{"firm,x,y\nA,-,-\nB,1,2\n", []string{"firm", "x", "y"}, "A - -", ""},
		{"firm,region,kind,share\nA,us,us,NA\nB,eu,us,12\nC,eu,us,13\n", []string{"firm", "region", "kind", "share"},
			"A us us NA", ""},
		{"firm,share\nOther,n.a.\nB,12\nC,13\n", []string{"firm", "share"}, "Other n.a.", ""},
		{"firm,unit,share\nA,%,30\nB,%,12\nC,%,13\n", []string{"firm", "unit", "share"}, "A % 30", ""},
	} {
		s, err := table.Decode("f", []byte(c.file), table.Options{})
		if err != nil {
			t.Errorf("%q: %v", c.file, err)
			continue
		}
		var first []string
		for _, column := range s.Columns() {
			first = append(first, column.Text(0))
		}
		notes := strings.Join(s.Notes(), "\n")
		if !slices.Equal(s.Names(), c.names) || strings.Join(first, " ") != c.first {
			t.Errorf("%q: columns %q, first row %q; notes %q", c.file, s.Names(), first, notes)
		}
		if c.note != "" && !strings.Contains(notes, c.note) || c.note == "" && strings.Contains(notes, "line") {
			t.Errorf("%q: notes %q", c.file, notes)
		}
	}
	for file, want := range map[string]string{
		"Shares, 2024\nFirm,Sales\nA,60\nB,40\n": "f:2:6: column 2024: \"Sales\" is not a number",
		"Firm,Sales\nCompany,Turnover\nA,60\nB,40\n": "take line 2 out if it holds units or a second row of " +
			"names, and line 1",
		"Firm,Sales\n,thousand widgets\nA,60\nB,40\n": "take line 2 out if it holds units",
		"Firm,Sales\nA,60\nB,forty\nC,12\n":           "f:3:3: column Sales: \"forty\" is not a number",
	} {
		s, err := table.Decode("f", []byte(file), table.Options{})
		if err == nil {
			_, err = s.Columns()[1].Numbers(true)
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", file, err)
		}
		if strings.Contains(file, "forty") && strings.Contains(err.Error(), "take line") {
			t.Errorf("%q doubts its header: %v", file, err)
		}
	}
}

// A reader that takes numbers in units of its own refuses a row of them, by line.
func TestUnitsThatAreNotApplied(t *testing.T) {
	s, err := table.Decode("f", []byte("Firm,Sales\n,EUR million\nA,60\nB,40\n"), table.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if c := s.Columns(); c[0].Unit() != "" || c[1].Unit() != "EUR million" {
		t.Errorf("units %q and %q", c[0].Unit(), c[1].Unit())
	}
	if err := s.RefuseUnits("say them in cells"); err == nil || !strings.HasPrefix(err.Error(), "f:2: ") ||
		!strings.Contains(err.Error(), "say them in cells") {
		t.Errorf("%v", err)
	}
	if s, err = table.Decode("f", []byte("Firm,Sales\nA,60\n"),
		table.Options{}); err != nil || s.RefuseUnits("") != nil {
		t.Errorf("without such a row: %v", err)
	}
}

// R's write.table of one column with row names is read; thousands parted by spaces are not taken
// for it.
func TestOneColumnWithRowNames(t *testing.T) {
	for file, want := range map[string]string{
		"\"share\"\n\"Open AI\" 60\n\"Google\" 40\n": "60 40",
		"share\nOpenAI 60\nGoogle 40\n":              "60 40",
		"share\nOpenAI 2023\nGoogle 2024\n":          "2023 2024",
		"\"x\"\n\"1\" 60\n\"2\" 40\n":                "60 40",
		"x\n1\t60\n2\t40\n":                          "60 40",
		"share\nOpenAI,60\nGoogle,40\n":              "60 40",
		"share\na NA\nb 40\nc 12\n":                  "NA 40 12",
	} {
		s, err := table.Decode("f", []byte(file), table.Options{})
		if err != nil {
			t.Errorf("%q: %v", file, err)
			continue
		}
		var cells []string
		for i := range s.Len() {
			cells = append(cells, s.Columns()[0].Text(i))
		}
		if len(s.Columns()) != 1 || strings.Join(cells, " ") != want {
			t.Errorf("%q: columns %q, cells %q", file, s.Names(), cells)
		}
	}
	for _, file := range []string{"sales\n1 200\n2 300\n", "sales\n12 200\n2 300\n", "sales\n1,60\n2,40\n"} {
		s, err := table.Decode("f", []byte(file), table.Options{})
		if err != nil {
			continue
		}
		for _, note := range s.Notes() {
			if strings.Contains(note, "first cell of each row") {
				t.Errorf("%q is taken for rows with names", file)
			}
		}
	}
}

// A minus behind a number, as SAP writes it, is one before it, which is said.
func TestMinusBehindANumber(t *testing.T) {
	s, err := table.Decode("f", []byte("Kunde;Betrag\nA;1.234.567,89\nB;987.654,32-\nC;€ 5,00-\nD;60,50- €\n"),
		table.Options{})
	if err != nil {
		t.Fatal(err)
	}
	n, err := s.Columns()[1].Numbers(true)
	if err != nil || !slices.Equal(n.Values, []float64{1234567.89, -987654.32, -5, -60.5}) {
		t.Errorf("%v, %v", n, err)
	}
	if notes := strings.Join(s.Notes(), "\n"); !strings.Contains(notes, "(987.654,32- is -987654.32)") {
		t.Errorf("notes %q", notes)
	}
	for _, cell := range []string{"-5-", "4.500,-", "-", "5--", "(5-)"} {
		if s, err = table.Decode("f", []byte("a;b\nx;"+cell+"\ny;6\nz;7\n"), table.Options{}); err != nil {
			t.Fatal(err)
		}
		if n, err := s.Columns()[1].Numbers(true); err == nil && n.Values[0] < 0 {
			t.Errorf("%s is read as %g", cell, n.Values[0])
		}
	}
}
