package main

import (
	"fmt"

	"simulate/internal/quantity"
)

// didYouMean is "; did you mean X?" with the nearest of the known words, or nothing where none is
// near.
func didYouMean(word string, known []string) string {
	if len(word) < 3 {
		return ""
	}
	best := quantity.Nearest(word, known)
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %s?", best)
}
