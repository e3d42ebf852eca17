package scenario

import (
	"strings"
	"testing"
)

// A roster is the state of a month: a clock that starts in another is refused with the vintages
// that there are, and one without a start takes it.
func TestVintages(t *testing.T) {
	alone := "labs: {a: {budget: $1B/yr, sales: {s: 1}}}\nsegments: {s: {spending: $1B/yr}}\n"
	s := mustLoad(t, fileWith(t, alone+"state_of: 2026-03-15\nclock: {end: 2030-01}\n"))
	if s.Start != 2026+2.0/12 || !strings.Contains(string(s.YAML()), "start: 2026-03,") {
		t.Errorf("starts at %v: %s", s.Start, s.YAML())
	}
	if s := mustLoad(t, fileWith(t, alone+"clock: {start: 2029-01, end: 2030-01}\n")); s.Start != 2029 {
		t.Errorf("a file without state_of starts at %v", s.Start)
	}
	mustLoad(t, fileWith(t, alone+"state_of: 2026-03\nclock: {start: 2026-03, end: 2030-01}\n"))
	text := refused(t, alone+"state_of: 2026-03\nclock: {start: 2026-04, end: 2030-01}\n").Error()
	for _, want := range []string{"the clock starts in 2026-04, but compute, capability and sales at the start are of " +
		"2026-03", "start in 2026-03", "state_of: 2026-04"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %s", want, text)
		}
	}
	for _, v := range vintages() {
		text := refused(t, alone+"state_of: 2026-03\nclock: {start: "+formatDate(v.of)+", end: 2040-01}\n").Error()
		if !strings.Contains(text, "write extends: "+v.name+",") || !strings.Contains(text,
			v.name+" ("+formatDate(v.of)+")") {
			t.Errorf("%s is not named: %s", v.name, text)
		}
	}
}
