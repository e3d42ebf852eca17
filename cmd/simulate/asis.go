package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/sim/table"
)

// asIs is the option of every command that opens a results folder.
func asIs() cli.Flag {
	return &cli.BoolFlag{Name: "as-is", Usage: "read tables that were changed after they were written, and say so at " +
		"the top"}
}

// reads is how the command reads the tables of a results folder.
func (p *program) reads(c *cli.Context) *table.Reading {
	if p.how == nil {
		p.how = &table.Reading{AsIs: c.Bool("as-is")}
	}
	return p.how
}

// admit says on stderr which files were read although they were changed.
func (p *program) admit() {
	if note := p.how.Note(); note != "" {
		fmt.Fprintln(p.stderr, wrap(note, "", helpWidth))
	}
}

// head says the same at the top of what goes to stdout, once.
func (p *program) head() {
	if note := p.how.Note(); note != "" && note != p.noted {
		p.noted = note
		fmt.Fprintf(p.stdout, "%s\n\n", wrap(note, "", p.width))
	}
}

// led is a table that is written for other programs, which find the names of the same files in its
// first column.
func (p *program) led(t *table.Table) *table.Table {
	names := p.how.Changed()
	if len(names) == 0 {
		return t
	}
	return t.Led(table.Column{Name: "read_as_is", Meaning: "files that are not as the experiment left them"},
		strings.Join(names, " "))
}

// headed puts the names of the same files first into what is printed as JSON.
func (p *program) headed(v any) any {
	names := p.how.Changed()
	if len(names) == 0 {
		return v
	}
	first := pair{"read_as_is", names}
	switch v := v.(type) {
	case ordered:
		return append(ordered{first}, v...)
	case []ordered:
		for i := range v {
			v[i] = append(ordered{first}, v[i]...)
		}
	}
	return v
}
