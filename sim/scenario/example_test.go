package scenario_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"simulate/sim/scenario"
)

// written puts a scenario into a file of its own.
func written(name, text string) (path string, remove func()) {
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		panic(err)
	}
	path = filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		panic(err)
	}
	return path, func() { os.RemoveAll(dir) }
}

// A file says how it differs from what it extends; --set differs from the file. The model reads
// plain numbers: dollars a year, and growth as a rate, ln 2 = 0.693 for 2x a year.
func ExampleLoad() {
	path, remove := written("mine.yaml", "extends: baseline\nlabs: {tii: {budget: $300M/yr}}\n")
	defer remove()
	s, err := scenario.Load(path, scenario.Options{Set: []string{"research.gamma=2x/yr"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, l := range s.Config().Labs {
		if l.ID == "tii" {
			fmt.Printf("%.0f\n", l.Budget.At(2025))
		}
	}
	gamma, _ := s.Knob("research.gamma")
	fmt.Printf("%.3f, written %s\n", gamma.Value, gamma.Format(gamma.Value))
	// Output:
	// 300000000
	// 0.693, written 2x/yr
}

// Mistakes are reported all at once, each with its place and what to write instead.
func ExampleProblems() {
	path, remove := written("mine.yaml",
		"extends: baseline\nlabs:\n  mistral: {bugdet: $300M/yr}\nclock: {end: 2020-01}\n")
	defer remove()
	_, err := scenario.Load(path, scenario.Options{})
	var problems scenario.Problems
	if errors.As(err, &problems) {
		for _, p := range problems {
			fmt.Printf("line %d: %s; %s\n", p.Line, p.Message, p.Remedy)
		}
	}
	// Output:
	// line 3: labs.mistral has no key "bugdet"; did you mean "budget"?
	// line 4: the clock ends before it starts; write a later date
}

// Every value knows where it was written, and why.
func ExampleScenario_Origins() {
	path, remove := written("mine.yaml",
		"extends: baseline\nlabs: {tii: {budget: {value: $300M/yr, source: \"the lab's report of 2024\"}}}\n")
	defer remove()
	s, err := scenario.Load(path, scenario.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, o := range s.Origins() {
		if o.Path == "labs.tii.budget" {
			fmt.Printf("%s: %s, %s\n", filepath.Base(o.Where), o.Written, o.Source)
		}
	}
	// Output: mine.yaml:2: $300M/yr, the lab's report of 2024
}

// Quantities are read with their units: three months are a quarter of a year.
func ExampleReadQuantity() {
	for _, q := range [][2]string{{"USD/yr", "$2B/yr"}, {"yr", "3 months"}, {"", "40%"}} {
		v, err := scenario.ReadQuantity(q[0], q[1])
		fmt.Println(v, err)
	}
	// Output:
	// 2e+09 <nil>
	// 0.25 <nil>
	// 0.4 <nil>
}
