package reference

import (
	"strings"
	"sync"
	"unicode"

	"simulate/internal/quantity"
	"simulate/sim"
)

// titles are the words that figures have for metrics, variables of labs and parameters, by name or
// PATH.
var titles = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, v := range sim.LabVariables() {
		if v.Title != v.Name { // has words of its own
			out[v.Name] = v.Title
		}
	}
	for _, m := range sim.Metrics {
		out[m.Name] = m.Title
	}
	for _, p := range Parameters() {
		out[p.Path] = parameterTitle(p)
	}
	return out
})

// Title is what a figure calls a metric, a PATH of the registry or a parameter of a lab or segment,
// "" for anything else.
func Title(id string) string {
	if title, known := titles()[id]; known {
		return title
	}
	for _, owner := range []string{"labs.", "segments."} {
		rest, of := strings.CutPrefix(id, owner)
		name, key, nested := strings.Cut(rest, ".")
		if title, known := titles()[owner+"ID."+key]; of && nested && known {
			return quantity.Words(name) + ": " + quantity.Within(title)
		}
	}
	return ""
}

// parameterTitle is what the meaning of a parameter says before its first colon, or the key in
// words, with the symbol. A key that is the name of a letter says nothing: it has words of its own.
func parameterTitle(p Parameter) string {
	const most = 40 // letters that find room at an axis
	key := p.Path[strings.LastIndexByte(p.Path, '.')+1:]
	name := strings.ReplaceAll(key, "_", " ")
	name = strings.ToUpper(name[:1]) + name[1:]
	if clause, _, colon := strings.Cut(p.Meaning, ":"); colon && len([]rune(clause)) <= most {
		name = clause
	}
	if words, known := letters[key]; known {
		name = words
	}
	if isGreek(p.Symbol) || strings.Contains(p.Symbol, "_") && p.Symbol != key || len([]rune(p.Symbol)) == 1 {
		symbol, _, _ := strings.Cut(p.Symbol, " ") // "g_X platform" says again of whom
		name += " " + symbol
	}
	return name
}

// letters are words for the keys that name a letter, or say less than a reader needs.
var letters = map[string]string{
	"eta": "Outer elasticity", "sigma": "Substitution between brands", "theta": "Value of capability",
	"growth_platform": "Budget growth, platforms", "growth_independent": "Budget growth, independents",
	"growth_public": "Budget growth, public labs",
	"mfu":           "Model FLOP utilisation", "gamma": "Pace of software progress", "lambda": "Returns to " +
		"effort", "omega": "Uptake of public knowledge",
}

// isGreek tells whether a symbol begins with a Greek letter.
func isGreek(symbol string) bool {
	for _, r := range symbol {
		return unicode.Is(unicode.Greek, r)
	}
	return false
}
