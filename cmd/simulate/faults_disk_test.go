//go:build faults && linux

package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// disk mounts a file system of its own that holds so many kilobytes, makes it the working folder,
// and returns what gives it another size.
func disk(t *testing.T, size int64) (resize func(kilobytes int64)) {
	t.Helper()
	dir := t.TempDir()
	of := func(kilobytes int64) string { return fmt.Sprintf("size=%dk", kilobytes) }
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, of(size)); err != nil {
		t.Skipf("no file system of its own can be mounted here: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_FORCE|2) }) // 2: MNT_DETACH, whoever is still in it
	t.Chdir(dir)
	return func(kilobytes int64) {
		if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, of(kilobytes)); err != nil {
			t.Fatal(err)
		}
	}
}

// plenty is more than any work here needs, in kilobytes.
const plenty = 200_000

// held is what the files of a folder take, in kilobytes of whole pages.
func held(dir string) (kilobytes int64) {
	filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		if info, err := e.Info(); err == nil && e.Type().IsRegular() {
			kilobytes += (info.Size() + 4095) / 4096 * 4
		}
		return nil
	})
	return kilobytes
}

// saysNoRoom: what a command says that met a full disk names the file by the user's name for it,
// the reason and the remedy, and nothing half written is left.
func (b *bench) saysNoRoom(line, said string, code int) {
	b.Helper()
	if code != exitFailed || !strings.Contains(said, "no space left on device: make room there") ||
		strings.Contains(said, ".tmp-") {
		b.Errorf("%s on a full disk: exit code %d: %s", line, code, said)
	}
	filepath.WalkDir(".", func(path string, e fs.DirEntry, err error) error {
		if err == nil && strings.Contains(e.Name(), ".tmp-") {
			b.Errorf("%s on a full disk leaves %s", line, path)
		}
		return nil
	})
}

// TestFullDisk lets each kind of work meet a disk that is full sooner or later. Once there is room,
// the same command ends with the bytes of one that always had it.
func TestFullDisk(t *testing.T) {
	eachWork(t, func(b *bench) {
		for range 2 {
			resize := disk(b.T, 4+b.random.Int64N(max(8, b.kilobytes)))
			for _, line := range b.lines {
				cmd, said := b.start(line)
				if code := b.end(cmd, said, line); code != exitFine {
					b.saysNoRoom(line, said.String(), code)
					break
				}
			}
			resize(plenty)
			b.finish("a disk that was full")
		}
	})
}

// writers make files from results, each under the name that comes last.
var writers = []string{
	"plot d --quiet --out figures", "report d --quiet --out report.html", "table d --quiet --format latex --out t.tex",
	"export d --quiet --xlsx", "export d --quiet --datapackage", "export d --quiet --iamc",
	"export d --quiet --ro-crate --author A", "analyse sensitivity s --quiet --out figures",
	"analyse discover s --where hhi_sales>2500 --quiet --out figures", "new mine",
}

// TestNoRoomForWhatIsMadeOfResults: figures, reports and exports say so and leave what was there.
func TestNoRoomForWhatIsMadeOfResults(t *testing.T) {
	t.Chdir(t.TempDir())
	b := &bench{T: t}
	for _, line := range []string{"run baseline deepseek-shock -n 3 --no-figures --out d" + short,
		"sweep baseline --vary market.eta=range --design lhs --samples 40 --no-figures --out s" + short} {
		cmd, said := b.start(line)
		if code := b.end(cmd, said, line); code != exitFine {
			t.Fatal(line, code, said)
		}
	}
	source, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range writers {
		t.Run(line, func(t *testing.T) {
			resize := disk(t, plenty)
			if out, err := exec.Command("cp", "-r", filepath.Join(source, "d"), filepath.Join(source, "s"),
				".").CombinedOutput(); err != nil {
				t.Fatal(err, string(out))
			}
			b := &bench{T: t}
			before := contents(t)
			resize(held(".") + 8)
			if err := os.WriteFile("fill", make([]byte, 8<<10), 0o644); err != nil {
				t.Fatal(err)
			}
			cmd, said := b.start(line)
			code := b.end(cmd, said, line)
			b.saysNoRoom(line, said.String(), code)
			if err := os.Remove("fill"); err != nil {
				t.Fatal(err)
			}
			for name, text := range contents(t) {
				if was, there := before[name]; !there || !bytes.Equal(was, text) {
					t.Errorf("%s is there, or another", name)
				}
			}
			resize(plenty)
			cmd, said = b.start(line)
			if code := b.end(cmd, said, line); code != exitFine {
				t.Errorf("with room again: exit code %d: %s", code, said)
			}
		})
	}
}

// contents are the contents of all files here by path.
func contents(t *testing.T) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := filepath.WalkDir(".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		text, err := os.ReadFile(path)
		out[path] = text
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
