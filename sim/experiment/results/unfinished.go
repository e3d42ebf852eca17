package results

import (
	"cmp"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Unfinished is the folder in which a command that leaves no results folder keeps its finished runs
// until it is done, so that the same command goes on after a stop. It lies beside the user's cache
// of reference paths; where there is no place for it, or another process is at the same work, it is
// one that goes in any case.
type Unfinished struct {
	Dir  string
	lock *FolderLock // nil: of a folder that goes in any case
}

// unfinishedName is the folder of all unfinished work in the user's cache folder.
const unfinishedName = "simulate-unfinished"

// Unfinished work is taken away from an age on. Of younger work what was done last stays, up to a
// bound in bytes; the last of all stays in any case.
const (
	abandoned       = 30 * 24 * time.Hour
	unfinishedBytes = 256 << 20
)

// OpenUnfinished is the folder of the work that an identity names, as done by this program.
func OpenUnfinished(identity string) (*Unfinished, error) {
	all, err := os.UserCacheDir()
	program, wrong := ThisBuild("")
	if err == nil && wrong == nil && filepath.IsAbs(all) {
		all = filepath.Join(all, unfinishedName)
		u := &Unfinished{Dir: filepath.Join(all, identity[:min(32, len(identity))]+"-"+Short(program.Executable))}
		makeRoom(all, u.Dir, unfinishedBytes)
		if os.MkdirAll(u.Dir, 0o755) == nil {
			if u.lock, err = LockFolder(u.Dir); err == nil {
				return u, nil
			}
		}
	}
	dir, err := TemporaryFolder("simulate-")
	return &Unfinished{Dir: dir}, err
}

// makeRoom takes away what nobody has gone on with for long, and what is over the bound in bytes,
// the oldest first; but never a folder that is kept, nor one that a process is at work in.
func makeRoom(all, kept string, most int64) {
	type work struct {
		dir  string
		size int64
		used time.Time
	}
	var list []work
	var sum int64
	entries, _ := os.ReadDir(all)
	for _, e := range entries {
		w := work{dir: filepath.Join(all, e.Name())}
		if !e.IsDir() {
			continue
		}
		filepath.WalkDir(w.dir, func(_ string, d fs.DirEntry, err error) error {
			if err != nil {
				return nil
			}
			if info, err := d.Info(); err == nil {
				if info.Mode().IsRegular() {
					w.size += info.Size()
				}
				if info.ModTime().After(w.used) {
					w.used = info.ModTime()
				}
			}
			return nil
		})
		list, sum = append(list, w), sum+w.size
	}
	slices.SortFunc(list, func(a, b work) int { return cmp.Or(a.used.Compare(b.used), cmp.Compare(a.dir, b.dir)) })
	for _, w := range list {
		if w.dir == kept || sum <= most && time.Since(w.used) < abandoned {
			continue
		}
		if lock, err := LockFolder(w.dir); err == nil {
			if os.RemoveAll(w.dir) == nil {
				sum -= w.size
			}
			lock.Release(w.dir)
		}
	}
}

// Stays says that the folder may outlive the command, so that the same one goes on from it.
func (u *Unfinished) Stays() bool { return u.lock != nil }

// Close unlocks the folder. It stays where keep, and otherwise goes.
func (u *Unfinished) Close(keep bool) {
	if u.lock == nil || !keep {
		os.RemoveAll(u.Dir)
	}
	if u.lock != nil {
		u.lock.Release(u.Dir)
		makeRoom(filepath.Dir(u.Dir), u.Dir, unfinishedBytes)
	}
}
