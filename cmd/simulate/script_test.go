package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		os.Exit(realMain())
	}
	testscript.Main(ownFolders{m}, map[string]func(){"simulate": func() { os.Exit(realMain()) }})
}

// ownFolders gives the tests folders of their own for temporary files and for the user's cache, so
// that neither is filled by what is killed, and nothing is found there. Go's own cache stays where
// it is.
type ownFolders struct{ *testing.M }

func (m ownFolders) Run() int {
	if users, err := os.UserCacheDir(); err == nil && os.Getenv("GOCACHE") == "" { // else Go finds it or has none
		os.Setenv("GOCACHE", filepath.Join(users, "go-build"))
	}
	dir, err := os.MkdirTemp("", "simulate-tests-")
	for _, variable := range []string{"TMPDIR", "XDG_CACHE_HOME"} {
		folder := filepath.Join(dir, variable)
		err = errors.Join(err, os.Mkdir(folder, 0o755), os.Setenv(variable, folder))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	return m.M.Run()
}

// asProgram is set in the environment of a child of the tests that is to be the program.
const asProgram = "SIMULATE_TEST_AS_PROGRAM"

// child is the program with some arguments as a process of its own, in the current folder.
func child(t *testing.T, args ...string) (cmd *exec.Cmd, stderr *bytes.Buffer) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd, stderr = exec.Command(self, args...), new(bytes.Buffer)
	cmd.Env = append(os.Environ(), asProgram+"=1", "XDG_CACHE_HOME="+t.TempDir(), "TMPDIR="+t.TempDir())
	cmd.Stderr = stderr
	return cmd, stderr
}

// TestSessions plays whole sessions of a user.
func TestSessions(t *testing.T) {
	cache := t.TempDir()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
		Setup: func(e *testscript.Env) error {
			e.Setenv("XDG_CACHE_HOME", cache)
			e.Setenv("COMMANDS", filepath.SplitList(e.Getenv("PATH"))[0]) // where this program alone lies
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}

// exits runs a command that must end with an exit code: exits 2 simulate run.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}
