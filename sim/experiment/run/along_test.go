package run

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A log that grows is followed run by run, at whatever pace it grows and is read, and ends when no
// more runs come.
func TestLogIsFollowed(t *testing.T) {
	const runs = 500
	for what, wait := range map[string]struct{ writer, reader func(run int) bool }{
		"the reader waits": {writer: func(run int) bool { return run%40 == 0 }},
		"the writer waits": {reader: func(run int) bool { return run%40 == 0 }},
		"nobody waits":     {},
	} {
		pause := func(of func(int) bool, run int) {
			if of != nil && of(run) {
				time.Sleep(time.Millisecond)
			}
		}
		g, _, err := openGrowing(filepath.Join(t.TempDir(), "growing"), LogHead{Format: LogFormat, To: runs + 10})
		if err != nil {
			t.Fatal(err)
		}
		added := make(chan error, 1)
		go func() {
			defer g.finished()
			var err error
			for run := 0; run < runs && err == nil; run++ {
				pause(wait.writer, run)
				err = g.add(run, &result{Market: []float64{float64(run), 1, 2}})
			}
			added <- err
		}()
		var r result
		for run := range runs {
			pause(wait.reader, run)
			there, err := followed{g}.read(run, &r)
			if !there || err != nil || len(r.Market) != 3 || r.Market[0] != float64(run) {
				t.Fatalf("%s: run %d is there: %v, %v, %v", what, run, there, r.Market, err)
			}
		}
		if there, err := (followed{g}).read(runs, &r); there || err != nil {
			t.Errorf("%s: after the last run there is one: %v, %v", what, there, err)
		}
		if err := <-added; err != nil {
			t.Fatal(err)
		}
		if err := g.close(); err != nil {
			t.Fatal(err)
		}
	}
}

// Tables that cannot be written while runs are done cost no run.
func TestTablesThatFailKeepRuns(t *testing.T) {
	s := tinySweep(t, "base", SweepSpec{Replications: 3}, "market.eta=0.6,1.1")
	for _, jobs := range []int{1, 3} {
		dir := t.TempDir()
		_, _, err := Do(context.Background(), s, Output{Out: dir, Format: "tablet"}, Options{Jobs: jobs})
		if err == nil || !strings.Contains(err.Error(), "a table is written as") {
			t.Fatalf("%d jobs: a table of no format is written: %v", jobs, err)
		}
		if kept, _ := Grown(filepath.Join(dir, ".parts", GrowingName)); kept != 6 {
			t.Errorf("%d jobs: %d of 6 runs are kept", jobs, kept)
			entries, _ := os.ReadDir(dir)
			t.Log(entries)
		}
	}
}
