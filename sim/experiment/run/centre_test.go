package run

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"simulate/sim"
	"simulate/sim/scenario"
)

// short is a scenario file on half a year with 24 reference runs.
func short(t *testing.T, text string, set ...string) *scenario.Scenario {
	t.Helper()
	path := filepath.Join(t.TempDir(), "mine.yaml")
	if err := os.WriteFile(path, []byte("title: mine\n"+text), 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := scenario.Load(path, scenario.Options{Set: append([]string{"clock.end=2025-07",
		"reference_replications=24"}, set...)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *References) must(t *testing.T, cfg *sim.Config, centre *sim.Config) *sim.Reference {
	t.Helper()
	return ask(t, s, 2, want{cfg: cfg, centre: centre})
}

// Result 30. A vector equal to the central one gives the central reference, by rule, however it was
// written. [bit for bit]
func TestVectorAtTheCentre(t *testing.T) {
	s, n := counted(nil)
	centre := short(t, "extends: baseline\n")
	want := s.must(t, centre.Config(), centre.Centre())
	plain, err := sim.NewReference(centre.Config())
	if err != nil || !plain.Equal(want) || n.Load() != 24 {
		t.Errorf("the centre's reference is not the mean of its 24 runs, but of %d: %v", n.Load(), err)
	}
	eta, _ := centre.Knob("market.eta")
	varied, err := centre.Vary(centre.Config(), []*scenario.Knob{eta}, []float64{eta.Value})
	if err != nil {
		t.Fatal(err)
	}
	for what, cfg := range map[string]*sim.Config{
		"--set":     short(t, "extends: baseline\n", "market.eta="+eta.Format(eta.Value)).Config(),
		"--vary":    varied,
		"in a file": short(t, "extends: baseline\nparameters: {market.eta: "+eta.Format(eta.Value)+"}\n").Config(),
		"a policy": short(t, "extends: baseline\nevents:\n  - {at: 2025-02-20, shock: {lab: deepseek, efficiency: 2x, "+
			"disclosure: published}}\n").Config(),
		"an origin": short(t, "extends: deepseek-shock\n").Config(),
	} {
		if got := s.must(t, cfg, centre.Centre()); got != want || n.Load() != 24 {
			t.Errorf("%s: the reference is the centre's: %v, after %d runs", what, got.Equal(want), n.Load())
		}
	}
}

// A vector costs 16 runs, whose mean moves as the centre's does between 16 runs and all; one world
// has one reference however it was written.
func TestVectorIsCorrectedAtItsCentre(t *testing.T) {
	s, n := counted(nil)
	centre := short(t, "extends: baseline\n").Centre()
	world := short(t, "extends: baseline\nparameters: {market.eta: 0.8}\n")
	got := s.must(t, world.Config(), world.Centre())
	if n.Load() != 24+16 {
		t.Errorf("%d reference runs for the centre and a vector, want 40", n.Load())
	}
	mean := func(cfg *sim.Config, runs int) *sim.Reference {
		few := *cfg
		few.ReferenceReplications = runs
		r, err := sim.NewReference(&few)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	byHand := sim.Correct(mean(world.Config(), 16), world.Config(), mean(centre, 24), mean(centre, 16), centre)
	if !got.Equal(byHand) || got.Equal(mean(world.Config(), 16)) || got.Equal(mean(world.Config(), 24)) {
		t.Error("the reference is not that of 16 runs, moved by what 8 more change at the centre")
	}
	eta, _ := world.Knob("market.eta")
	base := short(t, "extends: baseline\n")
	varied, err := base.Vary(base.Config(), []*scenario.Knob{eta}, []float64{eta.Value})
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := short(t, "extends: baseline\nparameters: {market.eta: 0.8 to 0.9}\n").Draw(1, 1)
	if err != nil {
		t.Fatal(err)
	}
	lucky := short(t, "extends: baseline\nparameters: {market.eta: "+strconv.FormatFloat(drawn.Parameters.Market.Eta,
		'g', -1, 64)+"}\n")
	if s.must(t, drawn, base.Centre()) != s.must(t, lucky.Config(), lucky.Centre()) || n.Load() != 56 {
		t.Errorf("a value that is drawn has another reference than one that is written, after %d runs", n.Load())
	}
	for what, cfg := range map[string]*sim.Config{
		"--set":  short(t, "extends: baseline\n", "market.eta=0.8").Config(),
		"--vary": varied,
	} {
		if s.must(t, cfg, base.Centre()) != got || n.Load() != 56 {
			t.Errorf("%s: another reference, after %d runs", what, n.Load())
		}
	}
	second := short(t, "extends: baseline\nparameters: {market.eta: 0.7}\n")
	if s.must(t, second.Config(), second.Centre()); n.Load() != 56+16 {
		t.Errorf("%d reference runs after another vector, want 72", n.Load())
	}
}

// Another roster is corrected segment by segment and lab by lab; a segment of its own is not, and a
// note says so.
func TestVectorOfAnotherRoster(t *testing.T) {
	s, _ := counted(nil)
	more := short(t, `extends: baseline
labs:
  newcomer: {budget: $1B/yr, sales: {enterprise: 1%}}
  mistral: null
segments:
  robots: {spending: $1B/yr}
`)
	r := s.must(t, more.Config(), more.Centre())
	if !r.Fits(more.Config()) {
		t.Error("the reference has another shape than the roster")
	}
	if notes := uncentred(more, more.Config()); len(notes) != 1 || !contains(notes[0], "robots", "16 runs", "baseline") {
		t.Errorf("notes: %q", notes)
	}
	if notes := uncentred(short(t, "extends: baseline\n"), more.Centre()); len(notes) != 0 {
		t.Errorf("notes: %q", notes)
	}
}

// With at most 16 reference runs, or one in deterministic mode, a vector takes them all and needs
// no centre.
func TestVectorOfFewRuns(t *testing.T) {
	for set, runs := range map[string]int64{"reference_replications=3": 3, "mode=deterministic": 1} {
		s, n := counted(nil)
		world := short(t, "extends: baseline\nparameters: {market.eta: 0.8}\n", set)
		if s.must(t, world.Config(), world.Centre()); n.Load() != runs {
			t.Errorf("%s: %d reference runs, want %d", set, n.Load(), runs)
		}
	}
}

func contains(text string, parts ...string) bool {
	for _, p := range parts {
		if !strings.Contains(text, p) {
			return false
		}
	}
	return true
}
