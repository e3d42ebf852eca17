package explore

import (
	"slices"
	"strings"

	"simulate/sim"
	"simulate/sim/scenario"
)

// Found is what a search found: the best controls, and how many more there are.
type Found struct {
	Controls []Control `json:"controls"`
	More     int       `json:"more"`
}

// mostFound is how many controls a search shows.
const mostFound = 12

// meaning is scenario.MeaningOf, remembered, for a search asks for those of all knobs.
func (s *Session) meaning(path string) string {
	said, known := s.meanings[path]
	if !known {
		said = scenario.MeaningOf(path)
		s.meanings[path] = said
	}
	return said
}

// Search finds the controls of which PATH, meaning or what a language calls them hold all words of
// a query: that PATH itself first, then parameters of the model, then the numbers of the scenario.
// The clock is none of them.
func (s *Session) Search(st State, query string, t Texts) (*Found, error) {
	sc, err := s.whole(st)
	if err != nil {
		return nil, err
	}
	of := newCited(sc)
	words := strings.Fields(strings.ToLower(query))
	rank := func(k *scenario.Knob) int {
		_, parameter := sim.LookUp(k.Path)
		switch {
		case k.Path == strings.TrimSpace(query):
			return 0
		case parameter:
			return 1
		}
		return 2
	}
	var hits []*scenario.Knob
	for _, k := range sc.Knobs() {
		where := k.Path + " " + strings.ReplaceAll(k.Path, "_", " ") + " " + t["slider."+k.Path] + " " +
			t["meaning."+k.Path] + " " + s.meaning(k.Path)
		where = strings.ToLower(where)
		missing := slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(where, w) })
		if !missing && !strings.HasPrefix(k.Path, "clock.") {
			hits = append(hits, k)
		}
	}
	slices.SortStableFunc(hits, func(a, b *scenario.Knob) int { return rank(a) - rank(b) })
	out := &Found{Controls: []Control{}}
	for _, k := range hits[:min(len(hits), mostFound)] {
		out.Controls = append(out.Controls, control(k, s.span(st, sc, k), of))
	}
	out.More = len(hits) - len(out.Controls)
	return out, nil
}
