package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"simulate/internal/claims"
)

func main() {
	text, err := claims.Make(context.Background(), 0)
	if err == nil {
		err = os.WriteFile(filepath.Join("internal", "claims", "claims.csv"), text, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "claims:", err)
		os.Exit(1)
	}
}
