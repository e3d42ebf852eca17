package main

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/urfave/cli/v2"
)

// testProgram is a program with captured output.
func testProgram(stdin string) (p *program, stdout, stderr *bytes.Buffer) {
	stdout, stderr = new(bytes.Buffer), new(bytes.Buffer)
	return &program{stdin: strings.NewReader(stdin), stdout: stdout, stderr: stderr, width: 80}, stdout, stderr
}

func TestArrange(t *testing.T) {
	tests := []struct{ line, want string }{
		{"", "--"},
		{"list", "list --"},
		{"list metrics --json", "list --json=true -- metrics"},
		{"measure a.csv --by=x --by y", "measure --by=x --by=y -- a.csv"},
		{"measure -", "measure -- -"},
		{"measure --csv -- --odd-name.csv", "measure --csv=true -- --odd-name.csv"},
		{"sweep a --vary x=1,2", "sweep --vary=x=1,2 -- a"},
		{"sweep --seed 7 a", "sweep --seed=7 -- a"},
		{"sweep plan a --shards 3 --out d", "sweep plan --shards=3 --out=d -- a"},
		{"sweep run --plan=d --shard 3", "sweep run --plan=d --shard=3 --"},
		{"sweep ./plan", "sweep -- ./plan"},
		{"run a -n5 b --seed=7 --set x=[1,2]", "run --replications=5 --seed=7 --set=x=[1,2] -- a b"},
		{"run a -n=5", "run --replications=5 -- a"},
		{"run a -n 5", "run --replications=5 -- a"},
		{"run a --set x=-1", "run --set=x=-1 -- a"},
		{"run a --set=--json", "run --set=--json -- a"},
		{"help run", "run --help=true --"},
		{"help", "--help=true --"},
		{"run -h", "run --help=true --"},
		{"--version", "--version=true --"},
	}
	for _, test := range tests {
		p, _, _ := testProgram("")
		got, err := arrange(newApp(p), strings.Fields(test.line))
		if err != nil || strings.Join(got[1:], " ") != test.want {
			t.Errorf("%q becomes %q, %v; want %q", test.line, strings.Join(got[1:], " "), err, test.want)
		}
	}
}

// Options that take conditions may be repeated, wherever they stand: all hold.
func TestConditionsMayBeRepeated(t *testing.T) {
	p, _, _ := testProgram("")
	found := map[string]bool{}
	var look func(c []*cli.Command)
	look = func(commands []*cli.Command) {
		for _, c := range commands {
			for _, f := range c.Flags {
				words, ok := f.(cli.DocGenerationFlag)
				if !ok || !strings.Contains(words.GetUsage(), "`CONDITION`") && !strings.Contains(words.GetUsage(), "`RULE`") {
					continue
				}
				found[f.Names()[0]] = true
				if _, many := f.(*cli.StringSliceFlag); !many {
					t.Errorf("%s --%s takes one condition alone", c.FullName(), f.Names()[0])
				}
			}
			look(c.Subcommands)
		}
	}
	look(newApp(p).Commands)
	for _, name := range []string{"where", "keep", "until"} {
		if !found[name] {
			t.Errorf("no command has --%s", name)
		}
	}
}

func TestWrongUsageIsRefusedWithExitCode2(t *testing.T) {
	tests := []struct{ line, want string }{
		{"rnu deepseek-shock", `unknown command "rnu"; did you mean run?`},
		{"run a --sead 5", "unknown option --sead; did you mean --seed?; `simulate run --help` lists them"},
		{"run a -seed 5", "unknown option -seed; did you mean --seed?"},
		{"run a -x", "unknown option -x; `simulate run --help` lists them"},
		{"run a --quiet=yes", "option --quiet takes no value"},
		{"run a --seed", "option --seed needs a value: --seed N"},
		{"run a --out --json", "option --out needs a value: --out DIR"},
		{"run a --format", "option --format needs a value: csv, parquet"},
		{"run a --out=", "option --out is empty: --out DIR"},
		{"run a --seed 1 --seed 2", "option --seed is given twice"},
		{"run a -n 0", `option --replications: "0" is not a whole number from 1`},
		{"run a -n 2.5", `option --replications: "2.5" is not a whole number from 1`},
		{"run a --seed -5", `option --seed: "-5" is not a whole number from 0`},
		{"run a --format xlsx", `option --format: "xlsx" is not one of csv, parquet`},
		{"--json list", "unknown option --json; an option stands after its command"},
		{"list metric", `no list of "metric"; did you mean metrics?`},
		{"list metrics figures", "list takes one argument; there are 2"},
		{"params market.etta", `no parameter "market.etta"; did you mean market.eta?`},
		{"measure", "measure takes one argument, the table's file"},
		{"measure nowhere.csv", "nowhere.csv"},
		{"measure a.csv --csv --json", "--csv and --json exclude each other; keep one"},
		{"run a --no-figures --figure-format svg", "--no-figures and --figure-format exclude each other; keep one"},
		{"completion tcsh", `no completion for "tcsh"; there is bash, zsh, fish`},
		{"run", "run needs a SCENARIO"},
		{"sweep", "sweep takes one argument, the SCENARIO"},
		{"sweep baseline", "nothing varies; write --vary"},
		{"sweep baseline --vary market.eta", "there is no = in it"},
		{"sweep baseline --vary market.etta=1,2", `did you mean "market.eta"?`},
		{"sweep baseline --vary market.eta=1,2 --points x.csv", "--points and --vary exclude each other"},
		{"sweep baseline --points nowhere.csv", "nowhere.csv"},
		{"sweep baseline --design sobel", `"sobel" is not one of grid`},
		{"sweep baseline --vary market.eta=range --correlate market.eta=0.5", "is not two PATHs and a number"},
		{"sweep plan baseline --vary market.eta=1,2", "needs --shards N and --out DIR"},
		{"sweep plan baseline --vary market.eta=1,2 --shards 2 --out d --slurm --kubernetes", "exclude each other"},
		{"sweep run", "sweep run needs --plan FILE"},
		{"sweep run --plan nowhere", "no plan: open nowhere"},
		{"sweep status nowhere", "no plan"},
		{"sweep merge nowhere", "no plan"},
		{"sweep run --plna x", "unknown option --plna; did you mean --plan?; `simulate sweep run --help` lists them"},
		{"sweep a --vary b=1,2 --shards 3", "unknown option --shards; it is one of `simulate sweep plan`"},
	}
	for _, test := range tests {
		p, stdout, stderr := testProgram("")
		if code := p.main(context.Background(), strings.Fields(test.line)); code != exitUsage {
			t.Errorf("%q: exit code %d, want %d", test.line, code, exitUsage)
		}
		if stdout.Len() > 0 || !strings.Contains(stderr.String(), test.want) {
			t.Errorf("%q: stdout %q, stderr %q; want %q on stderr", test.line, stdout, stderr, test.want)
		}
	}
}

func TestHelpFitsEightyColumns(t *testing.T) {
	p, stdout, _ := testProgram("")
	for _, c := range append(allCommands(newApp(p)), nil) {
		line := []string{"--help"}
		if c != nil {
			line = append(strings.Fields(fullName(c))[1:], "--help")
		}
		stdout.Reset()
		if code := p.main(context.Background(), line); code != exitFine {
			t.Fatalf("%v: exit code %d", line, code)
		}
		for i, s := range strings.Split(stdout.String(), "\n") {
			if w := text.StringWidthWithoutEscSequences(s); w > 80 {
				t.Errorf("%v: line %d is %d wide: %s", line, i+1, w, s)
			}
		}
	}
}

func TestExamplesOfHelpAreCommandLinesOfTheCommand(t *testing.T) {
	p, _, _ := testProgram("")
	app := newApp(p)
	for _, c := range allCommands(app) {
		if c.UsageText == "" {
			t.Errorf("%s has no example", c.Name)
		}
		for _, line := range strings.Split(c.UsageText, "\n") {
			if strings.HasPrefix(line, "source") {
				continue
			}
			line, _, _ = strings.Cut(line, "|")
			words := shellWords(line)
			if len(words) < 2 || !strings.HasPrefix(strings.Join(words, " ")+" ", fullName(c)+" ") {
				t.Errorf("%s: example %q is another command", c.Name, line)
				continue
			}
			if _, err := arrange(newApp(p), words[1:]); err != nil {
				t.Errorf("%s: example %q: %v", c.Name, line, err)
			}
		}
	}
}

// allCommands lists the commands with their subcommands.
func allCommands(app *cli.App) []*cli.Command {
	var out []*cli.Command
	for _, c := range app.Commands {
		out = append(append(out, c), c.Subcommands...)
	}
	return out
}

// shellWords splits a line as a shell does, quotes taken off, what follows # left out.
func shellWords(line string) []string {
	var words []string
	var word strings.Builder
	inWord, quote := false, rune(0)
	for _, r := range line + " " {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '\'' || r == '"'):
			quote, inWord = r, true
		case quote == 0 && r == '#' && !inWord:
			return words
		case quote == 0 && r == ' ':
			if inWord {
				words = append(words, word.String())
				word.Reset()
				inWord = false
			}
		default:
			word.WriteRune(r)
			inWord = true
		}
	}
	return words
}

func TestCandidates(t *testing.T) {
	tests := []struct {
		words []string
		want  string // a line that must be among the answers
		not   string // a word that must not
	}{
		{[]string{"ru"}, "run\t", "list"},
		{[]string{"run", "deep"}, "deepseek-shock\t", "baseline"},
		{[]string{"run", ""}, ":yaml\t", "--seed"},
		{[]string{"run", "baseline", "--se"}, "--seed\t", "--jobs"},
		{[]string{"run", "--format", ""}, "parquet\t", "baseline"},
		{[]string{"run", "--format", "="}, "--format=csv\t", "baseline"},
		{[]string{"run", "--format", "=", "p"}, "--format=parquet\t", "csv"},
		{[]string{"run", "--set", "market.et"}, "market.eta=\t", "market.sigma"},
		{[]string{"run", "--out", ""}, ":folders\t", "baseline"},
		{[]string{"plot", "x", "--figure", ""}, "\t", "baseline"},
		{[]string{"params", "market.et"}, "market.eta\t", "ID"},
		{[]string{"help", "li"}, "list\t", "run"},
		{[]string{"list", "fig"}, "figures\t", "metrics"},
		{[]string{"completion", ""}, "zsh\t", "run"},
		{[]string{"sweep", ""}, "plan\t", "--vary"},
		{[]string{"sweep", "deep"}, "deepseek-shock\t", "plan"},
		{[]string{"sweep", "baseline", "--vary", "market.et"}, "market.eta=\t", "market.sigma"},
		{[]string{"sweep", "plan", "--sl"}, "--slurm\t", "--jobs"},
		{[]string{"sweep", "run", "--plan", ""}, ":folders\t", "baseline"},
		{[]string{"sweep", "run", ""}, "\t", "baseline"},
		{[]string{"backtest", ""}, "deepseek-shock\t", "run"},
		{[]string{"calibrate", "deep"}, "deepseek-shock\t", "baseline"},
		{[]string{"run", "baseline", "deep"}, "deepseek-shock\t", "baseline"},
		{[]string{"run", "--out", "x", "deep"}, "deepseek-shock\t", "baseline"},
		{[]string{"sweep", "baseline", ""}, "\t", "deepseek-shock"},
		{[]string{"compare", "baseline", ""}, "deepseek-shock\t", "plan"},
		{[]string{"compare", "--metrics", "hhi_s"}, "hhi_sales\t", "baseline"},
		{[]string{"sweep", "--metrics=hhi_sales,hhi_c"}, "--metrics=hhi_sales,hhi_compute_used\t", "hhi_compute_used"},
		{[]string{"analyse", ""}, "sensitivity\t", "baseline"},
		{[]string{"analyse", "sensitivity", ""}, ":folders\t", "threshold"},
		{[]string{"analyse", "sensitivity", "--outcome", "hhi_s"}, "hhi_sales\t", "baseline"},
		{[]string{"analyse", "threshold", "deep"}, "deepseek-shock\t", "baseline"},
		{[]string{"sweep", "--correlate", "market.eta,research.ga"}, "market.eta,research.gamma\t", "market.eta"},
		{[]string{"reproduce", ""}, ":json\t", "run"},
		{[]string{"measure", ""}, ":csv\t", "run"},
	}
	for _, test := range tests {
		p, stdout, _ := testProgram("")
		if code := p.main(context.Background(), append([]string{completionRequest}, test.words...)); code != exitFine {
			t.Errorf("%q: exit code %d", test.words, code)
		}
		if got := stdout.String(); !strings.Contains("\n"+got, "\n"+test.want) && test.want != "\t" || strings.Contains(got,
			"\n"+test.not+"\t") || strings.HasPrefix(got, test.not+"\t") {
			t.Errorf("%q completes to %q; want %q and no %q", test.words, got, test.want, test.not)
		}
	}
}

func TestErrorsOfWritingReachTheExitCode(t *testing.T) {
	p, _, stderr := testProgram("")
	p.stdout = brokenWriter{}
	for _, line := range []string{"list", "params market", "params market --json", "completion bash"} {
		stderr.Reset()
		if code := p.main(context.Background(),
			strings.Fields(line)); code != exitFailed || !strings.Contains(stderr.String(), "no room") {
			t.Errorf("%q: exit code %d, stderr %q", line, code, stderr)
		}
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errNoRoom }

var errNoRoom = errors.New("no room")

// Every word of a usage line and every placeholder of an option says what may stand there, so that
// the Tab key knows it; every command has a line, a text, an example and options that say what they
// do; every word is in use.
func TestCommandsSayWhatTheyTake(t *testing.T) {
	p, _, _ := testProgram("")
	used := map[string]bool{}
	check := func(where, usage string) {
		for _, place := range strings.Fields(usage) {
			for _, name := range choices(place) {
				for _, part := range strings.FieldsFunc(name, func(r rune) bool { return r == '=' || r == ',' }) {
					used[part] = true
					if _, known := wordNamed(part); !known && capitals.MatchString(part) {
						t.Errorf("%s: no word %s in words", where, part)
					}
				}
			}
		}
	}
	for _, c := range allCommands(newApp(p)) {
		name := fullName(c)
		if c.Usage == "" || c.Description == "" || c.UsageText == "" {
			t.Errorf("%s: usage %q, description %q, example %q", name, c.Usage, c.Description, c.UsageText)
		}
		check(name, c.ArgsUsage)
		for _, f := range c.Flags {
			placeholder, meaning := describe(f)
			if meaning == "" || takesValue(f) != (placeholder != "") {
				t.Errorf("%s --%s: placeholder %q, meaning %q", name, f.Names()[0], placeholder, meaning)
			}
			check(name+" --"+f.Names()[0], placeholder)
		}
	}
	for _, w := range words {
		if !used[w.name] {
			t.Errorf("no command or option takes %s", w.name)
		}
	}
}

// Every command that takes a scenario, a file, a folder or a metric offers what others of its kind
// do.
func TestOneWordIsCompletedAlike(t *testing.T) {
	p, stdout, _ := testProgram("")
	answers := map[string]string{}
	for _, c := range allCommands(newApp(p)) {
		if c.ArgsUsage == "" || len(c.Subcommands) > 0 {
			continue
		}
		stdout.Reset()
		p.main(context.Background(), append([]string{completionRequest}, append(strings.Fields(fullName(c))[1:], "")...))
		first := strings.Join(choices(strings.Fields(c.ArgsUsage)[0]), "|")
		if before, found := answers[first]; found && before != stdout.String() {
			t.Errorf("%s completes %s to %q, others to %q", fullName(c), first, stdout, before)
		}
		answers[first] = stdout.String()
	}
	if !strings.Contains(answers["SCENARIO"], "deepseek-shock") || !strings.Contains(answers["DIR"], ":folders") {
		t.Errorf("scenarios complete to %q, folders to %q", answers["SCENARIO"], answers["DIR"])
	}
}
