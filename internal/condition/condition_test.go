package condition

import (
	"errors"
	"math"
	"strings"
	"testing"
)

// numbers resolves any of a few names as plain numbers.
func numbers(names ...string) func(string) (Quantity, error) {
	return func(name string) (Quantity, error) {
		for _, n := range names {
			if n == name {
				return Quantity{Read: Number}, nil
			}
		}
		return Quantity{}, errors.New("unknown")
	}
}

// What is read, in canonical form, and for some values whether it holds.
func TestReads(t *testing.T) {
	lookup := numbers("y", "hhi", "x1, low", "supply and demand", "a<b", "hhi.mean")
	for text, want := range map[string]string{
		"y > 5":                           "y > 5",
		"y>=5":                            "y >= 5",
		"y ≥ 5":                           "y >= 5",
		"  y<-.5 ":                        "y < -0.5",
		"y < −2_500":                      "y < -2500",
		"y <= 40 %":                       "y <= 0.4",
		"y < 1e3":                         "y < 1000",
		"1 < y <= 2":                      "1 < y <= 2",
		"2 >= y > 1":                      "1 < y <= 2",
		"5 <= y <= 5":                     "5 <= y <= 5",
		"y > 5 and hhi < 3":               "y > 5 and hhi < 3",
		"y > 5 AND 1<hhi<3 and y<9":       "y > 5 and 1 < hhi < 3 and y < 9",
		"y.q95 < 3":                       "y.q95 < 3",
		"hhi.mean < 3":                    "hhi.mean < 3",
		"x1, low > 3":                     "x1, low > 3",
		`"supply and demand" > 3`:         "`supply and demand` > 3",
		"`supply and demand`.se > 3":      "`supply and demand`.se > 3",
		"'a<b' > 3 and 1 < `a<b` < 2":     "`a<b` > 3 and 1 < `a<b` < 2",
		"hhi\t>\n2500   and   hhi < 3000": "hhi > 2500 and hhi < 3000",
	} {
		read, err := Read(text)
		if err == nil {
			read, err = Resolve(read, lookup)
		}
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if got := read.String(); got != want {
			t.Errorf("%q reads %q, want %q", text, got, want)
		}
		again, err := Read(read.String())
		if err == nil {
			again, err = Resolve(again, lookup)
		}
		if err != nil || again.String() != want {
			t.Errorf("%q does not read back: %v, %v", want, again, err)
		}
	}
}

// Repeated texts hold together, and a statistic is taken off only where the name as a whole is
// unknown.
func TestJoinsAndStatistics(t *testing.T) {
	read, err := Read("y > 1", "y < 3 and hhi.mean > 2")
	if err != nil || len(read) != 3 {
		t.Fatal(read, err)
	}
	own, err := Resolve(read, numbers("y", "hhi.mean"))
	if err != nil || own[2].Name != "hhi.mean" || own[2].Statistic != "" {
		t.Errorf("%+v, %v", own, err)
	}
	of, err := Resolve(read, numbers("y", "hhi"))
	if err != nil || of[2].Name != "hhi" || of[2].Statistic != "mean" || of[2].Subject() != "hhi.mean" {
		t.Errorf("%+v, %v", of, err)
	}
	if read[2].Name != "hhi.mean" {
		t.Error("Resolve changed what was read")
	}
}

func TestHolds(t *testing.T) {
	for text, values := range map[string][4]bool{ // at 1, 2, 3, NaN
		"y > 1": {false, true, true, false}, "y >= 2": {false, true, true, false}, "y < 2": {true, false, false, false},
		"y <= 2":    {true, true, false, false},
		"1 < y < 3": {false, true, false, false}, "1 <= y < 3": {true, true, false, false}, "3 >= y > 1": {false, true,
			true, false},
	} {
		read, err := Read(text)
		if err == nil {
			read, err = Resolve(read, numbers("y"))
		}
		if err != nil {
			t.Fatal(err)
		}
		for i, v := range []float64{1, 2, 3, math.NaN()} {
			if got := read[0].Holds(v); got != values[i] {
				t.Errorf("%s at %g: %v", text, v, got)
			}
		}
	}
}

// Whatever is not understood is refused with a remedy, and never read in part.
func TestRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                        "there is nothing to hold",
		"y":                       "compares nothing",
		"y >":                     "missing",
		"> 5":                     "missing",
		"y > > 5":                 "missing",
		"hhi > 2,500":             "write 2500 if it groups thousands, 2.500 if it begins the decimals",
		"hhi > 1,234,567.5":       `there is a comma in "1,234,567.5"; write 1234567.5`,
		"hhi > 3,000.5":           `there is a comma in "3,000.5"; write 3000.5`,
		"hhi > 1,234,567":         `there is a comma in "1,234,567"; write 1234567`,
		"hhi > 0,5":               "comma",
		"y > 1,":                  "comma",
		"y > 1,x2 > 2":            "join two conditions by and",
		"y > 1 && x2 > 2":         "join two conditions by and",
		"y > 1 x2 > 2":            "join two conditions by and",
		"y > 1; x2 > 2":           "join two conditions by and",
		"y > 1 or x2 > 2":         "ask for each by itself",
		"y > 1 or 2":              `"or" is not understood`,
		"(y > 1) and (y < 2)":     "without brackets",
		"y = 5":                   "write <, <=, > or >=",
		"y == 5":                  "write <, <=, > or >=",
		"y != 5":                  "write <, <=, > or >=",
		"y <> 5":                  "write <, <=, > or >=",
		"y => 5":                  "write >=",
		"y =< 5":                  "write <=",
		"5 < y":                   "write y > 5",
		"5 < y > 3":               "different directions",
		"9 < y < 3":               "no value lies between 9 and 3",
		"5 <= y < 5":              "no value lies between 5 and 5",
		"1 < y < 2 < 3":           "comparisons in a row",
		"y > 5 and":               "there is nothing to hold",
		"and y > 5":               "there is nothing to hold",
		"y > nan":                 "is not a finite number",
		"y > inf":                 "is not a finite number",
		"y > 1e999":               "is not a finite number",
		"y > five":                "write a number there",
		"y > 2 500":               "is not a finite number",
		"y > 0x10":                "is not a finite number",
		"'y > 5":                  "does not end",
		"a 'y' > 5":               "the whole name in quotes",
		"'y' z > 5":               "follows a name in quotes",
		"y > '5'":                 "is a name, not a value",
		"supply and demand > 100": "compares nothing",
		"z > 5":                   "unknown",
		"y.q50.mean > 5":          "unknown",
		"y.q33 > 5":               `y has no statistic "q33"; write one of .mean, .se, .sd, .q05, .q25, .q50, .q75 or .q95`,
		"hhi.median > 5":          `hhi has no statistic "median"; write hhi.q50`,
	} {
		read, err := Read(text)
		if err == nil {
			read, err = Resolve(read, numbers("y", "hhi"))
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gives %v, %v; want %q", text, read, err, want)
		}
	}
}

// No text makes the reader panic, and what it accepts is stable under writing and reading.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"y > 5", "1 < y <= 2 and hhi.mean<3", "`a b` >= 2", "'", "≤≥", "y > 2,500"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		any := func(string) (Quantity, error) { return Quantity{Read: Number}, nil }
		read, err := Read(text)
		if err == nil {
			read, err = Resolve(read, any)
		}
		if err != nil {
			return
		}
		again, err := Read(read.String())
		if err == nil {
			again, err = Resolve(again, any)
		}
		if err != nil || again.String() != read.String() {
			t.Errorf("%q is %q and then %v, %v", text, read, again, err)
		}
	})
}
