package table_test

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/parquet-go/parquet-go"

	. "simulate/sim/table"
	"simulate/sim/table/formats"
)

func init() { formats.Register() }

var columns = []Column{
	{Name: "zeta", Meaning: "comes first although its name sorts last", Kind: Text},
	{Name: "replication", Meaning: "counts from 0", Kind: Integer},
	{Name: "hhi_sales", Unit: "points", Meaning: "concentration of sales", Kind: Number},
}

func sample() *Table {
	t := New("market", columns...)
	t.Append("plain", 0, 1834.5)
	t.Append(`a "quoted", one`, 1, math.NaN())
	t.Append("two\nlines", math.MaxInt64, math.Inf(1))
	t.Append(" space first", -3, math.Inf(-1))
	t.Append("", 4, 7)
	t.Append("Zürich · 北京", 5, 1e-300)
	return t
}

func same(t *testing.T, got, want *Table) {
	t.Helper()
	for _, c := range want.Columns {
		if d := cmp.Diff(want.Text(c.Name), got.Text(c.Name)); d != "" {
			t.Errorf("column %s (-want +got):\n%s", c.Name, d)
		}
		if d := cmp.Diff(want.Number(c.Name), got.Number(c.Name), cmpopts.EquateNaNs()); d != "" {
			t.Errorf("column %s as numbers (-want +got):\n%s", c.Name, d)
		}
	}
	if got.Len() != want.Len() {
		t.Errorf("%d rows, want %d", got.Len(), want.Len())
	}
}

func TestRoundTrip(t *testing.T) {
	for _, ext := range []string{".csv", ".parquet"} {
		t.Run(ext, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "market"+ext)
			if err := sample().Save(path); err != nil {
				t.Fatal(err)
			}
			got, err := Read(path)
			if err != nil {
				t.Fatal(err)
			}
			same(t, got, sample())
			if got.Name != "market" {
				t.Errorf("name %q", got.Name)
			}
			for i, c := range got.Columns {
				if c.Name != columns[i].Name || c.Kind != columns[i].Kind {
					t.Errorf("column %d is %s of kind %s", i, c.Name, c.Kind)
				}
			}
		})
	}
}

func TestSomeColumns(t *testing.T) {
	for _, ext := range []string{".csv", ".parquet"} {
		path := filepath.Join(t.TempDir(), "market"+ext)
		if err := sample().Save(path); err != nil {
			t.Fatal(err)
		}
		got, err := ReadColumns(path, "hhi_sales", "none", "zeta")
		if err != nil {
			t.Fatal(err)
		}
		if got.Len() != sample().Len() || len(got.Columns) != 2 || got.Has("replication") || got.Has("none") {
			t.Errorf("%s: %d rows of %v", ext, got.Len(), got.Columns)
		}
		for _, c := range []string{"zeta", "hhi_sales"} {
			if d := cmp.Diff(sample().Text(c), got.Text(c)); d != "" {
				t.Errorf("%s: column %s (-want +got):\n%s", ext, c, d)
			}
		}
	}
	if _, err := Filled("t", 2, columns, []any{[]string{"a", "b"}, []int64{1}, []float64{1, 2}}); err == nil {
		t.Error("a column that is too short is taken")
	}
}

func TestEmptyTable(t *testing.T) {
	for _, ext := range []string{".csv", ".parquet"} {
		path := filepath.Join(t.TempDir(), "t"+ext)
		if err := New("t", columns...).Save(path); err != nil {
			t.Fatal(err)
		}
		got, err := Read(path)
		if err != nil {
			t.Fatal(err)
		}
		if got.Len() != 0 || len(got.Columns) != 3 || got.Columns[0].Name != "zeta" {
			t.Errorf("%s: %d rows, columns %v", ext, got.Len(), got.Columns)
		}
	}
}

func TestCSVBytes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "market.csv")
	if err := sample().Save(path); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := "zeta,replication,hhi_sales\n" +
		"plain,0,1834.5\n" +
		"\"a \"\"quoted\"\", one\",1,\n" +
		"\"two\nlines\",9223372036854775807,Inf\n" +
		"\" space first\",-3,-Inf\n" +
		",4,7\n" +
		"Zürich · 北京,5,1e-300\n"
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestFormatNumber(t *testing.T) {
	for x, want := range map[float64]string{
		0: "0", math.Copysign(0, -1): "0", 1: "1", -2500: "-2500",
		1.0 / 3: "0.333333333", 123456.7891: "123456.789", 2e-7: "2e-07",
		999999999999999: "999999999999999", 1e15: "1e+15", 2.1e25: "2.1e+25", 1234567890.5: "1.23456789e+09",
	} {
		if got := FormatNumber(x); got != want {
			t.Errorf("%g is written %q, want %q", x, got, want)
		}
	}
}

func TestParquetKeepsUnitMeaningAndOrder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "market.parquet")
	if err := sample().Save(path, Pair{"scenario", "abc123"}); err != nil {
		t.Fatal(err)
	}
	got, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(columns, got.Columns); d != "" {
		t.Errorf("columns (-want +got):\n%s", d)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, _ := f.Stat()
	in, err := parquet.OpenFile(f, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	if v, _ := in.Lookup("scenario"); v != "abc123" {
		t.Errorf("metadata scenario is %q", v)
	}
	for i, want := range []string{"PLAIN", "DELTA_BINARY_PACKED", "BYTE_STREAM_SPLIT"} {
		meta := in.Metadata().RowGroups[0].Columns[i].MetaData
		if meta.Codec.String() != "ZSTD" {
			t.Errorf("column %d is compressed by %s", i, meta.Codec)
		}
		found := false
		for _, e := range meta.Encoding {
			found = found || e.String() == want
		}
		if !found {
			t.Errorf("column %d has encodings %v, want %s", i, meta.Encoding, want)
		}
	}
}

func TestSameRowsSameBytes(t *testing.T) {
	many := []Column{{Name: "lab"}, {Name: "n", Kind: Integer}}
	for i := range 30 {
		many = append(many, Column{Name: "x" + string(rune('a'+i)), Unit: "u", Meaning: "m", Kind: Number})
	}
	for _, ext := range []string{".csv", ".parquet"} {
		var first []byte
		for try := range 4 {
			path := filepath.Join(t.TempDir(), "t"+ext)
			w, err := Create(path, many, Pair{"b", "2"}, Pair{"a", "1"})
			if err != nil {
				t.Fatal(err)
			}
			if try%2 == 1 {
				w = InBackground(w)
			}
			var r Record
			for row := range 12000 {
				r.Reset().Text("lab" + string(rune('a'+row%7))).Integer(int64(row))
				for k := range 30 {
					r.Number(math.Sin(float64(row*k)) * 1e6)
				}
				if err := w.Write(&r); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if sum, err := Sum(path); err != nil || w.Sum() != sum {
				t.Errorf("%s: the writer's SHA-256 is %s, that of the file %s (%v)", ext, w.Sum(), sum, err)
			}
			if try == 0 {
				first = b
			} else if !bytes.Equal(first, b) {
				t.Errorf("%s: the same rows gave other bytes", ext)
			}
		}
	}
}

func TestFilesAreWhole(t *testing.T) {
	for _, ext := range []string{".csv", ".parquet"} {
		folder := t.TempDir()
		path := filepath.Join(folder, "market"+ext)
		if err := os.WriteFile(path, []byte("old"), 0o644); err != nil {
			t.Fatal(err)
		}
		w, err := Create(path, columns)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Row("a", 1, 2.0); err != nil {
			t.Fatal(err)
		}
		if b, _ := os.ReadFile(path); string(b) != "old" {
			t.Errorf("%s: the old file is gone before Close", ext)
		}
		w.Abort()
		if names, _ := os.ReadDir(folder); len(names) != 1 {
			t.Errorf("%s: Abort leaves %v", ext, names)
		}
		if err := sample().Save(path); err != nil {
			t.Fatal(err)
		}
		if names, _ := os.ReadDir(folder); len(names) != 1 {
			t.Errorf("%s: Close leaves %v", ext, names)
		}
	}
}

func TestRowsThatDoNotFit(t *testing.T) {
	w, err := Create(filepath.Join(t.TempDir(), "t.csv"), columns)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	for want, row := range map[string][]any{
		"2 cells for 3 columns": {"a", 1},
		"column replication":    {"a", 1.5, 2.0},
		"column zeta":           {1, 1, 2.0},
		"cell 3: a bool":        {"a", 1, true},
	} {
		if err := w.Row(row...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("row %v: %v, want %q", row, err, want)
		}
	}
	if _, err := Create("t.xlsx", columns); err == nil {
		t.Error("a format nobody writes was taken")
	}
}

func TestReadCSVFromElsewhere(t *testing.T) {
	in := "\xef\xbb\xbfyear,code,share,note,gap,region\r\n2024,007,\"0.25\",x,,NA\r\n2025,010,NA,3,,NA\r\n"
	got, err := ReadCSV("observed", strings.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	wantKinds := []Kind{Integer, Text, Number, Text, Number, Text}
	for i, c := range got.Columns {
		if c.Kind != wantKinds[i] {
			t.Errorf("column %s is of kind %s, want %s", c.Name, c.Kind, wantKinds[i])
		}
	}
	share := got.Number("share")
	if share[0] != .25 || !math.IsNaN(share[1]) {
		t.Errorf("share %v", share)
	}
	if d := cmp.Diff([]string{"2024", "2025"}, got.Text("year")); d != "" {
		t.Error(d)
	}
}

func TestReadCSVRefuses(t *testing.T) {
	for in, want := range map[string]string{
		"":                 "the file is empty",
		"a,a\n1,2\n":       `two columns are called "a"`,
		"a,\n1,2\n":        "column 2 has no name",
		"a,b\n1,2\n3\n":    "line 3: 1 cell for 2 columns",
		"a,b\n1,\"open\n":  "line",
		"a,b\n1,x\"y\"z\n": "line 2",
	} {
		if _, err := ReadCSV("t", strings.NewReader(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", in, err, want)
		}
	}
}

func TestFilters(t *testing.T) {
	all := New("t", Column{Name: "case"}, Column{Name: "x", Kind: Number})
	for i, c := range []string{"b", "a", "b", "c"} {
		all.Append(c, float64(i))
	}
	if d := cmp.Diff([]string{"b", "a", "c"}, all.Distinct("case")); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]float64{0, 2}, all.Where("case", "b").Number("x")); d != "" {
		t.Error(d)
	}
	if all.Has("y") || !all.Has("x") {
		t.Error("Has is wrong")
	}
	if n := all.Where("case", "none").Len(); n != 0 {
		t.Errorf("%d rows", n)
	}
}

func TestOneEmptyColumn(t *testing.T) {
	one := New("t", Column{Name: "x", Kind: Number})
	one.Append(1.0)
	one.Append(math.NaN())
	path := filepath.Join(t.TempDir(), "t.csv")
	if err := one.Save(path); err != nil {
		t.Fatal(err)
	}
	got, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	same(t, got, one)
}
