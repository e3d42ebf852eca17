package scenario

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"simulate/sim"
)

func setsFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sets.csv")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// Each replication takes a whole row, one after the other, and the resolved scenario carries the
// rows.
func TestParameterSets(t *testing.T) {
	file := setsFile(t, "member,worst,market.eta,research.gamma\n1,0.5,0.7,1.1\n8,2,0.9,1.3\n9,2,1.1,1.5\n")
	s, err := Load("baseline", Options{Parameters: file})
	if err != nil {
		t.Fatal(err)
	}
	if !s.HasDraws() {
		t.Error("the scenario draws nothing")
	}
	again := reload(t, s)
	seen := map[float64]float64{}
	for r := 1; r <= 3; r++ {
		cfg, err := s.Draw(7, r)
		if err != nil {
			t.Fatal(err)
		}
		same, err := again.Draw(7, r)
		if err != nil {
			t.Fatal(err)
		}
		if same.Parameters != cfg.Parameters {
			t.Errorf("replication %d differs after a round trip", r)
		}
		seen[cfg.Parameters.Market.Eta] = cfg.Parameters.Research.Gamma
	}
	if len(seen) != 3 || math.Abs(seen[.7]-math.Log(1.1)) > 1e-15 || math.Abs(seen[.9]-math.Log(1.3)) > 1e-15 ||
		math.Abs(seen[1.1]-math.Log(1.5)) > 1e-15 {
		t.Errorf("three replications draw %v", seen)
	}
	if s.Config().Parameters.Market.Eta != sim.Defaults().Market.Eta {
		t.Error("the median run takes a row")
	}
	if !bytes.Equal(s.YAML(), again.YAML()) {
		t.Error("the resolved scenario changes when it is read again")
	}
}

func reload(t *testing.T, s *Scenario) *Scenario {
	t.Helper()
	path := filepath.Join(t.TempDir(), "scenario.yaml")
	if err := os.WriteFile(path, s.YAML(), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := Load(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// What --set gives goes before the rows, --fix-parameters leaves them out.
func TestParameterSetsGiveWay(t *testing.T) {
	file := setsFile(t, "market.eta,research.gamma\n0.7,1.1\n")
	s, err := Load("baseline", Options{Parameters: file, Set: []string{"market.eta=1.2"}})
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := s.Draw(1, 1)
	if err != nil {
		t.Fatal(err)
	}
	if p := cfg.Parameters; p.Market.Eta != 1.2 || math.Abs(p.Research.Gamma-math.Log(1.1)) > 1e-15 {
		t.Errorf("eta %g, gamma %g", p.Market.Eta, p.Research.Gamma)
	}
	if s, err = Load("baseline", Options{Parameters: file, FixParameters: true}); err != nil || s.HasDraws() {
		t.Errorf("fixed: %v", err)
	}
}

// The table may come from R in German: row names, semicolons, decimal commas.
func TestParameterSetsOfOthers(t *testing.T) {
	s, err := Load("baseline", Options{Parameters: setsFile(t, "\"\";\"market.eta\";\"research.gamma\"\n\"1\";0,7;1,1\n")})
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := s.Draw(1, 1)
	if err != nil {
		t.Fatal(err)
	}
	if p := cfg.Parameters; p.Market.Eta != .7 || !strings.Contains(strings.Join(s.Notes, " "), "parted by semicolons") {
		t.Errorf("eta %g, notes %q", p.Market.Eta, s.Notes)
	}
}

func TestParameterSetsRefuse(t *testing.T) {
	for text, want := range map[string]string{
		"market.etta\n1\n": "" +
			`sets.csv:1:1: parameter_sets: there is no PATH "market.etta"; did you mean "market.eta"?`,
		"research.gamma,market.eta\n1,x\n": `sets.csv:2:3: "x" is not a number`,
		"market.eta\n60%\n1.1\n": `sets.csv:2:1: column market.eta: "60%" is a percentage beside plain ` +
			`numbers such as 1.1; write 60 if all are percentages`,
		"market.eta\n99\n":             `sets.csv:2:1: market.eta of 99 lies outside the allowed range`,
		"market.eta,market.eta\n1,1\n": `market.eta is named twice`,
		"labs.google.openness\n1\n":    `is a word and has no number`,
		"market.eta\n":                 `the file holds no vectors`,
		"market.eta\n1,2,3\n":          `3 cells where the header has 1: "1, 2, 3"`,
	} {
		_, err := Load("baseline", Options{Parameters: setsFile(t, text)})
		if err == nil || !strings.Contains(err.Error(), want) ||
			strings.Count(err.Error(), "sets.csv") > len(strings.Split(err.Error(), "\n")) {
			t.Errorf("%q gives %v, want %q", text, err, want)
		}
	}
}

// A row whose values cannot be together is refused by its line before any run, and the others are
// not named.
func TestRowsThatCannotBeAreRefused(t *testing.T) {
	file := setsFile(t, "market.sigma,market.eta\n4,0.9\n1.7,1.8\n4,1\n")
	_, err := Load("baseline", Options{Parameters: file})
	if err == nil || !strings.Contains(err.Error(), "sets.csv:3:1: row 2 of parameter_sets cannot be: sigma 1.7") ||
		strings.Contains(err.Error(), "row 1") || strings.Contains(err.Error(), "row 3") {
		t.Errorf("%v", err)
	}
	if _, err := Load("baseline", Options{Parameters: file, FixParameters: true}); err != nil {
		t.Errorf("no row is taken, but %v", err)
	}
}

// Where more is drawn than the rows give, a row is refused that can be with nothing that is drawn,
// and one is taken that can be with something.
func TestRowsThatCannotBeBesideDrawsAreRefused(t *testing.T) {
	file := setsFile(t, "market.sigma,market.theta\n4,1\n1.3,1\n4,1.1\n")
	_, err := Load("baseline", Options{Parameters: file, Set: []string{"research.gamma=1.5x/yr to 10x/yr"}})
	if err == nil || !strings.Contains(err.Error(), "sets.csv:3:1: row 2 of parameter_sets cannot be, whatever is drawn "+
		"besides: sigma 1.3") || strings.Contains(err.Error(), "row 1") || strings.Contains(err.Error(), "row 3") {
		t.Errorf("%v", err)
	}
	// beside an η above 2.1 no σ of 2 can be, at a lower one it can
	file = setsFile(t, "market.sigma,market.theta\n4,1\n2,1\n")
	s, err := Load("baseline", Options{Parameters: file,
		Set: []string{"market.eta={dist: uniform, low: 2.1, high: 2.2}"}})
	if err == nil || !strings.Contains(err.Error(), "sets.csv:3:1") {
		t.Errorf("%v, %v", s, err)
	}
	s, err = Load("baseline", Options{Parameters: file,
		Set: []string{"market.eta={dist: triangular, low: 0.9, mode: 2.2, high: 2.25}"}})
	if err != nil {
		t.Fatal(err)
	}
	for r := 1; r <= 6; r++ {
		if _, err := s.Draw(s.Seed, r); err != nil {
			t.Error(err)
		}
	}
}

// A world without an event has no column for what rows say of it, and the others.
func TestRowsOfAnEventThatABaseLacks(t *testing.T) {
	file := setsFile(t, "events.0.at,market.eta\n20.01.2025,1\n20.02.2025,1.1\n")
	s, err := Load("deepseek-shock", Options{Parameters: file})
	if err != nil {
		t.Fatal(err)
	}
	base, _, err := s.Base()
	if err != nil {
		t.Fatal(err)
	}
	less, err := s.Less(WithoutEvents)
	if err != nil {
		t.Fatal(err)
	}
	for _, other := range []*Scenario{base, less} {
		for r := 1; r <= 2; r++ {
			was, err := s.Draws(s.Seed, r)
			now, err2 := other.Draws(s.Seed, r)
			if err != nil || err2 != nil || len(was) != 2 || len(now) != 1 || now[0] != was[1] {
				t.Errorf("%s draws %v, beside %v (%v, %v)", other.Name, now, was, err, err2)
			}
		}
	}
	if less, err := s.Less(WithoutPolicies); err != nil || len(less.Drawn()) != 2 {
		t.Errorf("%v, %v", less, err)
	}
}
