package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"simulate/sim/experiment/results"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

func TestExitCodes(t *testing.T) {
	stopped := func(s os.Signal) context.Context {
		ctx, cancel := context.WithCancelCause(context.Background())
		cancel(signalError{s})
		return ctx
	}
	plain := context.Background()
	tests := []struct {
		name string
		ctx  context.Context
		err  error
		want int
	}{
		{"fine", plain, nil, 0},
		{"fine in spite of a late signal", stopped(os.Interrupt), nil, 0},
		{"failed run", plain, errors.New("x"), 1},
		{"failed run under a signal", stopped(os.Interrupt), errors.New("disk full"), 1},
		{"usage", plain, usagef("x"), 2},
		{"refused folder", plain, fmt.Errorf("x: %w", &results.InputError{Err: errors.New("y")}), 2},
		{"scenario", plain, errors.Join(scenario.Problems{{}}, errors.New("x")), 2},
		{"cells", plain, table.Problems{"x"}, 2},
		{"terminated", stopped(syscall.SIGTERM), context.Canceled, 75},
		{"terminated, wrapped cause", plain, fmt.Errorf("x: %w", signalError{syscall.SIGTERM}), 75},
		{"interrupted", stopped(os.Interrupt), fmt.Errorf("x: %w", context.Canceled), 130},
	}
	for _, test := range tests {
		if got := exitCode(test.ctx, test.err); got != test.want {
			t.Errorf("%s: exit code %d, want %d", test.name, got, test.want)
		}
	}
}

func TestASignalStopsARun(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a process cannot send itself signals there")
	}
	t.Chdir(t.TempDir())
	tests := []struct {
		signal os.Signal
		want   int
	}{{syscall.SIGTERM, exitTerminated}, {os.Interrupt, exitInterrupted}}
	for _, test := range tests {
		ctx, stop := withSignals(context.Background(), time.Minute, nil)
		self, err := os.FindProcess(os.Getpid())
		if err != nil {
			t.Fatal(err)
		}
		if err := self.Signal(test.signal); err != nil {
			t.Fatal(err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(10 * time.Second):
			t.Fatalf("%v does not end the context", test.signal)
		}
		p, _, stderr := testProgram("")
		code := p.main(ctx, strings.Fields("run baseline -n 2 --no-figures"))
		if code != test.want || !strings.Contains(stderr.String(), "the same command continues") {
			t.Errorf("%v: exit code %d, want %d; stderr %q", test.signal, code, test.want, stderr)
		}
		stop()
	}
}

func TestSnippetsAreForTerminals(t *testing.T) {
	mistake := scenario.Problems{{File: "a.yaml", Line: 1, Col: 3, Message: "wrong", Remedy: "write it right",
		Snippet: "1 | x: y\n  |   ^"}}
	p, _, stderr := testProgram("")
	p.report(mistake)
	if want := "a.yaml:1:3: wrong; write it right\n"; stderr.String() != want {
		t.Errorf("into a pipe %q, want %q", stderr, want)
	}
	stderr.Reset()
	p.report(slices.Repeat(mistake, 2000))
	if said := stderr.String(); strings.Count(said, "a.yaml") != mostProblems ||
		!strings.HasSuffix(said, "\nsimulate: 1,900 mistakes more; mend these first\n") {
		t.Errorf("of two thousand mistakes %q", said)
	}
	stderr.Reset()
	p.stderrIsTerminal = true
	p.report(errors.Join(mistake, errors.New("more")))
	if want := "a.yaml:1:3: wrong; write it right\n  1 | x: y\n    |   ^\nsimulate: more\n"; stderr.String() != want {
		t.Errorf("on a terminal %q, want %q", stderr, want)
	}
}

// A full disk is said once, with the remedy and what holds of the work.
func TestAFullDisk(t *testing.T) {
	p, _, stderr := testProgram("")
	p.promise(continues)
	full := &fs.PathError{Op: "write", Path: "d/x", Err: syscall.ENOSPC}
	p.report(errors.Join(fmt.Errorf("cannot keep a finished run: %w", full), full))
	want := "simulate: cannot keep a finished run: write d/x: no space left on device: make room there and give the " +
		"command again; " + continues + "\n"
	if runtime.GOOS != "windows" && stderr.String() != want {
		t.Errorf("got %q, want %q", stderr, want)
	}
}

// panickingWriter breaks off as a bug would.
type panickingWriter struct{}

func (panickingWriter) Write([]byte) (int, error) { var none []int; return none[0], nil }

func TestABugEndsWithItsOwnCodeAndNoStackOfGoroutines(t *testing.T) {
	p, _, stderr := testProgram("")
	p.stdout = panickingWriter{}
	if code := p.main(context.Background(), []string{"list", "scenarios"}); code != exitBug {
		t.Errorf("exit code %d, want %d", code, exitBug)
	}
	text := stderr.String()
	for _, want := range []string{"a bug of this program", "report it", "panickingWriter"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q does not say %q", text, want)
		}
	}
	if strings.Contains(text, "goroutine ") || strings.Contains(text, "panic:") {
		t.Errorf("a stack: %s", text)
	}
}
