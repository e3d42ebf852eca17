package results

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLockIsHeldByOne(t *testing.T) {
	dir := t.TempDir()
	first, err := LockFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := LockFolder(dir); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("process %d", os.Getpid())) {
		t.Errorf("a second lock gives %v, want an error that names the holder", err)
	}
	first.Release(dir)
	second, err := LockFolder(dir)
	if err != nil {
		t.Fatalf("after release: %v", err)
	}
	second.Release(dir)
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("%s is left behind", left[0].Name())
	}
}

// A process that was killed leaves its file but not its lock.
func TestLockOfTheDeadIsFree(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, lockName), []byte("999999999 elsewhere\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	l, err := LockFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	l.Release(dir)
}

func TestLockByExistence(t *testing.T) {
	path := filepath.Join(t.TempDir(), heldName)
	first, err := byExistence(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := byExistence(path); err == nil {
		t.Error("a second lock is given out")
	}
	first.Release(filepath.Dir(path))

	host, _ := os.Hostname()
	if err := os.WriteFile(path, []byte("999999999 "+host+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := byExistence(path); err != nil {
		t.Errorf("the lock of a dead process is not taken over: %v", err)
	}
	if err := os.WriteFile(path, []byte("999999999 another.host\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := byExistence(path); err == nil {
		t.Error("the lock of another host, of which nothing is known, is taken over")
	}
}

// A folder where the lock belongs is nobody's lock: an empty one goes, a full one steps aside.
func TestAFolderIsNoLock(t *testing.T) {
	for _, full := range []bool{false, true} {
		dir := t.TempDir()
		path := filepath.Join(dir, lockName)
		if err := os.MkdirAll(path, 0o755); err != nil {
			t.Fatal(err)
		}
		if full {
			if err := os.WriteFile(filepath.Join(path, "mine"), nil, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		l, err := LockFolder(dir)
		if err != nil {
			t.Fatal(err)
		}
		l.Release(dir)
		if _, err := os.Stat(filepath.Join(dir, lockName+".damaged-1", "mine")); full != (err == nil) {
			t.Errorf("full %v: %v", full, err)
		}
	}
}
