package plots

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// properNames are those whose capitals an identifier does not tell.
var properNames = map[string]string{
	"ai2": "Ai2", "bytedance": "ByteDance", "deepseek": "DeepSeek", "openai": "OpenAI", "tii": "TII", "xai": "xAI",
	"us": "US", "eu": "EU", "uk": "UK", "r&d": "R&D", "flop": "FLOP", "ai": "AI", "hhi": "HHI", "lerner": "Lerner",
	"gini": "Gini",
}

// words turns an identifier into words: deepseek-shock is "DeepSeek shock", university_lab
// "University lab".
func words(id string) string {
	fields := strings.FieldsFunc(id, func(r rune) bool { return r == '_' || r == '-' || r == ' ' })
	for i, f := range fields {
		if name, ok := properNames[strings.ToLower(f)]; ok {
			fields[i] = name
		}
	}
	s := strings.Join(fields, " ")
	if first, n := utf8.DecodeRuneInString(s); n > 0 && (len(fields) == 0 ||
		properNames[strings.ToLower(fields[0])] == "") {
		s = string(unicode.ToUpper(first)) + s[n:]
	}
	return s
}
