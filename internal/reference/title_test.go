package reference

import (
	"strings"
	"testing"

	"simulate/sim"
)

// Whatever can be drawn has words, none of which is a name of the code.
func TestTitlesAreWords(t *testing.T) {
	for _, m := range sim.Metrics {
		if title := Title(m.Name); title == "" || strings.Contains(title, "_") {
			t.Errorf("%s is called %q", m.Name, title)
		}
	}
	for _, p := range Parameters() {
		title := Title(p.Path)
		symbol, _, _ := strings.Cut(p.Symbol, " ") // "g_X platform" says again of whom
		words := strings.TrimSuffix(title, " "+symbol)
		greek := len([]rune(p.Symbol)) == 1 && p.Symbol >= "α" && p.Symbol <= "ω"
		if words == "" || strings.ContainsAny(words, "_.") || greek && len(words) < 6 {
			t.Errorf("%s is called %q", p.Path, title)
		}
	}
	for path, want := range map[string]string{
		"market.eta": "Outer elasticity η", "market.sigma": "Substitution between brands σ",
		"research.gamma": "Pace of software progress γ", "paths.taper_time": "Taper time τ_g",
		"chips.unit_cost": "Unit cost", "funding.growth_public": "Budget growth, public labs g_X",
		"segments.reasoning.theta": "Reasoning: value of capability θ", "segments.reasoning.nothing": "",
		"own_run_lag_oom": "Lag of an own run", "lag_months": "Lag", "nothing": "",
	} {
		if got := Title(path); got != want {
			t.Errorf("%s is called %q, want %q", path, got, want)
		}
	}
}
