package table

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// western is how spreadsheets of Western Europe and America save text that is not UTF-8.
var western = other{"WINDOWS-1252", charmap.Windows1252, nil}

// other is an encoding that a file may be in, by the name that iconv knows, and the scripts of its
// letters.
type other struct {
	name    string
	of      encoding.Encoding
	scripts []*unicode.RangeTable
}

// reads is a line as the encoding has it; false where it cannot be that, or holds letters of none
// of its scripts.
func (o other) reads(line []byte) (string, bool) {
	text, err := o.of.NewDecoder().String(string(line))
	if err != nil || strings.ContainsRune(text, utf8.RuneError) {
		return "", false
	}
	for _, r := range text {
		if r < utf8.RuneSelf || unicode.IsPunct(r) || unicode.IsSymbol(r) || unicode.IsSpace(r) {
			continue
		}
		if !unicode.In(r, o.scripts...) || r >= '｡' && r <= 'ﾟ' { // any two bytes may be half-width Katakana
			return "", false
		}
	}
	return text, true
}

// sideBySide tells whether most bytes above ASCII stand next to another, as in scripts other than
// the Latin.
func sideBySide(data []byte) bool {
	high, beside := 0, 0
	for i, b := range data[:min(len(data), 1<<16)] {
		if b < utf8.RuneSelf {
			continue
		}
		high++
		if i > 0 && data[i-1] >= utf8.RuneSelf || i+1 < len(data) && data[i+1] >= utf8.RuneSelf {
			beside++
		}
	}
	return 2*beside > high
}

// otherReadings shows how a line reads in other encodings, and what to do.
func otherReadings(path string, data, line []byte) string {
	const most = 3
	convert := func(name string) string { return fmt.Sprintf("iconv -f %s -t UTF-8 %s", name, path) }
	if sideBySide(data) {
		var readings []string
		first := ""
		for _, o := range others {
			if text, ok := o.reads(line); ok && len(readings) < most {
				readings = append(readings, fmt.Sprintf("in %s the line reads %q", o.name, clip(text)))
				if first == "" {
					first = o.name
				}
			}
		}
		if len(readings) > 0 {
			return fmt.Sprintf("%s); save it as \"CSV UTF-8\", or convert it from the encoding in which it reads "+
				"right, as in %s",
				strings.Join(readings, ", "), convert(first))
		}
		return "it is in an encoding that is not told by its letters); save it as \"CSV UTF-8\""
	}
	text, _ := western.of.NewDecoder().String(string(line))
	return fmt.Sprintf("in Windows-1252 the line reads %q); save it as \"CSV UTF-8\", or convert it: %s", clip(text),
		convert(western.name))
}
