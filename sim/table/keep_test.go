package table

import (
	"bytes"
	"encoding/csv"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// Numbers are rounded as their text is read, wherever they lie.
func TestRoundedIsTheTextReadBack(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	check := func(x float64) {
		t.Helper()
		want := math.NaN()
		if text := FormatNumber(x); text != "" {
			var err error
			if want, err = strconv.ParseFloat(text, 64); err != nil {
				t.Fatal(err)
			}
		}
		if got := Rounded(x); math.Float64bits(got) != math.Float64bits(want) && !(got != got && want != want) {
			t.Fatalf("%v: %v, its text %q is read as %v", x, got, FormatNumber(x), want)
		}
	}
	for _, x := range []float64{0, math.Copysign(0, -1), 1, -1, 0.1, 1e8, 1e9, 999999999.5, 99999999.95, 1e15,
		1e22, 1e30,
		1e300, 5e-324, math.Inf(1), math.Inf(-1), math.NaN(), 0.5, 123456789.5, 1234567890.5, 1e-12,
		9.9999999949999999e-5,
		9.999999995e-5, 0.1234567885, 1 << 53} {
		check(x)
		check(-x)
		check(math.Nextafter(x, 0))
		check(math.Nextafter(x, math.Inf(1)))
	}
	for range 200_000 {
		check(math.Float64frombits(random.Uint64()))                               // of any size
		check((random.Float64() - .5) * math.Pow(10, float64(random.IntN(40)-20))) // of usual size
		tie := (float64(random.IntN(900_000_000)+100_000_000) + .5) * math.Pow(10, float64(random.IntN(30)-20))
		check(tie) // in the middle between two
		check(math.Nextafter(tie, 0))
	}
}

// What is kept is what the file holds, in both formats; too much is not kept.
func TestKeptTableIsTheFile(t *testing.T) {
	columns := []Column{{Name: "name"}, {Name: "count", Kind: Integer}, {Name: "value", Kind: Number}}
	path := filepath.Join(t.TempDir(), "kept.csv")
	write := func(most int) *Keeper {
		w, err := Create(path, columns)
		if err != nil {
			t.Fatal(err)
		}
		defer w.Abort()
		k := Keep(w, path, columns, most)
		for i, v := range []float64{1.0 / 3, math.NaN(), math.Inf(1), 1e9 / 7, math.Copysign(0, -1)} {
			if err := k.Row("a,b", i, v); err != nil {
				t.Fatal(err)
			}
		}
		if err := k.Close(); err != nil {
			t.Fatal(err)
		}
		return k
	}
	kept := write(15).Table()
	read, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	if kept == nil || kept.Name != read.Name || kept.Len() != read.Len() {
		t.Fatalf("kept %v, read %v", kept, read)
	}
	for _, c := range columns {
		for i, want := range read.Text(c.Name) {
			if got := kept.Text(c.Name)[i]; got != want {
				t.Errorf("%s, row %d: kept %q, read %q", c.Name, i+1, got, want)
			}
		}
	}
	for i, want := range read.Number("value") {
		if got := kept.Number("value")[i]; math.Float64bits(got) != math.Float64bits(want) && got == got {
			t.Errorf("row %d: kept %v, read %v", i+1, got, want)
		}
	}
	if write(14).Table() != nil {
		t.Error("15 cells were kept where 14 are the most")
	}
}

// Rows that need quotes and rows that do not come out in their order, as encoding/csv writes them.
func TestCSVIsThatOfEncodingCSV(t *testing.T) {
	texts := []string{"plain", "", " led", "two words", "a,b", `"`, "line\nbreak", `\.`, "é", "\xff", "a\tb", "\u00a0x",
		"end"}
	for _, columns := range [][]Column{{{Name: "one"}}, {{Name: "one"}, {Name: "two"}}} {
		var want bytes.Buffer
		out := csv.NewWriter(&want)
		path := filepath.Join(t.TempDir(), "mixed.csv")
		w, err := Create(path, columns)
		if err != nil {
			t.Fatal(err)
		}
		defer w.Abort()
		header := []string{"one", "two"}[:len(columns)]
		if err := out.Write(header); err != nil {
			t.Fatal(err)
		}
		for _, a := range texts {
			for _, b := range texts {
				row := []string{a, b}[:len(columns)]
				var r Record
				for _, s := range row {
					r.Text(s)
				}
				if err := w.Write(&r); err != nil {
					t.Fatal(err)
				}
				if len(row) == 1 && a == "" {
					out.Flush()
					want.WriteString("\"\"\n")
				} else if err := out.Write(row); err != nil {
					t.Fatal(err)
				}
			}
		}
		out.Flush()
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, want.Bytes()) {
			t.Errorf("%q\nwant\n%q (%v)", got, want.Bytes(), err)
		}
	}
}

// Sentences call the rows of text lines, and those of Parquet rows.
func TestNthNamesLinesAndRows(t *testing.T) {
	text, err := Decode("x.csv", []byte("a,b\nx,1\n"), Options{})
	if err != nil || text.Nth(0) != "line 2" {
		t.Errorf("%v: %q", err, text.Nth(0))
	}
	parquet, err := Open("parquet/testdata/duckdb-snappy.parquet", nil, Options{})
	if err != nil || parquet.Nth(0) != "row 1" {
		t.Errorf("%v: %q", err, parquet.Nth(0))
	}
}
