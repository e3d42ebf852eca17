package main

import (
	"fmt"
	"runtime/debug"

	"simulate/sim"
)

// commit is set by the linker (-ldflags "-X main.commit=…") where the go command does not stamp it.
var commit string

// version names the model's version and the commit where it is known.
func version() string {
	v := sim.Version
	at := commit
	if info, ok := debug.ReadBuildInfo(); ok && at == "" {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				at = s.Value
			}
		}
	}
	if at != "" {
		v += fmt.Sprintf(" (%s)", at[:min(12, len(at))])
	}
	return v
}
