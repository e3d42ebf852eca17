package main

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// What a command line names that is no results folder: each reader says what it is and what to do.
var noResults = []struct{ name, remedy string }{
	{"nowhere", "name a results folder, such as results/deepseek-shock"},
	{"file.txt", "file.txt is a file; name the results folder that holds it"},
	{"empty", "name one that run, compare, sweep, backtest or calibrate has left"},
	{"unfinished", "give its command again, which continues it"},
	{"planned", "`simulate sweep merge` makes them"},
	{"damaged", "the command that made it makes it again with --force"},
	{"foreign", "the command that made it makes it again with --force"},
}

// readers are the commands that open a results folder, with what each asks for beside it.
var readers = [][]string{{"reproduce"}, {"plot"}, {"table"}, {"report"}, {"cite"}, {"export", "--xlsx"}}

// tableReaders open a table too, so that to them a file and nothing at all are that.
var tableReaders = [][]string{{"analyse", "sensitivity"}, {"analyse", "discover", "--where", "hhi_sales>1"},
	{"analyse", "robustness", "--keep", "hhi_sales<1"}}

// Other command lines that cannot be, and the words that lead on.
var wrongLines = []struct{ line, remedy string }{
	{"run", "`simulate list` shows those built in"},
	{"run nowhere", "known are all-open"},
	{"run baselin", `did you mean "baseline"?`},
	{"run file.txt", "write ./file.txt for the file here"},
	{"runn baseline", "did you mean run"},
	{"run baseline --replication 3", "did you mean"},
	{"run baseline --set market.et=1", `did you mean "market.eta"?`},
	{"run baseline --set market.eta=99", "write a value from 0.05 to 2.4"},
	{"sweep baseline", "write --vary PATH=VALUES"},
	{"sweep run planned", "sweep run needs --plan FILE"},
	{"sweep run --plan empty", "`simulate sweep plan` writes one"},
	{"sweep run --plan file.txt", "`simulate sweep plan` writes one"},
	{"sweep merge nowhere", "`simulate sweep plan` writes one"},
	{"sweep status empty", "`simulate sweep plan` writes one"},
	{"compare baseline", "for example `simulate compare baseline deepseek-shock`"},
	{"analyse sensitivity nowhere", "write the path of a table"},
	{"analyse discover file.txt --where y>1", "write a header and a row per run"},
	{"measure nowhere.csv", "write the path of a table"},
	{"measure file.txt", "write one row per member"},
	{"list everything", "there are scenarios"},
	{"params market.et", "did you mean market.eta"},
}

func TestWrongLinesSayWhatToDo(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"file.txt": "text\n", "empty/": "", "unfinished/.parts/experiment.json": "{}", "planned/plan.json": "{}",
		"damaged/manifest.json": "{", "foreign/manifest.json": `{"name": "of another program"}`,
	} {
		folder, _, inside := strings.Cut(name, "/")
		if inside {
			if err := os.MkdirAll(folder+"/.parts", 0o755); err != nil {
				t.Fatal(err)
			}
			if folder != "unfinished" {
				os.Remove(folder + "/.parts")
			}
		}
		if text != "" {
			if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	says := func(args []string, remedy string) {
		t.Helper()
		code, _, said := play(t, args...)
		if code != exitUsage || !strings.Contains(strings.Join(strings.Fields(said), " "), remedy) {
			t.Errorf("%s: exit code %d without %q: %s", strings.Join(args, " "), code, remedy, said)
		}
	}
	for _, folder := range noResults {
		all := readers
		if folder.name != "nowhere" && folder.name != "file.txt" {
			all = slices.Concat(readers, tableReaders)
		}
		for _, reader := range all {
			says(slices.Insert(slices.Clone(reader), len(reader), folder.name), folder.remedy)
		}
	}
	for _, wrong := range wrongLines {
		says(strings.Fields(wrong.line), wrong.remedy)
	}
}
