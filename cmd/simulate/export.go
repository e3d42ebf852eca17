package main

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/internal/aside"
	"simulate/internal/export"
	"simulate/internal/report"
	"simulate/internal/wholefile"
	"simulate/sim/table"
)

// exportFormats are the formats of `simulate export`, each with its option and the file that it
// writes into the folder.
var exportFormats = []struct {
	option, file, usage string
	write               func(f *export.Folder, c *cli.Context) (text []byte, notes []string, err error)
}{
	{"xlsx", export.WorkbookName, "a workbook for Excel and LibreOffice: read-me, findings, statistics, effects, inputs " +
		"with their sources, dictionary",
		func(f *export.Folder, c *cli.Context) ([]byte, []string, error) {
			found, err := report.Findings(f.Dir, f.How())
			if err != nil {
				return nil, nil, err
			}
			var b bytes.Buffer
			notes, err := f.Workbook(&b, termsOf(c), found)
			return b.Bytes(), notes, err
		}},
	{"datapackage", export.PackageName, "a Frictionless data package: types, units, meanings and checksums of every table",
		func(f *export.Folder, c *cli.Context) ([]byte, []string, error) {
			return alone(f.DataPackage(termsOf(c)))
		}},
	{"iamc", "iamc.csv", "yearly values in the IAMC format: a row per metric and statistic, a column per year",
		func(f *export.Folder, c *cli.Context) ([]byte, []string, error) {
			var b bytes.Buffer
			err := f.IAMC(&b, listOf(c.String("metrics")))
			return b.Bytes(), nil, err
		}},
	// last, for it names every file
	{"ro-crate", export.CrateName, "an RO-Crate 1.1: every file, the program and the run that made them, author and " +
		"licence",
		func(f *export.Folder, c *cli.Context) ([]byte, []string, error) { return alone(f.Crate(termsOf(c))) }},
}

// alone is a text without notes.
func alone(text []byte, err error) ([]byte, []string, error) { return text, nil, err }

func exportCommand(p *program) *cli.Command {
	flags := []cli.Flag{}
	for _, f := range exportFormats {
		flags = append(flags, &cli.BoolFlag{Name: f.option, Category: outputCategory, Usage: f.usage + "; " + f.file})
	}
	return &cli.Command{
		Name:      "export",
		Usage:     "a results folder in formats for archives and other tools",
		ArgsUsage: "DIR",
		Description: `Writes files into the results folder that describe or repeat its tables in the words of others. Tables
are never changed; several formats may be asked for at once.`,
		UsageText: `simulate export results/deepseek-shock --xlsx
simulate export results/deepseek-shock --datapackage --iamc
simulate export results/deepseek-shock --ro-crate --author 'Ada Lovelace'`,
		Flags: append(flags,
			&cli.StringFlag{Name: "author", Category: outputCategory, Usage: "`NAME` of who made the results, an ORCID in " +
				"brackets behind it"},
			&cli.StringFlag{Name: "licence", Category: outputCategory, Value: "CC-BY-4.0", Usage: "SPDX `NAME` of the " +
				"licence of the results"},
			&cli.StringFlag{Name: "metrics", Category: outputCategory, Usage: "`METRIC,…` of --iamc; by default all of the " +
				"summary"},
			asIs(),
			&cli.BoolFlag{Name: "quiet", Category: outputCategory, Usage: "errors only"},
		),
		Action: func(c *cli.Context) error { return p.export(c) },
	}
}

func (p *program) export(c *cli.Context) error {
	dir, err := oneArgument(c, "the results folder")
	if err != nil {
		return err
	}
	var asked []string
	for _, f := range exportFormats {
		asked = append(asked, "--"+f.option)
	}
	f, err := openExport(dir, p.reads(c))
	if err == nil {
		err = f.Verify()
	}
	if err != nil {
		return err
	}
	if err := termsOf(c).Check(); err != nil {
		return usagef("option --author: %v", err)
	}
	var ready []exported
	for _, format := range exportFormats { // all of them before one is written
		if !c.Bool(format.option) {
			continue
		}
		text, notes, err := format.write(f, c)
		if errors.As(err, new(*table.Changed)) {
			return err
		}
		if err != nil {
			return usageError{err.Error()}
		}
		ready = append(ready, exported{filepath.Join(dir, format.file), text, notes})
	}
	if len(ready) == 0 {
		p.admit()
		return usagef("export needs a format: %s", strings.Join(asked, ", "))
	}
	for _, e := range ready {
		if filepath.Base(e.path) == export.CrateName && len(ready) > 1 { // it names what stands by now
			if e.text, err = f.Crate(termsOf(c)); err != nil {
				return err
			}
		}
		if err := errors.Join(aside.Folder(e.path), wholefile.Write(e.path, e.text)); err != nil {
			return err
		}
		p.tell(c, e.notes)
		if !c.Bool("quiet") {
			fmt.Fprintln(p.stderr, "Wrote", e.path)
		}
	}
	p.admit()
	return nil
}

// exported is a file that is to be written.
type exported struct {
	path  string
	text  []byte
	notes []string
}

// openExport opens a results folder and says in the program's words why it cannot be one.
func openExport(dir string, how *table.Reading) (*export.Folder, error) {
	f, err := export.Open(dir, how)
	if errors.As(err, new(*table.Changed)) {
		return nil, err
	}
	if err != nil {
		return nil, usageError{err.Error()}
	}
	return f, nil
}

func termsOf(c *cli.Context) export.Terms {
	return export.Terms{Author: c.String("author"), Licence: c.String("licence")}
}

// listOf splits a list of names at commas; nil for none.
func listOf(text string) (out []string) {
	for _, part := range strings.Split(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}
