package results

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"simulate/internal/aside"
)

// lockName is the file in a results folder that the process working on it holds; heldName stands in
// for it on file systems without advisory locks, where the existence of a file is the lock.
const lockName, heldName = ".lock", ".lock-held"

// errUnsupported says that a file system has no advisory locks.
var errUnsupported = errors.New("the file system has no locks")

// FolderLock is held by one process per results folder.
type FolderLock struct {
	file *os.File // nil where the file's existence is the lock
	path string
}

// LockFolder takes the lock of an existing folder or names the process that holds it. The lock of a
// process that died is free.
func LockFolder(dir string) (*FolderLock, error) {
	for _, name := range []string{lockName, heldName} {
		if err := aside.Folder(filepath.Join(dir, name)); err != nil {
			return nil, err
		}
	}
	for {
		l, err := advisory(filepath.Join(dir, lockName))
		if errors.Is(err, errUnsupported) {
			return byExistence(filepath.Join(dir, heldName))
		}
		if err != nil || l.current() {
			return l, err
		}
		l.file.Close() // the folder was moved or the lock removed between opening and locking
	}
}

// current tells whether the path still leads to the locked file.
func (l *FolderLock) current() bool {
	held, err1 := l.file.Stat()
	there, err2 := os.Stat(l.path)
	return err1 == nil && err2 == nil && os.SameFile(held, there)
}

// Release gives the lock up and removes its file from the folder, which may have been renamed to
// dir. An advisory lock goes after its file, so that nobody takes it on a file that is about to
// vanish.
func (l *FolderLock) Release(dir string) {
	os.Remove(filepath.Join(dir, filepath.Base(l.path)))
	if l.file != nil {
		l.file.Close()
	}
}

// byExistence takes a lock by creating its file, which names the process. A file whose process is
// gone is taken over.
func byExistence(path string) (*FolderLock, error) {
	for range 2 {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
		if err == nil {
			return &FolderLock{path: path}, errors.Join(signLock(f), f.Close())
		}
		if !errors.Is(err, os.ErrExist) {
			return nil, err
		}
		pid, host := lockHolder(path)
		here, _ := os.Hostname()
		if pid == 0 || host != here || processAlive(pid) {
			return nil, lockedBy(path)
		}
		if err := os.Remove(path); err != nil {
			return nil, err
		}
	}
	return nil, lockedBy(path)
}

// signLock writes the process's number and host into the lock file.
func signLock(f *os.File) error {
	host, _ := os.Hostname()
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err := f.WriteAt([]byte(fmt.Sprintf("%d %s\n", os.Getpid(), host)), 0)
	return err
}

// lockHolder reads who holds a lock; 0 when the file does not say.
func lockHolder(path string) (pid int, host string) {
	text, _ := os.ReadFile(path)
	number, host, _ := strings.Cut(strings.TrimSpace(string(text)), " ")
	pid, _ = strconv.Atoi(number)
	return pid, host
}

func lockedBy(path string) error {
	dir := filepath.Dir(path)
	if pid, host := lockHolder(path); pid != 0 {
		return fmt.Errorf("%s is in use by process %d on %s; wait for it, stop it, or choose another folder with --out",
			dir, pid, host)
	}
	return fmt.Errorf("%s is in use by another process; if there is none, remove %s", dir, path)
}
