package scenario

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"simulate/internal/quantity"
	"simulate/sim"
)

// Every row says all that others take from it, and what it says of keys and metrics exists.
func TestLeverRowsAreWhole(t *testing.T) {
	for i, l := range sim.Levers {
		if l.Name == "" || l.Noun == "" || !strings.HasSuffix(l.Meaning, ".") || len(l.Effects) == 0 {
			t.Errorf("%q lacks a name, a noun, a meaning or an effect", l.Name)
		}
		if slices.ContainsFunc(sim.Levers[:i], func(other *sim.Lever) bool { return other.Name == l.Name }) {
			t.Errorf("%s stands twice", l.Name)
		}
		if l.ByPath != (len(l.Keys) == 0) || !l.ByPath && len(l.Needs) == 0 {
			t.Errorf("%s: keys %v, needs %v", l.Name, l.Keys, l.Needs)
		}
		selects := false
		for _, k := range l.Keys {
			if !strings.HasSuffix(k.Meaning, ".") {
				t.Errorf("%s.%s has no meaning", l.Name, k.Name)
			}
			switch v := k.Field(l.New()).(type) {
			case *float64:
				if unitOf(k.Unit) == nil || !(k.Low < k.High) || *v != *v && l.Check == nil {
					t.Errorf("%s.%s: unit %q, from %v to %v, %v unless given", l.Name, k.Name, k.Unit, k.Low, k.High, *v)
				}
			case *sim.Eligibility:
				selects = true
				if !math.IsInf(v.BudgetBelow, 1) {
					t.Errorf("%s.%s leaves labs out unless told otherwise", l.Name, k.Name)
				}
			}
		}
		if selects != strings.HasSuffix(l.Nobody, " reaches no lab") {
			t.Errorf("%s says %q where it reaches nobody", l.Name, l.Nobody)
		}
		var named []string
		for _, n := range l.Needs {
			named = append(named, n.Keys...)
		}
		for _, d := range l.Idle {
			named = append(named, d.Key, d.Without)
		}
		for _, x := range l.Excludes {
			named = append(append(named, x.Key), x.Others...)
		}
		for _, e := range l.Effects {
			named = append(named, e.Keys...)
			if e.Name != l.Name && !strings.HasPrefix(e.Name, l.Name+" (") && !strings.HasPrefix(e.Name, l.Name+".") {
				t.Errorf("an effect of %s is called %s", l.Name, e.Name)
			}
			if e.Why == "" || circumstances[e.When] == nil {
				t.Errorf("%s: no reason, or circumstance %q without a test", e.Name, e.When)
			}
			for _, c := range e.Clauses() {
				metricOf(t, c.Metric)
				if e.Ambiguous != (c.Way == 0) {
					t.Errorf("%s: %v", e.Name, c)
				}
			}
		}
		for _, name := range named {
			if _, found := l.Key(name); !found {
				t.Errorf("%s has no key %s", l.Name, name)
			}
		}
	}
}

// A policy that pulls one lever uses its row and no other, at the neutral value as at that of the
// example.
func TestPoliciesNameTheirLevers(t *testing.T) {
	eachEffect(t, func(t *testing.T, l *sim.Lever, e sim.Effect) {
		s := world(t, pulling("one", l, e.Example, "2025-01", ""))
		p := s.Config().Policies[1]
		if got := p.Effects(); len(got) != 1 || got[0].Name != e.Name {
			t.Errorf("seen as %v", got)
		}
		if l.In(&p) == nil {
			t.Error("its settings are not found")
		}
		if _, err := Load("baseline", Options{Set: []string{pulling("one", l, e.Example, "2025-01", "")}}); err != nil {
			t.Errorf("its example is refused in the baseline: %v", err)
		}
	})
}

// What a row's messages tell users to write is understood, and what it needs is missed.
func TestWhatLeversAskForIsUnderstood(t *testing.T) {
	for _, l := range sim.Levers {
		if l.ByPath {
			continue
		}
		var all []string
		for _, n := range l.Needs {
			one, _, _ := strings.Cut(n.Example, ", or ")
			one, _, _ = strings.Cut(one, " or ")
			all = append(all, one)
		}
		world(t, pulling("asked", l, strings.Join(all, ", "), "2025-01", ""))
		for i, n := range l.Needs {
			rest := strings.Join(slices.Delete(slices.Clone(all), i, i+1), ", ")
			_, err := Load("testdata/levers/world.yaml", Options{Set: []string{pulling("asked", l, rest, "2025-01", "")}})
			want := fmt.Sprintf("policies.asked.%s lacks %s", l.Name, quantity.OneOf(n.Keys))
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s without %v: %v", l.Name, n.Keys, err)
			}
		}
	}
}

// Result 17. Every lever at its neutral value, alone and with all others, is to the bit no lever at
// all, where chips are scarce and labs are sold.
func TestNeutralLevers(t *testing.T) {
	hard := append([]string{scarce, "clock.end=2030-01"}, circumstances[sim.LabsSold]["sales"]...)
	plain := ran(t, world(t, hard...), 0)
	if metricOf(t, "departures")(plain) == 0 || metricOf(t, "chip_scarcity")(plain) <= 1 {
		t.Error("nobody is sold or chips are not scarce")
	}
	all := slices.Clone(hard)
	eachEffect(t, func(t *testing.T, l *sim.Lever, e sim.Effect) {
		own := pulling(fmt.Sprintf("p%d", len(all)), l, e.Neutral, "2024-01", "")
		all = append(all, own)
		if name := differing(plain, ran(t, world(t, append(slices.Clone(hard), own)...), 0)); name != "" {
			t.Errorf("at %s %s differs", e.Neutral, name)
		}
	})
	if name := differing(plain, ran(t, world(t, all...), 0)); name != "" {
		t.Errorf("all together: %s differs", name)
	}
}

// Each number of a lever that a sweep varies gives the case that the same number in the file gives,
// and leaves the original as it was.
func TestSweptLeversAreSetByHand(t *testing.T) {
	eachEffect(t, func(t *testing.T, l *sim.Lever, e sim.Effect) {
		s := world(t, pulling("one", l, e.Example, "2025-01", ""))
		before := policyInFull(&s.Config().Policies[1])
		varied := 0
		for _, x := range s.Knobs() {
			key, inside := strings.CutPrefix(x.Path, "policies.one."+l.Name+".")
			if !inside || !x.Given {
				continue
			}
			varied++
			for _, v := range [...]float64{(x.Low + x.Value) / 2, (x.Value + math.Min(x.High, 2*x.Value+1)) / 2} {
				swept, err := s.Vary(s.Config(), []*Knob{x}, []float64{v})
				if err != nil {
					t.Fatal(err)
				}
				path := "policies.one." + l.Name + "." + key
				byHand := world(t, pulling("one", l, e.Example, "2025-01", ""), path+"="+x.Format(v))
				if got, want := policyInFull(&swept.Policies[1]), policyInFull(&byHand.Config().Policies[1]); got != want {
					t.Errorf("%s at %s:\n%s\nby hand\n%s", x.Path, x.Format(v), got, want)
				}
			}
		}
		if varied == 0 {
			t.Error("nothing can be varied")
		}
		if after := policyInFull(&s.Config().Policies[1]); after != before {
			t.Errorf("varied, the original is\n%s\nnot\n%s", after, before)
		}
	})
}

// The schema describes every key of every lever in the words of its row.
func TestSchemaDescribesLevers(t *testing.T) {
	type keys struct {
		Description string
		AnyOf       []keys
		Properties  map[string]keys
	}
	var root struct {
		Properties struct {
			Policies struct {
				Entries struct{ AnyOf []keys } `json:"additionalProperties"`
			}
		}
	}
	if err := json.Unmarshal(Schema(), &root); err != nil {
		t.Fatal(err)
	}
	mapping := func(k keys) keys { // what may stand in a key, of which one form is a mapping
		for _, form := range k.AnyOf {
			if form.Properties != nil {
				form.Description = k.Description
				return form
			}
		}
		return k
	}
	policy := mapping(keys{AnyOf: root.Properties.Policies.Entries.AnyOf})
	for _, l := range sim.Levers {
		own := mapping(policy.Properties[l.Name])
		if own.Description != l.Meaning {
			t.Errorf("%s is described as %q", l.Name, own.Description)
		}
		for _, k := range l.Keys {
			if !strings.HasPrefix(own.Properties[k.Name].Description, k.Meaning) {
				t.Errorf("%s.%s is described as %q", l.Name, k.Name, own.Properties[k.Name].Description)
			}
		}
	}
}

// A lever begins in its own words, ends, and where its selection of labs is empty says so.
func TestLeversBeginAndEndInWords(t *testing.T) {
	eachEffect(t, func(t *testing.T, l *sim.Lever, e sim.Effect) {
		told := func(settings string) (words []string) {
			s := world(t, "clock.end=2027-01", pulling("one", l, settings, "2025-01", "2026-01"))
			for _, event := range ran(t, s, 0).Events() {
				if event.Kind == "policy" && event.Subject == "one" {
					words = append(words, fmt.Sprintf("%s %s", formatDate(event.Date), event.Detail))
				}
			}
			return words
		}
		begins, ends := "2025-01 begins: "+l.Noun, "2026-01 ends"
		if got := told(e.Example); !slices.Equal(got, []string{begins, ends}) {
			t.Errorf("told %q", got)
		}
		for _, k := range l.Keys {
			if _, selects := k.Field(l.New()).(*sim.Eligibility); !selects {
				continue
			}
			settings, _, _ := strings.Cut(e.Example, ", "+k.Name)
			settings += ", " + k.Name + ": {labs: openai, archetypes: public}"
			for _, idle := range l.Idle {
				if idle.Key == k.Name {
					settings += ", " + idle.Example
				}
			}
			if got, want := told(settings), []string{begins, "2025-01 " + l.Nobody, ends}; !slices.Equal(got, want) {
				t.Errorf("where nobody is selected told %q, not %q", got, want)
			}
		}
	})
}

// sharedWords are names of levers that are also words of something else, by file and word.
var sharedWords = map[string]string{
	"bind_events.go disclosure": "a key of shocks: who learns of a gain",
	"tree.go disclosure":        "the same key, whose parts go with the parts of a shock",
}

// TestNoLeverIsNamed: sim/scenario binds levers from their rows and holds no lever's name, neither
// as a text, alone or as the beginning of a PATH, nor as a type of the model.
func TestNoLeverIsNamed(t *testing.T) {
	kinds, names := map[string]string{}, map[string]bool{}
	for _, l := range sim.Levers {
		kinds[strings.TrimPrefix(fmt.Sprintf("%T", l.New()), "*sim.")] = l.Name
		names[l.Name] = true
	}
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if p, ok := n.X.(*ast.Ident); ok && p.Name == "sim" && kinds[n.Sel.Name] != "" {
					t.Errorf("%s names sim.%s, the settings of %s", path, n.Sel.Name, kinds[n.Sel.Name])
				}
			case *ast.BasicLit:
				text, err := strconv.Unquote(n.Value)
				if n.Kind != token.STRING || err != nil {
					return true
				}
				word, _, _ := strings.Cut(text, ".")
				if names[word] && sharedWords[path+" "+word] == "" {
					t.Errorf("%s names %s in %q", path, word, text)
				}
			}
			return true
		})
	}
}
