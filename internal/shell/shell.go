package shell

import "strings"

// harmless are the signs, besides letters and digits of ASCII, that a shell reads as they stand
// within a word.
const harmless = "._-=+/:,@%"

// Word puts a word in single quotes where a shell would read it otherwise.
func Word(word string) string {
	for _, r := range word {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune(harmless, r)) {
			return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
		}
	}
	if word == "" {
		return "''"
	}
	return word
}

// Path is the word of a file or folder: one that begins like an option gets ./ before it.
func Path(path string) string {
	if strings.HasPrefix(path, "-") {
		path = "./" + path
	}
	return Word(path)
}

// Line joins words into a command line, each quoted where it must be.
func Line(words ...string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = Word(w)
	}
	return strings.Join(out, " ")
}
