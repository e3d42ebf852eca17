package run

import (
	"os"
	"path/filepath"
	"testing"
)

// FuzzLog: no log of runs panics, whole or growing, whatever became of its file; one that grows can
// be continued.
func FuzzLog(f *testing.F) {
	dir := f.TempDir()
	growing := filepath.Join(dir, "seed")
	g, _, err := openGrowing(growing, logHead)
	if err != nil {
		f.Fatal(err)
	}
	for g.next() < logHead.To {
		if err := g.add(g.next(), sampleResult(g.next())); err != nil {
			f.Fatal(err)
		}
	}
	whole := filepath.Join(dir, "whole"+LogSuffix)
	if err := g.finish(whole); err != nil {
		f.Fatal(err)
	}
	text, err := os.ReadFile(whole)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add(text[:len(text)/2])
	f.Add([]byte(nil))
	f.Add([]byte("{}\n\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, text []byte) {
		path := filepath.Join(dir, "fuzz")
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		if s, err := OpenShard(path); err == nil {
			all := &shards{all: []*Shard{s}}
			var r result
			for run := s.Head.From; run < s.Head.To; run++ {
				if _, err := all.read(run, &r); err != nil {
					t.Errorf("a whole log: run %d: %v", run, err)
				}
			}
			all.close()
		}
		g, _, err := openGrowing(path, logHead)
		if err != nil {
			t.Fatal(err)
		}
		for g.next() < logHead.To {
			if err := g.add(g.next(), sampleResult(g.next())); err != nil {
				t.Fatal(err)
			}
		}
		if err := g.finish(path + LogSuffix); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenShard(path + LogSuffix); err != nil {
			t.Errorf("a log that was continued: %v", err)
		}
	})
}
