package run

import (
	"math"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"simulate/sim/experiment/results"
)

// write fills a journal with runs 1..n of case 0.
func writeJournal(t *testing.T, path string, n int) {
	t.Helper()
	j, _, err := openJournal(path)
	if err != nil {
		t.Fatal(err)
	}
	for r := 1; r <= n; r++ {
		if err := j.add(runKey{0, r}, &run{Market: []float64{float64(r), math.Inf(1)}, Who: []labInfo{{ID: "a"}}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := j.close(); err != nil {
		t.Fatal(err)
	}
}

func TestJournalKeepsRuns(t *testing.T) {
	path := filepath.Join(t.TempDir(), journalName)
	writeJournal(t, path, 3)
	j, lost, err := openJournal(path)
	if err != nil || lost != 0 {
		t.Fatalf("lost %d bytes, error %v", lost, err)
	}
	defer j.close()
	failed := &run{Failure: &results.Failure{Case: "b", Replication: 9, Error: "share of lab a is NaN"}}
	if err := j.add(runKey{1, 9}, failed); err != nil {
		t.Fatal(err)
	}
	for _, k := range []runKey{{0, 1}, {0, 2}, {0, 3}, {1, 9}} {
		if !j.has(k) {
			t.Errorf("run %v is gone", k)
		}
	}
	if j.has(runKey{1, 1}) {
		t.Error("a run that was never done is there")
	}
	if got, err := j.read(runKey{0, 2}); err != nil || got.Market[0] != 2 || !math.IsInf(got.Market[1], 1) || got.Who[0].ID != "a" {
		t.Errorf("run 2 reads %+v, %v", got, err)
	}
	if got, err := j.read(runKey{1, 9}); err != nil || !reflect.DeepEqual(got, failed) {
		t.Errorf("the failed run reads %+v, %v", got, err)
	}
}

// A process killed while writing leaves part of a frame; power cuts may leave zeros or damage.
func TestJournalCutsOffTornTail(t *testing.T) {
	for name, damage := range map[string]func(b []byte) []byte{
		"half a frame":     func(b []byte) []byte { return b[:len(b)-7] },
		"half a head":      func(b []byte) []byte { return append(b, 1, 2, 3) },
		"zeros at the end": func(b []byte) []byte { return append(b, make([]byte, 100)...) },
		"a wrong byte":     func(b []byte) []byte { b[len(b)-3] ^= 1; return b },
		"a huge length":    func(b []byte) []byte { return append(b, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 1) },
	} {
		path := filepath.Join(t.TempDir(), journalName)
		writeJournal(t, path, 3)
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, damage(whole), 0o644); err != nil {
			t.Fatal(err)
		}
		j, lost, err := openJournal(path)
		if err != nil {
			t.Fatal(err)
		}
		if lost == 0 {
			t.Errorf("%s: nothing was cut off", name)
		}
		if !j.has(runKey{0, 1}) || !j.has(runKey{0, 2}) {
			t.Errorf("%s: whole runs are gone", name)
		}
		if err := j.add(runKey{0, 4}, &run{Market: []float64{4}}); err != nil {
			t.Fatal(err)
		}
		j.close()
		again, lost, err := openJournal(path)
		if err != nil || lost != 0 || !again.has(runKey{0, 4}) {
			t.Errorf("%s: after going on, %d bytes are lost, error %v", name, lost, err)
		}
		again.close()
	}
}
