package run_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"simulate/sim/experiment/run"
	"simulate/sim/experiment/tiny"
	"simulate/sim/scenario"
)

// Three labs sell 60, 20 and 5 % at the start, hosts too small to be listed the rest: the HHI is
// 60² + 20² + 5² = 4,025, in every replication, for luck has not acted yet.
func ExampleReadings() {
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
	first := run.Reading{Case: "three-labs", Date: "2023-12-31", Metric: "hhi_sales"}
	found, err := run.Readings(context.Background(), run.ReadSpec{
		Spec:     run.Spec{Scenarios: []*scenario.Scenario{s}, Replications: 2},
		Readings: []run.Reading{first},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s: %.1f\n", first.Date, found.Values(first))
	fmt.Printf("mean %.1f\n", found.Stats(first).Mean)
	// Output:
	// 2023-12-31: [4025.0 4025.0]
	// mean 4025.0
}
