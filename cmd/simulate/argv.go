package main

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// arrange puts a command line into the one order that the library reads in full: command, options
// as --name=value, "--", arguments. Options may so stand before or after arguments, and what is no
// option of the command is refused instead of taken for an argument. "help COMMAND" becomes
// "COMMAND --help".
func arrange(app *cli.App, args []string) ([]string, error) {
	app.Setup()
	if len(args) > 0 && args[0] == "help" {
		args = append(slices.Clone(args[1:]), "--help")
	}
	out := []string{app.Name}
	flags, commands, command := app.Flags, app.Commands, ""
	var below []*cli.Command // the command's own
	var options, arguments []string
	given := map[string]bool{}
	for i := 0; i < len(args); i++ {
		arg := args[i]
		switch {
		case arg == "--":
			arguments = append(arguments, args[i+1:]...)
			i = len(args)
		case len(arg) > 1 && arg[0] == '-':
			f, value, attached, err := option(flags, command, arg)
			if err != nil && len(commands) > 0 && having(commands, arg) != nil {
				return nil, usagef("unknown option %s; an option stands after its command", arg)
			}
			if c := having(below, arg); err != nil && c != nil {
				name, _, _ := strings.Cut(arg, "=")
				return nil, usagef("unknown option %s; it is one of `simulate %s %s`", name, command, c.Name)
			}
			if err != nil {
				return nil, err
			}
			name := f.Names()[0]
			if !takesValue(f) {
				if attached {
					return nil, usagef("option --%s takes no value", name)
				}
				value = "true"
			} else if !attached {
				if i++; i == len(args) || isOption(flags, args[i]) {
					return nil, usagef("option --%s needs a value%s", name, inExample(f))
				}
				value = args[i]
			}
			if _, many := f.(*cli.StringSliceFlag); given[name] && !many {
				return nil, usagef("option --%s is given twice", name)
			}
			given[name] = true
			if err := check(f, value); err != nil {
				return nil, err
			}
			options = append(options, "--"+name+"="+value)
		case len(commands) > 0:
			c := find(commands, arg)
			if c == nil && len(out) > 1 { // of a command that has subcommands, but can do without
				arguments, commands = append(arguments, arg), nil
				continue
			}
			if c == nil {
				return nil, usagef("unknown command %q%s; `simulate --help` lists them", arg, didYouMean(arg, names(commands)))
			}
			out = append(append(out, options...), c.Name)
			options, flags, commands, command = nil, append(c.Flags, cli.HelpFlag), c.Subcommands,
				strings.TrimPrefix(command+" "+c.Name, " ")
			below = commands
		default:
			arguments = append(arguments, arg)
		}
	}
	if given["help"] {
		arguments = nil // the library would take them for a topic
	}
	return append(append(append(out, options...), "--"), arguments...), nil
}

// option finds the flag that an argument such as --seed, --seed=5, -n or -n5 names, and the value
// attached to it.
func option(flags []cli.Flag, command, arg string) (f cli.Flag, value string, attached bool, err error) {
	if strings.HasPrefix(arg, "--") {
		name, value, attached := strings.Cut(arg[2:], "=")
		if f := findFlag(flags, name); f != nil && len(name) > 1 {
			return f, value, attached, nil
		}
		return nil, "", false, unknownOption(flags, command, "--"+name)
	}
	if f := findFlag(flags, arg[1:2]); f != nil {
		rest := arg[2:]
		if rest == "" || takesValue(f) {
			return f, strings.TrimPrefix(rest, "="), rest != "", nil
		}
	}
	name, _, _ := strings.Cut(arg, "=")
	return nil, "", false, unknownOption(flags, command, name)
}

func unknownOption(flags []cli.Flag, command, given string) error {
	var known []string
	for _, f := range flags {
		for _, n := range f.Names() {
			known = append(known, dashed(n))
		}
	}
	of := "simulate"
	if command != "" {
		of += " " + command
	}
	return usagef("unknown option %s%s; `%s --help` lists them", given, didYouMean(given, known), of)
}

// having is the first command that has the option; nil where none does.
func having(commands []*cli.Command, arg string) *cli.Command {
	at := slices.IndexFunc(commands, func(c *cli.Command) bool {
		_, _, _, err := option(c.Flags, c.Name, arg)
		return err == nil
	})
	if at < 0 {
		return nil
	}
	return commands[at]
}

// isOption says whether an argument is an option of the command rather than the value of the one
// before it.
func isOption(flags []cli.Flag, arg string) bool {
	name, _, _ := strings.Cut(arg, "=")
	return strings.HasPrefix(arg, "--") && findFlag(flags, name[2:]) != nil
}

func findFlag(flags []cli.Flag, name string) cli.Flag {
	for _, f := range flags {
		if slices.Contains(f.Names(), name) {
			return f
		}
	}
	return nil
}

func takesValue(f cli.Flag) bool {
	d, ok := f.(cli.DocGenerationFlag)
	return ok && d.TakesValue()
}

func find(commands []*cli.Command, name string) *cli.Command {
	for _, c := range commands {
		if c.HasName(name) {
			return c
		}
	}
	return nil
}

func names(commands []*cli.Command) []string {
	var out []string
	for _, c := range commands {
		out = append(out, c.Name)
	}
	return out
}

// dashed writes an option's name as on the command line.
func dashed(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}
