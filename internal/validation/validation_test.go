package validation

import (
	"regexp"
	"strings"
	"testing"
)

// The numbers were made by this version from these scenarios.
func TestNumbersAreOfThisVersion(t *testing.T) {
	numbers, err := kept()
	if err != nil {
		t.Fatal(err)
	}
	want, err := identities()
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range want {
		if numbers[w[0]] != w[1] {
			t.Errorf("%s: the numbers are of %s, this is %s; run examples/validation.sh and `go run ./examples/validation`",
				w[0], numbers[w[0]], w[1])
		}
	}
}

// Every number that is kept is asked for, and every one asked for is kept.
func TestNumbersAreThoseOfThePages(t *testing.T) {
	numbers, err := kept()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Sections(); err != nil {
		t.Fatal(err)
	}
	asked := map[string]bool{}
	if _, err := render(func(key string) (float64, error) { asked[key] = true; return 1, nil }); err != nil {
		t.Fatal(err)
	}
	for key := range numbers {
		if key != "version" && !strings.HasPrefix(key, "scenario ") && !asked[key] {
			t.Errorf("%s is kept and no page asks for it", key)
		}
	}
	if len(asked) < 100 {
		t.Errorf("the pages ask for %d numbers", len(asked))
	}
}

// Another number changes the section that shows it.
func TestSectionsShowTheNumbers(t *testing.T) {
	n := 0.0
	one, err := render(func(string) (float64, error) { n++; return n, nil })
	if err != nil {
		t.Fatal(err)
	}
	other, err := render(func(string) (float64, error) { n *= 1.1; return n, nil })
	if err != nil {
		t.Fatal(err)
	}
	for name := range one {
		if one[name] == other[name] {
			t.Errorf("section %s shows no number", name)
		}
	}
}

// Lines stay within a hundred columns but for tables.
func TestFill(t *testing.T) {
	got := Fill("* a bb ccc\n  dddd\n* e\n\n| a table | stays as it is |\n\nword word", 9)
	want := "* a bb\n  ccc\n  dddd\n* e\n\n| a table | stays as it is |\n\nword word"
	if got != want {
		t.Errorf("%q", got)
	}
	for want, got := range map[string]string{"−1,234.5": number(1, -1234.5), "+0.02": signed(2, .02), "0": signed(0, -.2),
		"12": number(0, 12.4)} {
		if got != want {
			t.Errorf("%s instead of %s", got, want)
		}
	}
	if regexp.MustCompile(`-\d`).MatchString(number(0, -5)) {
		t.Error("a hyphen for a minus")
	}
}
