package quantity

import (
	"fmt"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Nearest returns the word closest to a misspelt one, "" when none is close: at most a third of the
// letters differ (two at least, but never half of a short word), one word of four letters holds the
// other, or one has all parts of the other.
func Nearest(word string, words []string) string {
	best, least := "", 1+max(min(2, len(word)/2), len(word)/3)
	plain := plainWord.Replace(strings.ToLower(word))
	for _, w := range words {
		if d := distance(plain, plainWord.Replace(strings.ToLower(w))); d < least {
			best, least = w, d
		}
	}
	if best == "" && len(plain) >= 4 {
		for _, w := range words {
			if known := plainWord.Replace(w); strings.Contains(known, plain) || (len(w) >= 4 && strings.Contains(plain, known)) {
				return w
			}
		}
		return among(plain, words)
	}
	return best
}

// among is the shortest word that has all parts of another in their order, as hhi_sales_labs has
// those of hhi_labs; "" where none has, or the other is of one part.
func among(plain string, words []string) (best string) {
	wanted := strings.Split(plain, "_")
	if len(wanted) < 2 {
		return ""
	}
	for _, w := range words {
		left := wanted
		for _, part := range strings.Split(plainWord.Replace(strings.ToLower(w)), "_") {
			if len(left) > 0 && part == left[0] {
				left = left[1:]
			}
		}
		if len(left) == 0 && (best == "" || len(w) < len(best)) {
			best = w
		}
	}
	return best
}

// distance is the number of letters to change, add or take away; two neighbours in wrong order
// count as one.
func distance(a, b string) int {
	if len(a) == len(b) {
		for i := 1; i < len(a); i++ {
			if a[:i-1] == b[:i-1] && a[i-1] == b[i] && a[i] == b[i-1] && a[i+1:] == b[i+1:] && a[i] != a[i-1] {
				return 1
			}
		}
	}
	return levenshtein.ComputeDistance(a, b)
}

var plainWord = strings.NewReplacer("-", "_", " ", "_")

// DidYouMean is the remedy for an unknown word: the nearest one, or the list when it is short.
func DidYouMean(word string, words []string) string {
	if w := Nearest(word, words); w != "" {
		return fmt.Sprintf("did you mean %q?", w)
	}
	if len(words) == 0 {
		return "there is none here"
	}
	if len(words) <= 12 {
		return "write " + OneOf(words)
	}
	return fmt.Sprintf("known are %s and %d more", strings.Join(words[:8], ", "), len(words)-8)
}

// List joins words: a, b and c.
func List(words []string) string { return join(words, "and") }

// OneOf joins words between which to choose: a, b or c.
func OneOf(words []string) string { return join(words, "or") }

func join(words []string, last string) string {
	n := len(words)
	if n < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:n-1], ", ") + " " + last + " " + words[n-1]
}
