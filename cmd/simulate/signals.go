package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"simulate/internal/wholefile"
)

// patience is how long a command may take, once a signal has asked it to end, to put things in
// order. What it keeps lies in files that bear being cut off at any moment, so that a command which
// waits for something that never comes can be ended.
const patience = 500 * time.Millisecond

// signalError is the cause of a context that a signal has cancelled.
type signalError struct{ signal os.Signal }

func (e signalError) Error() string {
	switch e.signal {
	case syscall.SIGTERM:
		return "stopped by SIGTERM"
	case os.Interrupt:
		return "interrupted"
	}
	return "stopped, as the terminal is gone" // SIGHUP
}

// exitCode is the one that scripts and schedulers find.
func (e signalError) exitCode() int {
	if e.signal == os.Interrupt {
		return exitInterrupted
	}
	return exitTerminated
}

// withSignals returns a context that the first signal to end cancels with a signalError as its
// cause. overdue is called where the command has then not ended within patience; a second signal
// ends the process at once.
func withSignals(parent context.Context, patience time.Duration, overdue func(signalError)) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(parent)
	received := make(chan os.Signal, 1)
	signal.Notify(received, endings()...)
	done := make(chan struct{})
	go func() {
		select {
		case s := <-received:
			signal.Stop(received)
			cancel(signalError{s})
			select {
			case <-time.After(patience):
				overdue(signalError{s})
			case <-done:
			}
		case <-done:
		}
	}()
	return ctx, func() { signal.Stop(received); close(done); cancel(nil) }
}

// endings are the signals that end a command: an interrupt, a termination, and the end of the
// terminal unless the program was told to outlive it (nohup).
func endings() []os.Signal {
	list := []os.Signal{os.Interrupt, syscall.SIGTERM}
	for _, s := range hangups {
		if !signal.Ignored(s) {
			list = append(list, s)
		}
	}
	return list
}

// giveUp ends the process for a command that does not end by itself, with what then holds of its
// work.
func (p *program) giveUp(e signalError) {
	wholefile.Abandon()
	fmt.Fprintf(p.stderr, "simulate: %s\n", e.Error()+p.promised())
	os.Exit(e.exitCode())
}

// continues is the promise of the commands that keep what is done.
const continues = "what is done is kept, and the same command continues"

// goesOn is the promise of those that leave no folder: finished runs lie in the cache for a while.
const goesOn = "given again, it goes on from there"

// promise says what holds of a command's work should a signal end it from now on, as the rest of a
// sentence; "" for nothing.
func (p *program) promise(text string) { p.kept.Store(text) }

func (p *program) promised() string {
	if text, _ := p.kept.Load().(string); text != "" {
		return "; " + text
	}
	return ""
}
