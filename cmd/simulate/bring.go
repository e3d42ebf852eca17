package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/urfave/cli/v2"

	"simulate/sim/experiment/results"
	"simulate/sim/table"
)

// How a user's own table is read, the same in every command that takes one.

// tableFlags say what a table's bytes do not.
func tableFlags() []cli.Flag {
	return []cli.Flag{
		oneOf(tableCategory, "separator", "what parts the cells of a line; by default found", table.Separators()...),
		oneOf(tableCategory, "decimal", "mark before decimals; by default found", "point", "comma"),
		&cli.StringFlag{Name: "sheet", Category: tableCategory, Usage: "`NAME` of the sheet of a workbook; by default the " +
			"first with a table"},
	}
}

func tableOptions(c *cli.Context) table.Options {
	o := table.Options{Sheet: c.String("sheet")}
	if word, ok := c.Generic("separator").(*choice); ok && word != nil {
		o.Separator = table.Separator(word.word)
	}
	if word, ok := c.Generic("decimal").(*choice); ok && word != nil {
		o.Decimal = map[string]rune{"point": '.', "comma": ','}[word.word]
	}
	return o
}

// bring opens a table of the user's, a file or "-". One that lies in a results folder is held
// against the folder's manifest.
func (p *program) bring(c *cli.Context, path string) (*table.Sheet, error) {
	if err := p.asWritten(c, path); err != nil {
		return nil, err
	}
	return table.Open(path, p.stdin, tableOptions(c))
}

// asWritten refuses a file that a manifest beside it names with another SHA-256.
func (p *program) asWritten(c *cli.Context, path string) error {
	err := results.AsWritten(path, p.reads(c))
	if errors.As(err, new(*table.Changed)) && !slices.ContainsFunc(c.Command.Flags, func(f cli.Flag) bool {
		return slices.Contains(f.Names(), "as-is")
	}) {
		return usagef("%s was changed after %s was written, whose manifest names it; copy it to another folder to read it "+
			"as a table of your own", path, filepath.Dir(path))
	}
	return err
}

// notes writes what was found out about a table on stderr, unless quiet.
func (p *program) notes(c *cli.Context, s *table.Sheet) {
	if c.Bool("quiet") {
		return
	}
	for _, note := range s.Notes() {
		fmt.Fprintln(p.stderr, wrap("Note: "+s.Path()+": "+note+".", "", helpWidth))
	}
}
