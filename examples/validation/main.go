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
