// Who-finds-it makes the data of the five-row table again, in the folder of the clone: about a
// minute on two cores.
//
//	go run ./examples/who-finds-it
//	go test ./cmd/simulate -run Documents -update
//
// The second line writes the table into the pages. Seed and replications stand in
// internal/whofinds.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"simulate/internal/whofinds"
)

func main() {
	text, err := whofinds.Make(context.Background(), 0)
	if err == nil {
		err = os.WriteFile(filepath.Join("internal", "whofinds", "who_finds_it.csv"), text, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "who-finds-it:", err)
		os.Exit(1)
	}
}
