package main

import (
	_ "embed"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/urfave/cli/v2"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"simulate/internal/wholefile"
	"simulate/sim/scenario"
)

//go:embed starter.yaml
var starter string

var scenarioName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`)

//go:embed starter_lab.yaml
var starterLab string

func newCommand(p *program) *cli.Command {
	return &cli.Command{
		Name:      "new",
		Usage:     "a commented scenario file to start from",
		ArgsUsage: "[NAME]",
		Description: `Writes NAME.yaml into the working folder: a small scenario on top of the baseline that runs as it is,
with a comment on each line that you may want to change, and scenario.schema.json beside it, from which editors
complete keys. A file that exists is left alone.

With --lab it is the baseline with one lab of your own, called as you say, and NAME may be left out.`,
		UsageText: `simulate new my-scenario
simulate new --lab amalia
simulate new --lab 'Institut für KI' my-scenario`,
		Flags: []cli.Flag{&cli.StringFlag{Name: "lab", Usage: "the baseline with a lab called `TEXT`, in any letters"}},
		Action: func(c *cli.Context) error {
			text := starter
			var name, known string
			if given := c.String("lab"); given != "" {
				id, err := labID(given)
				if err != nil {
					return err
				}
				if name = strings.ReplaceAll(id, "_", "-"); c.NArg() > 0 {
					if name, err = oneArgument(c, "a name"); err != nil {
						return err
					}
				}
				called := labName(given)
				known = fmt.Sprintf("Tables, and keys of scenarios, call the lab %s; figures and pages call it %s.\n", id, called)
				text = strings.NewReplacer("LAB_ID", id,
					"title: The baseline with LAB_NAME", "title: "+scenario.Scalar("The baseline with "+called),
					"name: LAB_NAME", "name: "+scenario.Scalar(called)).Replace(starterLab)
			} else {
				var err error
				if name, err = oneArgument(c, "a name"); err != nil {
					return err
				}
			}
			if err := p.startScenario(strings.TrimSuffix(name, ".yaml"), text); err != nil {
				return err
			}
			fmt.Fprint(p.stderr, known)
			return nil
		},
	}
}

// startScenario writes a scenario file of the given name, and the schema beside it.
func (p *program) startScenario(name, text string) error {
	if !scenarioName.MatchString(name) {
		return usagef("%q is not a name; use letters, digits, - and _, as in my-scenario", name)
	}
	if slices.ContainsFunc(scenario.Builtins(), func(b scenario.Builtin) bool { return strings.EqualFold(b.Name, name) }) {
		return usagef("%s is a built-in scenario, with which one of the same name could not be compared; choose another, "+
			"such as my-%s", name, name)
	}
	file := name + ".yaml"
	if _, err := os.Lstat(file); err == nil {
		return usagef("%s exists; choose another name", file)
	}
	if written, err := writeSchema(); err != nil {
		return err
	} else if written {
		fmt.Fprintf(p.stderr, "Written: %s, by which editors complete keys and mark mistakes.\n", schemaFile)
	}
	if err := wholefile.Write(file, []byte(schemaLine+text)); err != nil {
		return err
	}
	fmt.Fprintf(p.stderr, "Written: %s. Change it, then `simulate check %s` and `simulate run %s`.\n", file, file, file)
	return nil
}

// labID makes of a name what tables and other keys call the lab: small letters of English, digits
// and _.
func labID(name string) (string, error) {
	plain, _, err := transform.String(transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn))),
		wholeLetters.Replace(strings.ToLower(name)))
	if err != nil {
		return "", usagef("option --lab: %q: %v", name, err)
	}
	id := strings.Trim(notInID.ReplaceAllString(strings.ToLower(plain), "_"), "_")
	switch {
	case id == "": // of letters that no key has
		return "my_lab", nil
	case id[0] >= '0' && id[0] <= '9':
		return "lab_" + id, nil
	case slices.Contains(scenario.BaselineLabs(), id):
		return "", usagef("option --lab: %s is a lab of the baseline; to change it write `labs: {%s: …}` in a scenario "+
			"of `simulate new`", id, id)
	}
	return id, nil
}

// wholeLetters are those of Latin alphabets that Unicode does not take apart into a letter of
// English and a mark, as they are written where there is none of them.
var wholeLetters = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ",
	"th", "ı", "i", "ħ", "h", "ŧ", "t", "ŋ", "ng", "ĸ", "k", "ƒ", "f", "ə", "e", "ɓ", "b", "ɗ", "d", "ƙ", "k", "ǥ", "g",
	"ɛ", "e", "ɔ", "o", "ƴ", "y", "ɲ", "n")

var notInID = regexp.MustCompile(`[^a-z0-9]+`)

// labName is a name for figures: as it is typed, with a capital where it was typed as a key is.
func labName(given string) string {
	if given = strings.TrimSpace(given); given == "" || notInID.MatchString(given) {
		return given
	}
	return strings.ToUpper(given[:1]) + given[1:]
}
