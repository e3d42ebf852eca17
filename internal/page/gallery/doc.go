// Command gallery writes docs/gallery.md and its pictures from runs of all built-in scenarios, in
// the folder of go.mod:
//
//	go run ./internal/page/gallery
//
// No picture there is drawn by hand; one that is of no scenario any more is taken away.
package main
