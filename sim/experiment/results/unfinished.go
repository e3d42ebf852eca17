package results

import (
	"os"
	"path/filepath"
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

// abandoned is the age from which unfinished work is taken away.
const abandoned = 30 * 24 * time.Hour

// OpenUnfinished is the folder of the work that an identity names, as done by this program.
func OpenUnfinished(identity string) (*Unfinished, error) {
	all, err := os.UserCacheDir()
	program, wrong := ThisBuild("")
	if err == nil && wrong == nil && filepath.IsAbs(all) {
		all = filepath.Join(all, unfinishedName)
		clearAbandoned(all)
		u := &Unfinished{Dir: filepath.Join(all, identity[:min(32, len(identity))]+"-"+Short(program.Executable))}
		if os.MkdirAll(u.Dir, 0o755) == nil {
			if u.lock, err = LockFolder(u.Dir); err == nil {
				return u, nil
			}
		}
	}
	dir, err := os.MkdirTemp("", "simulate-")
	return &Unfinished{Dir: dir}, err
}

// clearAbandoned takes away what nobody has gone on with.
func clearAbandoned(all string) {
	entries, _ := os.ReadDir(all)
	for _, e := range entries {
		dir := filepath.Join(all, e.Name())
		info, err := e.Info()
		if err != nil || !info.IsDir() || time.Since(info.ModTime()) < abandoned {
			continue
		}
		if lock, err := LockFolder(dir); err == nil {
			os.RemoveAll(dir)
			lock.Release(dir)
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
	}
}
