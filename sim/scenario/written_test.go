package scenario

import "testing"

// Values of what varies are told as the user wrote them, in each kind of unit, and survive the
// resolved scenario.
func TestVariedValuesAreToldAsWritten(t *testing.T) {
	s := mustLoad(t, "public-compute-10b")
	for _, c := range []struct {
		path, spec string
		values     []string // as told
	}{
		{"labs.openai.talent", "90%,110%", []string{"90%", "110%"}},
		{"labs.openai.talent", "0.9,1.1", []string{"0.9", "1.1"}},
		{"labs.openai.talent", "80%:120%:20%", []string{"80%", "100%", "120%"}},
		{"research.gamma", "50%/yr, 3x/yr", []string{"50%/yr", "3x/yr"}},
		{"research.gamma", "50%/yr, 90%/yr", []string{"50%/yr", "90%/yr"}},
		{"policies.public_compute.grant.amount", "$0/yr, $10B/yr", []string{"$0/yr", "$10B/yr"}},
		{"policies.public_compute.grant.amount", "$0/yr, 10_000M USD/yr", []string{"$0/yr", "10_000M USD/yr"}},
		{"policies.public_compute.from", "2026-07,2027-01-15", []string{"Jul 2026", "2027-01-15"}},
		{"research.open_lag", "6 months, 18 months", []string{"6 months", "18 months"}},
		{"clock.end", "2028-01,2030-01", []string{"Jan 2028", "Jan 2030"}},
	} {
		if _, found := s.Knob(c.path); !found {
			t.Errorf("no %s", c.path)
			continue
		}
		v, err := s.ParseVariation(c.path, c.spec)
		if err != nil {
			t.Errorf("%s=%s: %v", c.path, c.spec, err)
			continue
		}
		e := Experiment{}
		e.SetInputs([]Variation{v})
		again, err := Parse("again", s.WithExperiment(e).YAML())
		if err != nil {
			t.Fatal(err)
		}
		k, _ := s.Knob(c.path)
		resolved, _ := again.Knob(c.path)
		other := again.Experiment.Inputs()[0]
		for i, x := range v.Numbers {
			if got := k.As(v).Short(x, 3); got != c.values[i] {
				t.Errorf("%s=%s: %q, want %q", c.path, c.spec, got, c.values[i])
			}
			if got := resolved.Short(x, 3); got != c.values[i] {
				t.Errorf("%s=%s, resolved: %q, want %q", c.path, c.spec, got, c.values[i])
			}
			if other.Numbers[i] != x {
				t.Errorf("%s=%s: %v comes back as %v", c.path, c.spec, x, other.Numbers[i])
			}
		}
	}
}
