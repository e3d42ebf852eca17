//go:build js && wasm

// Command wasm is the module of a page: a thin mouth of package explore. The page posts messages to
// the worker that runs it, and each call of simulate(JSON) answers with JSON:
//
//	{"ok": …} or {"error": …}, the error in the program's own words
//
// It computes nothing itself.
package main
