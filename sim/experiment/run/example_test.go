package run_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/experiment/tiny"
	"simulate/sim/scenario"
)

// Three labs sell 60, 20 and 5 % at the start, hosts too small to be listed the rest: the HHI is
// 60² + 20² + 5² = 4,025, in every replication, for luck has not acted yet.
func ExampleThrowaway() {
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "three-labs.yaml")
	if err := os.WriteFile(path, []byte(tiny.Base), 0o644); err != nil {
		panic(err)
	}
	s, err := scenario.Load(path, scenario.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	spec := run.Spec{Scenarios: []*scenario.Scenario{s}, Replications: 2}
	err = run.Throwaway(context.Background(), spec, func(o *results.Outcome) error {
		first := o.Dates("three-labs")[0]
		fmt.Printf("%s: %.1f\n", first, o.Values("three-labs", "hhi_sales", first))
		fmt.Printf("mean %.1f\n", o.Stats("three-labs", first, "hhi_sales").Mean)
		return nil
	})
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// 2023-12-31: [4025.0 4025.0]
	// mean 4025.0
}
