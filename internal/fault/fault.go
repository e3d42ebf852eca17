package fault

import (
	"fmt"
	"path"
	"runtime"
	"strings"
)

// Bug is a panic that was caught.
type Bug struct {
	What  string   // the value of the panic
	Where []string // the program's own functions that were at work, innermost first, with file and line
}

// Error says what happened, what to do, and where in the program it was.
func (b *Bug) Error() string {
	var s strings.Builder
	fmt.Fprintf(&s, "a bug of this program, not a mistake of yours (%s); the same command may be tried again; "+
		"please report it with the command and these lines", b.What)
	for _, place := range b.Where {
		s.WriteString("\n    at " + place)
	}
	return s.String()
}

// mostPlaces bounds how much of the stack is told.
const mostPlaces = 12

// Catch puts a panic into *err as a *Bug. It must be deferred itself, for only then it sees the
// panic.
func Catch(err *error) {
	if v := recover(); v != nil {
		*err = New(v)
	}
}

// New describes the panic with value v, in a deferred function while the panic goes on. A Bug that
// was caught in another goroutine and thrown again stays as it is.
func New(v any) *Bug {
	if b, known := v.(*Bug); known {
		return b
	}
	b := &Bug{What: strings.Join(strings.Fields(fmt.Sprint(v)), " ")}
	callers := make([]uintptr, 64)
	frames := runtime.CallersFrames(callers[:runtime.Callers(2, callers)])
	for more := true; more && len(b.Where) < mostPlaces; {
		var f runtime.Frame
		f, more = frames.Next()
		own := strings.HasPrefix(f.Function, "simulate/") || strings.HasPrefix(f.Function, "main.")
		if own && !strings.HasPrefix(f.Function, "simulate/internal/fault.") {
			b.Where = append(b.Where, fmt.Sprintf("%s, %s:%d", strings.TrimPrefix(f.Function, "simulate/"), path.Base(f.File),
				f.Line))
		}
	}
	return b
}
