package main

import (
	"context"
	"io"
	"os"
	"runtime"
	"sync/atomic"

	"golang.org/x/term"

	"simulate/internal/fault"
	"simulate/internal/visible"
	"simulate/sim/experiment/results"
	"simulate/sim/table"
	"simulate/sim/table/formats"
)

func main() { os.Exit(realMain()) }

// realMain is main without the exit, as tests start it.
func realMain() int {
	collectLate(os.Getenv)
	formats.Register()
	results.KeepProgramSum()
	p := &program{
		stdin: os.Stdin, stdout: visible.Writer(os.Stdout), stderr: visible.Writer(os.Stderr),
		stdoutIsTerminal: term.IsTerminal(int(os.Stdout.Fd())),
		stderrIsTerminal: term.IsTerminal(int(os.Stderr.Fd())),
		width:            80,
	}
	if w, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil && w >= 40 {
		p.width = w
	}
	ctx, stop := withSignals(context.Background(), patience, p.giveUp)
	defer stop()
	return p.main(ctx, os.Args[1:])
}

// program is one invocation: its streams and what they are connected to. stdout carries data,
// stderr everything else; text that goes through them reaches no terminal as a command (visible.Raw
// is for what is no text).
type program struct {
	stdin                              io.Reader
	stdout, stderr                     io.Writer
	stdoutIsTerminal, stderrIsTerminal bool
	width                              int            // columns of the terminal behind stdout
	args                               []string       // the command line without the program
	how                                *table.Reading // of the tables of a results folder; nil: none is read
	noted                              string         // what has been said at the top of stdout
	kept                               atomic.Value   // string: what holds of the work should a signal end it
}

// main runs one command line and returns the exit code.
func (p *program) main(ctx context.Context, args []string) int {
	p.args = args
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0)) // which an option may lower
	err := p.execute(ctx, args)
	if err != nil {
		p.admit()
		p.report(err)
	}
	return exitCode(ctx, err)
}

func (p *program) execute(ctx context.Context, args []string) (err error) {
	defer fault.Catch(&err)
	defer table.Misfit(&err) // of a folder that was changed, which is no bug
	app := newApp(p)
	if len(args) > 0 && args[0] == completionRequest {
		return p.complete(app, args[1:])
	}
	if asksHelpAsJSON(args) {
		return p.helpAsJSON(app, args)
	}
	arranged, err := arrange(app, args)
	if err != nil {
		return err
	}
	return app.RunContext(ctx, arranged)
}
