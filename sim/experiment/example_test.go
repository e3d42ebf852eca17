package experiment_test

import (
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
	fmt.Println(again.Same())
	// Output: true
}
