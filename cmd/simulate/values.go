package main

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"
)

// choice is an option's value that is one of a few words.
type choice struct {
	words []string
	word  string
}

func (c *choice) Set(s string) error {
	if !slices.Contains(c.words, s) {
		return fmt.Errorf("%q is not one of %s", s, strings.Join(c.words, ", "))
	}
	c.word = s
	return nil
}

func (c *choice) String() string { return c.word }

// oneOf is an option that takes one of the given words; it is "" where not given.
func oneOf(category, name, usage string, words ...string) *cli.GenericFlag {
	return &cli.GenericFlag{Name: name, Category: category, Usage: usage, Value: &choice{words: words}}
}

// whole is an option's value that is a whole number, least at the lowest.
type whole struct {
	least, most, number uint64
	given               bool
}

func (w *whole) Set(s string) error {
	n, err := strconv.ParseUint(strings.ReplaceAll(s, "_", ""), 10, 64)
	if err != nil || n < w.least {
		return fmt.Errorf("%q is not a whole number from %d", s, w.least)
	}
	if n > w.most {
		return fmt.Errorf("%s is more than %d", s, w.most)
	}
	w.number, w.given = n, true
	return nil
}

func (w *whole) String() string {
	if !w.given {
		return ""
	}
	return strconv.FormatUint(w.number, 10)
}

// mostOf bounds whole numbers by the name of the option, so that a slip of the pen does not fill a
// machine; what an experiment may be, its own rules say.
func mostOf(name string) uint64 {
	switch name {
	case "seed":
		return math.MaxUint64
	case "jobs":
		return 4096
	}
	return math.MaxInt32
}

// wholeNumber is an option that takes a whole number.
func wholeNumber(category, name, usage string, least uint64, aliases ...string) *cli.GenericFlag {
	return &cli.GenericFlag{Name: name, Category: category, Aliases: aliases, Usage: usage, Value: &whole{least: least,
		most: mostOf(name)}}
}

// number returns the value of a wholeNumber option and whether it was given.
func number(c *cli.Context, name string) (uint64, bool) {
	w, ok := c.Generic(name).(*whole)
	if !ok || !w.given {
		return 0, false
	}
	return w.number, true
}

// check refuses an empty value, as an unset variable of a script leaves it, and one that the
// option's own type refuses.
func check(f cli.Flag, value string) error {
	if value == "" {
		return usagef("option --%s is empty%s", f.Names()[0], inExample(f))
	}
	g, ok := f.(*cli.GenericFlag)
	if !ok {
		return nil
	}
	if err := g.Value.Set(value); err != nil {
		return usagef("option --%s: %v", g.Name, err)
	}
	return nil
}

// inExample says what the value of an option looks like.
func inExample(f cli.Flag) string {
	if g, ok := f.(*cli.GenericFlag); ok {
		if c, ok := g.Value.(*choice); ok {
			return ": " + strings.Join(c.words, ", ")
		}
	}
	placeholder, _ := describe(f)
	return ": --" + f.Names()[0] + " " + placeholder
}
