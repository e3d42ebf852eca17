package table

import (
	"fmt"
	"strings"
)

// Problems are the mistakes in a file, one per line of Error as file:line:column: what is wrong;
// what to write.
type Problems []string

func (p Problems) Error() string { return strings.Join(p, "\n") }

// mostProblems is how many mistakes are listed before the rest is only mentioned.
const mostProblems = 20

// Add appends a mistake at a place, and says so once instead of listing more than 20.
func (p *Problems) Add(place, format string, args ...any) {
	switch file, _, _ := strings.Cut(place, ":"); {
	case len(*p) < mostProblems:
		*p = append(*p, place+": "+fmt.Sprintf(format, args...))
	case len(*p) == mostProblems:
		*p = append(*p, file+": more of the same follows")
	}
}

// problem is one mistake at a place.
func problem(place, format string, args ...any) error {
	var p Problems
	p.Add(place, format, args...)
	return p
}

// clip shortens a cell for a message.
func clip(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

// shown is a list of names for a message, the last of many left out.
func shown(names []string) string {
	const most = 12
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
	}
	return strings.Join(names, ", ")
}
