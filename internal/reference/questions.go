package reference

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"simulate/sim/scenario"
)

// question is what a group of scenarios asks.
type question struct {
	title    string
	patterns []string // of their names
}

// asks reports whether a scenario is of the group.
func (q question) asks(name string) bool {
	return slices.ContainsFunc(q.patterns, func(pattern string) bool {
		matches, _ := path.Match(pattern, name) // the patterns are well formed
		return matches
	})
}

// questions group the built-in scenarios: each belongs to the first whose pattern its name matches.
var questions = []question{
	{"Worlds to start from", []string{"baseline*", "gpt4-start", "loop-open"}},
	{"What did January 2025 change, and who finds the gain?", []string{"deepseek-*", "r1-*", "leader-*", "jump-for-all",
		"test-time-off", "six-million-*"}},
	{"Does the answer hang on how the model is built?", []string{"robustness-*"}},
	{"Does cheaper AI sell more chips?", []string{"supplier-*"}},
	{"What does it matter who learns from whom?", []string{"all-open", "full-spillover", "no-spillover", "disclosure-duty",
		"open-weight-mandate"}},
	{"What would public money do?", []string{"public-*", "compute-subsidy", "procurement", "policy-package"}},
	{"What would rules and taxes do?", []string{"compute-*", "windfall-tax", "reporting", "interoperability",
		"chip-price-cap"}},
	{"What do export controls do?", []string{"export-*"}},
	{"What do mergers and entry do?", []string{"merger*", "entrant-*"}},
}

// scenarioTitles lists the built-in scenarios by what they ask. One that no question asks for is in
// the last group, under no title, which a test refuses.
func scenarioTitles() string {
	rows := make([][][]string, len(questions)+1)
	for _, s := range scenario.Builtins() {
		at := slices.IndexFunc(questions, func(q question) bool { return q.asks(s.Name) })
		if at < 0 {
			at = len(questions)
		}
		rows[at] = append(rows[at], []string{code(s.Name), s.Title})
	}
	var out strings.Builder
	for i, q := range questions {
		fmt.Fprintf(&out, "**%s**\n\n%s\n", q.title, Markdown([]string{"scenario", "title"}, rows[i]))
	}
	if left := rows[len(questions)]; len(left) > 0 {
		out.WriteString(Markdown([]string{"scenario", "title"}, left))
	}
	return out.String()
}
