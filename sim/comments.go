package sim

import (
	_ "embed"
	"strings"
	"sync"
)

// commentsText holds the comments of all fields of the package's structs, a line each: Type.Field, a tab, the comment. It is written
// by `go test ./sim -run Comments -update`, and that test fails while it differs from the source.
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

// Comment returns the comment of a struct's field in one line without its last full stop, or "": the meaning of parameters, state
// variables and scenario fields as it stands where they are declared.
func Comment(owner, field string) string { return comments()[owner+"."+field] }
