// Validation takes the numbers of docs/validation.md and of the referee's questions in docs/odd.md
// from the runs of examples/validation.sh, in the folder of the clone:
//
//	examples/validation.sh results/validation
//	go run ./examples/validation results/validation
//	go test ./cmd/simulate -run Documents -update
//
// The third line writes them into the pages.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"simulate/internal/validation"
)

func main() {
	dir := filepath.Join("results", "validation")
	if len(os.Args) > 1 {
		dir = os.Args[1]
	}
	text, err := validation.Make(dir)
	if err == nil {
		err = os.WriteFile(filepath.Join("internal", "validation", "numbers.csv"), text, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "validation:", err)
		os.Exit(1)
	}
}
