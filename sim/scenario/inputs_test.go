package scenario

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The first words of a source decide its mark, and an assumption within a source makes it no datum.
func TestMarks(t *testing.T) {
	for source, want := range map[string]Mark{
		"":                                       Assumption,
		"assumption":                             Assumption,
		"Assumption, after menlo":                Assumption,
		"own assumption":                         Assumption,
		"our best guess":                         Derived, // it names a guess, but not first of all
		"guess":                                  Assumption,
		"expert judgement":                       Assumption,
		"option, assumption":                     Assumption,
		"illustrative":                           Assumption,
		"--set market.eta=0.9":                   Assumption,
		"derived from its budget":                Derived,
		"Derived: 2B parameters":                 Derived,
		"solved: the chip price":                 Derived,
		"fitted to revenue":                      Derived,
		"announced; the middle is an assumption": Derived,
		"annual report 2024":                     Data,
		"Epoch AI":                               Data,
		"derivatives desk, a bank":               Data,
		"assembly of the EU":                     Data,
		"TBD":                                    Assumption,
		"?":                                      Assumption,
		"n/a":                                    Assumption,
		"-":                                      Assumption,
		"todo":                                   Assumption,
		"Source needed":                          Assumption,
		"Annahme":                                Assumption,
		"eigene Annahme":                         Assumption,
		"hypothèse":                              Assumption,
		"假设":                                     Assumption,
		"own estimate":                           Assumption,
		"rough":                                  Assumption,
		"unpublished":                            Assumption,
		"we assume that":                         Assumption,
		"own calculation from filings":           Derived,
		"Schätzung der EZB":                      Data,
		"estimates of the OECD":                  Data,
		"TBD Bank, annual report":                Data,
		"智子白書":                                   Data,
		"Nanterre, registre":                     Data,
		"Todoist Inc., filing":                   Data,
		"unpublished data of the OECD":           Data,
	} {
		if got := MarkOf(source); got != want {
			t.Errorf("%q is %s, not %s", source, got, want)
		}
	}
}

// Inputs name every PATH once, leave nothing of the world out and follow from the resolved scenario
// alone, so that a folder that is made from a plan has the same.
func TestInputs(t *testing.T) {
	s, err := Load("deepseek-shock", Options{Set: []string{"market.eta=0.9", "research.gamma=1.5x/yr to 4x/yr"}})
	if err != nil {
		t.Fatal(err)
	}
	list := s.Inputs()
	again, err := Parse(s.Name, s.YAML())
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]Input{}
	for i, in := range list {
		if _, twice := at[in.Path]; twice {
			t.Errorf("%s stands twice", in.Path)
		}
		at[in.Path] = in
		if !slices.Contains(Marks, in.Mark) || in.Value == "" || in.Written == "" {
			t.Errorf("%+v", in)
		}
		if other := again.Inputs()[i]; other.Path != in.Path || other.Value != in.Value || other.Source != in.Source ||
			other.Mark != in.Mark || other.Note != in.Note || other.Written != in.Written {
			t.Errorf("resolved:\n%+v\n%+v", in, other)
		}
	}
	if len(again.Inputs()) != len(list) {
		t.Errorf("%d inputs, resolved %d", len(list), len(again.Inputs()))
	}
	for _, k := range s.Knobs() {
		listed := slices.ContainsFunc(list, func(in Input) bool {
			return in.Path == k.Path || strings.HasPrefix(in.Path, k.Path+".values.") // dated
		})
		if !listed && k.Given && !k.IsClock() { // a clock is a setting
			t.Errorf("%s is given and not listed", k.Path)
		}
	}
	for path, want := range map[string]Input{
		"market.eta": {Value: "0.9", Unit: "1", Mark: Assumption, Written: "0.9"},
		"research.gamma": {Value: "2.11642695", Unit: "x/yr", Mark: Assumption,
			Written: "1.5x/yr to 4x/yr"},
		"labs.deepseek.budget.values.2024": {Value: "800000000", Unit: "USD/yr", Mark: Data, Written: "$800M/yr"},
		"events.0.at":                      {Value: "2025-01-20", Unit: "ISO date", Mark: Data, Written: "2025-01-20"},
		"labs.mistral.openness":            {Value: "open", Mark: Assumption, Written: "open"},
		"labs.mistral.talent":              {Value: "1", Unit: "1", Mark: AtDefault, Written: "1"},
		"research.omega":                   {Mark: AtDefault},
	} {
		got := at[path]
		if got.Mark != want.Mark || want.Value != "" && (got.Value != want.Value || got.Unit != want.Unit ||
			got.Written != want.Written) {
			t.Errorf("%s: %+v, not %+v", path, got, want)
		}
	}
	for _, path := range []string{"seed", "clock.end", "replications", "events.0.label"} {
		if _, listed := at[path]; listed {
			t.Errorf("%s is no input", path)
		}
	}
	said := CountInputs(list)
	if !strings.Contains(said, "2 set by hand") {
		t.Error(said)
	}
}

// A source that is named is cited in full whatever follows it.
func TestNamedSources(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.yaml")
	text := "extends: baseline\nsources: {own: A Report}\n" +
		"labs: {mistral: {budget: {value: $1B/yr, source: own; page 3}}}\n"
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := Load(file, Options{})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(s.Inputs(), func(in Input) bool { return in.Path == "labs.mistral.budget" })
	if got := s.Inputs()[i].Source; got != "A Report; page 3" {
		t.Error(got)
	}
}
