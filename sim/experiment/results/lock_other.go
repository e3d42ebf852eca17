//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package results

import "os"

// advisory is not available here; the existence of the file is the lock.
func advisory(string) (*FolderLock, error) { return nil, errUnsupported }

// processAlive tells whether a process of this host exists, as far as the system says.
func processAlive(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	p.Release()
	return true
}
