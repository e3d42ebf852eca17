package scenario

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"simulate/sim"
)

// stockOf loads a file with the labs given, and what lab my_lab has at the start by the model.
func stockOf(t *testing.T, head, labs string) (*Scenario, float64) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "own.yaml")
	if err := os.WriteFile(file, []byte(head+"clock: {end: 2026-01}\nlabs:\n"+labs), 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := Load(file, Options{})
	if err != nil {
		t.Fatal(err)
	}
	stocks, err := sim.ComputeAtStart(s.Config())
	if err != nil {
		t.Fatal(err)
	}
	for i, l := range s.Config().Labs {
		if strings.HasPrefix(l.ID, "my_lab") {
			return s, stocks[i]
		}
	}
	t.Fatal("no my_lab")
	return nil, 0
}

// The compute that a file gives a lab is what the lab has at the start, unless the file says that
// the lab rents; then the notes say what it has instead. A resolved scenario says the same.
func TestComputeOfAFileIsTheStock(t *testing.T) {
	const money = "archetype: independent, budget: $40M/yr, "
	for _, c := range []struct {
		lab   string
		stock float64 // 0: something else than given
		note  string
	}{
		{"compute: 500 H100", 500, "Lab my_lab owns the stock that its compute: gives"},
		{"compute: 5 H100", 5, "Lab my_lab owns the stock"},
		{"compute: {value: 500 H100, source: a rack}, region: china", 500, "Lab my_lab owns the stock"},
		{"count: 3, compute: 500 H100", 500, "Lab my_lab owns the stock"},
		{"compute: 500 H100, compute_access: owner", 500, ""},
		{"compute: 500 H100, compute_access: renter", 0, "Lab my_lab rents: tables show the "},
		{"compute: 500 H100, rent_multiple: 1.7", 0, "Lab my_lab rents: tables show the "},
		{"talent: 1", 0, ""},
	} {
		s, has := stockOf(t, "title: own\nextends: baseline\n", "  my_lab: {"+money+c.lab+"}\n")
		if (has == 500 || has == 5) != (c.stock > 0) || c.stock > 0 && has != c.stock {
			t.Errorf("%s: %g H100e at the start", c.lab, has)
		}
		notes := strings.Join(s.Notes, "\n")
		if c.note != "" && !strings.Contains(notes, c.note) || c.note == "" && strings.Contains(notes, "Lab my_lab") {
			t.Errorf("%s: notes %q", c.lab, notes)
		}
		again, err := Parse("own", s.YAML())
		if err != nil {
			t.Fatal(err)
		}
		if string(again.YAML()) != string(s.YAML()) {
			t.Errorf("%s: the resolved scenario resolves to another", c.lab)
		}
		if stocks, err := sim.ComputeAtStart(again.Config()); err != nil || stocks[len(stocks)-1] != has {
			t.Errorf("%s: %v H100e by the resolved scenario instead of %g, %v", c.lab, stocks[len(stocks)-1], has, err)
		}
	}
}

// The rent_multiple and the compute_access that the note names do what it says.
func TestRemediesOfARentedStock(t *testing.T) {
	s, has := stockOf(t, "title: own\nextends: baseline\n",
		"  my_lab: {budget: $40M/yr, compute: 400 H100, compute_access: renter}\n")
	note := strings.Join(s.Notes, "\n")
	_, text, found := strings.Cut(note, "rent_multiple: ")
	if !found {
		t.Fatalf("%q names no rent_multiple, with %g rented", note, has)
	}
	multiple, _, _ := strings.Cut(text, " ")
	if _, has = stockOf(t, "title: own\nextends: baseline\n", "  my_lab: {budget: $40M/yr, compute: 400 H100, "+
		"compute_access: renter, rent_multiple: "+multiple+"}\n"); has < 399 || has > 401 {
		t.Errorf("rent_multiple: %s gives %g H100e", multiple, has)
	}
}

// Labs of the program's own scenarios rent or own as their files say; another stock for one that
// rents is told, and nothing is told of those that nobody changed.
func TestStocksOfTheBaseline(t *testing.T) {
	for lab, renter := range map[string]bool{"openai": true, "anthropic": true, "xai": true, "mistral": true,
		"deepseek": false, "microsoft": false} {
		for _, name := range []string{"baseline", "baseline-2024", "gpt4-start"} {
			s, err := Load(name, Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, note := range s.Notes {
				if strings.Contains(note, "compute:") {
					t.Errorf("%s: %s", name, note)
				}
			}
			for _, l := range s.Config().Labs {
				if l.ID == lab && l.Renter != renter {
					t.Errorf("%s: %s rents: %t", name, lab, l.Renter)
				}
			}
		}
	}
	s, _ := stockOf(t, "title: own\nextends: baseline\n", "  openai: {compute: 900k H100}\n  my_lab: {budget: $4M/yr}\n")
	if notes := strings.Join(s.Notes, "\n"); !strings.Contains(notes, "Lab openai rents: tables show the 26") {
		t.Errorf("notes %q", notes)
	}
	if said := s.RentedStocks([]string{"labs.my_lab.compute", "labs.deepseek.compute", "market.eta"}); len(said) != 1 ||
		!strings.Contains(said[0], "Lab my_lab rents") {
		t.Errorf("of what varies: %q", said)
	}
}

// A resolved scenario that does not say whether a lab with a stock owns it is of a time when it did
// not own it.
func TestStocksOfAnEarlierResolvedScenario(t *testing.T) {
	s, err := Load("baseline", Options{})
	if err != nil {
		t.Fatal(err)
	}
	earlier := strings.ReplaceAll(string(s.YAML()), "    compute_access: renter\n", "")
	again, err := Parse("baseline", []byte(earlier))
	if err != nil {
		t.Fatal(err)
	}
	for i, l := range again.Config().Labs {
		if l.Renter != s.Config().Labs[i].Renter {
			t.Errorf("%s rents: %t", l.ID, l.Renter)
		}
	}
	if len(again.Notes) != len(s.Notes) {
		t.Errorf("notes %q", again.Notes)
	}
}
