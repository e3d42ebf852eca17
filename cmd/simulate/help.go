package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/urfave/cli/v2"
)

const (
	helpWidth   = 79
	optionWidth = 33 // columns before the meaning of an option
)

// printHelp replaces the library's templates: it fits 80 columns and shows examples.
func printHelp(w io.Writer, _ string, data any) {
	switch d := data.(type) {
	case *cli.App:
		printAppHelp(w, d)
	case *cli.Command:
		io.WriteString(w, commandHelp(d))
	}
}

func printAppHelp(w io.Writer, app *cli.App) {
	fmt.Fprintf(w, "%s\n\nUsage: simulate COMMAND [options] ARGUMENTS\n\nCommands:\n", wrap(app.Description, "",
		helpWidth))
	for _, c := range app.Commands {
		fmt.Fprintln(w, hang(fmt.Sprintf("  %-11s ", c.Name), c.Usage, helpWidth))
	}
	fmt.Fprintf(w, "\nStart with:\n%s\n", indent(app.UsageText))
	fmt.Fprint(w, "\n`simulate COMMAND --help` explains a command, `simulate --version` its version,\n`simulate --help "+
		"--json` lists all commands and options for programs.\n")
}

// commandHelp is the help page of a command.
func commandHelp(c *cli.Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", wrap(fullName(c)+": "+c.Usage, "", helpWidth))
	fmt.Fprintf(&b, "%s\n\n", strings.TrimRight("Usage: "+fullName(c)+" [options] "+c.ArgsUsage, " "))
	for _, paragraph := range strings.Split(c.Description, "\n\n") {
		b.WriteString(wrap(paragraph, "", helpWidth) + "\n\n")
	}
	fmt.Fprintf(&b, "Examples:\n%s\n", indent(c.UsageText))
	var order []string
	categories := map[string]string{}
	for _, f := range c.VisibleFlags() {
		name := "Options"
		if g, ok := f.(cli.CategorizableFlag); ok && g.GetCategory() != "" {
			name = g.GetCategory()
		}
		if categories[name] == "" {
			order = append(order, name)
		}
		categories[name] += flagHelp(f) + "\n"
	}
	for _, name := range order {
		fmt.Fprintf(&b, "\n%s:\n%s", name, categories[name])
	}
	if len(c.Subcommands) > 0 {
		b.WriteString("\nCommands:\n")
		for _, sub := range c.Subcommands {
			fmt.Fprintln(&b, hang(fmt.Sprintf("  %-*s ", optionWidth-3, fullName(sub)), sub.Usage, helpWidth))
		}
	}
	return b.String()
}

// fullName is a command as it is typed.
func fullName(c *cli.Command) string {
	if strings.HasPrefix(c.HelpName, "simulate ") {
		return c.HelpName
	}
	return "simulate " + c.Name
}

// flagHelp is one option: names and placeholder, then its meaning.
func flagHelp(f cli.Flag) string {
	placeholder, meaning := describe(f)
	name := "    "
	for _, n := range f.Names() {
		if len(n) == 1 {
			name = "-" + n + ", "
		}
	}
	name = "  " + name + "--" + f.Names()[0]
	if placeholder != "" {
		name += " " + placeholder
	}
	return hang(fmt.Sprintf("%-*s ", optionWidth-1, name), meaning, helpWidth)
}

// describe finds in an option's usage text the placeholder for its value, which stands between
// backquotes.
func describe(f cli.Flag) (placeholder, meaning string) {
	d, ok := f.(cli.DocGenerationFlag)
	if !ok {
		return "", ""
	}
	meaning = d.GetUsage()
	if parts := strings.SplitN(meaning, "`", 3); len(parts) == 3 && d.TakesValue() {
		placeholder, meaning = parts[1], strings.Join(parts, "")
	}
	if g, ok := f.(*cli.GenericFlag); ok {
		if c, ok := g.Value.(*choice); ok {
			placeholder = strings.Join(c.words, "|")
		}
	}
	return placeholder, meaning
}

// hang writes body after a label, its further lines indented to the label's width.
func hang(label, body string, width int) string {
	margin := text.StringWidthWithoutEscSequences(label)
	if margin > optionWidth {
		return strings.TrimRight(label, " ") + "\n" + wrap(body, strings.Repeat(" ", optionWidth), width)
	}
	lines := strings.Split(wrap(body, "", width-margin), "\n")
	return label + strings.Join(lines, "\n"+strings.Repeat(" ", margin))
}

// wrap breaks text at spaces so that no line with its margin exceeds width.
func wrap(s, margin string, width int) string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		if line != "" && text.StringWidthWithoutEscSequences(margin+line+" "+word) > width {
			lines, line = append(lines, margin+line), word
			continue
		}
		line = strings.TrimPrefix(line+" "+word, " ")
	}
	return strings.Join(append(lines, margin+line), "\n")
}

func indent(s string) string { return "  " + strings.ReplaceAll(strings.TrimSpace(s), "\n", "\n  ") }
