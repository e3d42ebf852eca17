package main

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"testing"
)

// The built-in rosters hold the values that solve their targets, within the digits in which they
// are written.
func TestRostersAreSolved(t *testing.T) {
	all, err := readTargets(strings.NewReader(builtin))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, t := range all {
		if !slices.Contains(names, t.scenario) {
			names = append(names, t.scenario)
		}
	}
	for _, name := range names {
		p, err := newProblem(name, all)
		if err != nil {
			t.Fatal(err)
		}
		list, err := p.solve()
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range list {
			if gap := math.Abs(math.Log(r.value / r.said)); gap > .005 {
				t.Errorf("%s: %s is %g and would be %g; run go run ./examples/solve %s", name, r.path, r.said, r.value, name)
			}
			if gap := math.Abs(math.Log(r.after / r.target.value)); gap > 1e-8 {
				t.Errorf("%s: %s gives %g, not %g", name, r.path, r.after, r.target.value)
			}
		}
	}
}

// A changed input is solved again: with more compute used by OpenAI its budget is larger, and
// nothing else moves by more than a per cent.
func TestSolvesAgain(t *testing.T) {
	all, err := readTargets(strings.NewReader(strings.Replace(builtin, "386000", "500000", 1)))
	if err != nil {
		t.Fatal(err)
	}
	p, err := newProblem("baseline", all)
	if err != nil {
		t.Fatal(err)
	}
	list, err := p.solve()
	if err != nil {
		t.Fatal(err)
	}
	if r := list[0]; !(r.value > 1.25*r.said) {
		t.Errorf("%s: %g after %g", r.path, r.value, r.said)
	}
	for _, r := range list[1:] {
		if math.Abs(math.Log(r.value/r.said)) > .01 {
			t.Errorf("%s moves from %g to %g", r.path, r.said, r.value)
		}
	}
}

func TestRefusedTargets(t *testing.T) {
	for text, want := range map[string]string{
		"baseline,labs.openai.compute,profits,openai,start,1,x":      `there is no outcome "profits"`,
		"baseline,labs.openai.compute,compute_used,openai,start,x,x": "line 2",
	} {
		if _, err := readTargets(strings.NewReader("scenario,path,outcome,of,at,value,source\n" + text +
			"\n")); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s gives %v, want %s", text, err, want)
		}
	}
	for text, want := range map[string]string{
		"baseline,labs.openai.none,compute_used,openai,start,1,x":       "baseline has no value labs.openai.none",
		"baseline,labs.openai.compute,compute_used,nobody,start,1,x":    `there is no lab "nobody"`,
		"baseline,labs.openai.compute,share,openai nowhere,start,0.1,x": `there is no segment "nowhere"`,
		"baseline,labs.openai.compute,compute_used,openai,later,1,x":    `"later" is not start`,
		"other,labs.openai.compute,compute_used,openai,start,1,x":       "no target is about baseline",
	} {
		all, err := readTargets(strings.NewReader("scenario,path,outcome,of,at,value,source\n" + text + "\n"))
		if err != nil {
			t.Fatal(err)
		}
		p, err := newProblem("baseline", all)
		if err == nil {
			_, err = p.solve()
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s gives %v, want %s", text, err, want)
		}
	}
}

func TestTheTableNamesEachValue(t *testing.T) {
	var out bytes.Buffer
	if err := solveAll([]string{"deepseek-shock"}, &out); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "chips.investor_elasticity") || !strings.Contains(out.String(), "0.587") {
		t.Error(out.String())
	}
}
