package chart

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font/sfnt"
)

// letters is the font by which Unwritten looks letters up.
var letters = sync.OnceValue(func() *sfnt.Font {
	f, err := sfnt.Parse(fontFile(regularFile))
	if err != nil {
		panic(err)
	}
	return f
})

// Unwritten are the letters of a text that figures cannot write, each once: their font has those of
// Latin, Greek and Cyrillic.
func Unwritten(text string) string {
	var out strings.Builder
	var buffer sfnt.Buffer
	for _, r := range text {
		if unicode.IsSpace(r) || strings.ContainsRune(out.String(), r) {
			continue
		}
		if i, err := letters().GlyphIndex(&buffer, r); err != nil || i == 0 {
			out.WriteRune(r)
		}
	}
	return out.String()
}
