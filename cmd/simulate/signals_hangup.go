//go:build !js && !wasip1

package main

import (
	"os"
	"syscall"
)

// hangups tell that the terminal is gone.
var hangups = []os.Signal{syscall.SIGHUP}
