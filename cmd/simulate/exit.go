package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"

	"simulate/internal/measure"
	"simulate/sim/experiment"
	"simulate/sim/scenario"
)

// The exit codes, as scripts and job arrays read them.
const (
	exitFine        = 0
	exitFailed      = 1   // a run failed or an expectation was not met
	exitUsage       = 2   // wrong usage or input
	exitTerminated  = 75  // stopped by SIGTERM: the same command continues (EX_TEMPFAIL)
	exitInterrupted = 130 // stopped by the user: 128 + SIGINT
)

// usageError is a mistake in the command line or in what it points to.
type usageError struct{ message string }

func (e usageError) Error() string { return e.message }

func usagef(format string, args ...any) error { return usageError{fmt.Sprintf(format, args...)} }

// signalError is the cause of a context that a signal has cancelled.
type signalError struct{ signal os.Signal }

func (e signalError) Error() string {
	if e.signal == syscall.SIGTERM {
		return "stopped by SIGTERM"
	}
	return "interrupted"
}

// exitCode is the one place where errors become exit codes.
func exitCode(ctx context.Context, err error) int {
	if err == nil {
		return exitFine
	}
	var stopped signalError
	if errors.As(err, &stopped) || errors.Is(err, context.Canceled) && errors.As(context.Cause(ctx), &stopped) {
		if stopped.signal == syscall.SIGTERM {
			return exitTerminated
		}
		return exitInterrupted
	}
	var (
		usage    usageError
		input    *experiment.InputError
		problems scenario.Problems
		cells    measure.Problems
	)
	if errors.As(err, &usage) || errors.As(err, &input) || errors.As(err, &problems) || errors.As(err, &cells) {
		return exitUsage
	}
	return exitFailed
}

// report tells the user what went wrong: mistakes in files as a compiler does, with the line and a caret on a terminal.
func (p *program) report(err error) {
	for _, e := range flatten(err) {
		switch e := e.(type) {
		case scenario.Problems:
			for _, problem := range e {
				fmt.Fprintln(p.stderr, problem.Error())
				if p.stderrIsTerminal && problem.Snippet != "" {
					fmt.Fprintln(p.stderr, indent(problem.Snippet))
				}
			}
		case measure.Problems:
			fmt.Fprintln(p.stderr, e.Error())
		default:
			fmt.Fprintf(p.stderr, "simulate: %s\n", strings.TrimRight(e.Error(), "\n"))
		}
	}
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
