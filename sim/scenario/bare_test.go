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

// What is said of commas and of _ in numbers names only what can be meant, and is then read.
func TestCommasInNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"40,5": "40.5", "6,5": "6.5", "40,500": "40_500 or 40.500", "40,000,000": "40_000_000",
		"2,00,00,00,000": "2_00_00_00_000", "1,234.5": "1_234.5", "1.234,5": "1_234.5", "0,25": "0.25",
		"40_5": "405, or groups of three digits as in 20_000", "1,2,3": "a number such as 2.5 or 20_000",
	} {
		_, bad := parseNumber(text, 0, text)
		if bad == nil || bad.remedy != "write "+want {
			t.Errorf("%s: %v, want %q", text, bad, want)
			continue
		}
		for _, remedy := range strings.Split(want, " or ") {
			if strings.Contains(want, "such as") || strings.Contains(want, "groups") {
				continue
			}
			if v, bad := parseNumber(remedy, 0, remedy); bad != nil || !(v > 0) {
				t.Errorf("%s, the remedy for %s: %v", remedy, text, bad)
			}
		}
	}
	for text, want := range map[string]float64{"20_000": 20000, "1_00_000": 100000, "2_00_00_000.5": 20000000.5,
		"1_234_567": 1234567, "2_000e3": 2e6, "0.000_5": 0.0005} {
		if v, bad := parseNumber(text, 0, text); bad != nil || v != want {
			t.Errorf("%s: %g, %v", text, v, bad)
		}
	}
}

// Thousands that are parted otherwise than by _ are refused with the number to write, also where a
// comma makes a key of their end.
func TestThousandsPartedOtherwise(t *testing.T) {
	for compute, want := range map[string]string{
		"1'000 H100":   "group thousands with _, as in 1_000",
		"12 500 H100e": "as in 12_500",
		"1,000 H100":   "in braces a comma ends a value; group thousands with _, as in 1_000 H100",
	} {
		file := filepath.Join(t.TempDir(), "own.yaml")
		text := "title: own\nextends: baseline\nlabs:\n  a: {budget: $4M/yr, compute: " + compute + "}\n"
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Load(file, Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", compute, err, want)
		}
	}
}
