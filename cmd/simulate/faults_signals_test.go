//go:build faults && linux

package main

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/urfave/cli/v2"
)

var signalsEach = flag.Int("signals", 1, "of each kind that are sent to every command: INT, TERM and HUP")

// busyLines keep every command busy, one line for each of its phases at least. run, sweep and the
// like lie in the folders of results that are made once; big.csv is a large table.
var busyLines = []string{
	"run baseline -n 300 --no-figures --out new" + short,
	"run deepseek-shock -n 2 --set clock.end=2027-01 --set reference_replications=64 --no-figures --no-cache --out new",
	"run baseline deepseek-shock -n 2 --out new" + short,
	"run baseline --until hhi_sales.se<1e9 -n 200 --no-figures --out new" + short,
	"compare baseline deepseek-shock -n 60 --out new" + short,
	"compare baseline deepseek-shock --vary market.eta=range --design lhs --samples 40 -n 2 --out new" + short,
	"sweep baseline --vary market.eta=range --design lhs --samples 100 -n 2 --format csv --out new" + short,
	"sweep baseline --points points.csv -n 1 --out new" + short,
	"sweep plan baseline --vary market.eta=range --design lhs --samples 20000 --shards 20000 --out new" + short,
	"sweep run --plan plan --quiet", "sweep merge planned --quiet", "sweep status planned",
	"analyse sensitivity big.csv --inputs a,b --outcome y --out new", "analyse sensitivity sweep --out new",
	"analyse discover big.csv --inputs a,b --where y>1 --out new", "analyse discover sweep --where hhi_sales>2500",
	"analyse threshold baseline --vary market.sigma=range --where lerner<0.5 --at 2025 -n 32 --tolerance 0.2" + short,
	"analyse robustness futures --policies events --minimise hhi_sales --out new",
	"reproduce run", "reproduce run --case baseline --replication 1 --trace",
	"backtest -n 4 --set reference_replications=4 --out new", "calibrate --samples 100 --discrepancy 0.3 --out new",
	"plot run --out new", "plot futures --out new", "table run", "report sweep --out new.html", "report run",
	"explore baseline --out new.html", "export run --xlsx", "export sweep --datapackage", "cite run",
	"measure big.csv --value y --by when --member a",
	"check baseline", "check public-compute-10b --expect -n 20 --set reference_replications=4 --out new", "new mine",
	"schema", "list scenarios", "params", "completion bash",
}

// TestSignalsCoverEveryCommand: none that there is lacks a line.
func TestSignalsCoverEveryCommand(t *testing.T) {
	p, _, _ := testProgram("")
	var walk func(before string, all []*cli.Command)
	walk = func(before string, all []*cli.Command) {
		for _, c := range all {
			if c.Hidden || c.Name == "help" {
				continue
			}
			name := strings.TrimSpace(before + " " + c.Name)
			if len(c.Subcommands) > 0 {
				walk(name, c.Subcommands)
			} else if !slices.ContainsFunc(busyLines, func(line string) bool { return strings.HasPrefix(line+" ", name+" ") }) {
				t.Errorf("no line sends a signal to %s", name)
			}
		}
	}
	walk("", newApp(p).Commands)
}

// TestSignals sends one signal to every command at a moment that the seed decides. It ends with the
// signal's code or, where it was done, with its own, leaves nothing half written, and where it
// promises that the same command goes on, it does.
func TestSignals(t *testing.T) {
	n := *seed
	if n == 0 {
		n = uint64(time.Now().UnixNano())
	}
	t.Logf("repeat with -faults-seed %d", n)
	source := t.TempDir()
	t.Chdir(source)
	signalSources(t)
	random := rand.New(rand.NewPCG(n, 0))
	var slowest time.Duration
	for _, line := range busyLines {
		t.Run(line, func(t *testing.T) {
			b := &bench{T: t}
			again := func() {
				t.Chdir(t.TempDir())
				if out, err := exec.Command("cp", "-r", source+"/.", ".").CombinedOutput(); err != nil {
					t.Fatal(err, string(out))
				}
			}
			again()
			began := time.Now()
			cmd, said := b.start(line)
			enough := time.AfterFunc(8*time.Second, func() { cmd.Process.Kill() })
			code := b.end(cmd, said, line)
			if enough.Stop() && code != exitFine && code != exitFailed && !strings.Contains(said.String(), "this build of") {
				t.Fatalf("exit code %d: %s", code, said)
			}
			takes := time.Since(began)
			for range *signalsEach {
				for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
					again()
					cmd, said := b.start(line)
					time.Sleep(time.Duration(random.Float64() * float64(takes)))
					at := time.Now()
					cmd.Process.Signal(signal)
					code := b.end(cmd, said, line)
					slowest = max(slowest, time.Since(at))
					b.signalEnded(line, signal, code, said)
				}
			}
		})
	}
	t.Logf("the slowest end came %v after its signal", slowest.Round(time.Millisecond))
}

// signalEnded judges what came of a signal. A code of −1 is that of a program which did not listen
// yet, or no more.
func (b *bench) signalEnded(line string, signal syscall.Signal, code int, said *bytes.Buffer) {
	b.Helper()
	text := said.String()
	stopped := code == (signalError{signal}).exitCode()
	if !stopped && code != exitFine && code != exitFailed && code != exitUsage && code != -1 {
		b.Errorf("%s: exit code %d after %v: %s", line, code, signal, text)
	}
	if stopped && !strings.Contains(text, strings.Fields((signalError{signal}).Error())[0]) {
		b.Errorf("%s: it does not say what ended it: %q", line, text)
	}
	if left, _ := filepath.Glob("*/.*.tmp-*"); stopped && len(left) > 0 {
		b.Errorf("%s leaves %q after %v", line, left, signal)
	}
	if stopped && (strings.Contains(text, continues) || strings.Contains(text, goesOn)) {
		cmd, said := b.start(line)
		enough := time.AfterFunc(20*time.Second, func() { cmd.Process.Signal(syscall.SIGTERM) })
		if code := b.end(cmd, said, line); enough.Stop() && code != exitFine && code != exitFailed {
			b.Errorf("%s: promised to go on: %q; exit code %d: %s", line, text, code, said)
		}
	}
}

// signalSources makes what the lines read.
func signalSources(t *testing.T) {
	t.Helper()
	b := &bench{T: t}
	for _, line := range []string{
		"run baseline deepseek-shock -n 3 --no-figures --out run" + short,
		"sweep baseline --vary market.eta=range --design lhs --samples 40 --no-figures --out sweep" + short,
		"compare baseline deepseek-shock --vary market.eta=range --design lhs --samples 9 --no-figures --out futures" + short,
		"sweep plan baseline --vary market.eta=range --design lhs --samples 100 -n 2 --shards 4 --out plan" + short,
		"sweep plan baseline --vary market.eta=range --design lhs --samples 100 -n 2 --shards 4 --out planned" + short,
		"sweep run --plan planned --quiet",
	} {
		cmd, said := b.start(line)
		if code := b.end(cmd, said, line); code != exitFine {
			t.Fatal(line, code, said)
		}
	}
	r := rand.New(rand.NewPCG(1, 1))
	big, points := "when,a,b,y\n", "market.eta\n"
	for i := range 60_000 {
		x, y := r.Float64(), r.Float64()
		big += fmt.Sprintf("%d,%.6f,%.6f,%.6f\n", 1900+i/300, x, y, x+y)
		points += fmt.Sprintf("%.6f\n", .6+.8*x)
	}
	for name, text := range map[string]string{"big.csv": big, "points.csv": points} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
