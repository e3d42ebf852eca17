package main

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/sim/scenario"
)

//go:embed starter.yaml
var starter string

var scenarioName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`)

func newCommand(p *program) *cli.Command {
	return &cli.Command{
		Name:        "new",
		Usage:       "a commented scenario file to start from",
		ArgsUsage:   "NAME",
		Description: `Writes NAME.yaml into the working folder: a small scenario on top of the baseline that runs as it is, with a comment on each line that you may want to change, and scenario.schema.json beside it, from which editors complete keys. A file that exists is left alone.`,
		UsageText:   `simulate new my-scenario`,
		Action: func(c *cli.Context) error {
			name, err := oneArgument(c, "a name")
			if err != nil {
				return err
			}
			name = strings.TrimSuffix(name, ".yaml")
			if !scenarioName.MatchString(name) {
				return usagef("%q is not a name; use letters, digits, - and _, as in my-scenario", name)
			}
			if slices.ContainsFunc(scenario.Builtins(), func(b scenario.Builtin) bool { return strings.EqualFold(b.Name, name) }) {
				return usagef("%s is a built-in scenario, with which one of the same name could not be compared; choose another, such as my-%s", name, name)
			}
			file := name + ".yaml"
			if err := createNew(file, schemaLine+starter); errors.Is(err, fs.ErrExist) {
				return usagef("%s exists; choose another name", file)
			} else if err != nil {
				return err
			}
			if written, err := writeSchema(); err != nil {
				return err
			} else if written {
				fmt.Fprintf(p.stderr, "Written: %s, by which editors complete keys and mark mistakes.\n", schemaFile)
			}
			fmt.Fprintf(p.stderr, "Written: %s. Change it, then `simulate check %s` and `simulate run %s`.\n", file, file, file)
			return nil
		},
	}
}

// createNew writes a file that must not exist.
func createNew(path, content string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = f.WriteString(content)
	return errors.Join(err, f.Close())
}
