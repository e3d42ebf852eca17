package table

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// kind is a kind of file that is told by its first bytes and cannot be read.
type kind struct{ magic, what, remedy string }

// foreign lists what users hand over for a table, most of it from a menu entry beside the right
// one.
var foreign = []kind{
	{"\xd0\xcf\x11\xe0", "a workbook of old Excel (.xls)", "save it as .xlsx or as CSV UTF-8"},
	{"{\\rtf", "a text document (RTF)", "save the table as CSV UTF-8"},
	{"%PDF", "a PDF", "copy the table into a spreadsheet and save it as CSV UTF-8"},
	{"SQLite format 3", "an SQLite database", "export the table: sqlite3 -header -csv FILE 'SELECT * FROM …'"},
	{"RDX", "R's own data (.RData)", "write.csv(x, \"x.csv\", row.names = FALSE) in R"},
	{"RDA", "R's own data (.RData)", "write.csv(x, \"x.csv\", row.names = FALSE) in R"},
	{"X\n\x00\x00\x00", "R's own data (.rds)", "write.csv(x, \"x.csv\", row.names = FALSE) in R"},
	{"$FL2", "a file of SPSS (.sav)", "save it as CSV, or as Parquet from R: haven::read_sav and arrow::write_parquet"},
	{"$FL3", "a file of SPSS (.zsav)", "save it as CSV, or as Parquet from R: haven::read_sav and " +
		"arrow::write_parquet"},
	{"<stata_dta>", "a file of Stata (.dta)", "export delimited using FILE.csv in Stata"},
	{"ARROW1", "an Arrow or Feather file", "write it as Parquet: pandas' to_parquet, R's arrow::write_parquet"},
	{"FEA1", "a Feather file", "write it as Parquet: pandas' to_parquet, R's arrow::write_parquet"},
	{"\x89HDF", "an HDF5 file", "write the table as Parquet or CSV"},
	{"\x89PNG", "a picture", "give the table that it was drawn from"},
	{"\xff\xd8\xff", "a picture", "give the table that it was drawn from"},
	{"BZh", "packed with bzip2", "unpack it with bunzip2, or pack it with gzip"},
	{"\xfd7zXZ", "packed with xz", "unpack it with unxz, or pack it with gzip"},
	{"\x28\xb5\x2f\xfd", "packed with zstd", "unpack it with unzstd, or pack it with gzip"},
	{"\x80\x04\x95", "a pickle of Python", "write the table with to_csv or to_parquet"},
	{"\x80\x05\x95", "a pickle of Python", "write the table with to_csv or to_parquet"},
	{"PK\x03\x04", "an archive (zip)", "unpack it and give the table inside"},
	{"\x7fELF", "a program", "give a table"},
}

// markup tells text that is no table: {what begins it, what it is, remedy}.
var markup = []kind{
	{"<!doctype html", "a web page", "download the table itself; many pages give CSV under another address"},
	{"<table", "HTML", "open it in a spreadsheet and save it as .xlsx or CSV UTF-8"},
	{"<html", "a web page", "download the table itself; many pages give CSV under another address"},
	{"<?xml", "XML", "save the table as CSV UTF-8"},
	{"{\"", "JSON", "write the table as CSV, a row per line with a header"},
	{"[{", "JSON", "write the table as CSV, a row per line with a header"},
	{"version https://git-lfs", "the pointer of a file that Git LFS keeps elsewhere", "fetch the file: git lfs pull"},
}

// load reads all of a file or stream, unpacked, at most mostBytes. Standard input is "-".
func load(path string, stdin io.Reader) ([]byte, error) {
	if path == "-" {
		return gather(stdin)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, fmt.Errorf("this is a folder; name a file in it")
	case info.Mode()&os.ModeCharDevice != 0 && path != "/dev/null" && path != "/dev/stdin":
		return nil, fmt.Errorf("this is a device, which holds no table; name a file, or - for standard input")
	case info.Size() > mostBytes && !strings.HasSuffix(path, ".gz"):
		return nil, tooLarge()
	}
	return gather(f)
}

func tooLarge() error {
	return fmt.Errorf("this is more than %d MB, more than a table is read of; keep the columns and rows that are "+
		"needed",
		mostBytes>>20)
}

// mostPacked is how many times a file may be packed.
const mostPacked = 3

// gather reads to the end, unpacks gzip on the way, and stops early at what cannot become a table.
func gather(r io.Reader) ([]byte, error) {
	in := bufio.NewReader(r)
	for packed := 0; ; packed++ {
		if head, _ := in.Peek(2); string(head) != "\x1f\x8b" {
			break
		}
		if packed == mostPacked {
			return nil, fmt.Errorf("this is packed with gzip more than %d times; unpack it", mostPacked)
		}
		unpacked, err := gzip.NewReader(in)
		if err != nil {
			return nil, ofPacked(err)
		}
		in = bufio.NewReader(unpacked)
	}
	data, err := bounded(in)
	return data, ofPacked(err)
}

// ofPacked says what an error of unpacking means.
func ofPacked(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, gzip.ErrHeader) ||
		errors.Is(err, gzip.ErrChecksum) {
		return fmt.Errorf("the packed file is damaged or cut short (%w); copy it again", err)
	}
	return err
}

func bounded(r io.Reader) ([]byte, error) {
	head := make([]byte, 1<<16)
	n, err := io.ReadFull(r, head)
	head = head[:n]
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		if errors.Is(err, io.ErrUnexpectedEOF) {
			err = endOf(r)
		} else {
			err = nil
		}
		return head, err
	}
	if err != nil {
		return nil, err
	}
	if allZero(head) {
		return nil, fmt.Errorf("this holds zero bytes alone, no text; name a table")
	}
	// Pieces, put together once: a buffer that doubles would take three times the bound before it is
	// found out.
	pieces, total := [][]byte{head}, n
	for {
		piece := make([]byte, 4<<20)
		n, err := io.ReadFull(r, piece)
		pieces, total = append(pieces, piece[:n]), total+n
		switch {
		case total > mostBytes:
			return nil, tooLarge()
		case errors.Is(err, io.EOF):
			return bytes.Join(pieces, nil), nil
		case errors.Is(err, io.ErrUnexpectedEOF):
			return bytes.Join(pieces, nil), endOf(r)
		case err != nil:
			return nil, err
		}
	}
}

// endOf tells an end from a packed stream that broke off, which io.ReadFull gives by one error.
func endOf(r io.Reader) error {
	if _, err := r.Read(make([]byte, 1)); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

func allZero(b []byte) bool { return len(bytes.Trim(b, "\x00")) == 0 }

// decode makes UTF-8 of a text file, told by its mark or by its zero bytes, and refuses what is
// none.
func decode(path string, data []byte) (text []byte, found string, err error) {
	for _, k := range foreign {
		if bytes.HasPrefix(data, []byte(k.magic)) {
			return nil, "", problem(path, "this is %s, no table; %s", k.what, k.remedy)
		}
	}
	switch order, name := utf16Order(data); {
	case bytes.HasPrefix(data, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(data, []byte("\x00\x00\xfe\xff")):
		return nil, "", problem(path, "this is UTF-32; save it as UTF-8")
	case name != "":
		if data, err = wide(path, data, order); err != nil {
			return nil, "", err
		}
		found = name
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if at := bytes.IndexByte(data, 0); at >= 0 {
		return nil, "", problem(lineOf(path, data, at), "there is a zero byte: this is no text; save the table as CSV "+
			"UTF-8, .xlsx or Parquet")
	}
	if !utf8.Valid(data) {
		return nil, "", notUTF8(path, data)
	}
	start := strings.ToLower(string(data[:min(len(data), 100)]))
	for _, k := range markup {
		if strings.HasPrefix(strings.TrimLeft(start, " \r\n\t"), k.magic) {
			return nil, "", problem(path, "this is %s, no table; %s", k.what, k.remedy)
		}
	}
	return data, found, nil
}

// utf16Order tells UTF-16 by its mark, or by every other byte being zero as in text of Latin
// letters.
func utf16Order(data []byte) (unicode.Endianness, string) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return unicode.LittleEndian, "UTF-16"
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return unicode.BigEndian, "UTF-16"
	}
	some := data[:min(len(data), 4096)&^1]
	zeros := [2]int{}
	for i, b := range some {
		if b == 0 {
			zeros[i%2]++
		}
	}
	half := len(some) / 2
	switch {
	case half < 4:
	case zeros[1] > half*2/5 && zeros[0] <= half/20:
		return unicode.LittleEndian, "UTF-16 without a mark"
	case zeros[0] > half*2/5 && zeros[1] <= half/20:
		return unicode.BigEndian, "UTF-16 without a mark"
	}
	return unicode.LittleEndian, ""
}

func wide(path string, data []byte, order unicode.Endianness) ([]byte, error) {
	had := bytes.Contains(data, []byte("\xfd\xff")) || bytes.Contains(data, []byte("\xff\xfd"))
	text, _, err := transform.Bytes(unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder(), data)
	if err != nil || len(data)%2 != 0 || !had && bytes.ContainsRune(text, utf8.RuneError) {
		return nil, problem(path, "the UTF-16 text is damaged or cut short; save the table again, as CSV UTF-8")
	}
	return text, nil
}

// notUTF8 names the first line that is no UTF-8 and shows how other encodings would read it.
func notUTF8(path string, data []byte) error {
	at := 0
	for at < len(data) {
		r, n := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		at += n
	}
	begin := bytes.LastIndexAny(data[:at], "\r\n") + 1
	end := len(data)
	if i := bytes.IndexAny(data[at:], "\r\n"); i >= 0 {
		end = at + i
	}
	return problem(lineOf(path, data, at), "the file is not UTF-8 (byte 0x%02X; %s", data[at],
		otherReadings(path, data, data[begin:min(end, begin+200)]))
}

// lineOf is the place of a byte: file:line:column.
func lineOf(path string, data []byte, at int) string {
	line := 1 + bytes.Count(data[:at], []byte("\n"))
	begin := bytes.LastIndexByte(data[:at], '\n') + 1
	return fmt.Sprintf("%s:%d:%d", path, line, at-begin+1)
}
