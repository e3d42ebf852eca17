package run

import (
	"context"
	"errors"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"simulate/sim/experiment/tiny"
)

func TestStoppedSweepContinues(t *testing.T) {
	whole, dir := t.TempDir(), t.TempDir()
	runSweep(t, gridOfSix(t), whole, 2)
	for n := range 2 {
		ctx, cancel := context.WithCancelCause(context.Background())
		_, err := gridOfSix(t).Run(ctx, Output{Out: dir, Format: "csv"}, Options{Jobs: 2, Progress: func(p Progress) {
			if p.Done-p.Resumed >= 4-3*n { // early the second time, when few runs are left
				cancel(errTold)
			}
		}})
		if n == 1 && err == nil {
			t.Skip("the rest was done before the second stop")
		}
		if !errors.Is(err, errTold) || !strings.Contains(err.Error(), "of 18 runs done") {
			t.Fatalf("stop %d: %v", n, err)
		}
	}
	resumed := 0
	if _, err := gridOfSix(t).Run(context.Background(), Output{Out: dir, Format: "csv"},
		Options{Progress: func(p Progress) { resumed = max(resumed, p.Resumed) }}); err != nil {
		t.Fatal(err)
	}
	if resumed < 4 {
		t.Errorf("%d runs were kept, want at least 4", resumed)
	}
	tiny.SameContents(t, "stopped twice", tiny.Tables(t, dir, "csv"), tiny.Tables(t, whole, "csv"))
}

// kept is what is said of the runs that reached the file, a busy machine one or two more than were
// waited for.
var kept = regexp.MustCompile(`[678] runs were done before`)

// A process that ends without warning, in the middle of a write.
func TestKilledSweepContinues(t *testing.T) {
	if dir := os.Getenv(killedIn); dir != "" {
		gridOfSix(t).Run(context.Background(), Output{Out: dir, Format: "csv"}, Options{Jobs: 2, Progress: func(p Progress) {
			if p.Done == 6 {
				time.Sleep(2 * flushEvery) // so that the next run reaches the file
			}
			if p.Done == 9 {
				killSelf()
			}
		}})
		return
	}
	whole := t.TempDir()
	runSweep(t, gridOfSix(t), whole, 2)
	dir := killedChild(t, GrowingName)
	var said []string
	if _, err := gridOfSix(t).Run(context.Background(), Output{Out: dir, Format: "csv"},
		Options{Notice: func(s string) { said = append(said, s) }}); err != nil {
		t.Fatal(err)
	}
	if text := strings.Join(said, " "); !kept.MatchString(text) || !strings.Contains(text, "cannot be read") {
		t.Errorf("notices: %q", said)
	}
	tiny.SameContents(t, "killed", tiny.Tables(t, dir, "csv"), tiny.Tables(t, whole, "csv"))
}
