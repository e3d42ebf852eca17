package main

import (
	"runtime"
	"runtime/debug"
)

// fewBytes is up to how much memory nothing is collected: a short command ends before.
const fewBytes = 96 << 20

// collectLate puts off the collection of garbage until there is something to collect. Commands that
// use little spend a fifth of their time on it otherwise. From the first collection on everything
// is as the Go runtime does it.
func collectLate(getenv func(string) string) {
	if getenv("GOGC") != "" || getenv("GOMEMLIMIT") != "" {
		return
	}
	limit := debug.SetMemoryLimit(fewBytes)
	usual := debug.SetGCPercent(-1)
	first := &struct{ _ *byte }{}
	runtime.SetFinalizer(first, func(any) {
		if debug.SetMemoryLimit(-1) == fewBytes { // nobody has set another
			debug.SetMemoryLimit(limit)
		}
		debug.SetGCPercent(usual)
	})
}
