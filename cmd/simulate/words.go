package main

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"simulate/internal/explore"
	"simulate/internal/quantity"
	"simulate/internal/reference"
	"simulate/plots"
	"simulate/sim"
	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/experiment/study"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

// word is what a help page writes in capitals for an argument or for an option's value. It says
// what may stand there and what the Tab key offers, so that a command or option that names it in
// its row is completed.
type word struct {
	name, meaning string
	offer         func() []candidate // nil where only the user knows
}

// words are all of them. A help page that uses another fails a test.
var words = []word{
	{"SCENARIO", "a built-in scenario, or a file where it holds / or .yaml", scenarios},
	{"BASE", "the scenario that others are held against", scenarios},
	{"ALTERNATIVE", "a scenario that is held against the base", scenarios},
	{"DIR", "a folder", folders},
	{"MANIFEST", "the manifest.json of a results folder, or the folder", foldersAnd("json")},
	{"PLAN", "the plan.json that sweep plan wrote, or its folder", foldersAnd("json")},
	{"FILE", "a table: CSV, Parquet or .xlsx, packed with gzip or not", files("csv", "tsv", "parquet", "xlsx", "gz")},
	{"FILE.csv", "a table in CSV", files("csv")},
	{"FILE.md", "a table to write: .md, .tex, .csv or .xlsx", files("md", "tex", "csv", "xlsx")},
	{"FILE.html", "a page to write", files("html")},
	{"FILE.json", "a file of texts in JSON", files("json")},
	{"CODE", "a language by its code, such as en, fr or pt-BR", languageNames},
	{"PATH", "a value that can vary, such as market.eta or labs.deepseek.budget", parameterPaths},
	{"VALUE", "what the scenario's own syntax allows, such as $1B/yr", nil},
	{"SPEC", "a list a,b,c, steps lo:hi:step, an interval 'lo to hi', or the word range", nil},
	{"INTERVAL", "two numbers as in 0.4 to 1.6, or the word range", nil},
	{"METRIC", "a column of market.csv, such as hhi_sales", metricNames},
	{"QUANTITY", "a metric, METRIC:SEGMENT, or a variable of labs as in capability:openai or capability:openai-google",
		metricNames},
	{"TABLE", "a table of results, such as market or labs", tableNames},
	{"OUTCOME", "a metric, or a column of the file", metricNames},
	{"CONDITION", "a metric and a bound, such as 'hhi_sales > 2500'", metricNames},
	{"RULE", "a statistic of a metric and a bound, such as 'hhi_sales.se < 10'", metricNames},
	{"FIGURE", "a figure of `simulate list figures`", figureNames},
	{"WHAT", "one of the lists", listNames},
	{"KIND", "a kind of analysis", nil}, // its subcommands
	{"MEASURE", "a measure of a sample without a design", measureNames},
	{"LAB", "a lab by its key or the name that figures give it", labNames},
	{"COLUMN", "a column of the file", nil},
	{"INPUT", "a column that varied", nil},
	{"CASE", "a scenario of a results folder; a number in a sweep", nil},
	{"DATE", "2027, 2027-06 or 2027-06-30", nil},
	{"LENGTH", "a length on paper: 85mm, 8.5cm, 3.35in or 240pt", nil},
	{"BUDGET", "an amount of money per year, such as '$2B/yr'", nil},
	{"NAME", "a name of your own", nil},
	{"TEXT", "what stands in a cell", nil},
	{"N", "a whole number", nil},
	{"R", "a number", nil},
	{"I", "numbers of shards from 0, as in 3 or 3,5,7-9", nil},
	{"W", "an amount in the unit of the knob", nil},
	{"PART", "a number from 0 to 1", nil},
	{"DENSITY", "a number from 0 to 1", nil},
	{"SHARE", "a number from 0 to 1", nil},
}

// wordNamed finds a word by its name.
func wordNamed(name string) (word, bool) {
	for _, w := range words {
		if w.name == name {
			return w, true
		}
	}
	return word{}, false
}

// choices are the words that may stand in one place of a usage line, such as [SCENARIO], DIR|FILE,
// METRIC,… or PATH=VALUE.
func choices(place string) []string {
	place = strings.Trim(place, "[]")
	place = strings.TrimSuffix(place, "…")
	place = strings.TrimSuffix(place, ",")
	return strings.Split(place, "|")
}

var capitals = regexp.MustCompile(`^[A-Z]`)

// offered are the candidates for one place of a usage line. A list of METRIC,… is completed at its
// last part; of PATH=VALUE the path; a choice of words in small letters, such as bash|zsh, offers
// these.
func offered(place, current string) []candidate {
	list := strings.Contains(place, ",")
	before := ""
	if at := strings.LastIndexByte(current, ','); list && at >= 0 {
		before = current[:at+1]
	}
	var out []candidate
	for _, name := range choices(place) {
		if !capitals.MatchString(name) {
			out = append(out, candidate{word: name})
			continue
		}
		name, _, _ = strings.Cut(name, ",")
		name, _, assigned := strings.Cut(name, "=")
		w, known := wordNamed(name)
		if !known || w.offer == nil {
			continue
		}
		for _, c := range w.offer() {
			if c.word[0] != ':' {
				c.word = before + c.word
				if assigned && !list {
					c.word += "="
				}
			}
			out = append(out, c)
		}
	}
	return out
}

// files asks the shell for files of some kinds and folders on the way to them.
func files(kinds ...string) func() []candidate {
	return func() (out []candidate) {
		for _, kind := range kinds {
			out = append(out, candidate{word: ":" + kind})
		}
		return out
	}
}

func folders() []candidate { return []candidate{{word: ":folders"}} }

func foldersAnd(kinds ...string) func() []candidate {
	return func() []candidate { return append(folders(), files(kinds...)()...) }
}

func scenarios() (out []candidate) {
	for _, b := range scenario.Builtins() {
		out = append(out, candidate{b.Name, b.Title})
	}
	return append(out, files("yaml")()...)
}

func metricNames() (out []candidate) {
	for _, m := range sim.Metrics {
		out = append(out, candidate{m.Name, m.Meaning})
	}
	return out
}

// tableNames are the tables of any experiment, each with the keys of its rows.
func tableNames() (out []candidate) {
	all := results.Tables()
	for _, name := range []string{run.RunsTable, run.DrawsTable} {
		all = append(all, table.New(name, table.Column{Name: "case"}, table.Column{Name: "replication"}))
	}
	all = append(all, compare.Tables(&results.Comparison{Splits: make([]results.Split, 1)}).Tables()...)
	for _, t := range all {
		var keys []string
		for _, c := range t.Columns {
			if c.Unit == "" && len(keys) < 4 {
				keys = append(keys, c.Name)
			}
		}
		out = append(out, candidate{t.Name, "by " + quantity.List(keys)})
	}
	return out
}

func parameterPaths() (out []candidate) {
	for _, q := range reference.Parameters() {
		if !strings.Contains(q.Path, ".ID.") {
			out = append(out, candidate{q.Path, q.Meaning})
		}
	}
	return out
}

func labNames() (out []candidate) {
	for _, name := range scenario.BaselineLabs() {
		out = append(out, candidate{word: name})
	}
	return out
}

// languageNames are the languages of pages.
func languageNames() (out []candidate) {
	all := explore.Languages()
	for _, code := range slices.Sorted(maps.Keys(all)) {
		out = append(out, candidate{code, all[code]["language"]})
	}
	return out
}

func figureNames() (out []candidate) {
	for _, f := range plots.Figures {
		out = append(out, candidate{f.Name, f.Title})
	}
	return out
}

func measureNames() (out []candidate) {
	for _, m := range study.Measures {
		out = append(out, candidate{word: m})
	}
	return out
}

func listNames() (out []candidate) {
	for _, l := range catalogues {
		out = append(out, candidate{l.name, l.meaning})
	}
	return out
}
