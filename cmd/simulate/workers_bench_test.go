package main

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"simulate/sim/table/formats"
)

// BenchmarkTwoWorkers does whole commands, figures included, with one processor and with two, in
// turns, and reports by command
//
//	times   the least time with one processor over the least with two
//	busy    the processors that had something to do on average when there were two, from the runtime's
//	        own account of idle time; other work on the machine slows both alike and moves it little
func BenchmarkTwoWorkers(b *testing.B) {
	formats.Register()
	collectLate(os.Getenv)
	if runtime.NumCPU() < 2 {
		b.Skip("there is one processor")
	}
	for _, line := range []string{
		"run baseline -n 200",
		"compare baseline deepseek-shock -n 60",
		"sweep baseline --vary market.eta=range --design lhs --samples 200 -n 4",
		"calibrate --samples 10000",
	} {
		name, _, _ := strings.Cut(line, " ")
		b.Run(name, func(b *testing.B) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
			least := [3]time.Duration{1: math.MaxInt64, 2: math.MaxInt64}
			var idle, total float64
			once := func(processors int) {
				runtime.GOMAXPROCS(processors)
				runtime.GC() // the account is brought up to date
				out := filepath.Join(b.TempDir(), "results")
				words := append(strings.Fields(line), "--quiet", "--out", out)
				before := processorTime()
				start := time.Now()
				p, _, said := testProgram("")
				if code := p.main(context.Background(), words); code != exitFine {
					b.Fatalf("%s: exit %d: %s", line, code, said)
				}
				least[processors] = min(least[processors], time.Since(start))
				if err := os.RemoveAll(out); err != nil {
					b.Fatal(err)
				}
				runtime.GC()
				if after := processorTime(); processors == 2 {
					idle, total = idle+after[0]-before[0], total+after[1]-before[1]
				}
			}
			once(1) // references are made, once
			for b.Loop() {
				once(1)
				once(2)
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(least[1].Seconds()/least[2].Seconds(), "times")
			b.ReportMetric(2*(1-idle/total), "busy")
			b.ReportMetric(least[2].Seconds(), "s")
		})
	}
}

// processorTime is the time that processors were idle, and all of it. [s]
func processorTime() [2]float64 {
	sample := []metrics.Sample{{Name: "/cpu/classes/idle:cpu-seconds"}, {Name: "/cpu/classes/total:cpu-seconds"}}
	metrics.Read(sample)
	return [2]float64{sample[0].Value.Float64(), sample[1].Value.Float64()}
}
