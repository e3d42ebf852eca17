//go:build js && wasm

// The module of a page: a thin mouth of package explore. The page posts messages to the worker that
// runs it, and each call of simulate(JSON) answers with JSON: {"ok": …} or {"error": …}, the error
// in the program's own words.
package main

import (
	"syscall/js"

	"simulate/internal/explore"
)

func main() {
	var s explore.Server
	js.Global().Set("simulate", js.FuncOf(func(_ js.Value, args []js.Value) any {
		return string(s.Answer([]byte(args[0].String())))
	}))
	select {}
}
