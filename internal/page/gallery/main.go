package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"simulate/internal/page"
	"simulate/internal/validation"
	"simulate/internal/wholefile"
)

func main() {
	if err := write("docs"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(docs string) error {
	text, pictures, err := page.GalleryPage(context.Background(), nil, func(line string) { fmt.Fprintln(os.Stderr, line) })
	if err != nil {
		return err
	}
	folder := filepath.Join(docs, "gallery")
	if err := os.RemoveAll(folder); err != nil { // a scenario that is gone leaves no picture
		return err
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	for name, svg := range pictures {
		if err := wholefile.Write(filepath.Join(docs, name), []byte(svg)); err != nil {
			return err
		}
	}
	return wholefile.Write(filepath.Join(docs, "gallery.md"), []byte(validation.Fill(text, 100)+"\n"))
}
