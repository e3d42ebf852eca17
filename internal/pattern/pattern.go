// Package pattern holds regular expressions back until they are asked for the first time. Compiling the larger ones at the start would
// cost every command more than most commands take.
//
//	var remark = pattern.Late(`(?i)^(source|note)\b`)
//	if remark().MatchString(line) { … }
//
// A small pattern needs no delay; regexp.MustCompile says the same in one word less.
package pattern

import (
	"regexp"
	"sync"
)

// Late returns a function that compiles the expression at its first call. A malformed one panics then: it is a bug, which the test of
// whatever uses it finds.
func Late(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
