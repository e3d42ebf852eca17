package fault_test

import (
	"errors"
	"strings"
	"testing"

	"simulate/internal/fault"
)

func broken(list []int, i int) (n int, err error) {
	defer fault.Catch(&err)
	return list[i], nil
}

func TestAPanicBecomesAnErrorWithItsPlace(t *testing.T) {
	if n, err := broken([]int{7}, 0); n != 7 || err != nil {
		t.Fatalf("without a panic: %d, %v", n, err)
	}
	_, err := broken(nil, 3)
	var bug *fault.Bug
	if !errors.As(err, &bug) {
		t.Fatalf("got %v", err)
	}
	if len(bug.Where) == 0 || !strings.Contains(bug.What, "index out of range [3]") {
		t.Errorf("got %+v", bug)
	}
	for _, want := range []string{"a bug of this program", "may be tried again", "report it"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not say %q", err, want)
		}
	}
}

func TestAPanicThrownAgainKeepsItsPlace(t *testing.T) {
	_, first := broken(nil, 1)
	again := func() (err error) {
		defer fault.Catch(&err)
		panic(first)
	}()
	if again != first {
		t.Errorf("got %v, want %v", again, first)
	}
}
