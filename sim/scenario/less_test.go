package scenario

import "testing"

// Each word takes out what it says and nothing else, names what is left, and is refused where there
// is nothing to take out.
func TestLess(t *testing.T) {
	s := mustLoad(t, fileWith(t, ownTax))
	for _, c := range []struct {
		word             string
		shocks, policies int
	}{{WithoutEvents, 0, 1}, {WithoutPolicies, 1, 0}, {WithoutBoth, 0, 0}} {
		less, err := s.Less(c.word)
		if err != nil {
			t.Fatal(err)
		}
		cfg := less.Config()
		if len(cfg.Shocks) != c.shocks || len(cfg.Policies) != c.policies || less.Name != s.Name+"."+c.word {
			t.Errorf("%s, %s: %d shocks, %d policies", c.word, less.Name, len(cfg.Shocks), len(cfg.Policies))
		}
		if assumptions, _ := Differences(s, less); len(assumptions) > 0 {
			t.Errorf("%s changes %v", c.word, assumptions)
		}
		if !s.Takes(c.word) || less.Takes(c.word) {
			t.Errorf("%s has %s to take out: %v, and when it is gone: %v", s.Name, TakenOut(c.word), s.Takes(c.word),
				less.Takes(c.word))
		}
	}
	if TakenOut("baseline") != "" || s.Takes("baseline") {
		t.Error("a scenario's name is taken for a word")
	}
}
