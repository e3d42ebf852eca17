package main

import (
	"embed"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// completionRequest is the first argument by which the scripts ask for candidates. The words typed
// so far follow, the one under the cursor last. The answer is a candidate per line, a tab and its
// meaning; a line that starts with a colon asks the shell for files instead: ":yaml", ":csv" or
// ":folders".
const completionRequest = "__complete"

//go:embed completion/*
var completionScripts embed.FS

var shells = []string{"bash", "zsh", "fish"}

func completionCommand(p *program) *cli.Command {
	return &cli.Command{
		Name:      "completion",
		Usage:     "the script that completes commands, options and names in a shell",
		ArgsUsage: strings.Join(shells, "|"),
		Description: `Prints a script for the shell. With it the Tab key completes commands, options, scenarios, metrics,
parameters and files.`,
		UsageText: `source <(simulate completion bash)            # in ~/.bashrc
source <(simulate completion zsh)             # in ~/.zshrc, after compinit
simulate completion fish | source             # in ~/.config/fish/config.fish`,
		Action: func(c *cli.Context) error {
			shell, err := oneArgument(c, "the shell")
			if err != nil {
				return err
			}
			if !slices.Contains(shells, shell) {
				return usagef("no completion for %q; there is %s", shell, strings.Join(shells, ", "))
			}
			script, err := completionScripts.ReadFile("completion/simulate." + shell)
			if err != nil {
				return err
			}
			_, err = p.stdout.Write(script)
			return err
		},
	}
}

// candidate is a word that may stand at the cursor.
type candidate struct{ word, meaning string }

// complete answers a request of the scripts.
func (p *program) complete(app *cli.App, words []string) error {
	words = joinEquals(words)
	current := ""
	if len(words) > 0 {
		current = words[len(words)-1]
	}
	for _, c := range p.candidates(app, words) {
		if strings.HasPrefix(c.word, ":") || strings.HasPrefix(c.word, current) {
			fmt.Fprintf(p.stdout, "%s\t%s\n", c.word, c.meaning)
		}
	}
	return nil
}
