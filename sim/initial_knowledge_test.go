package sim

import (
	"math"
	"testing"
)

// An open lab keeps secret what it knew at the start above public knowledge and the open lag, a
// closed lab nothing, for as long as the closed lag. The leader, 3 nats up, sets public knowledge
// to 3 − γ·L_d.
func TestSecretsOfTheStart(t *testing.T) {
	for _, c := range []struct {
		name     string
		openness Openness
		above    float64 // public knowledge and the open lag, in nats
		secrets  int
	}{
		{"an open lab above", Open, .25, 1},
		{"an open lab below", Open, -.25, 0},
		{"an open lab at the lag", Open, 0, 0},
		{"a closed lab above", Closed, .25, 0},
		{"a lab above that opens late", Delayed, .25, 0},
	} {
		cfg := researchOnly(testConfig(testLab("leader", 1e9), testLab("other", 5e8)))
		r := &cfg.Parameters.Research
		r.Gamma, r.ClosedLag, r.OpenLag, r.ServingShare = 1, 1, .5, .5
		cfg.Labs[0].Openness, cfg.Labs[0].Efficiency = Closed, 3
		cfg.Labs[1].Openness, cfg.Labs[1].Efficiency = c.openness, 3-1+.5+c.above
		m := started(t, cfg, 1)
		if m.commons.Knowledge != 2 {
			t.Fatalf("public knowledge is %g", m.commons.Knowledge)
		}
		if len(m.commons.secrets) != c.secrets {
			t.Errorf("%s: %d secrets, want %d", c.name, len(m.commons.secrets), c.secrets)
			continue
		}
		for s := range m.secretsOf(&m.labs[1]) {
			if s.lab != 1 || s.step != -1 {
				t.Errorf("%s: the secret is of lab %d from step %d", c.name, s.lab, s.step)
			}
			near(t, "a", s.a, c.above, 1e-12)
			near(t, "s", s.s, c.above/2, 1e-12)
			near(t, "until", s.until, cfg.Start+1, 1e-12)
		}
		if n := len(m.commons.secrets); n > 0 && math.Abs(m.commons.secrets[0].a-c.above) > 1e-12 {
			t.Errorf("%s: the secret is not the second lab's", c.name)
		}
	}
}
