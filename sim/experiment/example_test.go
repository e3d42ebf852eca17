package experiment_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"simulate/sim/experiment"
	"simulate/sim/experiment/run"
	"simulate/sim/experiment/tiny"
	"simulate/sim/scenario"
)

// A folder repeats itself: each table that is made again has the hash in the manifest.
func ExampleReproduce() {
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	path, out := filepath.Join(dir, "three-labs.yaml"), filepath.Join(dir, "results")
	if err := os.WriteFile(path, []byte(tiny.Base), 0o644); err != nil {
		panic(err)
	}
	s, err := scenario.Load(path, scenario.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	spec := run.Spec{Scenarios: []*scenario.Scenario{s}, Replications: 2, Out: out}
	if _, err := run.Run(context.Background(), spec); err != nil {
		fmt.Println(err)
		return
	}
	again, err := experiment.Reproduce(context.Background(), out, run.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, t := range again.Tables {
		fmt.Printf("%s made again is the same: %t\n", t.File, t.Same())
	}
	// who changes a digit of a table learns which one it is
	market := filepath.Join(out, "market.csv")
	text, err := os.ReadFile(market)
	if err != nil {
		panic(err)
	}
	if err := os.WriteFile(market, bytes.Replace(text, []byte("2024-12-31"), []byte("2024-12-30"), 1), 0o644); err != nil {
		panic(err)
	}
	if again, err = experiment.Reproduce(context.Background(), out, run.Options{}); err != nil {
		fmt.Println(err)
		return
	}
	for _, t := range again.Tables {
		if t.Changed {
			fmt.Printf("%s is not the file of the manifest\n", t.File)
		}
	}
	// Output:
	// market.csv made again is the same: true
	// segments.csv made again is the same: true
	// labs.csv made again is the same: true
	// lab_segments.csv made again is the same: true
	// labs_summary.csv made again is the same: true
	// summary.csv made again is the same: true
	// segment_summary.csv made again is the same: true
	// events.csv made again is the same: true
	// inputs.csv made again is the same: true
	// dictionary.csv made again is the same: true
	// market.csv is not the file of the manifest
}
