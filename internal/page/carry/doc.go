// Command carry builds the module that pages run and leaves it where a build with the tag page
// finds it:
//
//	go generate ./internal/page
//	go build -tags page ./cmd/simulate
//
// It never touches the source; a program built without the tag builds the module when it needs it.
package main
