//go:build js && wasm

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
