package main

import (
	"bytes"
	"os"

	"github.com/urfave/cli/v2"

	"simulate/internal/wholefile"
	"simulate/sim/scenario"
)

// schemaFile is the name by which scenario files call the schema beside them.
const schemaFile = "scenario.schema.json"

// schemaLine names the schema to editors, in the first line of a scenario file.
const schemaLine = "# yaml-language-server: $schema=./" + schemaFile + "\n"

func schemaCommand(p *program) *cli.Command {
	return &cli.Command{
		Name:  "schema",
		Usage: "the JSON schema of scenario files, by which editors complete and check them",
		Description: `Prints the schema (JSON Schema 2020-12): every key with its meaning, unit, default and allowed range,
built-in scenarios, metrics, and the labs and segments of the baseline by name.

Editors with a YAML language server (VS Code with the YAML extension, Neovim, Emacs, JetBrains) take it from the first
line of a file, which simulate new writes. An editor sees words and shapes; simulate check also sees what belongs
together.`,
		UsageText: `simulate schema > scenario.schema.json`,
		Action: func(c *cli.Context) error {
			if c.NArg() > 0 {
				return usagef("schema takes no argument; there are %d", c.NArg())
			}
			_, err := p.stdout.Write(scenario.Schema())
			return err
		},
	}
}

// writeSchema leaves the schema in the working folder, where none but an older one of the program
// is in its place.
func writeSchema() (written bool, err error) {
	text := scenario.Schema()
	old, err := os.ReadFile(schemaFile)
	switch {
	case err == nil && (bytes.Equal(old, text) || !bytes.Contains(old, []byte(scenario.SchemaTitle))):
		return false, nil
	case err != nil && !os.IsNotExist(err):
		return false, err
	}
	return true, wholefile.Write(schemaFile, text)
}
