package main

import (
	"fmt"

	"github.com/agnivade/levenshtein"
)

// didYouMean is "; did you mean X?" with the nearest of the known words, or nothing where none is near.
func didYouMean(word string, known []string) string {
	if len(word) < 3 {
		return ""
	}
	best, distance := "", 1+len(word)/3
	for _, k := range known {
		if d := levenshtein.ComputeDistance(word, k); d <= distance && (best == "" || d < distance) {
			best, distance = k, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %s?", best)
}
