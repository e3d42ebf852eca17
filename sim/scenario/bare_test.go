package scenario

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// Bare numbers of tables are in USD, H100e and years. Those that must have been meant in thousands,
// millions, billions or months are refused with what to write, beside dated values too; those that
// may stand as they are pass.
func TestNumbersOfTablesWithoutUnits(t *testing.T) {
	s, err := Load("baseline", Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path   string
		v      float64
		remedy string // "": it passes
	}{
		{"labs.openai.budget", 7, "$7B/yr"}, {"labs.openai.budget", 9, "$9B/yr"},
		{"labs.deepseek.budget", 1.5, "$1.5B/yr"}, {"labs.deepseek.budget", 500, "$500M/yr"},
		{"labs.mistral.budget", 300, "$300M/yr"}, {"labs.sarvam.budget", 30, "$30M/yr"},
		{"labs.openai.compute", 386, "386k H100e"}, {"segments.enterprise.spending", 10, "$10B/yr"},
		{"training.release_interval", 6, "6 months"}, {"training.release_interval", 9, "9 months"},
		{"labs.openai.budget", 7e9, ""}, {"labs.openai.budget", 0, ""}, {"labs.university_lab.compute", 60, ""},
		{"labs.openai.compute", 5000, ""}, {"training.release_interval", 0.5, ""}, {"training.release_interval", 2, ""},
		{"market.eta", 1, ""}, {"labs.university_lab.budget", 200_000, ""},
	} {
		l, found := s.Knob(c.path)
		if !found {
			t.Fatalf("no PATH %s", c.path)
		}
		said := l.WithoutUnit(c.v)
		if (said == "") != (c.remedy == "") {
			t.Errorf("%s of %g: %q", c.path, c.v, said)
			continue
		}
		if c.remedy == "" {
			continue
		}
		_, remedy, _ := strings.Cut(said, "as in ")
		remedy, _, _ = strings.Cut(strings.SplitN(remedy, ", ", 2)[0], " or ")
		want, err := l.Parse(c.remedy)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := l.Parse(remedy); err != nil || got != want {
			t.Errorf("%s of %g: remedy %q, want %s; %v", c.path, c.v, remedy, c.remedy, err)
		}
		file := filepath.Join(t.TempDir(), "sets.csv")
		row := c.path + "\n" + strconv.FormatFloat(c.v, 'g', -1, 64) + "\n"
		if err := os.WriteFile(file, []byte(row), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err = Load("baseline", Options{Parameters: file}); err == nil || !strings.Contains(err.Error(),
			"sets.csv:2:1: ") || !strings.Contains(err.Error(), "without a unit is") {
			t.Errorf("--parameters with %s of %g: %v", c.path, c.v, err)
		}
	}
}
