package scenario

import (
	"strings"
	"testing"
)

// small is a scenario that loads quickly and has an entry of every kind that a PATH can reach into.
const small = `
labs:
  a: {budget: {values: {2024: $6M/yr}}, sales: {s: 0.2}}
  b: {budget: $1B/yr, talent: 0.5 to 2}
segments: {s: {spending: $1B/yr}}
parameters: {market: {eta: 0.9}}
policies: {p: {from: 2026-01, grant: {amount: $1B/yr, rule: equal}, set: {research.gamma: 2x/yr}}}
events: [{at: 2025-01, label: e, shock: {lab: a, training_efficiency: 2x}}]
experiment:
  uncertainties: [labs.b.talent]
  levers: {policies.p.grant.amount: [$1B/yr, $2B/yr]}
  design: {method: lhs, samples: 4}
expect: [{metric: hhi_sales, at: 2026, above: 1}]
`

// oddValues are what slips of the pen, shells and other programs leave where one value belongs.
var oddValues = []string{
	"0.6:", "0.6 :", ":", "::", "{}", "{low: 0.6}", "{low: 0.6, high: 1.5}", "{value: }", "{value: {low: 1}}",
	"{value: [1]}", "{0.6}", "{a: {b: {c: 1}}}",
	"[]", "[0.6]", "[0.6, 1.5]", "[[1]]", "[{a: 1}]", "- 1", "? a", "null", "~", "''", `""`, "' '", "!!float 1", "&a 1",
	"*a", "<<: 1", "{<<: {a: 1}}",
	"{dist: }", "{dist: {a: 1}}", "{dist: normal}", "{dist: choice, values: 1}", "{dist: choice, values: []}",
	"{dist: choice, values: [1, 2], weights: 1}",
	"{dist: beta, a: 1}", "{dist: beta, a: {b: 1}, b: [1]}", "{dist: triangular, low: 1, mode: [2], high: {c: 3}}",
	"{dist: normal, mean: 1, sd: {a: 1}}",
	"{values: }", "{values: 1}", "{values: []}", "{values: {}}", "{values: {2025: }}", "{values: {2025: {a: 1}}}",
	"{values: {2025: [1]}}", "{values: {x: 1}}",
	"{range: }", "{range: 1}", "{range: {a: 1}}", "{range: [1, 2]}", "{growth: {}}", "{taper: []}", "{source: {a: 1}}",
	"{note: [1]}", "{share: {}}",
	"1 to", "to 1", "1 to 2 to 3", " to ", "1 to {a: 1}", "0.6,1.5", "nan", "inf", "-inf", "1e999", "-", "+", ".", "_",
	"$", "%", "/", "x", "a: b", "\x00", "\x1b[1m", "\n", "1\n---\n2",
}

// oddPaths are PATHs of every depth, right and wrong.
var oddPaths = []string{
	"market.eta", "parameters.market.eta", "parameters", "parameters.market", "market", "market.eta.low", "market.",
	".eta", ".", "..", "a.b.c.d.e",
	"labs", "labs.a", "labs.a.budget", "labs.a.budget.values", "labs.a.budget.values.2024", "labs.a.budget.value",
	"labs.a.budget.growth", "labs.a.sales", "labs.a.sales.s",
	"labs.a.sales.s.share", "labs.b.talent", "labs.b.talent.value", "labs.b.talent.dist", "labs.c", "labs.a.count",
	"segments", "segments.s.spending", "segments.s.theta",
	"policies", "policies.p", "policies.p.from", "policies.p.grant", "policies.p.grant.amount", "policies.p.set",
	"policies.p.set.research.gamma", "policies.p.set.x",
	"events", "events.0", "events.0.at", "events.0.shock", "events.0.shock.lab", "events.1", "events.x", "clock",
	"clock.end", "seed", "title", "name", "extends", "expect",
	"experiment", "experiment.uncertainties", "experiment.uncertainties.0", "experiment.levers", "expect.0.at",
	"expect.0.above", "experiment.design", "experiment.design.method", "regions", "sources",
}

// trySet loads a scenario with one --set and checks that a refusal says what is wrong.
func trySet(t *testing.T, file, text string) {
	t.Helper()
	_, err := Load(file, Options{Set: []string{text}})
	if err == nil {
		return
	}
	problems, ok := err.(Problems)
	if !ok || len(problems) == 0 {
		t.Fatalf("--set %q: not a list of problems: %v", text, err)
	}
	for _, p := range problems {
		if p.Message == "" {
			t.Errorf("--set %q is refused without a word", text)
		}
	}
}

// TestOddSets: whatever stands before and after the =, a --set is taken or refused in words. Every
// PATH meets a fifth of the values and every value a fifth of the PATHs, a twentieth in short.
func TestOddSets(t *testing.T) {
	file := fileWith(t, small)
	mustLoad(t, file)
	part := 5
	if testing.Short() {
		part = 20
	}
	for i, path := range oddPaths {
		for j, value := range oddValues {
			if (i+j)%part == 0 {
				trySet(t, file, path+"="+value)
			}
		}
	}
}

// TestMappingsWhereOneValueBelongs: the message names the PATH and how to write a value.
func TestMappingsWhereOneValueBelongs(t *testing.T) {
	for _, text := range []string{
		"market.eta=0.6:", "market.eta={low: 0.6}", "market.eta={low: 0.6, high: 1.5}", "market.eta={}",
		"parameters.market.eta={a: {b: 1}}", "research.gamma={rate: 1}",
	} {
		_, err := Load("baseline", Options{Set: []string{text}})
		path, _, _ := strings.Cut(strings.TrimPrefix(text, "parameters."), "=")
		if err == nil || !strings.Contains(err.Error(), path+" takes one value, and ") || !strings.Contains(err.Error(),
			"; write ") {
			t.Errorf("--set %s: %v", text, err)
		}
	}
}

// FuzzSet: no --set panics.
func FuzzSet(f *testing.F) {
	for i, path := range oddPaths {
		f.Add(path + "=" + oddValues[i%len(oddValues)])
	}
	for _, value := range oddValues {
		f.Add("market.eta=" + value)
	}
	file := fileWith(f, small)
	f.Fuzz(func(t *testing.T, text string) { trySet(t, file, text) })
}

// FuzzVary: no --vary panics, and what is taken lies inside the range of its PATH.
func FuzzVary(f *testing.F) {
	s := mustLoad(f, fileWith(f, small))
	for _, path := range oddPaths {
		f.Add(path, "range")
	}
	for _, value := range append(oddValues, "0.6,1.1", "0.6:1.5:0.1", "0.6 to 1.5", "range", "1:2:0", "1:2:-1",
		"1:2:nan", "2:1:1", "1:2:1e-300", "a:b:c", ",", ",,") {
		f.Add("market.eta", value)
		f.Add("policies.p.from", value)
	}
	f.Fuzz(func(t *testing.T, path, spec string) {
		v, err := s.ParseVariation(path, spec)
		if err != nil {
			if err.Error() == "" {
				t.Errorf("%s=%s is refused without a word", path, spec)
			}
			return
		}
		l, _ := s.Knob(v.Path)
		for _, x := range v.Numbers {
			if !(x >= l.Low && x <= l.High) {
				t.Errorf("%s=%s gives %v outside %v to %v", path, spec, x, l.Low, l.High)
			}
		}
	})
}
