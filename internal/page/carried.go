//go:build page

package page

import _ "embed"

// What `go generate ./internal/page` leaves.
var (
	//go:embed blob/module.wasm.gz
	carriedModule []byte
	//go:embed blob/wasm_exec.js
	carriedSupport string
)

func carried() *Module { return &Module{carriedModule, carriedSupport} }
