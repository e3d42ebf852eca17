package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"simulate/sim"
)

// Archives hold what they are given, executable where said, and are the same bytes each time.
func TestArchives(t *testing.T) {
	files := []file{{"simulate", []byte("program"), true}, {"LICENSE", []byte("text"), false}}
	for name, pack := range map[string]func(string, []file) ([]byte, error){"tar": tarball, "zip": zipped} {
		one, err := pack("simulate-1", files)
		if err != nil {
			t.Fatal(err)
		}
		two, _ := pack("simulate-1", files)
		if !bytes.Equal(one, two) {
			t.Errorf("%s differs from time to time", name)
		}
	}
	packed, _ := tarball("simulate-1", files)
	gz, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	r := tar.NewReader(gz)
	for _, f := range files {
		h, err := r.Next()
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(r)
		if h.Name != "simulate-1/"+f.name || (h.Mode&0o111 != 0) != f.executable || string(text) != string(f.text) {
			t.Errorf("tar holds %s, mode %o: %s", h.Name, h.Mode, text)
		}
	}
	packed, _ = zipped("simulate-1", files)
	z, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil || len(z.File) != 2 || z.File[1].Name != "simulate-1/LICENSE" {
		t.Errorf("zip: %v, %v", z, err)
	}
}

// The licence of every linked module is found, Go's own first.
func TestLicences(t *testing.T) {
	t.Chdir("../..")
	text, err := licences(runtime.GOOS, runtime.GOARCH)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Go " + runtime.Version(), "gonum.org/v1/plot ", "github.com/urfave/cli/v2 ",
		"go.yaml.in/yaml/v4 "} {
		if !strings.Contains(string(text), "\n"+name) {
			t.Errorf("no licence of %s", name)
		}
	}
}

// The note is the version's section of the changelog, and what the archives hold besides.
func TestNote(t *testing.T) {
	changelog := filepath.Join(t.TempDir(), "CHANGELOG.md")
	text := "# Changelog\n\n## Unreleased\n\nnew\n\n## 1.1.0\n\nolder\n\n### Changes results\n\n* one\n\n## 1.0.0\n\nold\n"
	if err := os.WriteFile(changelog, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct {
		version, text string
		unreleased    bool
	}{
		{"1.1.0", "# simulate 1.1.0\n\n## Since 1.1.0\n\nnew\n\n## 1.1.0\n\nolder\n\n### Changes results\n\n* one\n", true},
		{"1.0.0", "# simulate 1.0.0\n\n## Since 1.0.0\n\nnew\n\n## 1.0.0\n\nold\n", true},
		{"1.2.0", "# simulate 1.2.0\n\nnew\n", false},
	} {
		got, unreleased, err := note(changelog, want.version)
		if err != nil || string(got) != want.text || unreleased != want.unreleased {
			t.Errorf("note of %s: %q, %v, %v", want.version, got, unreleased, err)
		}
	}
}

// What the pages of an archive link to lies in it, but for sources.
func TestLinksOfAnArchive(t *testing.T) {
	t.Chdir("../..")
	files, err := read(documents)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		names = append(names, f.name)
	}
	links := 0
	for _, f := range files {
		if path.Ext(f.name) != ".md" || f.name == "CONTRIBUTING.md" {
			continue
		}
		for _, m := range regexp.MustCompile(`\]\(([^)#:]+)(#[^)]*)?\)`).FindAllStringSubmatch(string(f.text), -1) {
			target := path.Join(path.Dir(f.name), m[1])
			links++
			if !slices.Contains(names, target) && !strings.HasSuffix(target, ".go") {
				t.Errorf("%s links to %s, which no archive holds", f.name, target)
			}
		}
	}
	if links < 80 {
		t.Errorf("only %d links are seen", links)
	}
}

// The citation names the version that the program prints, and NOTICE what is bundled.
func TestDocuments(t *testing.T) {
	t.Chdir("../..")
	text, err := os.ReadFile("CITATION.cff")
	if err != nil {
		t.Fatal(err)
	}
	var cff struct {
		Version  string
		Licence  string `yaml:"license"`
		Released string `yaml:"date-released"`
		Title    string
		Authors  []struct{ Name string }
	}
	if err := yaml.Unmarshal(text, &cff); err != nil {
		t.Fatal(err)
	}
	if cff.Version != sim.Version || cff.Licence != "Apache-2.0" || cff.Title == "" || cff.Released == "" ||
		len(cff.Authors) == 0 {
		t.Errorf("CITATION.cff says %+v, the program is %s", cff, sim.Version)
	}
	notice, _ := os.ReadFile("NOTICE")
	for _, part := range []string{"Epoch AI", "Frances Y. Kuo", "Observable Plot", "D3", "Inter"} {
		if !strings.Contains(string(notice), part) {
			t.Errorf("NOTICE does not name %s", part)
		}
	}
}
