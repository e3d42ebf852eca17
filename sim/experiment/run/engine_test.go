package run

import (
	"context"
	"strings"
	"testing"
)

// A worker that breaks off says which run it was.
func TestAPanicNamesItsRun(t *testing.T) {
	err := NewEngine(1, nil).Each(context.Background(), 3, "vector", func(_ context.Context, i int) error {
		if i == 1 {
			var none []int
			_ = none[i]
		}
		return nil
	})
	if err == nil || !strings.HasPrefix(err.Error(), "vector 2 of 3: a bug of this program, not a mistake of yours "+
		"(runtime error") {
		t.Error(err)
	}
}
