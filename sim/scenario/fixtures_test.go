package scenario

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	expected = regexp.MustCompile(`# ERROR (.*)$`)
	quoted   = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)
)

// wanted reads the messages that a fixture expects, by line.
func wanted(t *testing.T, data string) map[int][]*regexp.Regexp {
	t.Helper()
	out := map[int][]*regexp.Regexp{}
	for i, line := range strings.Split(data, "\n") {
		m := expected.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		for _, q := range quoted.FindAllString(m[1], -1) {
			re, err := regexp.Compile(q[1 : len(q)-1])
			if err != nil {
				t.Fatalf("line %d: %v", i+1, err)
			}
			out[i+1] = append(out[i+1], re)
		}
	}
	return out
}

// TestBadFixtures wants each expected message on its line, and no other.
func TestBadFixtures(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no fixtures", err)
	}
	mistakes := 0
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			want := wanted(t, string(data))
			_, err = Load(file, Options{})
			problems, ok := err.(Problems)
			if !ok {
				t.Fatalf("Load gave %v, not Problems", err)
			}
			for _, p := range problems {
				if filepath.Base(p.File) != filepath.Base(file) {
					if filepath.Base(file) == "extends_two.yaml" || filepath.Base(file) == "extends_twin.yaml" {
						continue // reported in the file that closes the circle
					}
					t.Errorf("a message about another file: %v", p)
				}
				if !match(want, p) {
					t.Errorf("not expected: %v", p)
				}
				if p.Line > 0 && !strings.Contains(p.Snippet, "^") {
					t.Errorf("no snippet: %v", p)
				}
			}
			for line, list := range want {
				for _, re := range list {
					t.Errorf("line %d: no message matches %q", line, re)
				}
			}
			mistakes += len(problems)
		})
	}
	if mistakes < 100 {
		t.Errorf("the fixtures hold %d mistakes, fewer than they did", mistakes)
	}
}

// match takes a message's expectation away.
func match(want map[int][]*regexp.Regexp, p Problem) bool {
	text := p.Message + "; " + p.Remedy
	for i, re := range want[p.Line] {
		if re.MatchString(text) {
			want[p.Line] = append(want[p.Line][:i:i], want[p.Line][i+1:]...)
			return true
		}
	}
	return false
}

// TestSnippet pins the form of a message and its caret.
func TestSnippet(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.yaml")
	if err := os.WriteFile(file, []byte("extends: baseline\nlabs:\n  deepseek: {budgt: $6M/yr}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Load(file, Options{})
	problems, ok := err.(Problems)
	if !ok || len(problems) != 1 {
		t.Fatalf("got %v", err)
	}
	p := problems[0]
	if want := file + ":3:14: labs.deepseek has no key \"budgt\"; did you mean \"budget\"?"; p.Error() != want {
		t.Errorf("got  %s\nwant %s", p.Error(), want)
	}
	want := "3 |   deepseek: {budgt: $6M/yr}\n  | " + strings.Repeat(" ", 13) + "^"
	if p.Snippet != want {
		t.Errorf("snippet %s", strconv.Quote(p.Snippet))
	}
}
