package pattern

import (
	"regexp"
	"sync"
)

// Late returns a function that compiles the expression at its first call. A malformed one panics
// then: it is a bug, which the test of whatever uses it finds.
func Late(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
