package table

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// utf16Of writes text in UTF-16, with its mark or without.
func utf16Of(s string, big, mark bool) string {
	var b bytes.Buffer
	units := utf16.Encode([]rune(s))
	if mark {
		units = append([]uint16{0xfeff}, units...)
	}
	for _, u := range units {
		hi, lo := byte(u>>8), byte(u)
		if big {
			b.Write([]byte{hi, lo})
		} else {
			b.Write([]byte{lo, hi})
		}
	}
	return b.String()
}

func packed(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

// Every table here is firms a and b with shares 60 and 40.5, as different programs and people write
// it.
func TestOneTableInManyForms(t *testing.T) {
	plain := "firm,share\na,60\nb,40.5\n"
	tabs := "firm\tshare\r\na\t60\r\nb\t40.5\r\n"
	for name, text := range map[string]string{
		"commas":                        plain,
		"no last line end":              strings.TrimSuffix(plain, "\n"),
		"CRLF":                          "firm,share\r\na,60\r\nb,40.5\r\n",
		"CR":                            "firm,share\ra,60\rb,40.5\r",
		"byte-order mark":               "\ufeff" + plain,
		"semicolons":                    "firm;share\na;60\nb;40,5\n",
		"semicolons with points":        "firm;share\na;60\nb;40.5\n",
		"tabs":                          tabs,
		"bars":                          "firm|share\na|60\nb|40.5\n",
		"spaces":                        "firm   share\na      60\nb      40.5\n",
		"spaces before and behind":      " firm share \n a   60  \n b   40.5 \n",
		"spaces and tabs":               "firm \t share\na \t 60\nb \t 40.5\n",
		"Excel's hint":                  "sep=;\r\nfirm;share\r\na;60\r\nb;40,5\r\n",
		"Excel's hint, quoted":          "\"sep=\t\"\n" + "firm\tshare\na\t60\nb\t40.5\n",
		"UTF-16 LE with mark":           utf16Of(tabs, false, true),
		"UTF-16 BE with mark":           utf16Of(tabs, true, true),
		"UTF-16 LE without mark":        utf16Of(tabs, false, false),
		"UTF-16 BE without mark":        utf16Of(tabs, true, false),
		"gzip":                          packed(plain),
		"gzip twice":                    packed(packed(plain)),
		"R's write.csv":                 "\"\",\"firm\",\"share\"\n\"1\",\"a\",60\n\"2\",\"b\",40.5\n",
		"pandas' to_csv":                ",firm,share\n0,a,60.0\n1,b,40.5\n",
		"a column without name between": "firm,,share\na,x,60\nb,y,40.5\n",
		"a column without name behind":  "firm,share,\na,60,x\nb,40.5,y\n",
		"R's write.table":               "\"firm\" \"share\"\n\"1\" \"a\" 60\n\"2\" \"b\" 40.5\n",
		"R's write.table with commas":   "\"firm\",\"share\"\n\"1\",\"a\",60\n\"2\",\"b\",40.5\n",
		"R's write.table with tabs":     "firm\tshare\nx\ta\t60\ny\tb\t40.5\n",
		"pandas' to_csv twice":          ",Unnamed: 0,firm,share\n0,0,a,60.0\n1,1,b,40.5\n",
		"Markdown":                      "| firm | share |\n|:-----|------:|\n| a    | 60    |\n| b    | 40.5  |\n",
		"a database's prompt":           " firm | share \n------+-------\n a    |    60\n b    |  40.5\n(2 rows)\n",
		"ghost columns":                 "firm,share,,\na,60,,\nb,40.5,,\n",
		"ghost cells in rows alone":     "firm;share\na;60;\nb;40,5;\n",
		"ghost rows":                    "firm,share\na,60\n,\nb,40.5\n,\n,\n",
		"blank lines":                   "\n\nfirm,share\n\na,60\n   \nb,40.5\n\n",
		"spaces around names":           " firm , share \n a , 60 \n b , 40.5 \n",
		"a space after each comma":      "\"firm\", \"share\"\n\"a\", 60\n\"b\", 40.5\n",
		"a title above":                 "Market shares 2024\nfirm,share\na,60\nb,40.5\n",
		"a title above, ghosts":         "Market shares 2024,,\n,,\nfirm,share,\na,60,\nb,40.5,\n",
		"a title with commas above":     "Market shares, in percent, 2024\n\nfirm,share\na,60\nb,40.5\n",
		"titles above":                  "Table 4\nMarket shares, in percent, by firm\nfirm,share\na,60\nb,40.5\n",
		"comments above":                "# made by hand\n# on a Monday, in Lent\nfirm,share\na,60\nb,40.5\n",
		"NumPy's header":                "# firm,share\na,60\nb,40.5\n",
		"a source below":                "firm,share\na,60\nb,40.5\n\nSource: own count\n",
		"a source below with commas":    "firm,share\na,60\nb,40.5\nSource: own count, of firms, in May\n",
		"a source below, ghosts":        "firm,share\na,60\nb,40.5\n,\nQuelle: eigene Erhebung,\nStand 2024,\n",
		"notes below, no blank line":    "firm,share\na,60\nb,40.5\n* estimated\n(1) from the second quarter\n",
		"a long sentence below": "firm,share\na,60\nb,40.5\nShares are those of revenue in the year before the " +
			"survey was held.\n",
		"header repeated":                "firm,share\na,60\nfirm,share\nb,40.5\n",
		"percent signs":                  "firm,share\na,60%\nb,40.5 %\n",
		"percent, comma, no-break space": "firm;share\na;60,0\u00a0%\nb;40,5\u00a0%\n",
		"a plus":                         "firm,share\na,+60\nb,+40.5\n",
		"an exponent":                    "firm,share\na,6e1\nb,4.05E+01\n",
		"dollars":                        "firm,share\na,$60\nb,$40.50\n",
		"euros behind":                   "firm;share\na;60,00 €\nb;40,50 €\n",
		"codes of currencies":            "firm,share\na,USD 60\nb,40.5 USD\n",
		"quotes on all":                  "\"firm\",\"share\"\n\"a\",\"60\"\n\"b\",\"40.5\"\n",
		"quotes, decimal comma":          "firm,share\na,\"60\"\nb,\"40,5\"\n",
		"full stops of thin spaces":      "firm;share\na;\u200960\nb;40,5\u202f\n",
	} {
		s, err := Decode("x.csv", []byte(text), Options{})
		if err != nil {
			data, unpackError := gather(strings.NewReader(text))
			if unpackError == nil {
				s, err = Decode("x.csv", data, Options{})
			}
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		firm, err := s.Column("firm")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		share, err := s.Column("share")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		words, err := firm.Words()
		if err != nil || !slices.Equal(words, []string{"a", "b"}) {
			t.Errorf("%s: firms %q, %v", name, words, err)
			continue
		}
		n, err := share.Numbers(true)
		if err != nil || !slices.Equal(n.Values, []float64{60, 40.5}) {
			t.Errorf("%s: shares %v, %v", name, n, err)
		}
	}
}

func TestFilesThatAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		"":     "the file is empty",
		"\n\n": "the file is empty",
		"firm,share\nSoci\xe9t\xe9,60\n": `x.csv:2:5: the file is not UTF-8 (byte 0xE9; ` +
			`in Windows-1252 the line reads "Société,60"); save it as "CSV UTF-8"`,
		"firm,share\nA\x80,60\n":        "not UTF-8",
		"a,b\n1\x00,2\n":                "x.csv:2:2: there is a zero byte",
		"\xff\xfe\x00\x00a\x00\x00\x00": "UTF-32",
		"\xff\xfea\x00b":                "UTF-16 text is damaged",
		"firm,share\na,60\nb,1,234\n": `x.csv:3: 3 cells where the header has 2: "b, 1, 234"; ` +
			`give every row one cell per column, and quote a cell that holds one of the commas`,
		"firm,share\n\"a,60\n":               "the quotes of the row that begins in line 2 do not match",
		"firm,share\na \"b\",60\n":           "the quotes of the row that begins in line 2 do not match",
		"a,60\nb,40\n":                       `x.csv:1: "60" stands where the name of column 2 is meant`,
		"0.1,0.2\n0.3,0.4\n":                 `stands where the name`,
		"\xd0\xcf\x11\xe0abc":                "old Excel",
		"%PDF-1.7":                           "a PDF",
		"PK\x03\x04zip":                      "an archive",
		"PAR1":                               "Parquet",
		"$FL2@(#)":                           "SPSS",
		"<stata_dta>":                        "Stata",
		"<!DOCTYPE html><html>":              "a web page",
		"{\"a\": 1}":                         "JSON",
		"[{\"a\": 1}]":                       "JSON",
		"version https://git-lfs.github.com": "Git LFS",
		"\x1f\x8b\x08broken":                 "",
	} {
		_, err := Decode("x.csv", []byte(text), Options{})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func TestColumnsThatAreNotFound(t *testing.T) {
	s, err := Decode("x.csv", []byte("firm,Share,x,x\na,60,1,2\n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"shape": `there is no column "shape"; it has firm, Share, x, x; did you mean "Share"?`,
		"x":     `2 columns are called "x"`,
	} {
		if _, err := s.Column(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
	}
	if c, err := s.Column(" share "); err != nil || c.Name != "Share" {
		t.Errorf("share: %v", err)
	}
}

// What has no end is refused before it fills the memory, and what is cut short is not taken for a
// whole.
func TestSizeIsBounded(t *testing.T) {
	open := func(path, want string) {
		t.Helper()
		if _, err := Open(path, nil, Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", path, err, want)
		}
	}
	open("/dev/zero", "device")
	open(t.TempDir(), "folder")
	dir := t.TempDir()
	for name, text := range map[string]string{"short.csv.gz": packed(strings.Repeat("firm,share\na,60\n", 9999))[:100],
		"study.yaml": "", "big.csv": ""} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	open(filepath.Join(dir, "short.csv.gz"), "damaged or cut short")
	open(filepath.Join(dir, "study.yml"), "there is "+filepath.Join(dir, "study.yaml"))
	if err := os.Truncate(filepath.Join(dir, "big.csv"), mostBytes+1); err != nil {
		t.Fatal(err)
	}
	open(filepath.Join(dir, "big.csv"), "more than 512 MB")
	if _, err := Open("-", endless{}, Options{}); err == nil || !strings.Contains(err.Error(), "zero bytes") {
		t.Errorf("endless zeros: %v", err)
	}
	quoted := "a,b\n\"" + strings.Repeat("x", mostRecord+9999)
	if _, err := Decode("x.csv", []byte(quoted), Options{}); err == nil || !strings.Contains(err.Error(),
		"does not end within") {
		t.Errorf("a quote that is not closed: %v", err)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("firm;share\na;1.234,5\n\nQuelle: x\n"), byte(0))
	f.Add([]byte("\"\",\"x\"\n\"1\",5%\n"), byte(1))
	f.Add([]byte("sep=\t\na\tb\n1\t2\n"), byte(0))
	f.Add([]byte(utf16Of("a,b\n1,2\n", true, true)), byte(2))
	f.Fuzz(func(t *testing.T, data []byte, how byte) {
		o := Options{Decimal: []rune{0, '.', ','}[how%3], Separator: []rune{0, ',', ' ', '\t'}[how/3%4]}
		s, err := Decode("x", data, o)
		if err != nil {
			return
		}
		for _, c := range s.Columns() {
			if _, err := c.Words(); err != nil {
				t.Fatal(err)
			}
			if n, err := c.Numbers(false); err == nil && len(n.Values) != s.Len() {
				t.Fatalf("%d numbers of %d rows", len(n.Values), s.Len())
			}
			if s.Len() > 0 {
				_ = c.Place(s.Len() - 1)
			}
			c.IsNumeric()
		}
		if s.Len() > 1 {
			s.Without([]int{0})
		}
	})
}

// plainText is 250,000 rows of four plain numbers, 10 MB.
func plainText() []byte {
	var text bytes.Buffer
	text.WriteString("a,b,c,d\n")
	for i := range 250_000 {
		fmt.Fprintf(&text, "%d,%.6f,%.6f,%.6f\n", i, float64(i)/7, float64(i%1000)/1000, 1e4+float64(i)/3)
	}
	return text.Bytes()
}

func BenchmarkSheet(b *testing.B) {
	text := plainText()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		s, err := Decode("x.csv", text, Options{})
		if err != nil {
			b.Fatal(err)
		}
		for _, c := range s.Columns() {
			if _, err := c.Numbers(false); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// The short way through plain cells reads them as the long one does.
func TestPlainCellsAreReadAlike(t *testing.T) {
	for _, s := range []string{"0", "5", "12", "007", "0.5", "00.5", "1.5", "1.234", "12.345", "123.456", "1234.567",
		"0.123", "01.234", "1.", "1.2345", "999.999", "1000"} {
		if got, ok := plain(s); !ok || got != formOf(s) {
			t.Errorf("%s: %v, %v; the long way %v", s, got, ok, formOf(s))
		}
	}
}
