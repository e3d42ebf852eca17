package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unsafe"

	"simulate/internal/pattern"
)

// A mark parts the cells of a line. Where two part a sample equally well the first in this order is
// taken: a decimal comma may stand in every line of a file that semicolons part, the other way
// round hardly.
type mark struct {
	comma rune
	name  string // as --separator and messages call it
	words string
}

var marks = []mark{
	{'\t', "tab", "tabs"}, {';', "semicolon", "semicolons"}, {'|', "pipe", "vertical bars"}, {',', "comma", "commas"},
	{' ', "space", "spaces"},
}

// Separators are the words for marks between cells, as Separator takes them.
func Separators() []string {
	out := make([]string, len(marks))
	for i, m := range marks {
		out[i] = m.name
	}
	return out
}

// Separator is the mark of a word, 0 for none.
func Separator(word string) rune {
	for _, m := range marks {
		if m.name == word {
			return m.comma
		}
	}
	return 0
}

func wordsOf(comma rune) string {
	for _, m := range marks {
		if m.comma == comma {
			return m.words
		}
	}
	return fmt.Sprintf("%q", comma)
}

var sepLine = pattern.Late(`^"?sep=(.)"?\r?\n`)

// text is a table in plain text: its bytes, lines ending in LF, and the mark between cells.
type text struct {
	path  string
	data  []byte
	above int // lines taken off the top
	comma rune
	note  string // what was taken apart

	row    int      // whose places are known
	places [][2]int // lines after the row's first, and columns, of its cells
}

// newText finds how a text parts its cells; given is a mark that the user names, 0 for none.
func newText(path string, data []byte, given rune) *text {
	t := &text{path: path, data: linefeeds(data), comma: given}
	if m := sepLine().FindSubmatch(t.data); m != nil { // Excel's own hint
		if t.data, t.above = t.data[len(m[0]):], 1; given == 0 {
			t.comma = bytes.Runes(m[1])[0]
		}
	}
	if t.comma == 0 || t.comma == '\t' {
		if t.data, t.note = eurostat(t.data); t.note != "" {
			t.comma = '\t'
		}
	}
	if t.comma == 0 {
		t.comma = t.find()
	}
	return t
}

// linefeeds ends lines in LF where they end in CR alone, as of old Macintoshes.
func linefeeds(data []byte) []byte {
	quoted := false
	for i, b := range data {
		switch {
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == '\n':
			return data
		case b == '\r':
			if i+1 < len(data) && data[i+1] == '\n' {
				return data
			}
			return bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
		}
	}
	return data
}

func cellReader(from io.Reader, comma rune) *csv.Reader {
	r := csv.NewReader(from)
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = comma, -1, true
	r.TrimLeadingSpace = comma != '\t' // a tab is a space too: empty cells would be lost
	return r
}

// find takes the mark that parts most lines of a sample into the same number of cells, two at
// least.
func (t *text) find() rune {
	const most, lines = 1 << 16, 200
	sample := t.data
	if len(sample) > most {
		sample = sample[:most]
		if end := bytes.LastIndexByte(sample, '\n'); end >= 0 {
			sample = sample[:end+1]
		}
	}
	best, comma := 0, ','
	for _, m := range marks {
		same, n, first := map[int]int{}, 0, 0
		r := cellReader(bytes.NewReader(sample), m.comma)
		for n < lines {
			cells, err := r.Read()
			if err != nil {
				break // a quote that is none under this mark, or the sample's end
			}
			c := count(cells)
			if n == 0 {
				first = c
			}
			same[c]++
			n++
		}
		often := 0
		for cells, lines := range same {
			if cells > 1 && first == cells-1 {
				lines++ // row names without a header
			}
			if cells > 1 {
				often = max(often, lines)
			}
		}
		if m.comma == ' ' && (best > 0 || often*5 < n*4) {
			continue // words of prose are parted by spaces too
		}
		if often > best {
			best, comma = often, m.comma
		}
	}
	if comma == ',' && onlyDecimals(sample) {
		return ';'
	}
	return comma
}

var decimal = pattern.Late(`^[-+]?\d+(,\d+)? ?%?$`)

// onlyDecimals tells a single column of numbers with decimal commas: no comma in its header.
func onlyDecimals(sample []byte) bool {
	header, rest, _ := strings.Cut(strings.TrimSpace(string(sample)), "\n")
	if strings.ContainsAny(header, `,"`) {
		return false
	}
	for line := range strings.Lines(rest) {
		if line = strings.TrimSpace(line); line != "" && !decimal().MatchString(line) {
			return false
		}
	}
	return true
}

// count is the number of cells of a line, without those at its end that are empty.
func count(cells []string) int {
	n := len(cells)
	for n > 0 && strings.TrimSpace(cells[n-1]) == "" {
		n--
	}
	return n
}

// allowance is a reader that ends with an error where a row takes more than it may, as a quote does
// that is not closed.
type allowance struct {
	r    *bytes.Reader
	left int
}

var errLong = errors.New("row too long")

func (a *allowance) Read(p []byte) (int, error) {
	if a.left <= 0 {
		return 0, errLong
	}
	n, err := a.r.Read(p[:min(len(p), a.left)])
	a.left -= n
	return n, err
}

// grid reads all rows.
func (t *text) grid() (*Grid, error) {
	if uint64(len(t.data)) > mostBytes {
		return nil, problem(t.path, "%v", tooLarge())
	}
	if t.comma != ' ' && len(t.data) > 0 && bytes.IndexByte(t.data, '"') < 0 {
		return t.unquoted()
	}
	return t.quoted()
}

// quoted is grid of any text, by the standard library's reader.
func (t *text) quoted() (*Grid, error) {
	g := &Grid{}
	limited := &allowance{bytes.NewReader(t.data), mostRecord}
	r := cellReader(limited, t.comma)
	for {
		limited.left = mostRecord
		begin := r.InputOffset()
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			g.done()
			return g, nil
		}
		if err != nil {
			return nil, t.refuse(err, g, limited)
		}
		line, _ := r.FieldPos(0)
		if t.comma == ' ' {
			cells = cells[:count(cells)] // spaces at a line's end part nothing
		}
		if err := t.addRow(g, line, int(begin), cells); err != nil {
			return nil, err
		}
	}
}

// addRow adds a row of the grid, which is read from a place on.
func (t *text) addRow(g *Grid, line, begin int, cells []string) error {
	if err := g.Row(line+t.above, cells); err != nil {
		return problem(t.path, "%v", err)
	}
	// The reader skips blank lines; the row begins behind them.
	for begin < len(t.data) && (t.data[begin] == '\n' || t.data[begin] == '\r') {
		begin++
	}
	g.start = append(g.start, uint32(begin))
	g.gap[len(g.gap)-1] = begin > 1 && blankBefore(t.data[:begin])
	return nil
}

// unquoted is grid of a text without quotes, whose rows are its lines: what parts cells is looked
// for and nothing else, which takes a third of the time.
func (t *text) unquoted() (*Grid, error) {
	g := &Grid{}
	all, comma := unsafe.String(&t.data[0], len(t.data)), string(t.comma) // nobody changes data
	g.text.Grow(len(all))
	header, _, _ := strings.Cut(all, "\n")
	g.grow(strings.Count(all, "\n")+1, strings.Count(header, comma)+1)
	var cells []string
	for begin, number := 0, 1; begin < len(all); number++ {
		line, _, _ := strings.Cut(all[begin:], "\n")
		from := begin
		begin += len(line) + 1
		if len(line) > mostRecord {
			return nil, t.refuse(errLong, g, nil)
		}
		if line = strings.TrimSuffix(line, "\r"); line == "" {
			continue
		}
		cells = cells[:0]
		for parted := true; parted; {
			var cell string
			cell, line, parted = strings.Cut(line, comma)
			cells = append(cells, cell)
		}
		if err := t.addRow(g, number, from, cells); err != nil {
			return nil, err
		}
	}
	g.done()
	return g, nil
}

// blankBefore tells whether the last line of what stands before a row is empty.
func blankBefore(data []byte) bool {
	data = bytes.TrimSuffix(bytes.TrimSuffix(data, []byte("\n")), []byte("\r"))
	return bytes.HasSuffix(data, []byte("\n"))
}

func (t *text) refuse(err error, g *Grid, limited *allowance) error {
	var bad *csv.ParseError
	switch {
	case errors.Is(err, errLong) || limited.left <= 0:
		line := 1 + t.above
		if n := len(g.lines); n > 0 {
			line = int(g.lines[n-1]) + 1
		}
		return problem(fmt.Sprintf("%s:%d", t.path, line), "the row that begins here does not end within %d MB; "+
			"close its "+
			"quotes, and end each row with a new line", mostRecord>>20)
	case errors.As(err, &bad):
		at := fmt.Sprintf("%s:%d:%d", t.path, bad.Line+t.above, bad.Column)
		return problem(at, "the quotes of the row that begins in line %d do not match; write a quoted cell as \"…\" "+
			"with inner quotes doubled", bad.StartLine+t.above)
	}
	return problem(t.path, "%v", err)
}

// place is where a cell stands: file:line:column.
func (t *text) place(g *Grid, row, column int) string {
	line, at := t.at(g, row, column)
	if at == 0 {
		return fmt.Sprintf("%s:%d", t.path, line)
	}
	return fmt.Sprintf("%s:%d:%d", t.path, line, at)
}

// at is the line of a cell and its column there, 0 where the row ends before it.
func (t *text) at(g *Grid, row, column int) (line, at int) {
	if row != t.row || t.places == nil {
		r := cellReader(bytes.NewReader(t.data[g.start[row]:]), t.comma)
		cells, err := r.Read()
		t.row, t.places = row, t.places[:0]
		for j := range cells {
			if l, c := r.FieldPos(j); err == nil {
				t.places = append(t.places, [2]int{l - 1, c})
			}
		}
	}
	line = int(g.lines[row])
	if column < len(t.places) {
		return line + t.places[column][0], t.places[column][1]
	}
	return line, 0
}
