package reference

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"simulate/sim"
)

// titles are the words that figures have for metrics and parameters, by name or PATH.
var titles = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, m := range sim.Metrics {
		out[m.Name] = m.Title
	}
	for _, p := range Parameters() {
		out[p.Path] = parameterTitle(p)
	}
	return out
})

// Title is what a figure calls a metric or a PATH of the registry, "" for anything else.
func Title(id string) string { return titles()[id] }

// parameterTitle is what the meaning of a parameter says before its first colon, or the key in words,
// with the symbol. A key that is the name of the symbol's letter says nothing: its meaning does.
func parameterTitle(p Parameter) string {
	const most = 46 // letters that find room at an axis
	key := p.Path[strings.LastIndexByte(p.Path, '.')+1:]
	first, _, _ := strings.Cut(p.Meaning, ". ")
	first = strings.TrimSuffix(first, ".")
	clause, _, colon := strings.Cut(first, ":")
	name := strings.ReplaceAll(key, "_", " ")
	name = strings.ToUpper(name[:1]) + name[1:]
	switch {
	case colon && len([]rune(clause)) <= most:
		name = clause
	case !slices.Contains(letters, key):
	case len([]rune(first)) <= most:
		name = first
	default:
		name = begins(first, 5)
	}
	if isGreek(p.Symbol) || strings.Contains(p.Symbol, "_") && p.Symbol != key || len([]rune(p.Symbol)) == 1 {
		name += " " + p.Symbol
	}
	return name
}

// letters are the keys that name a letter.
var letters = []string{"alpha", "beta", "gamma", "delta", "eta", "theta", "kappa", "lambda", "mu", "rho", "sigma", "tau",
	"phi", "chi", "psi", "omega"}

// isGreek tells whether a symbol begins with a Greek letter.
func isGreek(symbol string) bool {
	for _, r := range symbol {
		return unicode.Is(unicode.Greek, r)
	}
	return false
}

// begins are the first words of a text, the last of which is no article or preposition.
func begins(text string, most int) string {
	words := strings.Fields(text)
	words = words[:min(most, len(words))]
	small := []string{"of", "a", "the", "with", "at", "by", "to", "in", "which", "and"}
	for len(words) > 1 && slices.Contains(small, words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}
