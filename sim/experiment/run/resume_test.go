package run

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"simulate/sim/experiment/results"
	"simulate/sim/experiment/tiny"
	"simulate/sim/scenario"
)

var errTold = errors.New("told to stop")

// stopAfter runs an experiment and ends its context once n runs are done.
func stopAfter(t *testing.T, n int, spec Spec) error {
	t.Helper()
	ctx, cancel := context.WithCancelCause(context.Background())
	spec.Progress = func(p Progress) {
		if p.Done-p.Resumed >= n {
			cancel(errTold)
		}
	}
	_, err := Run(ctx, spec)
	return err
}

func TestStoppedRunsContinue(t *testing.T) {
	whole := t.TempDir()
	runTiny(t, Spec{Out: whole}, "base", "shock")
	dir := t.TempDir()
	spec := Spec{Out: dir, Jobs: 2, Scenarios: []*scenario.Scenario{tiny.Load(t, "base"), tiny.Load(t, "shock")}}
	err := stopAfter(t, 4, spec)
	if !errors.Is(err, errTold) || !strings.Contains(err.Error(), "of 12 runs") {
		t.Fatalf("a stopped run returns %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, results.ManifestName)); err == nil {
		t.Error("a stopped run leaves a manifest")
	}
	var said []string
	var first Progress
	spec.Notice = func(s string) { said = append(said, s) }
	spec.Progress = func(p Progress) {
		if first.Phase == "" {
			first = p
		}
	}
	if _, err := Run(context.Background(), spec); err != nil {
		t.Fatal(err)
	}
	if first.Resumed < 4 || first.Done != first.Resumed {
		t.Errorf("after four runs the next call begins with %+v", first)
	}
	if len(said) != 1 || !strings.Contains(said[0], "Continuing") {
		t.Errorf("notices: %q", said)
	}
	tiny.SameContents(t, "stopped and continued", tiny.Contents(t, dir), tiny.Contents(t, whole))
}

// killedIn is the variable that names the folder to a child that is to be killed.
const killedIn = "EXPERIMENT_KILLED_IN"

func killSelf() {
	self, _ := os.FindProcess(os.Getpid())
	self.Kill()
	select {}
}

// killedChild runs the test again in a process that is killed, and returns the folder that it
// leaves, its growing file cut as if the last write had not come through.
func killedChild(t *testing.T, growing string) string {
	t.Helper()
	dir := t.TempDir()
	child := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	child.Env = append(os.Environ(), killedIn+"="+dir, "TMPDIR="+t.TempDir()) // it cannot clear up behind itself
	if err := child.Run(); err == nil {
		t.Fatal("the child was not killed")
	}
	file := filepath.Join(dir, ".parts", growing)
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(file, info.Size()-11); err != nil {
		t.Fatal(err)
	}
	return dir
}

// A process that ends without warning loses at most what it was writing.
func TestKilledRunsContinue(t *testing.T) {
	if dir := os.Getenv(killedIn); dir != "" {
		Run(context.Background(), Spec{Out: dir, Jobs: 1, Scenarios: []*scenario.Scenario{tiny.Load(t, "base"), tiny.Load(t,
			"shock")}, Progress: func(p Progress) {
			if p.Done == 5 {
				time.Sleep(2 * flushEvery) // so that the next run reaches the file
			}
			if p.Done == 8 {
				killSelf()
			}
		}})
		return
	}
	whole := t.TempDir()
	runTiny(t, Spec{Out: whole}, "base", "shock")
	dir := killedChild(t, GrowingName)
	var said string
	o := runTiny(t, Spec{Out: dir, Notice: func(s string) { said += s }}, "base", "shock")
	if !regexp.MustCompile(`[567] runs were done before`).MatchString(said) || !strings.Contains(said, "cannot be read") {
		t.Errorf("notices: %q", said)
	}
	if o.AlreadyComplete {
		t.Error("the folder passes for complete")
	}
	tiny.SameContents(t, "killed and continued", tiny.Contents(t, dir), tiny.Contents(t, whole))
}

// A process killed while it moves finished files into the folder leaves some of them there.
func TestKilledWhilePublishing(t *testing.T) {
	whole := t.TempDir()
	runTiny(t, Spec{Out: whole}, "base")
	dir := t.TempDir()
	spec := Spec{Out: dir, Scenarios: []*scenario.Scenario{tiny.Load(t, "base")}}
	if err := stopAfter(t, 6, spec); !errors.Is(err, errTold) {
		t.Fatal(err)
	}
	for _, name := range []string{"market.csv", "labs.parquet"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("of an earlier attempt"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	runTiny(t, Spec{Out: dir}, "base")
	tiny.SameContents(t, "published again", tiny.Contents(t, dir), tiny.Contents(t, whole))
}

func TestFailedRunsAreLeftOutAndReported(t *testing.T) {
	dir := t.TempDir()
	spec := Spec{Out: dir, Scenarios: []*scenario.Scenario{tiny.Load(t, "base")}, Jobs: 1}
	if err := stopAfter(t, 2, spec); !errors.Is(err, errTold) {
		t.Fatal(err)
	}
	path := filepath.Join(dir, ".parts", GrowingName)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var head LogHead
	if err := json.Unmarshal(text[:bytes.IndexByte(text, '\n')], &head); err != nil {
		t.Fatal(err)
	}
	g, _, err := openGrowing(path, head)
	if err != nil {
		t.Fatal(err)
	}
	e, err := NewRuns(spec)
	if err != nil {
		t.Fatal(err)
	}
	engine := NewEngine(1, nil)
	if err := execute(context.Background(), e, engine, g.next(), 4, g.add); err != nil {
		t.Fatal(err)
	}
	if err := g.add(4, &result{Failed: "money does not balance"}); err != nil {
		t.Fatal(err)
	}
	if err := g.close(); err != nil {
		t.Fatal(err)
	}
	o := runTiny(t, Spec{Out: dir}, "base")
	if len(o.Manifest.Failed) != 1 || o.Manifest.Failed[0].Replication != 5 {
		t.Fatalf("failed runs: %+v", o.Manifest.Failed)
	}
	if n := o.Stats("base", "2025-12-31", "hhi_sales").N; n != 5 {
		t.Errorf("the mean is over %d runs, want 5", n)
	}
	if s := o.Manifest.Failed[0].String(); !strings.Contains(s, "base, replication 5: money does not balance") {
		t.Errorf("the failure says %s", s)
	}
}

// A metric that does not exist makes the run reach past a list: the panic must not take the program
// down.
func TestPanicsBecomeFailures(t *testing.T) {
	p, err := NewRuns(Spec{Scenarios: []*scenario.Scenario{tiny.Load(t, "base")}})
	if err != nil {
		t.Fatal(err)
	}
	p.what.metrics = []int{-1}
	r := (&worker{experiment: p, engine: NewEngine(1, nil), at: -1}).run(context.Background(), 2)
	if !strings.HasPrefix(r.Failed, "panic: ") || strings.Contains(r.Failed, ".go") || !strings.Contains(r.Stack,
		"result.go") {
		t.Errorf("a panic leaves %+v", r)
	}
}
