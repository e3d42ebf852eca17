package main

import (
	"runtime"

	"github.com/urfave/cli/v2"
)

// jobsFlag is an option of commands that do runs.
func jobsFlag() cli.Flag {
	return wholeNumber(sizeCategory, "jobs", "`N` runs at a time, on at most N processors; by default one per processor",
		1)
}

// jobs is how many runs are done at a time, 0 where the user leaves it to the program. From then on
// the process, with its figures and its collection of garbage, keeps to as many processors.
func jobs(c *cli.Context) int {
	n, given := number(c, "jobs")
	if given && int(n) < runtime.GOMAXPROCS(0) {
		runtime.GOMAXPROCS(int(n))
	}
	return int(n)
}
