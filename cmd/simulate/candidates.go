package main

import (
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/internal/reference"
	"simulate/plots"
	"simulate/sim/scenario"
)

// arguments lists what may stand as an argument of each command.
var arguments = map[string]func() []candidate{
	"run":                 func() []candidate { return append(scenarioNames(), candidate{word: ":yaml"}) },
	"compare":             func() []candidate { return append(scenarioNames(), candidate{word: ":yaml"}) },
	"sweep":               func() []candidate { return append(scenarioNames(), candidate{word: ":yaml"}) },
	"sweep plan":          func() []candidate { return append(scenarioNames(), candidate{word: ":yaml"}) },
	"sweep status":        func() []candidate { return []candidate{{word: ":folders"}} },
	"sweep merge":         func() []candidate { return []candidate{{word: ":folders"}} },
	"check":               func() []candidate { return append(scenarioNames(), candidate{word: ":yaml"}) },
	"analyse sensitivity": func() []candidate { return []candidate{{word: ":folders"}} },
	"analyse discover":    func() []candidate { return []candidate{{word: ":folders"}} },
	"analyse robustness":  func() []candidate { return []candidate{{word: ":folders"}} },
	"analyse threshold":   func() []candidate { return append(scenarioNames(), candidate{word: ":yaml"}) },
	"reproduce":           func() []candidate { return []candidate{{word: ":folders"}} },
	"plot":                func() []candidate { return []candidate{{word: ":folders"}} },
	"report":              func() []candidate { return []candidate{{word: ":folders"}} },
	"measure":             func() []candidate { return []candidate{{word: ":csv"}} },
	"params":              parameterPaths,
	"list":                listNames,
	"completion":          func() []candidate { return plain(shells) },
}

// optionValues lists what may stand as the value of each option; an option with a choice of words completes them by itself.
var optionValues = map[string]func() []candidate{
	"out":        func() []candidate { return []candidate{{word: ":folders"}} },
	"figure":     figureNames,
	"observed":   func() []candidate { return []candidate{{word: ":csv"}} },
	"parameters": func() []candidate { return []candidate{{word: ":csv"}} },
	"plan":       func() []candidate { return []candidate{{word: ":folders"}} },
	"points":     func() []candidate { return []candidate{{word: ":csv"}} },
	"vary":       assignments,
	"set":        assignments,
}

// candidates are the words that may stand at the cursor, which is in the last of words.
func (p *program) candidates(app *cli.App, words []string) []candidate {
	app.Setup()
	if len(words) == 0 {
		words = []string{""}
	}
	current, before := words[len(words)-1], words[:len(words)-1]
	flags := app.Flags
	var command *cli.Command
	for i, w := range before {
		if command == nil && !strings.HasPrefix(w, "-") && w != "help" {
			if command = find(app.Commands, w); command == nil {
				return nil
			}
			flags = append(command.Flags, cli.HelpFlag)
		} else if command != nil {
			if sub := find(command.Subcommands, w); sub != nil {
				command, flags = sub, append(sub.Flags, cli.HelpFlag)
			}
		}
		if f := optionNamed(flags, w); f != nil && takesValue(f) && i == len(before)-1 {
			return valuesOf(f, "")
		}
	}
	if name, _, attached := strings.Cut(current, "="); attached && strings.HasPrefix(current, "--") {
		if f := optionNamed(flags, name); f != nil && takesValue(f) {
			return valuesOf(f, name+"=")
		}
		return nil
	}
	if strings.HasPrefix(current, "-") {
		return options(flags)
	}
	if command == nil {
		var out []candidate
		for _, c := range app.Commands {
			out = append(out, candidate{c.Name, c.Usage})
		}
		return out
	}
	var out []candidate
	for _, sub := range command.Subcommands {
		out = append(out, candidate{sub.Name, sub.Usage})
	}
	if of := arguments[strings.TrimPrefix(fullName(command), "simulate ")]; of != nil {
		out = append(out, of()...)
	}
	return out
}

func options(flags []cli.Flag) []candidate {
	var out []candidate
	for _, f := range flags {
		_, meaning := describe(f)
		out = append(out, candidate{"--" + f.Names()[0], meaning})
	}
	return out
}

func optionNamed(flags []cli.Flag, word string) cli.Flag {
	if name := strings.TrimLeft(word, "-"); name != word && name != "" {
		return findFlag(flags, name)
	}
	return nil
}

func valuesOf(f cli.Flag, prefix string) []candidate {
	var out []candidate
	if g, ok := f.(*cli.GenericFlag); ok {
		if c, ok := g.Value.(*choice); ok {
			out = plain(c.words)
		}
	}
	if of := optionValues[f.Names()[0]]; of != nil {
		out = of()
	}
	for i := range out {
		if !strings.HasPrefix(out[i].word, ":") {
			out[i].word = prefix + out[i].word
		}
	}
	return out
}

func scenarioNames() []candidate {
	var out []candidate
	for _, b := range scenario.Builtins() {
		out = append(out, candidate{b.Name, b.Title})
	}
	return out
}

func parameterPaths() []candidate {
	var out []candidate
	for _, q := range reference.Parameters() {
		if !strings.Contains(q.Path, ".ID.") {
			out = append(out, candidate{q.Path, q.Meaning})
		}
	}
	return out
}

// assignments are the PATHs as they begin in PATH=VALUE.
func assignments() []candidate {
	var out []candidate
	for _, c := range parameterPaths() {
		out = append(out, candidate{c.word + "=", c.meaning})
	}
	return out
}

func figureNames() []candidate {
	var out []candidate
	for _, f := range plots.Figures {
		out = append(out, candidate{f.Name, f.Title})
	}
	return out
}

func plain(words []string) []candidate {
	var out []candidate
	for _, w := range words {
		out = append(out, candidate{word: w})
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
