package run

import (
	"bytes"
	"errors"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

var logHead = LogHead{Format: LogFormat, Plan: "p", Of: 1, From: 10, To: 14, Executable: "x"}

// sampleResult is a result with something of everything.
func sampleResult(run int) *result {
	return &result{Market: []float64{float64(run), math.Inf(1), math.Copysign(0, -1)}, Segments: []float64{1},
		Labs: []float64{2, 3}, LabRows: []labRow{{0, 1}, {300, 2}},
		Positions: []float64{5}, PositionRows: []positionRow{{1, 2, 3}}, Who: []labInfo{{"a#1", "us", "platform", "open"}},
		Events: []event{{"2025-01-20", "shock", "a#1", "8×, says „x“", 8}}}
}

func writeLog(t *testing.T, path string, n int) *growing {
	t.Helper()
	g, lost, err := openGrowing(path, logHead)
	if err != nil || lost != 0 {
		t.Fatalf("lost %d bytes, error %v", lost, err)
	}
	for g.next() < logHead.From+n {
		r := sampleResult(g.next())
		if g.next() == 12 {
			r = &result{Failed: "money does not balance", Stack: "step, sim.go:1"}
		}
		if err := g.add(g.next(), r); err != nil {
			t.Fatal(err)
		}
	}
	return g
}

// What is read is what was written, in any order and while the log grows; and a whole log as well.
func TestLogKeepsRuns(t *testing.T) {
	dir := t.TempDir()
	g := writeLog(t, filepath.Join(dir, "growing"), 4)
	check := func(what string, s store) {
		t.Helper()
		var r result
		for _, run := range []int{10, 11, 12, 13, 12, 10, 13} {
			there, err := s.read(run, &r)
			if err != nil || !there {
				t.Fatalf("%s: run %d is there: %v, %v", what, run, there, err)
			}
			if run == 12 {
				if r.Failed != "money does not balance" || r.Stack != "step, sim.go:1" || len(r.Market) != 0 {
					t.Errorf("%s: the failed run is %+v", what, r)
				}
				continue
			}
			if want := *sampleResult(run); !reflect.DeepEqual(r, want) {
				t.Errorf("%s: run %d is %+v, want %+v", what, run, r, want)
			}
		}
		for _, run := range []int{9, 14} {
			if there, err := s.read(run, &r); there || err != nil {
				t.Errorf("%s: run %d is there: %v, %v", what, run, there, err)
			}
		}
	}
	check("growing", g)
	if err := g.add(15, sampleResult(15)); err == nil {
		t.Error("a run out of order is taken")
	}
	whole := filepath.Join(dir, "whole"+LogSuffix)
	if err := g.finish(whole); err != nil {
		t.Fatal(err)
	}
	s, err := OpenShard(whole)
	if err != nil || s.Failed != 1 {
		t.Fatalf("%d failed, %v", s.Failed, err)
	}
	all := &shards{all: []*Shard{s}}
	defer all.close()
	check("whole", all)
}

// A tail that is cut or damaged is dropped, and a log of something else begun anew.
func TestLogAfterADisaster(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "growing")
	if err := writeLog(t, path, 3).close(); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	flipped := bytes.Clone(text)
	flipped[len(text)-20] ^= 1
	for what, c := range map[string]struct {
		text []byte
		next int
	}{
		"cut in the last record":     {text[:len(text)-3], 12},
		"changed in the last record": {flipped, 12},
		"rubbish after the last":     {append(bytes.Clone(text), "rubbish"...), 13},
		"cut in the first line":      {text[:20], 10},
		"a log of another plan":      {bytes.Replace(text, []byte(`"plan":"p"`), []byte(`"plan":"q"`), 1), 10},
		"a record twice":             {append(bytes.Clone(text), text[bytes.IndexByte(text, '\n')+1:]...), 13},
		"not a log":                  {[]byte("hello"), 10},
		"an empty file":              {nil, 10},
		"a log of another executable": {bytes.Replace(text, []byte(`"executable_sha256":"x"`),
			[]byte(`"executable_sha256":"y"`), 1), 10},
	} {
		if err := os.WriteFile(path, c.text, 0o644); err != nil {
			t.Fatal(err)
		}
		g, _, err := openGrowing(path, logHead)
		if err != nil || g.next() != c.next {
			t.Errorf("%s: the next run is %d, want %d: %v", what, g.next(), c.next, err)
			continue
		}
		if err := g.close(); err != nil {
			t.Fatal(err)
		}
		if err := writeLog(t, path, 3).close(); err != nil {
			t.Fatal(err)
		}
		if again, err := os.ReadFile(path); err != nil || !bytes.Equal(again, text) {
			t.Errorf("%s: the log that is continued has other bytes, %v", what, err)
		}
	}
}

// What is wrong with a whole log is said.
func TestDamagedShards(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a"+LogSuffix)
	if err := writeLog(t, filepath.Join(dir, "growing"), 4).finish(path); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for what, bad := range map[string][]byte{
		"does not begin as a shard": []byte("hello"),
		"damaged or missing":        text[:len(text)-60],
		"something follows":         append(bytes.Clone(text), 0),
	} {
		if err := os.WriteFile(path, bad, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenShard(path); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("the error is %v, want %q", err, what)
		}
	}
	if _, err := OpenShard(filepath.Join(dir, "none")); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	early := filepath.Join(dir, "early"+LogSuffix)
	if err := writeLog(t, filepath.Join(dir, "growing"), 2).finish(early); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenShard(early); err == nil || !strings.Contains(err.Error(), "ends early") {
		t.Error(err)
	}
}
