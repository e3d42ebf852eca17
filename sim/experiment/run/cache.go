package run

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"simulate/sim"
	"simulate/sim/experiment/results"
)

// Cache keeps reference paths on disk from one call of the program to the next. A file belongs to
// one build of the program and one reference; it ends with a checksum and appears whole or not at
// all. Whatever goes wrong with it, the reference is made as if there were no cache, to the same
// bits. It is safe to delete.
type Cache struct {
	dir     string // of all versions
	version string // folder of this one's files
	build   string // hash of the program, which decides the last digits
	most    int64  // bytes of all versions' files
}

// cacheBytes bounds the files of a cache; those used last stay.
const cacheBytes = 256 << 20

// OpenCache is the cache of the user, in $XDG_CACHE_HOME/simulate or where the system has such
// files; nil, which keeps nothing, where there is no such folder or the program does not know its
// own hash.
func OpenCache() *Cache {
	dir, err := os.UserCacheDir()
	program, wrong := results.ThisBuild("")
	if err != nil || wrong != nil || program.Executable == "" || !filepath.IsAbs(dir) {
		return nil
	}
	return &Cache{dir: filepath.Join(dir, "simulate"), version: sim.Version, build: program.Executable, most: cacheBytes}
}

const cacheHead = "simulate reference 2\n"

// path is where a reference lies.
func (c *Cache) path(key Key) string {
	sum := sha256.Sum256([]byte(c.build + hex.EncodeToString(key[:])))
	return filepath.Join(c.dir, c.version, hex.EncodeToString(sum[:16]))
}

// has tells whether there is a file for a reference.
func (c *Cache) has(key Key) bool {
	if c == nil {
		return false
	}
	_, err := os.Stat(c.path(key))
	return err == nil
}

// through fills a reference from the cache, or has it made and keeps it. keep false: the cache is
// left alone.
func (c *Cache) through(r *reference, cfg *sim.Config, keep bool, fill func() error) error {
	if c == nil || !keep {
		return fill()
	}
	path := c.path(r.key)
	if c.load(path, r, cfg) {
		return nil
	}
	if err := fill(); err != nil {
		return err
	}
	c.save(path, r)
	return nil
}

// load reads a file; false where there is none, or none that can be used.
func (c *Cache) load(path string, r *reference, cfg *sim.Config) bool {
	text, err := os.ReadFile(path)
	if err != nil {
		return false
	}
	body, found := bytes.CutPrefix(text, []byte(cacheHead))
	if !found || len(body) < sha256.Size {
		return false
	}
	body, sum := body[:len(body)-sha256.Size], body[len(body)-sha256.Size:]
	if own := sha256.Sum256(body); !bytes.Equal(own[:], sum) {
		return false
	}
	mean, rest, err := sim.ParseReference(body)
	if err != nil || !mean.Fits(cfg) {
		return false
	}
	read := averaged{mean: mean, few: r.few}
	for first := true; len(rest) > 0; first = false {
		var part *sim.Reference
		if part, rest, err = sim.ParseReference(rest); err != nil || !part.Fits(cfg) {
			return false
		}
		if first {
			read.few = part
		} else {
			read.groups = append(read.groups, part)
		}
	}
	r.averaged = read
	now := time.Now()
	os.Chtimes(path, now, now) // used last now
	return true
}

// save writes a file beside its place and renames it, and makes room where there are too many.
func (c *Cache) save(path string, r *reference) {
	b, err := r.mean.AppendBinary([]byte(cacheHead))
	if r.few != nil {
		for _, part := range append([]*sim.Reference{r.few}, r.groups...) {
			if err == nil {
				b, err = part.AppendBinary(b)
			}
		}
	}
	if err != nil || int64(len(b)) > c.most {
		return
	}
	sum := sha256.Sum256(b[len(cacheHead):])
	if os.MkdirAll(filepath.Dir(path), 0o755) != nil {
		return
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".new-")
	if err != nil {
		return
	}
	_, err = f.Write(append(b, sum[:]...))
	if wrong := f.Close(); err != nil || wrong != nil || os.Rename(f.Name(), path) != nil {
		os.Remove(f.Name())
		return
	}
	c.makeRoom()
}

// leftOver is the age from which an unfinished file is one that a killed program left.
const leftOver = time.Hour

// makeRoom removes the files used longest ago, of any version, until all together are within the
// bound.
func (c *Cache) makeRoom() {
	type file struct {
		path string
		size int64
		used time.Time
	}
	var files []file
	var sum int64
	filepath.WalkDir(c.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil
		}
		info, err := d.Info()
		if err != nil || !info.Mode().IsRegular() {
			return nil
		}
		if d.Name()[0] == '.' {
			if time.Since(info.ModTime()) > leftOver {
				os.Remove(path)
			}
			return nil
		}
		files = append(files, file{path, info.Size(), info.ModTime()})
		sum += info.Size()
		return nil
	})
	slices.SortFunc(files, func(a, b file) int { return cmp.Or(a.used.Compare(b.used), cmp.Compare(a.path, b.path)) })
	for _, f := range files {
		if sum <= c.most {
			return
		}
		if os.Remove(f.path) == nil {
			sum -= f.size
		}
	}
}
