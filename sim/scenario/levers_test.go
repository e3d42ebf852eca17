package scenario

import (
	"math"
	"slices"
	"testing"

	"simulate/sim"
)

// What a reader may not expect of policies is said: two that set one thing at once, and levers that
// reach nobody.
func TestNotes(t *testing.T) {
	s := mustLoad(t, fileWith(t, `extends: baseline
policies:
  one:
    from: 2026-01
    until: 2027-01
    set: {market.eta: 1.5, labs.deepseek.talent: 2, segments.enterprise.switching: 1}
  two: {from: 2026-07, set: {market.eta: 1.4, labs.moonshot.talent: 2}}
  three: {from: 2027-01, set: {labs.deepseek.talent: 3, segments.enterprise.switching: 2}}
  four:
    from: 2028-01
    set: {segments: {enterprise: {switching: 3}}}
    export_rule: {region: china, relative_price_performance: 0.2}
  five: {from: 2029-01, export_rule: {region: china, relative_price_performance: 0.3}}
  six: {from: 2029-01, export_rule: {region: us, allowed: none}}
  poor: {from: 2025-01, grant: {amount: $1B/yr, eligible: {budget_below: $1M/yr}}}
  nobody: {set_aside: {share: 10%, eligible: {regions: eu, openness: closed}},
    tax: {compute_rate: 1%, recycled: true, recipients: {regions: eu, archetypes: public}},
    subsidy: {rate: 10%, eligible: {labs: openai, non_commercial: true}}}
  somebody: {grant: {amount: $1B/yr, eligible: {budget_below: $7M/yr}},
    subsidy: {rate: 10%, eligible: {regions: eu, budget_from: $1T/yr}}, tax: {compute_rate: 1%}}
`))
	want := []string{
		"Policies one and two both set market.eta from 2026-07 on; two, the later in the file, counts.",
		"Policies three and four both set segments.enterprise.switching from 2028-01 on; four, the later in the file, " +
			"counts.",
		"Policies four and five both set the export rule of china from 2029-01 on; five, the later in the file, counts.",
		"Policy poor: the grant reaches none of the labs when it begins, on 2025-01.",
		"Policy nobody: the subsidy reaches none of the labs when it begins, on 2025-01.",
		"Policy nobody: the recycled tax reaches none of the labs when it begins, on 2025-01.",
		"Policy nobody: the set-aside reaches none of the labs when it begins, on 2025-01.",
	}
	if !slices.Equal(s.Notes, want) {
		t.Errorf("notes:\n%q\nwant\n%q", s.Notes, want)
	}
	s = mustLoad(t, "testdata/levers/world.yaml", "clock.end=2024-07", "events=null", "policies=null")
	if want := "Segment reasoning opens on 2024-09, after the clock ends, and sells nothing."; !slices.Contains(s.Notes,
		want) {
		t.Errorf("notes %q, want %q among them", s.Notes, want)
	}
	for _, b := range Builtins() {
		if s := mustLoad(t, b.Name); len(s.Notes) > 0 {
			t.Errorf("%s: %q", b.Name, s.Notes)
		}
	}
}

// A change of export controls in mid-2025 changes nothing before, to the bit, and China's compute
// from then on.
func TestExportScenariosStartAtTheirDate(t *testing.T) {
	plain := mustLoad(t, "baseline", "reference_replications=2").Config()
	ref, err := sim.NewReference(plain)
	if err != nil {
		t.Fatal(err)
	}
	for name, more := range map[string]bool{"export-tightened": false, "export-loosened": true, "export-removed": true} {
		s := mustLoad(t, name, "reference_replications=2")
		if m := s.Markers(); len(m) != 1 || m[0].Kind != "policy" || math.Abs(m[0].Date-2025-5.0/12) > 1e-9 {
			t.Errorf("%s: figures mark %v", name, m)
		}
		own, err := sim.NewReference(s.Config())
		if err != nil {
			t.Fatal(err)
		}
		if !own.Equal(ref) {
			t.Errorf("%s has another reference than the baseline", name)
		}
		var models [2]*sim.Model
		for k, cfg := range []*sim.Config{plain, s.Config()} {
			if models[k], err = sim.New(cfg); err != nil {
				t.Fatal(err)
			}
			models[k].Reset(1, 1, ref)
		}
		moonshot := slices.IndexFunc(plain.Labs, func(l sim.LabSpec) bool { return l.ID == "moonshot" })
		for step := 1; step <= 6; step++ {
			for _, m := range models {
				if err := m.Step(); err != nil {
					t.Fatal(err)
				}
			}
			for _, v := range sim.Metrics {
				if a, b := v.Of(models[0]), v.Of(models[1]); step <= 5 && math.Float64bits(a) != math.Float64bits(b) &&
					!(math.IsNaN(a) && math.IsNaN(b)) {
					t.Fatalf("%s: %s differs after %d steps: %v, in the baseline %v", name, v.Name, step, b, a)
				}
			}
			a, b := models[0].Lab(moonshot).Compute, models[1].Lab(moonshot).Compute
			if step <= 5 && a != b || step == 6 && (b > a) != more {
				t.Errorf("%s: Moonshot rents %v after %d steps, in the baseline %v", name, b, step, a)
			}
		}
	}
}
