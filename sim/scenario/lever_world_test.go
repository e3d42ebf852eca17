package scenario

import (
	"math"
	"testing"

	"simulate/sim"
)

// circumstances make the test world one in which expectations of a circumstance hold, by a name for
// each.
var circumstances = map[sim.Circumstance]map[string][]string{
	"":                 {"plenty": nil, "scarce": {scarce}},
	sim.ChipsScarce:    {"scarce": {scarce}},
	sim.NoBreakthrough: {"calm": {calm}, "calm and scarce": {calm, scarce}},
	sim.LabsSold: {"sales": {
		"industry.least_share=30%", "industry.largest_gap=0 OOM", "industry.acquisition_hazard=3/yr",
		"industry.exit_hazard=0/yr",
	}},
}

const (
	scarce = "chips.capacity=400_000 H100e/yr"
	calm   = "events=null"
)

// world is the test world with changes.
func world(t testing.TB, set ...string) *Scenario {
	t.Helper()
	return mustLoad(t, "testdata/levers/world.yaml", set...)
}

// pulling is the change that adds a policy with one lever, whose settings are YAML without braces.
func pulling(id string, l *sim.Lever, settings, from, until string) string {
	text := "policies." + id + "={from: " + from + ", " + l.Name + ": {" + settings + "}"
	if until != "" {
		text += ", until: " + until
	}
	return text + "}"
}

// eachEffect visits every way to use every lever.
func eachEffect(t *testing.T, visit func(t *testing.T, l *sim.Lever, e sim.Effect)) {
	for _, l := range sim.Levers {
		for _, e := range l.Effects {
			t.Run(e.Name, func(t *testing.T) { visit(t, l, e) })
		}
	}
}

// eachWorld visits the worlds in which an effect is expected.
func eachWorld(e sim.Effect, visit func(where string, set []string)) {
	for where, set := range circumstances[e.When] {
		visit(where, set)
	}
}

// ran takes replication r of a scenario to its end.
func ran(t testing.TB, s *Scenario, r int) *sim.Model {
	t.Helper()
	ref, err := sim.NewReference(s.Config())
	if err != nil {
		t.Fatal(err)
	}
	m := modelOf(t, s)
	m.Reset(1, r, ref)
	for !m.Done() {
		if err := m.Step(); err != nil {
			t.Fatal(err)
		}
	}
	return m
}

func modelOf(t testing.TB, s *Scenario) *sim.Model {
	t.Helper()
	m, err := sim.New(s.Config())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// metricOf is a metric of the model by its name.
func metricOf(t testing.TB, name string) func(*sim.Model) float64 {
	t.Helper()
	for _, x := range sim.Metrics {
		if x.Name == name {
			return x.Of
		}
	}
	t.Fatalf("no metric %s", name)
	return nil
}

// differing names the first metric in which two runs differ by a bit, "" if there is none.
func differing(a, b *sim.Model) string {
	for _, x := range sim.Metrics {
		u, v := x.Of(a), x.Of(b)
		if math.Float64bits(u) != math.Float64bits(v) && !(math.IsNaN(u) && math.IsNaN(v)) {
			return x.Name
		}
	}
	return ""
}
