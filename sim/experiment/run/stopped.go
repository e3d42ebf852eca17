package run

import (
	"fmt"

	"simulate/internal/quantity"
)

// Stopped is the end of an experiment whose context ended before it was complete. What was done
// lies in its folder, from which the same call continues; whether that folder stays, who asked for
// it knows.
type Stopped struct {
	Done, Total int   // runs
	Tables      bool  // all were done, and the tables were being written
	Cause       error // why the context ended
}

func (s *Stopped) Error() string {
	if s.Tables {
		return fmt.Sprintf("%v while writing the tables", s.Cause)
	}
	return fmt.Sprintf("%v with %s of %s done", s.Cause, quantity.Count(s.Done), quantity.Plural(s.Total, "run"))
}

func (s *Stopped) Unwrap() error { return s.Cause }
