package table

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"simulate/internal/pattern"
	"simulate/internal/quantity"
)

// shape says which rows and columns of a grid are the table: around it stand titles, notes, the
// empty cells that spreadsheets leave, and row numbers without a name.
type shape struct {
	header int
	rows   []int // rows of the grid that are rows of the table
	names  []string
	units  int  // a row of units; −1: none
	doubt  bool // the first row holds words alone where the others hold numbers
	shift  int  // cells of a row before the first that the header names: 1 where R wrote row names without a header
	notes  []string
}

// rowsNamed says that R wrote row names without a header.
const rowsNamed = "the first cell of each row has no name in the header and is left out"

// said is a note about rows that are left out.
func said(g *Grid, rows []int, what string) string {
	first, last := g.lines[rows[0]], g.lines[rows[len(rows)-1]]
	if first == last {
		return fmt.Sprintf("line %d is left out, %s: %q", first, what, g.words(rows[0]))
	}
	return fmt.Sprintf("lines %d to %d are left out, %s: %q", first, last, what, g.words(rows[0])+" …")
}

// outline finds the table in a grid; comma parts its cells, 0 for a workbook.
func outline(path string, g *Grid, comma rune) (*shape, error) {
	var filled []int
	for i := range g.rows() {
		if n, _ := g.filled(i); n > 0 && !ruled(g, i) {
			filled = append(filled, i)
		}
	}
	if len(filled) == 0 {
		return nil, problem(path, "the file is empty; a table starts with a row of column names")
	}
	s := &shape{units: -1}
	usual := usualWidth(g, filled)
	at := headerAt(g, filled, usual)
	if at == 1 && oneUnnamed(g, filled, comma) {
		at = 0
	}
	body, above := s.joined(g, filled, at)
	if above > 0 {
		s.notes = append(s.notes, said(g, filled[:above], "above the table"))
	}
	if end := footAt(g, body, usual); end < len(body) {
		s.notes = append(s.notes, said(g, body[end:], "below the table"))
		body = body[:end]
	}
	s.names[0] = strings.TrimSpace(strings.TrimLeft(s.names[0], "#"))
	body = s.withoutUnits(g, body)
	s.rows = s.withoutRepeats(g, body)
	if s.doubt = wordsFirst(g, s.rows); rowNames(g, s.rows, len(s.names), comma) || at == 0 && oneUnnamed(g, filled,
		comma) {
		s.shift = 1
		s.notes = append(s.notes, rowsNamed)
	}
	if err := s.checkQuotes(path, g); err != nil {
		return nil, err
	}
	if err := s.checkHeader(path, g); err != nil {
		return nil, err
	}
	return s, s.checkWidths(path, g, comma)
}

var rule = pattern.Late(`^[-=+:|]*[-=]{2,}[-=+:|]*$`)

// ruled tells the line that Markdown and databases draw below a header.
func ruled(g *Grid, row int) bool {
	for j := range g.width(row) {
		if s := g.at(row, j); s != "" && (!strings.Contains("-=+:|", s[:1]) || !rule().MatchString(s)) {
			return false
		}
	}
	return true
}

// usualWidth is the width that most rows have, the larger of two.
func usualWidth(g *Grid, rows []int) int {
	const most = 1000
	times := map[int]int{}
	for _, i := range rows[:min(len(rows), most)] {
		_, w := g.filled(i)
		times[w]++
	}
	best, usual := 0, 0
	for w, n := range times {
		if n > best || n == best && w > usual {
			best, usual = n, w
		}
	}
	return usual
}

// headerAt is the index among rows of the row of names: the first that is no title, comment or note
// above a table.
func headerAt(g *Grid, rows []int, usual int) int {
	const most = 60
	for k := 0; k+1 < min(len(rows), most); k++ {
		i := rows[k]
		n, width := g.filled(i)
		first := g.at(i, 0)
		switch {
		case strings.HasPrefix(first, "#") && !(width >= usual && isData(g, rows[k+1])):
			continue
		case usual > 1 && n == 1 && (first != "" || usual > 2):
			continue // a title beside nothing; a row of two that lacks the first name is a header
		case usual > 1 && titled(g, rows[k:], usual):
			continue
		}
		return k
	}
	return 0
}

// titled tells a title whose words hold the mark that parts cells: it is not as wide as the table,
// or stands apart, and a row of names follows.
func titled(g *Grid, rows []int, usual int) bool {
	_, width := g.filled(rows[0])
	if isData(g, rows[0]) {
		return false
	}
	if width == usual {
		if len(rows) < 3 || !g.apart(rows[1]) || isData(g, rows[1]) || !isData(g, rows[2]) && !isUnits(g,
			rows[2], rows[3:]) {
			return false
		}
		for j := range usual {
			if isMissing(g.at(rows[1], j)) {
				return false
			}
		}
		return true
	}
	near := rows[1:min(len(rows), 15)]
	for k, i := range near {
		n, w := g.filled(i)
		if isData(g, i) {
			return false
		}
		header := w == usual && n > 1
		for j := range w {
			header = header && (g.at(i, j) == "" || !isMissing(g.at(i, j)))
		}
		if header && (g.apart(i) || w > width || k+1 < len(near) && isData(g, near[k+1])) {
			return true
		}
	}
	return false
}

// isData tells a row that holds a number which is no year and no name.
func isData(g *Grid, row int) bool {
	for j := range g.width(row) {
		if s := g.at(row, j); s != "" && !nameable(s) {
			return true
		}
	}
	return false
}

// year also is what pandas makes of one: 2023.0.
var year = pattern.Late(`^(1[89]|2[01])\d\d(\.0)?$`)

// nameable tells whether a cell may name a column: words or a year.
func nameable(s string) bool {
	f := dissect(s).form
	return f == noNumber || f == code || year().MatchString(s)
}

// remark is how notes below a table begin, in the languages of statistics.
var remark = pattern.Late(
	`(?i)^(\*|†|‡|©|\(?[0-9a-z]\)|[¹²³]|source|note|remark|data|licen[cs]e|last update|updated|retrieved|accessed|` +
		`download|copyright|quelle|anmerkung|hinweis|stand\b|` +
		`datenstand|legende|legend|fußnote|footnote|nota|fuente|fonte|bron\b|källa|kilde|lähde|źródło|zdroj|remarque|` +
		`champ\b|lecture|источник|出典|注|资料来源|来源|n\.?b\.)`,
)

// footAt is the index of the first row that is a note below the table; len(rows) where there is
// none. Notes come after the last row with a number.
func footAt(g *Grid, rows []int, usual int) int {
	if usual < 2 {
		return len(rows)
	}
	k := len(rows)
	for k > 1 && !isData(g, rows[k-1]) {
		k--
	}
	for ; k < len(rows); k++ {
		if k > 0 && isNote(g, rows[k], usual) {
			break
		}
	}
	return k
}

// isNote tells words below a table from a row of it whose other cells are missing.
func isNote(g *Grid, row, usual int) bool {
	const sentence = 40
	first := g.at(row, 0)
	n, _ := g.filled(row)
	switch apart := g.apart(row); {
	case first == "" || dissect(first).form != noNumber:
		return false
	case remark().MatchString(first):
		return true
	case n == 1:
		return apart || g.width(row) < usual && !g.workbook || len(first) >= sentence
	default:
		return apart && !isMissing(g.at(row, 1))
	}
}

// withoutRepeats leaves out rows that repeat the header, as files do that were joined.
func (s *shape) withoutRepeats(g *Grid, rows []int) []int {
	repeats := func(i int) bool {
		for j := range s.names {
			if g.at(i, j) != g.at(s.header, j) {
				return false
			}
		}
		return true
	}
	if len(s.names) < 2 || !slices.ContainsFunc(rows, repeats) {
		return rows
	}
	var out []int
	for _, i := range rows {
		if repeats(i) {
			s.notes = append(s.notes, said(g, []int{i}, "it repeats the header"))
		} else {
			out = append(out, i)
		}
	}
	return out
}

// rowNames tells the form of R's write.table: one cell more in each row than the header names. A
// comma may be an unquoted thousands comma instead, so that there only row numbers count.
func rowNames(g *Grid, rows []int, width int, comma rune) bool {
	if len(rows) == 0 || comma == 0 {
		return false
	}
	for k, i := range rows {
		if g.width(i) != width+1 || g.at(i, 0) == "" || g.at(i, width) == "" {
			return false
		}
		if comma == ',' && g.at(i, 0) != strconv.Itoa(k+1) && g.at(i, 0) != strconv.Itoa(k) {
			return false
		}
	}
	return true
}

// checkQuotes refuses a table whose lines are quoted whole, so that each is one cell.
func (s *shape) checkQuotes(path string, g *Grid) error {
	if len(s.names) != 1 || len(s.rows) == 0 || g.workbook {
		return nil
	}
	for _, mark := range []string{",", ";", "\t"} {
		n := strings.Count(s.names[0], mark)
		if n == 0 || slices.ContainsFunc(s.rows, func(i int) bool {
			return g.width(i) != 1 || strings.Count(g.at(i, 0), mark) < n
		}) {
			continue
		}
		return problem(fmt.Sprintf("%s:%d", path, g.lines[s.header]), "each line is quoted whole, %q, so that it is "+
			"one cell; "+
			"take the quotes around the lines off", clip(s.names[0]))
	}
	return nil
}

// checkHeader refuses a table without a row of names.
func (s *shape) checkHeader(path string, g *Grid) error {
	if counted(s.names) {
		return nil
	}
	for j, name := range s.names {
		if name == "" || nameable(name) {
			continue
		}
		for _, i := range s.rows[:min(len(s.rows), 5)] {
			if below := dissect(g.at(i, j+s.shift)).form; below != noNumber {
				return problem(fmt.Sprintf("%s:%d", path, g.lines[s.header]), "%q stands where the name of column %d is "+
					"meant; "+
					"write a first row of names, such as firm,share", clip(name), j+1)
			}
		}
	}
	return nil
}

// counted tells names 0, 1, 2, … or 1, 2, 3, …, as programs number columns.
func counted(names []string) bool {
	first, last := -1, -1
	for _, name := range names {
		if name == "" {
			continue
		}
		n, err := strconv.Atoi(name)
		if err != nil || last >= 0 && n != last+1 {
			return false
		}
		if first < 0 {
			first = n
		}
		last = n
	}
	return last > first && (first == 0 || first == 1)
}

// checkWidths refuses rows with filled cells beyond the header's last. A workbook has no last one:
// names are added, empty.
func (s *shape) checkWidths(path string, g *Grid, comma rune) error {
	var wrong Problems
	for _, i := range s.rows {
		if g.width(i) <= len(s.names)+s.shift {
			continue
		}
		_, w := g.filled(i)
		switch {
		case w <= len(s.names)+s.shift:
		case comma == 0:
			s.names = append(s.names, make([]string, w-len(s.names))...)
		default:
			wrong.Add(fmt.Sprintf("%s:%d", path, g.lines[i]), "%s where the header has %d: %q; give every row one cell "+
				"per column, and quote a cell that holds one of the %s that part cells",
				quantity.Plural(w, "cell"), len(s.names), g.words(i), wordsOf(comma))
		}
	}
	if len(wrong) > 0 {
		return wrong
	}
	return nil
}
