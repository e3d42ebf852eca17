package main

import (
	"go/ast"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"simulate/internal/pattern"
)

// A stem is one of the six words that are most easily mixed up: how names and pages spell it, the
// exported names that have it, by folder and each for the glossary's thing, and what pages must not
// say with it.
type stem struct {
	word  string // its row in the glossary
	names func() *regexp.Regexp
	used  map[string]string     // by folder, the names that have it
	wrong func() *regexp.Regexp // on pages, in help and in comments
	slip  string                // a sentence that wrong finds
	right string                // one that it lets pass
}

var stems = []stem{
	{
		word: "lever", names: pattern.Late(`^levers?$`),
		used: map[string]string{
			"sim":          "Lever Levers Policy.Levers Process.Levers", // instruments, and their settings in a policy
			"sim/scenario": "Experiment.Levers",                         // the L of XLRM
		},
		wrong: pattern.Late(`\b(values?|levels?|range|interval|unit|sweep) of (a|an|one|any|each|the) levers?\b` +
			`|\blever's (values?|unit|own range|interval)|\bvar(y|ies|ying) (a|the|each) lever\b`),
		slip: "the value of a lever at which a mean crosses a bound", right: "the value at which its lever does nothing",
	},
	{
		word: "knob", names: pattern.Late(`^knobs?$`),
		used: map[string]string{
			"plots":                  "Crossing.Knob Crossing.KnobUnit",
			"sim/experiment/history": "Parameter.Knob",
			"sim/experiment/run":     "Sweep.Knob",
			"sim/experiment/study":   "ThresholdSpec.Knob",
			"sim/scenario":           "Knob Scenario.Knob Scenario.Knobs",
		},
		wrong: pattern.Late(`\bknobs? of (a |the )?polic(y|ies)|\bpolicy knobs?\b`),
		slip:  "a knob of policy", right: "a knob that nobody chooses",
	},
	{
		word: "reference run", names: pattern.Late(`^references?$`),
		used: map[string]string{
			"internal/explore": "ReferenceRuns",
			"internal/page":    "data.ReferenceRuns",
			"sim": "Config.ReferenceReplications MeanReference Model.ReferenceRun NewReference ParseReference Reference " +
				"ReferenceConfig ReferenceRuns ReferenceSum Segment.LogReferencePrice Segment.ReferenceSpending",
			"sim/experiment/run": "Budget.References Engine.References FewReferences NewReferences Progress.References " +
				"ReferenceKey References Sweep.FewReferences",
		},
		wrong: pattern.Late(`\breference (cases?|worlds?|lines?|scenarios?|models?|values?|dates?)\b`),
		slip:  "against the reference case", right: "the mean of its reference runs, the reference path",
	},
	{
		word: "threshold", names: pattern.Late(`^thresholds?$`),
		used: map[string]string{
			"sim": "ObservationParameters.Threshold " + // the capability from which labs are counted
				"Tax.Threshold " + // profit from which the tax is due
				"TrainingParameters.ScaleThreshold", // compute from which all of efficiency applies
			"sim/experiment/analysis": "Threshold ThresholdOptions",         // a knob's, from which a metric is beyond a bound
			"sim/experiment/compare":  "DefaultThreshold Options.Threshold", // the R&D budget from which a lab counts as large
			"sim/experiment/results":  "Split.Threshold",                    // the same
			"sim/experiment/study":    "Threshold ThresholdSpec",
		},
		wrong: pattern.Late(`\bthresholds? of the condition\b|\bmetric and a threshold\b|\bthresholds? of an? axis\b`),
		slip:  "the threshold of the condition", right: "the tax is due above the threshold",
	},
	{
		word: "distribution", names: pattern.Late(`^distribut(ions?|ed|es)$`),
		used:  map[string]string{"sim/scenario": "Variation.Distribution"},
		wrong: pattern.Late(`\bdistribution of (sales|shares|income|budgets|compute|power|effects|runs|outcomes)\b`),
		slip:  "the distribution of sales among labs", right: "drawn from a normal distribution",
	},
	{
		word: "observe", names: pattern.Late(`^observ(e|es|ed|er|ers|ation|ations|able|ables)$`),
		used: map[string]string{
			"sim":                    "ObservationParameters Parameters.Observation",
			"sim/experiment/history": "BacktestSpec.Observed CalibrationSpec.Observed specText.Observed",
			"sim/experiment/run":     "Observation",
		},
		wrong: pattern.Late(`\bwe observe\b|\bobserve that\b|\bas can be observed\b`),
		slip:  "we observe that prices fall", right: "observed at the end of 2023",
	},
}

// Each of the six words has the glossary's meaning in every exported name: who gives a new thing
// such a name fails here, and writes it down only where it is that thing.
func TestSixWordsInNames(t *testing.T) {
	found := map[string]bool{}
	for name := range exportedNames(t) {
		words := nameWords(name.last())
		for _, s := range stems {
			if !slices.ContainsFunc(words, s.names().MatchString) {
				continue
			}
			found[s.word+" "+name.folder+" "+name.name] = true
			if !slices.Contains(strings.Fields(s.used[name.folder]), name.name) {
				t.Errorf("%s: %s has the word of %q; is it what the glossary says? Then add it to the table of this test, "+
					"otherwise call it something else", name.folder, name.name, s.word)
			}
		}
	}
	for _, s := range stems {
		for folder, names := range s.used {
			for _, name := range strings.Fields(names) {
				if !found[s.word+" "+folder+" "+name] {
					t.Errorf("%s: there is no %s any more", folder, name)
				}
			}
		}
	}
	lever := stems[0]
	for _, name := range []string{"Lever", "LeverUnit", "OfLevers"} { // a new name is found however it is put together
		if !slices.ContainsFunc(nameWords(name), lever.names().MatchString) {
			t.Errorf("%s is not seen to have the word lever", name)
		}
	}
	if slices.ContainsFunc(nameWords("CleverLeverage"), lever.names().MatchString) {
		t.Error("a word within another counts")
	}
}

// Pages, help texts, messages and the comments of the code say each of the six words for its thing:
// what the glossary gives up for it stands nowhere, and neither does a phrase that has it for
// another thing.
func TestSixWordsOnPages(t *testing.T) {
	glossary := readGlossary(t)
	never := map[string]string{}
	for _, s := range stems {
		row, found := glossary[s.word]
		if !found || len(row.never) == 0 {
			t.Fatalf("the glossary has no row for %q with what it is not called", s.word)
		}
		for _, n := range row.never {
			if _, own := glossary[n]; !own { // with a row of its own it has a meaning
				never[n] = s.word
			}
		}
		if !s.wrong().MatchString(s.slip) || s.wrong().MatchString(s.right) {
			t.Errorf("%s: the phrases looked for find %q and let %q pass?", s.word, s.slip, s.right)
		}
	}
	if len(never) < 5 {
		t.Fatalf("only %v are looked for", never)
	}
	for page, text := range pagesAndComments(t) {
		prose := strings.ToLower(strings.Join(strings.Fields(text), " "))
		around := func(at []int) string { return prose[max(0, at[0]-40):min(len(prose), at[1]+40)] }
		for n, word := range never {
			if at := regexp.MustCompile(`\b` + n + `s?\b`).FindStringIndex(prose); at != nil {
				t.Errorf("%s says %q for %q: …%s…", page, n, word, around(at))
			}
		}
		for _, s := range stems {
			if at := s.wrong().FindStringIndex(prose); at != nil {
				t.Errorf("%s has %q for another thing: …%s…", page, s.word, around(at))
			}
		}
	}
}

// pagesAndComments are the texts that people read: pages by hand and generated, help, the texts of
// pages in a browser, scenarios, and the comments and messages of each Go file.
func pagesAndComments(t *testing.T) map[string]string {
	texts := map[string]string{"help": helpPages(t)}
	for _, pattern := range []string{"*.md", "docs/*.md", "clients/python/*.md", "clients/r/man/*.Rd", "scenarios/*.yaml",
		"internal/explore/languages/en.json"} {
		pages, err := filepath.Glob("../../" + pattern)
		if err != nil || len(pages) == 0 {
			t.Fatal("nothing is ", pattern, err)
		}
		for _, page := range pages {
			text, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			if name := filepath.Base(page); name != "glossary.md" && name != "CHANGELOG.md" { // that says what was
				texts[page] = string(text)
			}
		}
	}
	for path, file := range goFiles(t) {
		var b strings.Builder
		for _, c := range file.Comments {
			b.WriteString(c.Text() + "\n")
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if text, ok := n.(*ast.BasicLit); ok && text.Kind == token.STRING {
				b.WriteString(text.Value + "\n")
			}
			return true
		})
		texts[path] = b.String()
	}
	if len(texts) < 300 {
		t.Fatalf("only %d texts are read", len(slices.Collect(maps.Keys(texts))))
	}
	return texts
}

// exportedName is a name that other packages see, a field or method with its type.
type exportedName struct{ folder, name string }

// last is the name without its type.
func (n exportedName) last() string { return n.name[strings.LastIndexByte(n.name, '.')+1:] }

// exportedNames are those of all packages, tests aside: declared things, fields of structs at any
// depth, methods of types and of interfaces.
func exportedNames(t *testing.T) map[exportedName]bool {
	names := map[exportedName]bool{}
	for path, file := range goFiles(t) {
		folder, err := filepath.Rel("../..", filepath.Dir(path))
		if err != nil {
			t.Fatal(err)
		}
		add := func(of, name string) {
			if of != "" {
				of += "."
			}
			if ast.IsExported(name) {
				names[exportedName{filepath.ToSlash(folder), of + name}] = true
			}
		}
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				of := ""
				if d.Recv != nil {
					of = receiver(d.Recv.List[0].Type)
				}
				add(of, d.Name.Name)
			case *ast.GenDecl:
				for _, s := range d.Specs {
					switch s := s.(type) {
					case *ast.TypeSpec:
						add("", s.Name.Name)
						ast.Inspect(s.Type, func(n ast.Node) bool {
							if f, ok := n.(*ast.Field); ok {
								for _, name := range f.Names {
									add(s.Name.Name, name.Name)
								}
							}
							return true
						})
					case *ast.ValueSpec:
						for _, n := range s.Names {
							add("", n.Name)
						}
					}
				}
			}
		}
	}
	return names
}

// receiver is the name of a method's type.
func receiver(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.StarExpr:
		return receiver(x.X)
	case *ast.IndexExpr:
		return receiver(x.X)
	case *ast.IndexListExpr:
		return receiver(x.X)
	case *ast.Ident:
		return x.Name
	}
	return ""
}
