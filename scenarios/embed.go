package scenarios

import "embed"

// Files are the scenario files.
//
//go:embed *.yaml
var Files embed.FS
