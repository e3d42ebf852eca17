//go:build faults && linux

package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The faults of this file come at moments that a seed decides. Every test asserts one thing: after
// whatever happened, the same command ends with the bytes of one that nobody disturbed, or in
// words; never in other numbers, never in a stack.
var (
	kills = flag.Int("kills", 100, "processes that are killed in all, shared by the kinds of commands")
	seed  = flag.Uint64("faults-seed", 0, "of the moments; by default another each time")
)

// clean is what a kind of command leaves undisturbed, and how long its lines take.
type clean struct {
	tables    string
	takes     []time.Duration
	kilobytes int64
}

// bench is a folder in which one kind of work is disturbed.
type bench struct {
	*testing.T
	random *rand.Rand
	work
	clean
	limits string // of the shell, in front of each line; "" for none
}

// sums are the files that a manifest names, by name and SHA-256, and what else lies in the folder
// is left out.
func (b *bench) sums() string {
	var out []string
	filepath.WalkDir("d", func(path string, e fs.DirEntry, err error) error {
		ext := filepath.Ext(path)
		if err == nil && e.Type().IsRegular() && !strings.Contains(path,
			".parts") && (ext == ".csv" || ext == ".parquet" || ext == ".png" ||
			filepath.Base(path) == "scenario.yaml") {
			text, err := os.ReadFile(path)
			if err != nil {
				b.Fatal(err)
			}
			sum := sha256.Sum256(text)
			out = append(out, path+" "+hex.EncodeToString(sum[:8]))
		}
		return nil
	})
	return strings.Join(out, "\n")
}

// start starts a line.
func (b *bench) start(line string) (cmd *exec.Cmd, said *bytes.Buffer) {
	args := strings.Fields(line)
	cmd, said = child(b.T, args...)
	if b.limits != "" {
		words := []string{"sh", "-c", b.limits + `; exec "$0" "$@"`, cmd.Path}
		cmd.Args = append(words, args...)
		cmd.Path = "/bin/sh"
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	return cmd, said
}

// end waits for a line to end and returns its exit code.
func (b *bench) end(cmd *exec.Cmd, said *bytes.Buffer, line string) int {
	b.Helper()
	ctx, stop := context.WithTimeout(context.Background(), 90*time.Second)
	defer stop()
	context.AfterFunc(ctx, func() {
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			cmd.Process.Kill()
		}
	})
	err := cmd.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		b.Fatal(err)
	}
	code := cmd.ProcessState.ExitCode()
	text := said.String()
	memory := strings.Contains(text, "out of memory") || strings.Contains(text,
		"cannot allocate") || strings.Contains(text, "failed to create new OS thread") ||
		strings.Contains(text, "pthread_create failed")
	switch {
	case ctx.Err() != nil:
		b.Errorf("%s does not end", line)
	case code == exitBug, strings.Contains(text, "goroutine ") && !(b.limits != "" && memory):
		b.Errorf("%s: exit code %d and a stack: %.2000s", line, code, text)
	case code > 0 && strings.TrimSpace(text) == "":
		b.Errorf("%s: exit code %d without a word", line, code)
	}
	return code
}

// finish plays all lines to their end, with force where one refuses, and holds the tables against
// the clean ones.
func (b *bench) finish(what string) {
	b.Helper()
	limits := b.limits
	b.limits = ""
	defer func() { b.limits = limits }()
	refused := ""
	for attempt := range 2 {
		whole := true
		for i, line := range b.lines {
			if i == 0 && attempt == 1 {
				line = b.forced()
			}
			cmd, said := b.start(line)
			if code := b.end(cmd, said, line); code != exitFine {
				whole = false
				if refused += fmt.Sprintf("%s: exit code %d: %s\n", line, code, said); attempt == 1 {
					b.Errorf("%s: even --force does not help:\n%s", what, refused)
				}
				break
			}
		}
		if whole {
			if got := b.sums(); got != b.tables {
				b.Errorf("%s: other tables:\n%s\nwithout a disturbance:\n%s", what, got, b.tables)
			}
			return
		}
	}
}

// undisturbed measures a kind of work.
func undisturbed(t *testing.T, w work) clean {
	t.Helper()
	t.Chdir(t.TempDir())
	b := &bench{T: t, work: w}
	var c clean
	for _, line := range w.lines {
		began := time.Now()
		cmd, said := b.start(line)
		if code := b.end(cmd, said, line); code != exitFine {
			t.Fatalf("%s: exit code %d: %s", line, code, said)
		}
		c.takes = append(c.takes, time.Since(began))
	}
	c.kilobytes = held("d")
	if c.tables = b.sums(); c.tables == "" {
		t.Fatal("no tables")
	}
	return c
}

// eachWork plays a test for every kind of work, in an empty folder of its own.
func eachWork(t *testing.T, test func(b *bench)) {
	n := *seed
	if n == 0 {
		n = uint64(time.Now().UnixNano())
	}
	t.Logf("repeat with -faults-seed %d", n)
	for i, w := range works {
		t.Run(w.name, func(t *testing.T) {
			c := undisturbed(t, w)
			t.Chdir(t.TempDir())
			test(&bench{T: t, random: rand.New(rand.NewPCG(n, uint64(i))), work: w, clean: c})
		})
	}
}

// TestKills kills processes at random moments, some of them softly, and damages now and then a file
// that they left.
func TestKills(t *testing.T) {
	left := *kills
	each := (left + len(works) - 1) / len(works)
	eachWork(t, func(b *bench) {
		for n := min(each, left); n > 0; {
			os.RemoveAll("d")
			line := 0
			var history []string
			for range 1 + b.random.IntN(4) {
				if n == 0 || line == len(b.lines) {
					break
				}
				cmd, said := b.start(b.lines[line])
				wait := time.Duration(b.random.Float64() * 1.1 * float64(b.takes[line]))
				signal := []os.Signal{syscall.SIGKILL, syscall.SIGKILL, syscall.SIGKILL, syscall.SIGTERM,
					syscall.SIGHUP}[b.random.IntN(5)]
				time.AfterFunc(wait, func() { cmd.Process.Signal(signal) })
				code := b.end(cmd, said, b.lines[line])
				n--
				left--
				history = append(history, fmt.Sprintf("%v after %v of line %d: exit code %d", signal,
					wait.Round(time.Millisecond), line, code))
				if code == exitFine {
					line++
				}
				if b.random.IntN(3) == 0 {
					history = append(history, b.damage())
				}
			}
			b.finish(strings.Join(history, "; "))
		}
	})
	t.Logf("%d processes were killed", *kills-left)
}

// damage flips a bit of a file of the folder, cuts, empties or replaces it, and says which.
func (b *bench) damage() string {
	var files []string
	filepath.WalkDir("d", func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			files = append(files, path)
		}
		return nil
	})
	if len(files) == 0 {
		return "nothing to damage"
	}
	file := files[b.random.IntN(len(files))]
	text, err := os.ReadFile(file)
	if err != nil {
		b.Fatal(err)
	}
	at := 0
	if len(text) > 0 {
		at = b.random.IntN(len(text))
	}
	kind := b.random.IntN(6)
	what := [...]string{"a bit flipped", "cut", "emptied", "gone", "a folder in its place", "zeros from here on"}[kind]
	switch kind {
	case 0:
		if len(text) > 0 {
			text[at] ^= 1 << b.random.IntN(8)
		}
		err = os.WriteFile(file, text, 0o644)
	case 1:
		err = os.Truncate(file, int64(at))
	case 2:
		err = os.Truncate(file, 0)
	case 3:
		err = os.Remove(file)
	case 4:
		err = errors.Join(os.Remove(file), os.MkdirAll(filepath.Join(file, "x"), 0o755))
	case 5:
		clear(text[at:])
		err = os.WriteFile(file, text, 0o644)
	}
	if err != nil {
		b.Fatal(err)
	}
	return fmt.Sprintf("%s: %s at %d of %d", file, what, at, len(text))
}

// TestLimits lets each kind of work meet limits on the size of files, on open files and on memory,
// and then none.
func TestLimits(t *testing.T) {
	eachWork(t, func(b *bench) {
		for _, limits := range []string{
			fmt.Sprintf("ulimit -f %d", 1+b.random.IntN(60)), // a disk that is full, in blocks of 512 bytes
			fmt.Sprintf("ulimit -n %d", 8+b.random.IntN(12)),
			fmt.Sprintf("ulimit -v %d", 100_000+b.random.IntN(1_500_000)),
		} {
			os.RemoveAll("d")
			b.limits = limits
			for _, line := range b.lines {
				cmd, said := b.start(line)
				if b.end(cmd, said, line) != exitFine {
					break
				}
			}
			b.finish(limits)
		}
	})
}

// TestTwoAtOnce lets two processes work on one folder: one of them, or both one after the other,
// leave it as one alone does.
func TestTwoAtOnce(t *testing.T) {
	eachWork(t, func(b *bench) {
		for i, line := range b.lines {
			first, saidFirst := b.start(line)
			time.Sleep(time.Duration(b.random.Float64() * float64(b.takes[i])))
			second, saidSecond := b.start(line)
			codes := []int{b.end(first, saidFirst, line), b.end(second, saidSecond, line)}
			if !slices.Contains(codes, exitFine) {
				b.Errorf("%s: neither of two ends well: %v\n%s\n%s", line, codes, saidFirst, saidSecond)
			}
		}
		b.finish("two at once")
	})
}

// TestChangesUnderAResume stops a run and lets another program or a changed scenario go on: it is
// refused or stands aside, and the first ends with its own bytes.
func TestChangesUnderAResume(t *testing.T) {
	const line = "run ./own.yaml -n 40 --no-figures --out d" + short
	text := "title: t\nextends: baseline\n"
	own := work{name: "own", lines: []string{line}}
	write := func(text string) {
		if err := os.WriteFile("own.yaml", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(t.TempDir())
	write(text)
	b := &bench{T: t, work: own}
	cmd, said := b.start(line)
	if code := b.end(cmd, said, line); code != exitFine {
		t.Fatal(code, said)
	}
	b.tables = b.sums()
	os.RemoveAll("d")

	stop := func() {
		cmd, said := b.start(line)
		waitFor(t, func() bool { info, err := os.Stat("d/.parts/growing"); return err == nil && info.Size() > 2000 })
		cmd.Process.Kill()
		b.end(cmd, said, line)
	}
	stop()
	write(text + "parameters: {market: {eta: 0.9}}\n")
	cmd, said = b.start(line)
	if code := b.end(cmd, said, line); code != exitUsage || !strings.Contains(said.String(), "--force") {
		t.Errorf("a changed scenario: exit code %d: %s", code, said)
	}
	write(text)
	b.finish("a changed scenario, changed back")

	os.RemoveAll("d")
	stop()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(t.TempDir(), "other")
	if err := os.WriteFile(other, append(program, 'x'), 0o755); err != nil {
		t.Fatal(err)
	}
	cmd, said = child(t, strings.Fields(line)...)
	cmd.Path = other
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if code := b.end(cmd, said, line); code != exitUsage || !strings.Contains(said.String(), "another build") {
		t.Errorf("another program: exit code %d: %s", code, said)
	}
	b.finish("another program, and the first again")
}

// TestFullOutput: what cannot be printed is an error.
func TestFullOutput(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip(err)
	}
	defer full.Close()
	for _, line := range []string{"list metrics", "params", "check baseline", "list scenarios --json"} {
		cmd, said := child(t, strings.Fields(line)...)
		cmd.Stdout = full
		if err := cmd.Run(); err == nil || !strings.Contains(said.String(), "no space left") {
			t.Errorf("%s into a full disk: %v, %s", line, err, said)
		}
	}
}
