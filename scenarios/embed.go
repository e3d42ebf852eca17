// Package scenarios holds the scenarios that the program carries. Every .yaml file here can be run by its name.
package scenarios

import "embed"

// Files are the scenario files.
//
//go:embed *.yaml
var Files embed.FS
