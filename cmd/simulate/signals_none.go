//go:build js || wasip1

package main

import "os"

// hangups: without a terminal of its own nothing can be gone.
var hangups []os.Signal
