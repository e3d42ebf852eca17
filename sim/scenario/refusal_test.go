package scenario

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestRefusedTexts are files that are wrong as a whole.
func TestRefusedTexts(t *testing.T) {
	bomb := "extends: baseline\na: &a [x,x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c <= 'j'; c++ {
		bomb += string(c) + ": &" + string(c) + " [" + strings.TrimSuffix(strings.Repeat("*"+string(c-1)+",", 10),
			",") + "]\n"
	}
	for name, c := range map[string]struct{ text, want string }{
		"empty":           {"", "the file is empty; write at least `extends: baseline`"},
		"only a comment":  {"# nothing\n", "the file is empty"},
		"only a marker":   {"---\n", "the file is empty|is not a mapping"},
		"a list":          {"- a\n- b\n", "the file is not a mapping"},
		"a word":          {"baseline\n", "the file is not a mapping"},
		"open quote":      {"title: \"never closed\nseed: 1\n", "a quote is opened here and never closed"},
		"alias bomb":      {bomb, "more than 100,000 values once its aliases are replaced"},
		"alias in itself": {"a: &a [*a]\n", "the alias *a contains itself"},
		"deep flow":       {"a: " + strings.Repeat("[", 20_000), "nested too deeply"},
		"deep list":       {"a: " + strings.Repeat("[", 60) + strings.Repeat("]", 60), "nested more than 40 deep"},
		"too many keys":   {strings.Repeat("k: 1\n", mostKeys+1), "a mapping has 20,001 keys"},
		"binary":          {"\x00\x01\x02", "control characters|not UTF-8|cannot be read"},
		"not UTF-8":       {"title: \xff\xfe\n", "not UTF-8|cannot be read|invalid"},
		"too large":       {"title: " + strings.Repeat("x", maxBytes), "the file is larger than 1 MB"},
		"bad last line":   {"extends: baseline\nseed: 1\nlabs", "does not continue|not YAML|colon"},
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			problems := refused(t, c.text)
			found := false
			for _, w := range strings.Split(c.want, "|") {
				found = found || strings.Contains(problems.Error(), w)
			}
			if !found {
				t.Errorf("got %s\nwant %s", problems, c.want)
			}
			if d := time.Since(start); d > 2*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
}

// TestRefusedFiles are paths that hold no scenario.
func TestRefusedFiles(t *testing.T) {
	dir := t.TempDir()
	giant := filepath.Join(dir, "giant.yaml")
	f, err := os.Create(giant)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(1 << 30); err != nil { // sparse: takes no space
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "note.yaml.txt"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for ref, want := range map[string]string{
		giant:     "the file is larger than 1 MB (1024 MB)",
		dir + "/": "this is a folder",
		filepath.Join(dir, "no.yaml"): "there is no such file; check the path, or take a built-in scenario; " +
			"`simulate list` shows them",
		filepath.Join(dir, "gaint.yaml"): "there is no such file; did you mean giant.yaml?",
		filepath.Join(dir, "giant.yml"):  "there is no such file; did you mean giant.yaml?",
		filepath.Join(dir, "note.yaml"):  "there is note.yaml.txt; if it is the scenario, let its name end in .yaml",
		filepath.Join(dir, "deepseek-shok.yaml"): "did you mean the built-in scenario deepseek-shock, without a path or " +
			"ending?",
		"basline":                      `there is no built-in scenario "basline"; did you mean "baseline"?`,
		"":                             "no scenario is named",
		"testdata/circle/one.yaml":     "extends goes round in a circle: one.yaml → two.yaml → one.yaml",
		"testdata/circle/two.yaml":     "extends goes round in a circle: two.yaml → one.yaml → two.yaml",
		filepath.Join(dir, "baseline"): "there is no such file",
	} {
		_, err := Load(ref, Options{})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", ref, err, want)
		}
	}
}

// TestExtendsStaysInside checks that a file reaches no further than its folder and the working
// folder, links followed.
func TestExtendsStaysInside(t *testing.T) {
	outside, inside := t.TempDir(), t.TempDir()
	base := "labs: {a: {budget: $6M/yr}}\nsegments: {s: {spending: $1B/yr}}\n"
	for path, text := range map[string]string{
		filepath.Join(outside, "base.yaml"): base,
		filepath.Join(inside, "up.yaml"):    "extends: ../" + filepath.Base(outside) + "/base.yaml\n",
		filepath.Join(inside, "link.yaml"):  "extends: ./linked.yaml\n",
		filepath.Join(inside, "good.yaml"):  "extends: ./base.yaml\n",
		filepath.Join(inside, "base.yaml"):  base,
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(outside, "base.yaml"), filepath.Join(inside, "linked.yaml")); err != nil {
		t.Skip("no symbolic links here")
	}
	mustLoad(t, filepath.Join(inside, "good.yaml"))
	for _, name := range []string{"up.yaml", "link.yaml"} {
		if _, err := Load(filepath.Join(inside, name), Options{}); err == nil || !strings.Contains(err.Error(),
			"lies outside") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Load(filepath.Join(inside, "up.yaml"), Options{WorkDir: outside}); err != nil {
		t.Errorf("a file in the working folder is refused: %v", err)
	}
}

// TestRefusedShares are earlier observations of a share that are none.
func TestRefusedShares(t *testing.T) {
	for given, want := range map[string]string{
		"{date: 2025-06-01, share: 0.1}": "no date before the start of the clock, 2025-01-01",
		"{date: 2025-01-01, share: 0.1}": "no date before the start of the clock, 2025-01-01",
		"{date: 2023-11-14}":             "needs a date and a share",
		"{share: 0.1}":                   "needs a date and a share",
	} {
		problems := refused(t, "extends: baseline\nlabs: {mine: {region: us, budget: $1B/yr, sales: {enterprise: {share: "+
			"0.05, share_a_year_before: "+given+"}}}}\n")
		if !strings.Contains(problems.Error(), want) {
			t.Errorf("%s: %s, want %s", given, problems, want)
		}
	}
}
