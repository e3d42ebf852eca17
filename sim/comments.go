package sim

import (
	_ "embed"
	"strings"
	"sync"
)

// commentsText holds the comments of all fields of the package's structs, a line each: Type.Field,
// a tab, the comment. It is written by `go test ./sim -run Comments -update`, and that test fails
// while it differs from the source.
//
//go:embed comments.tsv
var commentsText string

var comments = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(commentsText) {
		name, comment, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		out[name] = comment
	}
	return out
})

// sourceMark parts a comment's meaning from its source.
const sourceMark = "Source: "

// Comment returns the comment of a struct's field in one line without its source and its last full
// stop, or "": the meaning of parameters, state variables and scenario fields as it stands where
// they are declared.
func Comment(owner, field string) string {
	meaning, _, _ := strings.Cut(comments()[owner+"."+field], sourceMark)
	return strings.TrimSuffix(strings.TrimSpace(meaning), ".")
}

// Source returns where a field's default comes from, as its comment says after "Source: ", or "".
func Source(owner, field string) string {
	_, source, _ := strings.Cut(comments()[owner+"."+field], sourceMark)
	return source
}
