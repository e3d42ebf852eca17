package wholefile

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// A File is written under a temporary name in the folder of its target and takes its own name when
// complete.
type File struct {
	file    *os.File
	path    string
	done    bool
	written int64      // since the last sync began
	syncing chan error // gets what becomes of it; nil: none has begun
}

// syncEvery is how much is written before what there is goes to the disk, while more is written:
// little is then left to wait for at the end.
const syncEvery = 8 << 20

// unfinished are the temporary names of the files that this process is writing.
var unfinished sync.Map

// Abandon takes away what the process is writing, for one that ends at once.
func Abandon() {
	unfinished.Range(func(name, _ any) bool {
		os.Remove(name.(string))
		return true
	})
}

// mark stands between the name of a target and the number of a file that is to become it.
const mark = ".tmp-"

// Create begins a file that is seen when it is committed. Its permissions are 0666 less the umask.
func Create(path string) (*File, error) {
	for {
		name := fmt.Sprintf(".%s%s%d", filepath.Base(path), mark, rand.Uint64())
		f, err := os.OpenFile(filepath.Join(filepath.Dir(path), name), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return nil, named(path, err)
		}
		unfinished.Store(f.Name(), nil)
		return &File{file: f, path: path}, nil
	}
}

// named is an error of the system about the file as the user calls it.
func named(path string, err error) error {
	var of *fs.PathError
	var renamed *os.LinkError
	switch {
	case errors.As(err, &of):
		err = of.Err
	case errors.As(err, &renamed):
		err = renamed.Err
	}
	return &fs.PathError{Op: "write", Path: path, Err: err}
}

// Path is the name that the file will have.
func (w *File) Path() string { return w.path }

// Write adds to the file. Its errors name the file by the name that it will have.
func (w *File) Write(text []byte) (int, error) {
	n, err := w.file.Write(text)
	if w.written += int64(n); err == nil && w.written >= syncEvery {
		err = w.sync()
	}
	if err != nil {
		err = named(w.path, err)
	}
	return n, err
}

// sync begins to bring what there is to the disk, unless it is being done. Its error is that of the
// time before.
func (w *File) sync() (err error) {
	if w.syncing != nil {
		select {
		case err = <-w.syncing:
		default:
			return nil
		}
	}
	w.written, w.syncing = 0, make(chan error, 1)
	go func(done chan<- error) { done <- w.file.Sync() }(w.syncing)
	return err
}

// settle waits until no sync is under way.
func (w *File) settle() (err error) {
	if w.syncing != nil {
		err, w.syncing = <-w.syncing, nil
	}
	return err
}

// Commit makes the file whole: synced, renamed, its folder synced.
func (w *File) Commit() error {
	if err := errors.Join(w.settle(), w.file.Sync()); err != nil {
		return named(w.path, err)
	}
	if err := w.file.Close(); err != nil {
		return named(w.path, err)
	}
	if err := os.Rename(w.file.Name(), w.path); err != nil {
		return named(w.path, err)
	}
	w.done = true
	unfinished.Delete(w.file.Name())
	SyncFolder(filepath.Dir(w.path))
	return nil
}

// Discard takes the file away unless it is committed.
func (w *File) Discard() {
	if w.done {
		return
	}
	w.done = true
	w.settle()
	w.file.Close()
	os.Remove(w.file.Name())
	unfinished.Delete(w.file.Name())
}

// SyncFolder makes a rename last through a power cut where the system can.
func SyncFolder(path string) {
	if d, err := os.Open(path); err == nil {
		d.Sync()
		d.Close()
	}
}

// Write writes a file that is seen when it is complete.
func Write(path string, content []byte) error {
	f, err := Create(path)
	if err != nil {
		return err
	}
	defer f.Discard()
	if _, err := f.Write(content); err != nil {
		return err
	}
	return f.Commit()
}

// Stray tells whether a name is that of a file which a process was writing when it was killed.
func Stray(name string) bool {
	target, number, found := strings.Cut(name, mark)
	return found && len(target) > 1 && target[0] == '.' && number != "" && strings.Trim(number, "0123456789") == ""
}

// Strays takes away what killed processes left in a folder that nobody else writes to.
func Strays(dir string) error {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if e.Type().IsRegular() && Stray(e.Name()) {
			err = errors.Join(err, os.Remove(filepath.Join(dir, e.Name())))
		}
	}
	return err
}
