package table

import (
	"fmt"
)

// proof counts the numbers that prove a decimal mark.
type proof struct{ points, commas int }

// add counts a number by its form.
func (m *proof) add(f form) {
	switch f {
	case pointed:
		m.points++
	case commaed:
		m.commas++
	}
}

// decimal is the mark that the numbers prove; 0 where none does or they differ.
func (m proof) decimal() rune {
	switch {
	case m.points > 0 && m.commas == 0:
		return '.'
	case m.commas > 0 && m.points == 0:
		return ','
	}
	return 0
}

// ambiguous refuses a number that may be read in two ways.
func ambiguous(place, text string) error {
	return problem(place, "%q may be a thousand or a number with three decimals; say which mark stands before "+
		"decimals: --decimal point or --decimal comma", clip(text))
}

// decimalMark finds the mark before decimals; 0 where no cell has any.
func (c *SheetColumn) decimalMark(t *tally) (rune, error) {
	at := func(f form) int { return t.first[f] - 1 }
	p, k, e, o := at(pointed), at(commaed), at(eitherWay), at(orOther)
	s := c.sheet
	switch {
	case s.decimal != 0:
		return s.decimal, nil
	case p >= 0 && k >= 0:
		var wrong Problems
		wrong.Add(c.Place(k), "%q has a decimal comma and %q (line %d) a decimal point; write all numbers in one way",
			clip(c.Text(k)), clip(c.Text(p)), s.Line(p))
		return 0, wrong
	case p >= 0:
		return '.', nil
	case k >= 0:
		s.noteOnce("numbers have decimal commas, as in ", clip(c.Text(k)))
		return ',', nil
	case e < 0 && o < 0:
		return 0, nil
	}
	doubtful := max(e, o)
	decimal, why := s.elsewhere(), "as in other columns"
	if decimal == 0 {
		decimal, why = s.usual(e >= 0, o >= 0), "as is usual in such files"
	}
	if decimal == 0 {
		return 0, ambiguous(c.Place(doubtful), c.Text(doubtful))
	}
	v, _ := dissect(c.Text(doubtful)).value(decimal)
	other := map[rune]string{'.': "comma", ',': "point"}[decimal]
	s.Note(fmt.Sprintf("column %s: %s is read as %s, %s; --decimal %s reads it the other way", c.Name,
		clip(c.Text(doubtful)), FormatNumber(v), why, other))
	return decimal, nil
}

// elsewhere is the decimal mark that other columns prove; 0 where none does or they differ.
func (s *Sheet) elsewhere() rune {
	const most = 10_000 // rows
	var seen proof
	for _, c := range s.columns {
		if c.typed != nil {
			continue
		}
		for i := range min(s.rows, most) {
			seen.add(dissect(c.Text(i)).form)
		}
	}
	return seen.decimal()
}

// DecimalCommas tells a table whose numbers have decimal commas, so that 1.600 may be a thousand to
// whoever wrote it.
func (s *Sheet) DecimalCommas() bool {
	return s.decimal == ',' || s.decimal == 0 && s.elsewhere() == ','
}

// usual is the decimal mark of files of that kind, 0 where there is none: 1.234 between commas has
// decimals, "1,234" between commas has thousands, 1,234 between semicolons has decimals. 1.234
// between semicolons may be either, and so may all between tabs and in the text cells of a
// workbook.
func (s *Sheet) usual(point, comma bool) rune {
	if s.text == nil || point && comma {
		return 0
	}
	switch {
	case s.text.comma == ',':
		return '.'
	case s.text.comma == ';' && comma:
		return ','
	}
	return 0
}
