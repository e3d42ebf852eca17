package scenario

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"simulate/sim"
)

const varied = "policies={pc: {from: 2026-01, grant: {amount: $10B/yr, rule: equal}}}"

func loadVaried(t *testing.T, set ...string) *Scenario {
	t.Helper()
	s, err := Load("deepseek-shock", Options{Set: append([]string{varied}, set...)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestVariationsAreReadAndPrinted(t *testing.T) {
	s := loadVaried(t)
	for _, c := range []struct{ path, spec, want string }{
		{"market.eta", "0.6,1.11,1.5", "0.6, 1.11, 1.5"},
		{"market.eta", "0.6:1.5:0.3", "0.6, 0.9, 1.2, 1.5"},
		{"parameters.market.eta", "0.6 to 1.5", "0.6 to 1.5"},
		{"market.eta", "range", "range"},
		{"labs.deepseek.budget", "$200M/yr:$600M/yr:$200M/yr", "$200M/yr, $400M/yr, $600M/yr"},
		{"labs.deepseek.openness", "open,closed", "open, closed"},
		{"policies.pc.from", "2026-01:2027-01:6 months", "2026-01, 2026-07, 2027-01"},
		{"policies.pc.grant.amount", "$1B/yr to $20B/yr", "$1B/yr to $20B/yr"},
		{"events.0.shock.efficiency", "2x:6x:2x", "2x, 4x, 6x"},
	} {
		v, err := s.ParseVariation(c.path, c.spec)
		if err != nil || v.Spec != c.want {
			t.Errorf("%s=%s is %q, %v; want %q", c.path, c.spec, v.Spec, err, c.want)
			continue
		}
		if again, err := s.ParseVariation(v.Path, v.Spec); err != nil || !reflect.DeepEqual(again, v) {
			t.Errorf("%s=%s read again is %+v, %v; want %+v", c.path, v.Spec, again, err, v)
		}
	}
	for _, c := range []struct{ path, spec, want string }{
		{"market.etta", "1,2", `did you mean "market.eta"?`},
		{"market.eta", "1.5 to 0.6", "write the smaller end first"},
		{"market.eta", "0.6:1.5:0", "has no values"},
		{"market.eta", "0:1e9:1e-9", "allowed"},
		{"market.eta", "much", "lo:hi:step"},
		{"labs.deepseek.budget", "0B/yr,5B/yr", "no currency"},
		{"labs.deepseek.budget", "range", "no range of its own"},
		{"labs.deepseek.openness", "open to closed", "has no interval"},
		{"research.gamma", "2x/yr:4x/yr:1x/yr", "write them one by one"},
		{"policies.pc.from", "2010-01,2026-01", "allowed range"},
	} {
		if _, err := s.ParseVariation(c.path, c.spec); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s=%s gives %v, want %q", c.path, c.spec, err, c.want)
		}
	}
}

// A value reached by Vary is the one that --set gives.
func TestVaryEqualsSet(t *testing.T) {
	s := loadVaried(t)
	for _, c := range []struct{ path, value string }{
		{"market.eta", "0.7"}, {"labs.deepseek.budget", "$6M/yr"}, {"labs.deepseek.budget.values.2024", "$700M/yr"},
		{"labs.deepseek.openness", "closed"},
		{"labs.deepseek.compute", "9_000 H100e"}, {"policies.pc.from", "2027-03"}, {"policies.pc.grant.amount", "$3B/yr"},
		{"events.0.at", "2025-06-10"}, {"events.0.shock.efficiency", "3x"}, {"research.gamma", "4x/yr"},
		{"segments.developer.theta", "2.5"},
	} {
		l, found := s.Knob(c.path)
		if !found {
			t.Errorf("no lever %s", c.path)
			continue
		}
		v, err := l.Parse(c.value)
		if err != nil {
			t.Error(err)
			continue
		}
		got, err := s.Vary(s.Config(), []*Knob{l}, []float64{v})
		if err != nil {
			t.Error(err)
			continue
		}
		want := loadVaried(t, c.path+"="+c.value).Config()
		if a, b := inFull(got), inFull(want); a != b {
			at := 0
			for at < min(len(a), len(b)) && a[at] == b[at] {
				at++
			}
			t.Errorf("%s=%s differs from --set: …%s… and …%s…", c.path, c.value, a[max(0, at-80):min(len(a), at+80)],
				b[max(0, at-80):min(len(b), at+80)])
		}
	}
}

func TestExperimentIsFilledIn(t *testing.T) {
	s := loadVaried(t)
	e := Experiment{Metrics: []string{"hhi_sales"}, Record: "final", Design: Design{Method: "sobol", Samples: 8},
		Correlations: []RankCorrelation{{"market.eta", "market.theta", 0.5}}}
	var inputs []Variation
	for _, in := range [][2]string{{"labs.deepseek.openness", "open, closed"}, {"market.eta", "range"}, {"market.theta",
		"1 to 2"}} {
		v, err := s.ParseVariation(in[0], in[1])
		if err != nil {
			t.Fatal(err)
		}
		inputs = append(inputs, v)
	}
	e.SetInputs(inputs)
	text := s.WithExperiment(e).YAML()
	again, err := Parse("deepseek-shock", text)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(again.Experiment, e) {
		t.Errorf("the experiment is %+v, want %+v", again.Experiment, e)
	}
	if string(again.YAML()) != string(text) {
		t.Error("read again, the scenario prints other bytes")
	}
	if first := again.Experiment.Inputs()[0].Path; first != "market.eta" {
		t.Errorf("what varies over its own range comes first, not %s", first)
	}
}

// inFull writes a Config out in full, pointers followed.
func inFull(c *sim.Config) string {
	text := fmt.Sprintf("%#v", sim.ReferenceConfig(c))
	for _, s := range c.Shocks {
		text += fmt.Sprintf("%#v", s)
	}
	for _, p := range c.Policies {
		text += policyInFull(&p)
	}
	return text
}
