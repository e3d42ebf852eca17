package table

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// What a message offers to write in place of a cell is the number that the cell means, and is read
// as it.
func TestRemediesOfCells(t *testing.T) {
	offered := regexp.MustCompile(`write (?:it out, )?(-?[\d.,]*\d%?)`)
	for _, test := range []struct {
		cell  string
		value float64 // of what is offered first
		says  string
	}{
		{"4.5B", 4.5e9, "write it out, 4500000000 for 4.5B"}, {"320M", 320e6, ""}, {"$4.5bn", 4.5e9, ""},
		{"4,5 Mrd. €", 4.5e9, ""}, {"320 Mio. €", 320e6, ""}, {"12k", 12e3, ""}, {"2.5 million", 2.5e6, ""},
		{"3 crore", 3e7, ""}, {"€ 4.500,-", 4500, "without the dash for no cents"}, {"CHF 4'500.-", 4500, ""},
		{"45 (est.)", 45, "a mark for a note"}, {"45*", 45, ""}, {"25†", 25, ""}, {"45[1]", 45, ""}, {"45 (e)", 45, ""},
		{"45 pct", .45, "write 45%"}, {"45 Prozent", .45, ""}, {"４５", 45, "in the digits 0 to 9"}, {"١٢٣", 123, ""},
		{"33.0 p", 33, "if p is a flag of statistics"}, {"30.0 e", 30, ""}, {"1/4", .25, "if it is a fraction"},
		{`="45"`, 45, "without what makes it a text"}, {"'45", 45, ""},
		{"46.1 b", 46.1e9, "write 46.1 if b is a flag of statistics"},
	} {
		_, err := read1(t, "firm\tv\na\t"+quoted(test.cell)+"\nb\t1\nc\t2\n")
		if err == nil {
			t.Errorf("%q is read", test.cell)
			continue
		}
		m := offered.FindStringSubmatch(err.Error())
		if m == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%q: %v, want %q", test.cell, err, test.says)
			continue
		}
		n, err := read1(t, "firm\tv\na\t"+m[1]+"\n")
		if err != nil || n.Values[0] != test.value {
			t.Errorf("%q: the offered %q is %v, error %v, want %v", test.cell, m[1], n, err, test.value)
		}
	}
	if _, err := read1(t, "firm\tv\na\t40-50\nb\t1\nc\t2\n"); err == nil || !strings.Contains(err.Error(), "it is "+
		"a range") {
		t.Errorf("a range: %v", err)
	}
}

func quoted(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// read1 reads the column v of a text.
func read1(t *testing.T, text string) (*Numbers, error) {
	t.Helper()
	s, err := Decode("x.csv", []byte(text), Options{})
	if err != nil {
		return nil, err
	}
	c, err := s.Column("v")
	if err != nil {
		return nil, err
	}
	return c.Numbers(false)
}

// The first cell of Eurostat's lines holds several columns, and letters behind numbers are flags.
func TestEurostat(t *testing.T) {
	text := "freq,unit,geo\\TIME_PERIOD\t2022 \t2023 \nA,PC,AT\t45.2 \t46.1 b\nA,PC,DE\t30.0 e\t: c\nA,PC,FR\tx\t1 bp\n"
	s, err := Decode("x.tsv", []byte(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(s.Names(), "|"); got != `freq|unit|geo\TIME_PERIOD|2022|2023` {
		t.Errorf("columns %s", got)
	}
	c, _ := s.Column("2023")
	n, err := c.Numbers(false)
	if err != nil || n.Values[0] != 46.1 || len(n.Missing) != 1 || n.Values[2] != 1 {
		t.Errorf("%+v, error %v", n, err)
	}
	if notes := strings.Join(s.Notes(), "\n"); !strings.Contains(notes,
		`flags and left off, 4 of them, as in "46.1 b"`) {
		t.Errorf("notes %q", notes)
	}
	c, _ = s.Column("2022")
	if _, err := c.Numbers(false); err == nil || !strings.Contains(err.Error(), `x.tsv:4:9: column 2022: "x"`) {
		t.Errorf("place: %v", err)
	}
}

// A file in another encoding is shown as those encodings have it whose letters fit.
func TestOtherEncodings(t *testing.T) {
	for _, test := range []struct {
		text string
		of   encoding.Encoding
		says string
	}{
		{"公司;份额\n甲;45\n乙;55\n", simplifiedchinese.GBK, `in GB18030 the line reads "公司;份额"`},
		{"会社;シェア\nアルファ;45\n", japanese.ShiftJIS, `in SHIFT_JIS the line reads "会社;シェア"`},
		{"회사;점유율\n갑;45\n", korean.EUCKR, `in EUC-KR the line reads "회사;점유율"`},
		{"Компания;Доля\nА;45\n", charmap.Windows1251, `in WINDOWS-1251 the line reads "Компания;Доля"`},
		{"Société;Part\nA;45\n", charmap.Windows1252, `in Windows-1252 the line reads "Société;Part"`},
	} {
		data, err := test.of.NewEncoder().String(test.text)
		if err != nil {
			t.Fatal(err)
		}
		_, err = Decode("x.csv", []byte(data), Options{})
		if err == nil || !strings.Contains(err.Error(), test.says) || !strings.Contains(err.Error(), "iconv -f ") {
			t.Errorf("%q: %v", test.text, err)
		}
		if test.of != charmap.Windows1252 && strings.Contains(err.Error(), "1252") {
			t.Errorf("%q is offered in Windows-1252: %v", test.text, err)
		}
	}
}

// Lines that are quoted whole are named as such.
func TestLinesQuotedWhole(t *testing.T) {
	_, err := Decode("x.csv", []byte("\"firm,share\"\n\"A,45\"\n\"B,55\"\n"), Options{})
	if err == nil || !strings.Contains(err.Error(), "x.csv:1: each line is quoted whole") {
		t.Error(err)
	}
}

// Years that pandas wrote as decimals name columns.
func TestYearsAsDecimals(t *testing.T) {
	s, err := Decode("x.csv", []byte("firm,2023.0,2024.0\nA,50,60\nB,50,40\n"), Options{})
	if err != nil || !s.Has("2023.0") {
		t.Error(err)
	}
}
