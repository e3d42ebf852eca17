package run

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"simulate/sim"
	"simulate/sim/experiment/tiny"
	"simulate/sim/scenario"
)

// counted is a cache of references that counts the runs it makes.
func counted(disk *Cache) (*References, *atomic.Int64) {
	var n atomic.Int64
	s := NewReferences(disk)
	s.Watch(func() { n.Add(1) })
	return s, &n
}

func ask(t *testing.T, s *References, jobs int, w want) *sim.Reference {
	t.Helper()
	w.slots = make(chan struct{}, jobs)
	r, err := s.of(context.Background(), w)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Cases that differ in shocks alone share a reference, which does not depend on the number of
// workers.
func TestReferencesAreShared(t *testing.T) {
	base, shock := tiny.Load(t, "base").Config(), tiny.Load(t, "shock").Config()
	s, n := counted(nil)
	one := ask(t, s, 1, want{cfg: base})
	if ask(t, s, 1, want{cfg: shock}) != one || n.Load() != 4 {
		t.Errorf("%d reference runs for two cases that share one reference of 4", n.Load())
	}
	other, _ := counted(nil)
	if three := ask(t, other, 3, want{cfg: base}); !three.Equal(one) {
		t.Error("a reference depends on the number of workers")
	}
	plain, err := sim.NewReference(base)
	if err != nil || !plain.Equal(one) {
		t.Errorf("the mean of all reference runs is another: %v", err)
	}
}

// Many who ask at once wait for one.
func TestReferenceIsMadeOnce(t *testing.T) {
	s, n := counted(nil)
	cfg := tiny.Load(t, "base").Config()
	slots := make(chan struct{}, 3)
	var g sync.WaitGroup
	for range 8 {
		g.Go(func() {
			if _, err := s.of(context.Background(), want{cfg: cfg, slots: slots}); err != nil {
				t.Error(err)
			}
		})
	}
	g.Wait()
	if n.Load() != 4 || len(slots) != 0 {
		t.Errorf("%d reference runs for eight who wait for 4, %d places still taken", n.Load(), len(slots))
	}
}

// A maker that is told to stop leaves nothing behind, and another makes it.
func TestReferenceGivenUp(t *testing.T) {
	s, _ := counted(nil)
	cfg := tiny.Load(t, "base").Config()
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(errTold)
	if _, err := s.of(ctx, want{cfg: cfg, slots: make(chan struct{}, 1)}); !errors.Is(err, errTold) {
		t.Errorf("a stopped maker returns %v", err)
	}
	if ask(t, s, 1, want{cfg: cfg}) == nil || s.used.Len() != 1 {
		t.Errorf("%d references are held", s.used.Len())
	}
}

// What is held is bounded in bytes, whatever the rosters.
func TestReferencesAreBounded(t *testing.T) {
	s, _ := counted(nil)
	size := 0
	for i := range 12 {
		cfg := *tiny.Load(t, "base").Config()
		cfg.ReferenceReplications = 1
		cfg.Start += float64(i)
		r := ask(t, s, 1, want{cfg: &cfg})
		if size = entryBytes + r.Size(); i == 0 {
			s.most = 3 * size
		}
	}
	if s.used.Len() != 3 || len(s.held) != 3 || s.bytes != 3*size {
		t.Errorf("%d references of %d bytes are held in %d bytes, the bound is %d", s.used.Len(), size, s.bytes, s.most)
	}
}

func cacheIn(t *testing.T) *Cache {
	return &Cache{dir: t.TempDir(), version: "1", build: "build", most: cacheBytes}
}

func cachedFiles(t *testing.T, c *Cache) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(c.dir, "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// A reference from disk has the bits of one that is made, and a file that is damaged, of another
// build or cut short is no hindrance.
func TestCacheOnDisk(t *testing.T) {
	c := cacheIn(t)
	cfg := tiny.Load(t, "base").Config()
	first, n := counted(c)
	made := ask(t, first, 1, want{cfg: cfg, keep: true})
	if n.Load() != 4 || len(cachedFiles(t, c)) != 1 {
		t.Fatalf("%d runs, files %v", n.Load(), cachedFiles(t, c))
	}
	again, n := counted(c)
	if read := ask(t, again, 1, want{cfg: cfg, keep: true}); n.Load() != 0 || !read.Equal(made) {
		t.Errorf("%d runs although there is a file; the bits are the same: %v", n.Load(), read.Equal(made))
	}
	file := cachedFiles(t, c)[0]
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	flipped := append([]byte(nil), text...)
	flipped[len(text)/2] ^= 1
	for what, bad := range map[string][]byte{"empty": {}, "short": text[:len(text)/2], "changed": flipped,
		"longer": append(append([]byte(nil), text...), 0)} {
		if err := os.WriteFile(file, bad, 0o644); err != nil {
			t.Fatal(err)
		}
		s, n := counted(c)
		if r := ask(t, s, 1, want{cfg: cfg, keep: true}); n.Load() != 4 || !r.Equal(made) {
			t.Errorf("%s: %d runs, the same %v", what, n.Load(), r.Equal(made))
		}
	}
	other := *c
	other.build = "another"
	s, n := counted(&other)
	if ask(t, s, 1, want{cfg: cfg, keep: true}); n.Load() != 4 {
		t.Errorf("a file of another build is used")
	}
	if s, n = counted(c); ask(t, s, 1, want{cfg: cfg}) == nil || n.Load() != 4 {
		t.Errorf("a vector of a few runs is read from disk")
	}
}

// A folder that cannot be written is no hindrance either.
func TestCacheWithoutFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	s, n := counted(&Cache{dir: file, version: "1", build: "b", most: cacheBytes})
	if ask(t, s, 1, want{cfg: tiny.Load(t, "base").Config(), keep: true}); n.Load() != 4 {
		t.Errorf("%d runs", n.Load())
	}
	t.Setenv("XDG_CACHE_HOME", "")
	t.Setenv("HOME", "")
	if c := OpenCache(); c != nil && os.Getenv("LocalAppData") == "" {
		t.Errorf("without a home there is a cache: %+v", c)
	}
}

// Files used longest ago go first, and those that a killed program left.
func TestCacheMakesRoom(t *testing.T) {
	c := cacheIn(t)
	ages := map[string]time.Duration{"a": 3 * time.Hour, "b": time.Hour, "c": 2 * time.Hour, ".new-1": 5 * time.Hour,
		".new-2": time.Minute}
	for name, age := range ages {
		path := filepath.Join(c.dir, "old version", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, make([]byte, 100), 0o644); err != nil {
			t.Fatal(err)
		}
		then := time.Now().Add(-age)
		if err := os.Chtimes(path, then, then); err != nil {
			t.Fatal(err)
		}
	}
	c.most = 250
	c.makeRoom()
	var left []string
	for _, f := range cachedFiles(t, c) {
		left = append(left, filepath.Base(f))
	}
	if want := []string{".new-2", "b", "c"}; !reflect.DeepEqual(left, want) {
		t.Errorf("%v is left, want %v", left, want)
	}
}

// Whatever of a configuration decides a run decides its key; shocks and policies do not.
func TestReferenceKey(t *testing.T) {
	s, err := scenario.Load("baseline", scenario.Options{})
	if err != nil {
		t.Fatal(err)
	}
	cfg := s.Config()
	key := ReferenceKey(cfg)
	copied := *cfg
	copied.Labs = append([]sim.LabSpec(nil), cfg.Labs...)
	if ReferenceKey(&copied) != key {
		t.Error("a copy has another key")
	}
	copied.Shocks, copied.Policies = append(copied.Shocks, sim.Shock{Lab: -1, Training: 2}), nil
	if ReferenceKey(&copied) != key {
		t.Error("a shock changes the key")
	}
	changed := 0
	v := reflect.ValueOf(&copied).Elem()
	for _, f := range []string{"Start", "Steps", "StepsPerYear", "Stochastic", "ReferenceReplications"} {
		was := reflect.ValueOf(v.FieldByName(f).Interface())
		switch x := v.FieldByName(f); x.Kind() {
		case reflect.Bool:
			x.SetBool(!x.Bool())
		case reflect.Float64:
			x.SetFloat(x.Float() + 1)
		default:
			x.SetInt(x.Int() + 1)
		}
		if ReferenceKey(&copied) == key {
			t.Errorf("%s does not change the key", f)
		}
		v.FieldByName(f).Set(was)
		changed++
	}
	copied.Labs[1].Talent *= 1 + 1e-15
	if ReferenceKey(&copied) == key || changed != 5 {
		t.Error("the last digit of a lab's talent does not change the key")
	}
}
