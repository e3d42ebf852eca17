package trust

import "testing"

// The scores were made by this version from this experiment: go run ./examples/trust makes them
// again.
func TestScoresAreOfThisVersion(t *testing.T) {
	s, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	want, err := Identity()
	if err != nil {
		t.Fatal(err)
	}
	if s.Identity != want {
		t.Error("the scores are of another version, scenario or data; run `go run ./examples/trust`")
	}
	if s.Scored < 30 || s.Within > s.Scored || s.WithinBare > s.Scored || s.Inputs == 0 || s.InputsWithin > s.Inputs ||
		s.NoChange.Of == 0 ||
		(s.Within < s.Scored) != (len(s.Outside) > 0) {
		t.Errorf("%+v", s)
	}
}

// Each misfit says what the pattern is and why it is not met.
func TestMisfits(t *testing.T) {
	all, err := Misfits()
	if err != nil || len(all) == 0 {
		t.Fatal(all, err)
	}
	for _, m := range all {
		if m.Pattern == "" || len(m.Reason) < 20 {
			t.Errorf("%+v", m)
		}
	}
}
