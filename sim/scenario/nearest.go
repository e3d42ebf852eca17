package scenario

import (
	"fmt"
	"strings"

	"github.com/agnivade/levenshtein"
)

// nearest returns the word closest to a misspelt one, "" when none is close.
func nearest(word string, words []string) string {
	best, least := "", 1+max(min(2, len(word)/2), len(word)/3)
	plain := strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(word))
	for _, w := range words {
		if d := levenshtein.ComputeDistance(plain, strings.ToLower(w)); d < least {
			best, least = w, d
		}
	}
	if best == "" && len(plain) >= 4 {
		for _, w := range words {
			if strings.Contains(w, plain) || (len(w) >= 4 && strings.Contains(plain, w)) {
				return w
			}
		}
	}
	return best
}

// suggest formats a hint with the nearest word, "" when none is close.
func suggest(format, word string, words []string) string {
	if w := nearest(word, words); w != "" {
		return fmt.Sprintf(format, w)
	}
	return ""
}

// didYouMean is the remedy for an unknown word: the nearest one, or the list when it is short.
func didYouMean(word string, words []string) string {
	if w := nearest(word, words); w != "" {
		return fmt.Sprintf("did you mean %q?", w)
	}
	if len(words) == 0 {
		return "there is none here"
	}
	if len(words) <= 12 {
		return "write " + oneOf(words)
	}
	return fmt.Sprintf("known are %s and %d more", strings.Join(words[:8], ", "), len(words)-8)
}

// oneOf joins words as "a, b or c".
func oneOf(words []string) string {
	n := len(words)
	if n < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:n-1], ", ") + " or " + words[n-1]
}

// clip shortens text for a message.
func clip(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 60 {
		return string(r[:57]) + "…"
	}
	return s
}
