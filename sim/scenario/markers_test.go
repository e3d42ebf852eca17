package scenario

import "testing"

// A drawn start lies, over runs, between the dates that they draw; one that is given stays.
func TestMarkersOfDrawnDates(t *testing.T) {
	s := mustLoad(t, fileWith(t, `extends: baseline
policies:
  later: {from: 2026-01 to 2027-06, grant: {amount: $1B/yr}}
  sure: {from: 2026-03, tax: {compute_rate: 1%}}
`))
	earliest, latest := 3000.0, 0.0
	for r := 1; r <= 20; r++ {
		cfg, err := s.Draw(7, r)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range cfg.Policies {
			if p.ID == "later" {
				earliest, latest = min(earliest, p.From), max(latest, p.From)
			}
		}
	}
	for _, m := range s.MarkersOf(7, 20) {
		switch {
		case m.Label == "later" && (m.Date != earliest || m.Latest != latest || !(latest > earliest)):
			t.Errorf("%+v, but runs begin it between %v and %v", m, earliest, latest)
		case m.Label == "sure" && m.Latest != 0:
			t.Errorf("%+v is not drawn", m)
		}
	}
	if n := len(s.MarkersOf(7, 20)); n != len(s.Markers()) {
		t.Errorf("%d markers", n)
	}
}
