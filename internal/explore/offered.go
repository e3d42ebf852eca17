package explore

import "simulate/sim/scenario"

// Offered are the policies of the built-in scenarios that have one policy and no event, each once
// and as far as they fit the session's scenario: what a page offers beside its own. It loads all
// built-in scenarios.
func (s *Session) Offered() (out []Switch, err error) {
	out = []Switch{}
	seen := map[string]bool{}
	for _, b := range scenario.Builtins() {
		sc, err := scenario.Load(b.Name, scenario.Options{})
		if err != nil {
			return nil, err
		}
		cfg := sc.Config()
		if len(cfg.Shocks) > 0 || len(cfg.Policies) != 1 || seen[cfg.Policies[0].ID] {
			continue
		}
		p := &cfg.Policies[0]
		one := newSwitch(sc, newCited(sc), p)
		if _, err := scenario.Change(s.name, s.text, []string{"policies." + one.ID + "=" + one.Text}); err == nil {
			seen[p.ID] = true
			out = append(out, one)
		}
	}
	return out, nil
}
