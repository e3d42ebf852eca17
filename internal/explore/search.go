package explore

import (
	"slices"
	"strings"
	"sync"

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

// meanings are those of the parameters of the model, by PATH.
var meanings = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, f := range sim.Registry() {
		out[f.Path] = scenario.Meaning(f)
	}
	return out
})

// Search finds the controls of which PATH, meaning or what a language calls them hold all words of
// a query: that PATH itself first, then parameters of the model, then the numbers of the scenario.
// The clock is none of them.
func (s *Session) Search(st State, query string, t Texts) (*Found, error) {
	sc, err := s.whole(st)
	if err != nil {
		return nil, err
	}
	origins := map[string]scenario.Origin{}
	for _, o := range sc.Origins() {
		origins[o.Path] = o
	}
	words := strings.Fields(strings.ToLower(query))
	about := meanings()
	rank := func(k *scenario.Knob) int {
		_, parameter := about[k.Path]
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
			t["meaning."+k.Path] + " " + about[k.Path]
		where = strings.ToLower(where)
		missing := slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(where, w) })
		if !missing && !strings.HasPrefix(k.Path, "clock.") {
			hits = append(hits, k)
		}
	}
	slices.SortStableFunc(hits, func(a, b *scenario.Knob) int { return rank(a) - rank(b) })
	out := &Found{Controls: []Control{}}
	for _, k := range hits[:min(len(hits), mostFound)] {
		out.Controls = append(out.Controls, control(k, s.span(st, sc, k), origins))
	}
	out.More = len(hits) - len(out.Controls)
	return out, nil
}
