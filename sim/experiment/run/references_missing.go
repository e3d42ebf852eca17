package run

import "simulate/sim"

// missing counts the reference runs of fixed rosters, and of the centres that they are near, that
// are neither held nor on disk.
func (s *References) missing(all []work) int {
	n := 0
	seen := map[Key]bool{}
	count := func(key Key, runs int) {
		if _, there := carried[key]; !seen[key] && !there && !s.disk.has(key) {
			n += runs
		}
		seen[key] = true
	}
	for _, w := range all {
		key, runs := s.key(w.cfg), sim.ReferenceRuns(w.cfg)
		if centred(w.cfg, w.centre) {
			if centre := s.key(w.centre); centre != key {
				count(centre, sim.ReferenceRuns(w.centre))
				key, runs = vectorKey(key, centre), fewRuns
			}
		}
		count(key, runs)
	}
	return n
}
