package quantity

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"simulate/internal/pattern"
)

// properNames are those whose capitals an identifier does not tell.
var properNames = map[string]string{
	"ai2": "Ai2", "bytedance": "ByteDance", "deepseek": "DeepSeek", "openai": "OpenAI", "tii": "TII", "xai": "xAI",
	"us": "US", "eu": "EU", "uk": "UK", "r&d": "R&D", "flop": "FLOP", "ai": "AI", "hhi": "HHI", "lerner": "Lerner",
	"gini": "Gini", "r1": "R1", "nairr": "NAIRR", "eurohpc": "EuroHPC",
}

// Amounts as identifiers have them: 10b, 8x and 1e25.
var (
	largeNumber = pattern.Late(`^\d+(\.\d+)?[mbt]$`)
	multiple    = pattern.Late(`^\d+(\.\d+)?x$`)
	powerOfTen  = pattern.Late(`^\d(\.\d+)?e\d+$`)
)

// Words turns an identifier into words: deepseek-shock is "DeepSeek shock", university_lab
// "University lab", public-compute-10b "Public compute 10B".
func Words(id string) string {
	fields := strings.FieldsFunc(id, func(r rune) bool { return r == '_' || r == '-' || r == ' ' })
	for i, f := range fields {
		name, proper := properNames[strings.ToLower(f)]
		switch {
		case proper:
			fields[i] = name
		case largeNumber().MatchString(f):
			fields[i] = strings.ToUpper(f)
		case multiple().MatchString(f):
			fields[i] = strings.TrimSuffix(f, "x") + "×"
		case powerOfTen().MatchString(f):
			if v, err := strconv.ParseFloat(f, 64); err == nil {
				fields[i] = Power(v)
			}
		}
	}
	s := strings.Join(fields, " ")
	if len(fields) == 0 || !isProper(fields[0]) {
		s = Raised(s)
	}
	return s
}

func isProper(word string) bool { return properNames[strings.ToLower(word)] != "" }

// Within begins a name in the middle of a sentence. Proper names and abbreviations, which have more
// capitals than the first, keep theirs.
func Within(name string) string {
	first, _, _ := strings.Cut(name, " ")
	letter, size := utf8.DecodeRuneInString(first)
	if name == "" || isProper(first) || strings.ContainsFunc(first[size:], unicode.IsUpper) {
		return name
	}
	return string(unicode.ToLower(letter)) + name[size:]
}
