package main

import (
	"fmt"

	"github.com/urfave/cli/v2"
)

// newApp is the table of commands.
func newApp(p *program) *cli.App {
	cli.HelpPrinter = printHelp
	cli.HelpFlag = &cli.BoolFlag{Name: "help", Aliases: []string{"h"}, Usage: "this page"}
	cli.VersionPrinter = func(*cli.Context) { fmt.Fprintln(p.stdout, "simulate", version()) }
	app := &cli.App{
		Name: "simulate",
		Description: "An agent-based model of AI labs with budgets from millions to tens of billions of dollars: what " +
			"efficiency gains and policies do to compute, prices and market concentration.",
		UsageText: `simulate run deepseek-shock    a built-in scenario into results/deepseek-shock
simulate list                  what there is
simulate new my-scenario       a commented scenario file of your own`,
		Version:                   version(),
		Reader:                    p.stdin,
		Writer:                    p.stdout,
		ErrWriter:                 p.stderr,
		HideHelpCommand:           true,
		DisableSliceFlagSeparator: true,
		ExitErrHandler:            func(*cli.Context, error) {},
		OnUsageError:              usageFailure,
		Commands: []*cli.Command{
			runCommand(p),
			sweepCommand(p),
			compareCommand(p),
			analyseCommand(p),
			reproduceCommand(p),
			backtestCommand(p),
			calibrateCommand(p),
			plotCommand(p),
			tableCommand(p),
			reportCommand(p),
			exploreCommand(p),
			exportCommand(p),
			citeCommand(p),
			measureCommand(p),
			checkCommand(p),
			newCommand(p),
			schemaCommand(p),
			listCommand(p),
			paramsCommand(p),
			completionCommand(p),
		},
	}
	for _, c := range app.Commands {
		c.HideHelpCommand = true
		c.OnUsageError = usageFailure
		for _, sub := range c.Subcommands {
			sub.HideHelpCommand = true
			sub.OnUsageError = usageFailure
			sub.HelpName = "simulate " + c.Name + " " + sub.Name
		}
	}
	return app
}

func usageFailure(_ *cli.Context, err error, _ bool) error { return usageError{err.Error()} }
