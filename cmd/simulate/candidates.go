package main

import (
	"strings"

	"github.com/urfave/cli/v2"
)

// candidates are the words that may stand at the cursor, which is in the last of words.
func (p *program) candidates(app *cli.App, words []string) []candidate {
	app.Setup()
	if len(words) == 0 {
		words = []string{""}
	}
	current, before := words[len(words)-1], words[:len(words)-1]
	flags := app.Flags
	var command *cli.Command
	arguments := 0 // given before the cursor
	for i := 0; i < len(before); i++ {
		w := before[i]
		if f := optionNamed(flags, w); f != nil {
			if takesValue(f) && !strings.Contains(w, "=") {
				if i++; i == len(before) {
					return valuesOf(f, "", current)
				}
			}
			continue
		}
		switch {
		case strings.HasPrefix(w, "-"):
		case command == nil && w != "help":
			if command = find(app.Commands, w); command == nil {
				return nil
			}
			flags = append(command.Flags, cli.HelpFlag)
		case command != nil && arguments == 0 && find(command.Subcommands, w) != nil:
			command = find(command.Subcommands, w)
			flags = append(command.Flags, cli.HelpFlag)
		case command != nil:
			arguments++
		}
	}
	if name, value, attached := strings.Cut(current, "="); attached && strings.HasPrefix(current, "--") {
		if f := optionNamed(flags, name); f != nil && takesValue(f) {
			return valuesOf(f, name+"=", value)
		}
		return nil
	}
	if strings.HasPrefix(current, "-") {
		return options(flags)
	}
	var out []candidate
	if command == nil {
		for _, c := range app.Commands {
			out = append(out, candidate{c.Name, c.Usage})
		}
		return out
	}
	for _, sub := range command.Subcommands {
		if arguments == 0 {
			out = append(out, candidate{sub.Name, sub.Usage})
		}
	}
	return append(out, offered(placeOf(command.ArgsUsage, arguments), current)...)
}

// placeOf is the part of a usage line such as BASE ALTERNATIVE… that the next argument fills, ""
// where no more is taken.
func placeOf(usage string, given int) string {
	places := strings.Fields(usage)
	switch last := len(places) - 1; {
	case given <= last:
		return places[given]
	case last >= 0 && strings.HasSuffix(strings.TrimRight(places[last], "]"), "…"):
		return places[last]
	}
	return ""
}

func options(flags []cli.Flag) []candidate {
	var out []candidate
	for _, f := range flags {
		_, meaning := describe(f)
		out = append(out, candidate{"--" + f.Names()[0], meaning})
	}
	return out
}

// optionNamed finds the option that a word such as --seed, --seed=5 or -n names.
func optionNamed(flags []cli.Flag, word string) cli.Flag {
	name, _, _ := strings.Cut(strings.TrimLeft(word, "-"), "=")
	if strings.HasPrefix(word, "-") && name != "" {
		return findFlag(flags, name)
	}
	return nil
}

// valuesOf are the candidates for an option's value, each after a prefix: what its placeholder
// allows.
func valuesOf(f cli.Flag, prefix, current string) []candidate {
	placeholder, _ := describe(f)
	out := offered(placeholder, current)
	for i := range out {
		if !strings.HasPrefix(out[i].word, ":") {
			out[i].word = prefix + out[i].word
		}
	}
	return out
}

// joinEquals undoes how bash splits words at "=": --format = csv becomes --format=csv.
func joinEquals(words []string) []string {
	var out []string
	for i := 0; i < len(words); i++ {
		if words[i] == "=" && len(out) > 0 {
			out[len(out)-1] += "="
			if i+1 < len(words) {
				i++
				out[len(out)-1] += words[i]
			}
			continue
		}
		out = append(out, words[i])
	}
	return out
}
