package scenario

import (
	"fmt"
	"strings"

	"simulate/internal/quantity"
)

// suggest formats a hint with the nearest word, "" when none is close.
func suggest(format, word string, words []string) string {
	if w := quantity.Nearest(word, words); w != "" {
		return fmt.Sprintf(format, w)
	}
	return ""
}

// clip shortens text for a message.
func clip(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 60 {
		return string(r[:57]) + "…"
	}
	return s
}
