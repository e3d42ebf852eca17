// Claims makes the data of the table of claims again, in the folder of the clone: about half a
// minute on two cores.
//
//	go run ./examples/claims
//	go test ./cmd/simulate -run Documents -update
//
// The second line writes it into the pages. Seed and replications stand in internal/claims.
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
