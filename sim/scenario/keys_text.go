package scenario

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"simulate/internal/quantity"
	"simulate/internal/visible"
)

// line is the key of a text of one line; white space in it counts as one space.
func line[T any](name, meaning string, set func(*T, string)) key[T] {
	return textKey(name, meaning, set, func(b *binder, c cell, t string) { b.bounded(c, t, mostLine) })
}

// nameLine is the key of a line that is a cell of tables, where spreadsheets must not take it for a
// formula, of at most so many characters.
func nameLine[T any](name string, most int, meaning string, set func(*T, string)) key[T] {
	return textKey(name, meaning, set, func(b *binder, c cell, t string) {
		b.bounded(c, t, most)
		if visible.Formula(t) {
			b.addf(c.n.at, formulaRemedy,
				"%s %q begins with %s, which spreadsheets take for a formula", c.path, clip(t), first(t))
		}
	})
}

// What the name of a scenario may hold, which is part of names of files, a label, which is a cell,
// and a line such as a title or a key, in characters: beyond it no disk, table or figure shows
// them.
const mostName, mostLabel, mostLine = 80, 200, 1000

// bounded refuses a text that nothing can show.
func (b *binder) bounded(c cell, t string, most int) {
	if n := utf8.RuneCountInString(t); n > most {
		b.addf(c.n.at, fmt.Sprintf("write at most %s", quantity.Count(most)), "%s has %s characters", c.path,
			quantity.Count(n))
	}
}

func textKey[T any](name, meaning string, set func(*T, string), check func(*binder, cell, string)) key[T] {
	return key[T]{name: name, meaning: meaning, schema: schema{"type": "string"}, bind: func(b *binder, c cell,
		each visit[T]) *node {
		t, canon := b.text(c)
		if canon == nil {
			return nil
		}
		t = strings.Join(strings.Fields(t), " ")
		check(b, c, t)
		each(b.cfg, func(v *T) { set(v, t) })
		return prose(t)
	}}
}

// nameOfFile refuses a file name that tables cannot hold, where it is the scenario's name.
func (b *binder) nameOfFile(root *node, name string) {
	if root.get("name") != nil {
		return
	}
	const remedy = "write name: … in the file, or rename it"
	if r, bad := visible.Hidden(name); bad || strings.ContainsAny(name, "\n\t") {
		b.addf(root.at, remedy, "the name of the file holds a control character (U+%04X), and tables and figures are to "+
			"show it", r)
	} else if visible.Formula(name) {
		b.addf(root.at, remedy, "the name of the file, %q, begins with %s, which spreadsheets take for a formula",
			clip(name), first(name))
	}
}

// formulaRemedy is what to do about a text that becomes a cell and would be a formula there.
const formulaRemedy = "begin it with a letter, a digit or a quotation mark"

// first is the first character of a text.
func first(text string) string {
	_, size := utf8.DecodeRuneInString(text)
	return text[:size]
}
