package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"simulate/internal/page"
)

func main() {
	m, err := page.Build(context.Background(), "go", filepath.Join("..", ".."))
	if err == nil {
		err = m.Keep("blob")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
