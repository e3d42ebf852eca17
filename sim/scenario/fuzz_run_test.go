package scenario

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"simulate/sim"
)

// FuzzRun: a scenario file that is read runs for two steps to finite metrics, or is refused in
// words before the first.
func FuzzRun(f *testing.F) {
	f.Add(small)
	addFiles(f, "testdata/good/*.yaml", "testdata/levers/world.yaml", "../../scenarios/*.yaml")
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(dir, "fuzz.yaml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Load(path, Options{})
		if err != nil || len(s.Config().Labs) > 60 {
			return
		}
		cfg := *s.Config()
		cfg.Steps, cfg.ReferenceReplications = 2, 1
		if why := twoSteps(&cfg, s.Seed); why != "" {
			t.Error(why)
		}
	})
}

// twoSteps says what is wrong with the first steps of a case, "" for one that is refused before
// them.
func twoSteps(cfg *sim.Config, seed uint64) (wrong string) {
	early := func(err error) string {
		if strings.Contains(err.Error(), "process start") {
			return ""
		}
		return err.Error()
	}
	m, err := sim.New(cfg)
	if err != nil {
		return ""
	}
	ref, err := sim.NewReference(cfg)
	if err != nil {
		return early(err)
	}
	m.Reset(seed, 1, ref)
	for !m.Done() {
		if err := m.Step(); err != nil {
			return early(err)
		}
		for _, x := range sim.Metrics {
			if v := x.Of(m); math.IsInf(v, 0) {
				return x.Name + " is infinite"
			}
		}
	}
	return ""
}
