//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package results

import (
	"errors"
	"os"
	"syscall"
)

// advisory takes the lock with flock, which the system releases when the process ends in whatever
// way.
func advisory(path string) (*FolderLock, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	switch err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); {
	case errors.Is(err, syscall.EWOULDBLOCK):
		f.Close()
		return nil, lockedBy(path)
	case errors.Is(err, syscall.ENOTSUP), errors.Is(err, syscall.ENOSYS), errors.Is(err, syscall.ENOLCK):
		f.Close()
		os.Remove(path)
		return nil, errUnsupported
	case err != nil:
		f.Close()
		return nil, err
	}
	return &FolderLock{file: f, path: path}, signLock(f)
}

// processAlive tells whether a process of this host exists; one of another user does too.
func processAlive(pid int) bool {
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}
