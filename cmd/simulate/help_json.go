package main

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// asksHelpAsJSON says whether a command line asks for help that programs read: --help --json, alone
// or after a command.
func asksHelpAsJSON(args []string) bool {
	if end := slices.Index(args, "--"); end >= 0 {
		args = args[:end]
	}
	help := slices.Contains(args, "--help") || slices.Contains(args, "-h") || len(args) > 0 && args[0] == "help"
	return help && slices.Contains(args, "--json")
}

// helpAsJSON writes what the help pages say of all commands, or of the one that is named.
func (p *program) helpAsJSON(app *cli.App, args []string) error {
	app.Setup()
	commands, named := app.Commands, (*cli.Command)(nil)
	for _, w := range args {
		if w == "help" || strings.HasPrefix(w, "-") {
			continue
		}
		c := find(commands, w)
		if c == nil && named == nil {
			return usagef("unknown command %q%s; `simulate --help` lists them", w, didYouMean(w, names(commands)))
		}
		if c != nil {
			named, commands = c, c.Subcommands
		}
	}
	if named != nil {
		return p.printJSON(commandAsJSON(named))
	}
	var list, placeholders, codes []ordered
	for _, c := range app.Commands {
		list = append(list, commandAsJSON(c))
	}
	for _, w := range words {
		placeholders = append(placeholders, ordered{{"word", w.name}, {"meaning", w.meaning}})
	}
	for _, c := range exitCodes {
		codes = append(codes, ordered{{"code", c.code}, {"means", c.means}, {"then", c.then}})
	}
	return p.printJSON(ordered{{"program", app.Name}, {"version", app.Version}, {"description", app.Description},
		{"commands", list},
		{"words", placeholders}, {"exit_codes", codes}})
}

func commandAsJSON(c *cli.Command) ordered {
	options, below := []ordered{}, []ordered{}
	for _, f := range c.VisibleFlags() {
		options = append(options, optionAsJSON(f))
	}
	for _, sub := range c.Subcommands {
		below = append(below, commandAsJSON(sub))
	}
	return ordered{{"command", fullName(c)}, {"summary", c.Usage}, {"arguments", append([]string{},
		strings.Fields(c.ArgsUsage)...)},
		{"description", paragraphs(c.Description)}, {"examples", strings.Split(strings.TrimSpace(c.UsageText), "\n")},
		{"options",
			options}, {"commands", below}}
}

// optionAsJSON is an option: its value as help pages write it, null for a switch, and the choice
// where it is one of a few words.
func optionAsJSON(f cli.Flag) ordered {
	placeholder, meaning := describe(f)
	var value, short any
	if takesValue(f) {
		value = placeholder
	}
	for _, n := range f.Names() {
		if len(n) == 1 {
			short = "-" + n
		}
	}
	choice := []string{}
	if words := choices(placeholder); takesValue(f) && !capitals.MatchString(words[0]) {
		choice = words
	}
	category := ""
	if g, ok := f.(cli.CategorizableFlag); ok {
		category = g.GetCategory()
	}
	_, many := f.(*cli.StringSliceFlag)
	return ordered{{"option", "--" + f.Names()[0]}, {"short", short}, {"value", value}, {"choice", choice},
		{"repeatable", many},
		{"meaning", meaning}, {"category", category}}
}

// paragraphs is a text without the ends of its lines, other than those between paragraphs.
func paragraphs(text string) string {
	var out []string
	for _, p := range strings.Split(text, "\n\n") {
		out = append(out, strings.Join(strings.Fields(p), " "))
	}
	return strings.Join(out, "\n\n")
}
