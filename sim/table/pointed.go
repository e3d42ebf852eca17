package table

import (
	"fmt"
	"strings"

	"simulate/internal/pattern"
)

var numberWithin = pattern.Late(`\d[\d.,]*\d`)

// Pointed is a cell of an amount with its unit, as €1.200M/yr, whose number is written with a
// decimal point: the decimal mark is that of the table's other cells, as for plain numbers, and a
// cell that may be read in two ways where none decides is refused.
func (c *SheetColumn) Pointed(row int) (string, error) {
	text := c.Text(row)
	if c.typed != nil {
		return text, nil
	}
	mark := c.markWithin()
	var err error
	out := numberWithin().ReplaceAllStringFunc(text, func(number string) string {
		f := formOf(number)
		doubtful := f == eitherWay || f == orOther
		use := mark
		if use == 0 && doubtful {
			use = c.sheet.usual(f == eitherWay, f == orOther)
		}
		switch {
		case use == 0 && doubtful && err == nil:
			err = ambiguous(c.Place(row), text)
		case use == ',' && (doubtful || f == commaed):
			clean := cleaned(number, ',')
			c.sheet.noteOnce(fmt.Sprintf("column %s: decimal marks are commas, as in other cells; ", c.Name),
				fmt.Sprintf("%s is read as %s", clip(text), strings.Replace(text, number, clean, 1)))
			return clean
		}
		return number
	})
	return out, err
}

// markWithin is the decimal mark that the numbers within the column's cells prove, otherwise that
// of other columns; 0 where neither decides.
func (c *SheetColumn) markWithin() rune {
	if c.sheet.decimal != 0 {
		return c.sheet.decimal
	}
	var seen proof
	for i := range c.sheet.rows {
		for _, number := range numberWithin().FindAllString(c.Text(i), -1) {
			seen.add(formOf(number))
		}
	}
	if seen == (proof{}) {
		return c.sheet.elsewhere()
	}
	return seen.decimal()
}
