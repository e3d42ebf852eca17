package main

import "runtime"

// floor is memory that is asked for and never touched, so that the system does not give it. To the
// Go runtime it is in use: garbage is collected when there is as much again, and not, as usual,
// when there is as much as what else is in use, which is little here. Short commands end before,
// and long ones spend a tenth less of their time on it.
var floor []byte

// collectLate sets the floor unless the user has said how garbage is to be collected.
func collectLate(getenv func(string) string) {
	const size = 48 << 20
	if getenv("GOGC") == "" && getenv("GOMEMLIMIT") == "" {
		floor = make([]byte, size)
		runtime.KeepAlive(floor) // nothing else reads it
	}
}
