package main

import (
	"flag"
	"slices"
	"testing"

	"github.com/urfave/cli/v2"

	"simulate/sim/scenario"
)

// Labs are asked for by key or name, in any case, and a class once.
func TestHighlightedLabs(t *testing.T) {
	s, err := scenario.Load("entrant-race", scenario.Options{Set: []string{"labs.ai2.name=Allen Institute"}})
	if err != nil {
		t.Fatal(err)
	}
	set := flag.NewFlagSet("test", flag.ContinueOnError)
	if err := highlightFlag().Apply(set); err != nil {
		t.Fatal(err)
	}
	if err := set.Parse([]string{"--highlight", "start_up,Mistral", "--highlight", "allen institute"}); err != nil {
		t.Fatal(err)
	}
	c := cli.NewContext(cli.NewApp(), set, nil)
	got := highlightedLabs(c, s)
	slices.Sort(got)
	if want := []string{"ai2", "mistral", "start_up"}; !slices.Equal(got, want) {
		t.Errorf("%q, not %q", got, want)
	}
}
