package visible

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// hidden tells whether a character is one that a reader does not see: a control character, but for
// the end of a line and the tab, or one that turns the direction of writing.
func hidden(r rune) bool {
	switch {
	case r == '\n', r == '\t':
		return false
	case r < 0x7F:
		return r < ' '
	}
	return unicode.IsControl(r) || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0x2028 ||
		r == 0x2029 || r == 0xFEFF
}

// Hidden finds the first hidden character of a text.
func Hidden(text string) (r rune, found bool) {
	if i := strings.IndexFunc(text, hidden); i >= 0 {
		r, _ = utf8.DecodeRuneInString(text[i:])
		return r, true
	}
	return 0, false
}

// Text is a text with its hidden characters shown as U+FFFD.
func Text(text string) string {
	if strings.IndexFunc(text, hidden) < 0 {
		return text
	}
	return strings.Map(func(r rune) rune {
		if hidden(r) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

// Formula tells whether spreadsheets take a cell with the text for a formula.
func Formula(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return strings.ContainsRune("=+-@＝＋－＠", r)
}

// Writer passes text on with its hidden characters shown as U+FFFD. Each write must hold whole
// characters.
func Writer(w io.Writer) io.Writer { return writer{w} }

type writer struct{ to io.Writer }

func (w writer) Write(b []byte) (int, error) {
	if _, found := Hidden(string(b)); !found {
		return w.to.Write(b)
	}
	if _, err := io.WriteString(w.to, Text(string(b))); err != nil {
		return 0, err
	}
	return len(b), nil
}

// Raw is the writer behind one made by Writer, for what is no text or is meant to command a
// terminal; any other is itself.
func Raw(w io.Writer) io.Writer {
	if inner, wrapped := w.(writer); wrapped {
		return inner.to
	}
	return w
}

// JSON is a JSON text whose hidden characters, which can only stand in strings, are escaped.
func JSON(text []byte) []byte {
	if _, found := Hidden(string(text)); !found {
		return text
	}
	var b strings.Builder
	for _, r := range string(text) {
		if hidden(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return []byte(b.String())
}
