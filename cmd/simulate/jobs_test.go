package main

import (
	"runtime"
	"testing"

	"github.com/urfave/cli/v2"
)

// Who asks for few jobs on a machine of many users gets as few processors, and who asks for many
// gets no more than there are.
func TestJobsBoundProcessors(t *testing.T) {
	usual := runtime.GOMAXPROCS(3)
	defer runtime.GOMAXPROCS(usual)
	for _, c := range []struct {
		args             []string
		jobs, processors int
	}{
		{nil, 0, 3},
		{[]string{"--jobs", "1"}, 1, 1},
		{[]string{"--jobs", "2"}, 2, 2},
		{[]string{"--jobs", "8"}, 8, 3},
	} {
		runtime.GOMAXPROCS(3)
		app := &cli.App{Flags: []cli.Flag{jobsFlag()}, Action: func(got *cli.Context) error {
			if n := jobs(got); n != c.jobs || runtime.GOMAXPROCS(0) != c.processors {
				t.Errorf("%v: %d jobs on %d processors, want %d on %d", c.args, n, runtime.GOMAXPROCS(0), c.jobs, c.processors)
			}
			return nil
		}}
		if err := app.Run(append([]string{"simulate"}, c.args...)); err != nil {
			t.Fatal(err)
		}
	}
	runtime.GOMAXPROCS(3)
	p, _, said := testProgram("")
	line := []string{"check", "baseline", "--expect", "-n", "1", "--jobs", "1", "--quiet"}
	if code := p.main(t.Context(), line); code > 1 {
		t.Fatalf("exit %d: %s", code, said)
	}
	if got := runtime.GOMAXPROCS(0); got != 3 {
		t.Errorf("afterwards there are %d processors, not 3", got)
	}
}
