//go:build unix

package main

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestOneSignalEndsWhateverIsWaitedFor: each command is ended by the first signal, with the code of
// the signal, and speaks of what is kept only where something is.
func TestOneSignalEndsWhateverIsWaitedFor(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe.yaml")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	table := strings.TrimSuffix(pipe, ".yaml") + ".csv"
	if err := os.Symlink(pipe, table); err != nil {
		t.Fatal(err)
	}
	const small = " --set clock.end=2026-01 --set reference_replications=2"
	for _, c := range []struct {
		command string
		signal  syscall.Signal
		keeps   bool
	}{
		{"check " + pipe, syscall.SIGTERM, false},
		{"run " + pipe, syscall.SIGINT, false},
		{"compare baseline " + pipe, syscall.SIGHUP, false},
		{"run baseline --parameters " + table, syscall.SIGTERM, false},
		{"sweep baseline --points " + table, syscall.SIGINT, false},
		{"analyse sensitivity " + table + " --inputs a --outcome b", syscall.SIGTERM, false},
		{"measure -", syscall.SIGINT, false},
		{"measure " + table, syscall.SIGHUP, false},
		{"check deepseek-shock --expect --out checked -n 20000" + small, syscall.SIGTERM, true},
		{"run baseline -n 20000 --no-figures --out runs" + small, syscall.SIGHUP, true},
		{"sweep baseline --vary market.eta=0.6,1.1 -n 20000 --out sweep" + small, syscall.SIGTERM, true},
	} {
		t.Run(strings.ReplaceAll(c.command, filepath.Dir(pipe), ""), func(t *testing.T) {
			t.Parallel()
			if signal.Ignored(c.signal) {
				t.Skipf("the tests were started deaf to a %v, as by nohup, and so is what they start", c.signal)
			}
			code, stderr := -1, ""
			for wait := 300 * time.Millisecond; code < 0 && wait < time.Minute; wait *= 3 { // −1: it did not listen yet
				code, stderr = signalled(t, strings.Fields(c.command), c.signal, wait, c.keeps)
			}
			if code != (signalError{c.signal}).exitCode() {
				t.Errorf("exit code %d after %v; it said %q", code, c.signal, stderr)
			}
			if kept := strings.Contains(stderr, continues); kept != c.keeps {
				t.Errorf("keeps: %v, and it said %q", c.keeps, stderr)
			}
			if strings.Contains(stderr, "goroutine ") {
				t.Errorf("a stack: %s", stderr)
			}
		})
	}
}

// TestNohup: a program that was told to outlive its terminal does.
func TestNohup(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(shell, "-c", `trap "" HUP; exec "$0" measure -`, self)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(300 * time.Millisecond)
	if err := cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(in, "firm,share\na,60\nb,40\n"); err != nil {
		t.Fatal(err)
	}
	in.Close()
	if code := codeWithin(t, cmd, 20*time.Second); code != exitFine {
		t.Errorf("exit code %d", code)
	}
}

// signalled starts a command, sends it a signal after a while, or once it has kept a run, and
// returns what came of it.
func signalled(t *testing.T, args []string, s syscall.Signal, wait time.Duration, keeps bool) (code int, said string) {
	cmd, stderr := child(t, args...)
	cmd.Dir = t.TempDir()
	in, err := cmd.StdinPipe() // stays open: nothing comes from it
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(wait)
	waitFor(t, func() bool { return busy(cmd.Dir, keeps) })
	if err := cmd.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
	return codeWithin(t, cmd, 20*time.Second), stderr.String()
}

// waitFor waits until something is so.
func waitFor(t *testing.T, so func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !so(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("waited in vain")
		}
	}
}

// codeWithin is the exit code of a child that must end within a time.
func codeWithin(t *testing.T, cmd *exec.Cmd, limit time.Duration) int {
	t.Helper()
	late := time.AfterFunc(limit, func() { cmd.Process.Kill() })
	err := cmd.Wait()
	if !late.Stop() {
		t.Fatalf("it had to be killed after %v", limit)
	}
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode()
}

// busy says whether a command that keeps its runs has kept the first; one that keeps none is taken
// to be.
func busy(dir string, keeps bool) bool {
	found, _ := filepath.Glob(filepath.Join(dir, "*", ".parts", "*"))
	for _, path := range found {
		info, err := os.Stat(path)
		if err == nil && info.Mode().IsRegular() && filepath.Ext(path) != ".json" && info.Size() > 1000 {
			return true
		}
	}
	return !keeps
}
