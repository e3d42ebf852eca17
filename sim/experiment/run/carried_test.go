package run

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"simulate/sim"
	"simulate/sim/scenario"
)

var update = flag.Bool("update", false, "make the reference paths that the program carries again")

// centres are the built-in scenarios that extend none.
func centres(t *testing.T) map[string]*sim.Config {
	t.Helper()
	all := map[string]*sim.Config{}
	for _, b := range scenario.Builtins() {
		s, err := scenario.Load(b.Name, scenario.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if s.CentreName == "" || s.CentreName == b.Name {
			all[b.Name] = s.Config()
		}
	}
	return all
}

// What the program carries is what the runs give, to the last bit, with all the runs of each.
func TestCarriedReferencesAreThoseOfTheRuns(t *testing.T) {
	all := centres(t)
	if len(all) < 2 {
		t.Errorf("%d centres", len(all))
	}
	for name, cfg := range all {
		s := NewReferences(nil)
		slots := make(chan struct{}, 2)
		made, err := s.runs(t.Context(), cfg, sim.ReferenceRuns(cfg), slots)
		if err != nil {
			t.Fatal(err)
		}
		text, err := pack(cfg, made)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join("carried", name+".ref")
		if *update {
			if err := os.WriteFile(file, text, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if now, err := os.ReadFile(file); err != nil || !bytes.Equal(now, text) {
			t.Errorf("%s is stale (%v); run `go test ./sim/experiment/run -run Carried -update`", file, err)
		}
	}
}

// Of a program whose model has changed since, or whose file is damaged, nothing carried is used.
func TestCarriedReferencesOfAnotherModelAreLeft(t *testing.T) {
	cfg := centres(t)["baseline"]
	key := ReferenceKey(cfg)
	if r := (&reference{key: key}); !carriedFor(r, cfg) || r.mean == nil || r.few == nil {
		t.Fatal("nothing is carried for baseline")
	}
	whole := carried[key]
	defer func() { carried[key] = whole }()
	for _, at := range []int{0, len(whole) / 2} { // of the first run, of the means
		damaged := bytes.Clone(whole)
		damaged[at] ^= 1
		carried[key] = damaged
		if r := (&reference{key: key}); carriedFor(r, cfg) || r.mean != nil {
			t.Errorf("a file with another byte at %d is used", at)
		}
	}
}
