package main

import (
	"runtime/debug"
	"slices"
	"strings"
	"testing"
)

// The program's own packages build little before a command is known: tables from tags, large
// patterns and fonts wait for their first use (sync.OnceValue, pattern.Late). What they allocate at
// the start is counted, for it does not depend on the machine's load.
func TestStartBuildsLittle(t *testing.T) {
	const most = 1 << 20 // bytes
	raced := debug.BuildSetting{Key: "-race", Value: "true"}
	if info, ok := debug.ReadBuildInfo(); ok && slices.Contains(info.Settings, raced) {
		t.Skip("the race detector allocates besides")
	}
	cmd, trace := child(t, "--version")
	cmd.Env = append(cmd.Env, "GODEBUG=inittrace=1")
	if err := cmd.Run(); err != nil {
		t.Fatal(err, trace)
	}
	total, packages := 0, 0
	var largest []string
	for line := range strings.Lines(trace.String()) {
		// init simulate/sim @0.9 ms, 0.09 ms clock, 49552 bytes, 700 allocs
		words := strings.Fields(line)
		if len(words) < 9 || words[0] != "init" || !strings.HasPrefix(words[1], "simulate/") && words[1] != "main" {
			continue
		}
		bytes := 0
		for _, r := range words[7] {
			bytes = 10*bytes + int(r-'0')
		}
		packages++
		if total += bytes; bytes > most/8 {
			largest = append(largest, words[1]+" "+words[7])
		}
	}
	if packages == 0 {
		t.Fatalf("no package's start is traced: %s", trace)
	}
	if total > most {
		t.Errorf("%d bytes are allocated at every start, more than %d; the largest: %s", total, most, strings.Join(largest,
			", "))
	}
}
