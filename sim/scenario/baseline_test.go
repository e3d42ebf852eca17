package scenario

import (
	"strings"
	"testing"

	"simulate/sim"
)

// TestBaseline checks the roster: eighteen labs from $6M to $80B a year, and a source for every
// number.
func TestBaseline(t *testing.T) {
	s := mustLoad(t, "baseline")
	c := s.Config()
	if len(c.Labs) != 18 || len(c.Segments) != 5 || s.Replications != 200 || s.Steps != 120 || s.StepsPerYear != 12 ||
		s.Record != "quarter" || c.Start != 2025 || !s.Stochastic {
		t.Errorf("%d labs, %d segments, %+v", len(c.Labs), len(c.Segments), s)
	}
	least, most := 1e18, 0.0
	for _, l := range c.Labs {
		for _, p := range l.Budget.Points {
			least, most = min(least, p.Value), max(most, p.Value)
		}
	}
	if least != 6e6 || most != 80e9 {
		t.Errorf("budgets from %v to %v", least, most)
	}
	numbers := 0
	for _, o := range s.Origins() {
		if o.Unit == "" || o.Unit == "0 or 1" || o.Default {
			continue
		}
		numbers++
		if o.Source == "" {
			t.Errorf("%s: %s has no source", o.Where, o.Path)
		}
		if f, known := sim.LookUp(o.Path); known && o.Value == unitOf(f.Unit).format(f.Default) {
			t.Errorf("%s repeats the default of %s, so that its uncertainty does not act", o.Where, o.Path)
		}
	}
	if numbers < 160 {
		t.Errorf("only %d numbers", numbers)
	}
	for i := range c.Labs {
		l := &c.Labs[i]
		if l.ComputeShare == c.Parameters.Funding.ComputeShare {
			t.Errorf("%s repeats the default compute share", l.ID)
		}
	}
	if err := consistent(c); err != nil {
		t.Error(err)
	}
	if _, err := sim.New(c); err != nil {
		t.Error(err)
	}
	// Shares leave room for hosts of open models in every segment that is open at the start.
	for k := range c.Segments {
		sum := 0.0
		for i := range c.Labs {
			for j := range c.Labs[i].Sales {
				if p := &c.Labs[i].Sales[j]; p.Segment == k {
					sum += targetOf(c, p)
				}
			}
		}
		if c.Segments[k].BrandsOf < 0 && (sum <= 0.5 || sum >= 1) {
			t.Errorf("target shares of %s add up to %v", c.Segments[k].ID, sum)
		}
	}
}

// TestDeepSeekShock checks that the shock is a short change of the baseline and nothing else.
func TestDeepSeekShock(t *testing.T) {
	base, shock := mustLoad(t, "baseline"), mustLoad(t, "deepseek-shock")
	if shock.Seed != base.Seed || len(shock.Config().Shocks) != 1 {
		t.Fatalf("seed %d, shocks %+v", shock.Seed, shock.Config().Shocks)
	}
	e := shock.Config().Shocks[0]
	if shock.Config().Labs[e.Lab].ID != "deepseek" || e.Efficiency != 4.5 || !e.Technique || e.Training != 0 ||
		!e.Publish || !e.Release {
		t.Errorf("%+v", e)
	}
	near(t, "date", e.Date, 2025+19.0/(12*31))
	without := *shock.Config()
	without.Shocks = nil
	if diff := sameConfig(base.Config(), &without); diff != "" {
		t.Errorf("it changes more than the shock: %s", diff)
	}
	if m := shock.Markers(); len(m) != 1 || m[0].Kind != "shock" {
		t.Errorf("markers %+v", m)
	}
	for _, o := range shock.Origins() {
		if strings.HasPrefix(o.Path, "events") && o.Unit != "" && o.Source == "" {
			t.Errorf("%s has no source", o.Path)
		}
	}
}
