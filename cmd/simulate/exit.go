package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"syscall"

	"simulate/internal/fault"
	"simulate/internal/quantity"
	"simulate/sim/experiment/cluster"
	"simulate/sim/experiment/results"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

// The exit codes, as scripts and job arrays read them.
const (
	exitFine        = 0
	exitFailed      = 1   // a run failed or an expectation was not met
	exitUsage       = 2   // wrong usage or input
	exitBug         = 70  // a bug of the program, caught: try again, and report it (EX_SOFTWARE)
	exitTerminated  = 75  // stopped by SIGTERM or SIGHUP, or too early: the same command continues (EX_TEMPFAIL)
	exitInterrupted = 130 // stopped by the user: 128 + SIGINT
)

// exitCodes says of each code what it means and what a scheduler should do with the command. Go
// itself ends a program that finds no more memory with 2; the line by which sweeps and plans begin
// says beforehand what they take.
var exitCodes = []struct {
	code        int
	means, then string
}{
	{exitFine, "fine", "nothing"},
	{exitFailed, "a run failed, an expectation was not met, bytes differ, or a file could not be written",
		"look at the message"},
	{exitUsage, "wrong usage or input, found before any work; also Go's own end of a program that finds no more memory " +
		"(`fatal error`)",
		"do not try again as it is; after a `fatal error` give it more memory or fewer `--jobs`"},
	{exitBug, "a bug of the program, caught", "try again, and report it with its message"},
	{exitTerminated, "stopped by SIGTERM or SIGHUP, or a shard whose turn has not come", "give the same command again, " +
		"which continues"},
	{exitInterrupted, "interrupted (SIGINT)", "the same"},
}

// usageError is a mistake in the command line or in what it points to.
type usageError struct{ message string }

func (e usageError) Error() string { return e.message }

func usagef(format string, args ...any) error { return usageError{fmt.Sprintf(format, args...)} }

// exitCode is the one place where errors become exit codes.
func exitCode(ctx context.Context, err error) int {
	if err == nil {
		return exitFine
	}
	var stopped signalError
	if errors.As(err, &stopped) || errors.Is(err, context.Canceled) && errors.As(context.Cause(ctx), &stopped) {
		return stopped.exitCode()
	}
	if errors.As(err, new(*cluster.TooEarly)) {
		return exitTerminated
	}
	var bug *fault.Bug
	if errors.As(err, &bug) {
		return exitBug
	}
	var (
		usage    usageError
		input    *results.InputError
		problems scenario.Problems
		cells    table.Problems
		changed  *table.Changed
	)
	if errors.As(err, &changed) || errors.As(err, new(table.MissingColumn)) || errors.As(err, &usage) || errors.As(err,
		&input) || errors.As(err, &problems) || errors.As(err, &cells) {
		return exitUsage
	}
	return exitFailed
}

// mostProblems are shown of the mistakes in one file.
const mostProblems = 100

// report tells the user what went wrong: mistakes in files as a compiler does, with the line and a
// caret on a terminal.
func (p *program) report(err error) {
	all := flatten(err)
	for i, e := range all {
		if slices.ContainsFunc(all[:i], func(said error) bool { return strings.HasSuffix(said.Error(), e.Error()) }) {
			continue // the same once more, as of a file that can neither be written nor closed
		}
		switch e := e.(type) {
		case scenario.Problems:
			for i, problem := range e {
				if i == mostProblems {
					fmt.Fprintf(p.stderr, "simulate: %s mistakes more; mend these first\n", quantity.Count(len(e)-i))
					break
				}
				fmt.Fprintln(p.stderr, problem.Error())
				if p.stderrIsTerminal && problem.Snippet != "" {
					fmt.Fprintln(p.stderr, indent(problem.Snippet))
				}
			}
		case table.Problems:
			fmt.Fprintln(p.stderr, e.Error())
		default:
			text := strings.TrimRight(e.Error(), "\n")
			if noRoom(e) {
				text += ": make room there and give the command again"
			}
			if noRoom(e) || errors.As(e, new(signalError)) {
				text += p.promised()
			}
			fmt.Fprintf(p.stderr, "simulate: %s\n", text)
		}
	}
}

// noRoom tells whether a file could not be written because the disk is full, or the user's part.
func noRoom(err error) bool {
	const windowsDiskFull = syscall.Errno(112)
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) ||
		runtime.GOOS == "windows" && errors.Is(err, windowsDiskFull)
}

// flatten lists the errors that errors.Join has put together.
func flatten(err error) []error {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var out []error
	for _, e := range joined.Unwrap() {
		out = append(out, flatten(e)...)
	}
	return out
}
