package scenario

import (
	"testing"
)

// A clock that a design varies is the clock that --set makes: the Config is the same to the bit,
// and so is the centre on it.
func TestVariedClockIsTheClockThatIsSet(t *testing.T) {
	for _, name := range []string{"baseline", "baseline-2024", "public-compute-10b"} {
		for _, c := range []struct{ path, value string }{{"clock.end", "2030-07"}, {"clock.step", "quarter"}} {
			s, err := Load(name, Options{})
			if err != nil {
				t.Fatal(err)
			}
			set, err := Load(name, Options{Set: []string{c.path + "=" + c.value}})
			if err != nil {
				t.Fatal(err)
			}
			k, found := s.Knob(c.path)
			if !found {
				t.Fatalf("%s: no knob %s", name, c.path)
			}
			v, err := k.Parse(c.value)
			if err != nil {
				t.Fatal(err)
			}
			cfg, err := s.Vary(s.Config(), []*Knob{k}, []float64{v})
			if err != nil {
				t.Fatal(err)
			}
			if diff := sameConfig(cfg, set.Config()); diff != "" {
				t.Errorf("%s: %s=%s varied is not what --set makes: %s", name, c.path, c.value, diff)
			}
			if diff := sameConfig(s.CentreAt(cfg), set.Centre()); diff != "" {
				t.Errorf("%s: %s=%s: another centre: %s", name, c.path, c.value, diff)
			}
		}
	}
}
