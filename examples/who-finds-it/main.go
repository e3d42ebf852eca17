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
