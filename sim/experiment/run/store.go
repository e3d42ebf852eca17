package run

import (
	"fmt"
	"os"
	"sort"
)

// store is where finished runs lie.
type store interface {
	// read reads a run into r, whose lists last until the next call; false where the run is not there.
	read(run int, r *result) (there bool, err error)
}

// followed is a log that is read while it grows: a run that is not there yet is waited for until no
// more come.
type followed struct{ *growing }

func (f followed) read(run int, r *result) (there bool, err error) {
	f.mu.Lock()
	for run >= f.next() && !f.over {
		f.came.Wait()
	}
	f.mu.Unlock()
	return f.growing.read(run, r)
}

// shards are the whole logs of an experiment in order, of which some may be missing. One file is
// open at a time.
type shards struct {
	all    []*Shard
	open   *Shard
	file   *os.File
	reader frameReader
}

// of finds the shard of a run, nil where it is missing.
func (s *shards) of(run int) *Shard {
	if s.open != nil && s.open.holds(run) {
		return s.open
	}
	i := sort.Search(len(s.all), func(i int) bool { return s.all[i].Head.To > run })
	if i < len(s.all) && s.all[i].holds(run) {
		return s.all[i]
	}
	return nil
}

func (s *Shard) holds(run int) bool { return run >= s.Head.From && run < s.Head.From+len(s.at) }

func (s *shards) read(run int, r *result) (there bool, err error) {
	one := s.of(run)
	if one == nil {
		return false, nil
	}
	if one != s.open {
		s.close()
		if s.file, err = os.Open(one.path); err != nil {
			return false, err
		}
		s.open, s.reader = one, frameReader{}
	}
	if err := s.reader.read(s.file, one.at[run-one.Head.From], one.end, r); err != nil {
		return false, fmt.Errorf("%s: run %d: %w", one.path, run, err)
	}
	return true, nil
}

func (s *shards) close() {
	if s.file != nil {
		s.file.Close()
		s.file, s.open = nil, nil
	}
}
