package page

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/ascii85"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"html"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"simulate/internal/explore"
	"simulate/sim/scenario"
)

// small is a scenario of two years.
func small(t *testing.T) *scenario.Scenario {
	t.Helper()
	s, err := scenario.Load("deepseek-shock", scenario.Options{Set: []string{"clock.end=2027-01",
		"reference_replications=2"}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The page stands alone: its policy allows its own scripts and style by their hashes and nothing
// else, no address is in it, and what the native program computed stands without scripts.
func TestThePageStandsAlone(t *testing.T) {
	shown, err := Compute(Options{Scenario: small(t), Pairs: 3})
	if err != nil {
		t.Fatal(err)
	}
	page, err := shown.Write(&Module{Gzip: []byte("packed"), Support: "// support"})
	if err != nil {
		t.Fatal(err)
	}
	text := string(page)
	policy := html.UnescapeString(
		regexp.MustCompile(`Content-Security-Policy" content="([^"]*)"`).FindStringSubmatch(text)[1],
	)
	if !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy,
		"connect-src 'none'") || strings.Contains(policy, "unsafe-inline") {
		t.Error(policy)
	}
	for _, element := range []string{`<style>([\s\S]*?)</style>`, `<script id="engine">([\s\S]*?)</script>`,
		`<script>([\s\S]*?)</script>`} {
		found := regexp.MustCompile(element).FindStringSubmatch(text)
		if found == nil {
			t.Fatalf("no %s", element)
		}
		sum := sha256.Sum256([]byte(found[1]))
		if !strings.Contains(policy, base64.StdEncoding.EncodeToString(sum[:])) {
			t.Errorf("%s has a hash that the policy does not allow", element)
		}
	}
	for _, wrong := range []string{"@STYLE@", "@DATA@", "@MODULE@", "@ENGINE@", "@APP@", " style=", "src=\"http",
		"href=\"http"} {
		if strings.Contains(text, wrong) {
			t.Errorf("the page holds %q", wrong)
		}
	}
	for _, want := range []string{"DeepSeek R1", "<svg", "95 % interval of the mean", "What this is not for",
		"Without scripts", inText([]byte("packed"))} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

// The first picture is a whole SVG with words for those who do not see it.
func TestPicture(t *testing.T) {
	shown, err := Compute(Options{Scenario: small(t), Pairs: 2, Language: "fr"})
	if err != nil {
		t.Fatal(err)
	}
	d := xml.NewDecoder(strings.NewReader("<both>" + string(shown.Change+shown.Picture) + "</both>"))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct{ picture, title string }{
		{string(shown.Picture), "Concentration des ventes"},
		{string(shown.Change), "par rapport au même monde sans DeepSeek R1"},
	} {
		for _, want := range []string{"DeepSeek R1", c.title, `role="img"`, "<polygon", "<path"} {
			if !strings.Contains(c.picture, want) {
				t.Errorf("the picture of %s lacks %q", c.title, want)
			}
		}
		if strings.Contains(c.picture, "NaN") {
			t.Errorf("the picture of %s holds NaN", c.title)
		}
	}
	world, err := scenario.Load("baseline", scenario.Options{Set: []string{"clock.end=2026-01"}})
	if err != nil {
		t.Fatal(err)
	}
	still, err := Compute(Options{Scenario: world, Pairs: 1})
	if err != nil || still.Change != "" {
		t.Errorf("a world without events has a picture of its effect: %v", err)
	}
	if _, err := Compute(Options{Scenario: small(t), Language: "tlh"}); err == nil {
		t.Error("a language that is not there is taken")
	}
}

// What a script element carries is read back and holds no sign that HTML gives a meaning.
func TestInText(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 3, 4, 5, 4096} {
		data := make([]byte, n)
		for i := range data {
			data[i] = byte(random.Uint32() >> (8 * random.IntN(4))) // with zeros among them
		}
		clear(data[n/2 : n/2+n/4])
		text := inText(data)
		if strings.ContainsAny(text, "<&") {
			t.Errorf("%q", text)
		}
		back, err := io.ReadAll(ascii85.NewDecoder(strings.NewReader(strings.NewReplacer("x", "<", "y", "&").Replace(text))))
		if err != nil || !bytes.Equal(back, data) {
			t.Errorf("%d bytes come back as %d, %v", n, len(back), err)
		}
	}
}

// Every key of a text that scripts and template name exists.
func TestTextsOfThePageExist(t *testing.T) {
	en := explore.Languages()["en"]
	key := regexp.MustCompile(`(?:\bt\(|button\(|group\(|data-text=)"([a-z][\w.]*)"`)
	for _, name := range append([]string{"page.html"}, scripts...) {
		text, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range key.FindAllStringSubmatch(string(text), -1) {
			if k := m[1]; en[k] == "" && !strings.HasSuffix(k, ".") {
				t.Errorf("%s names the text %q, which does not exist", name, k)
			}
		}
	}
}

func TestWithoutModuleOrSources(t *testing.T) {
	if _, err := load(context.Background(), nil, []string{t.TempDir()}); !errors.Is(err, ErrNoModule) {
		t.Error(err)
	}
}

// A program that was compiled from a folder finds the sources there from any other.
func TestSourcesOfTheProgram(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if _, file, _, _ := runtime.Caller(0); !filepath.IsAbs(file) {
		t.Skip("the tests keep no paths")
	}
	if got, want := sources(folders()), filepath.Join(here, "..", ".."); got != want {
		t.Errorf("the sources are sought in %q, not %s", got, want)
	}
}

// What Keep writes is read again; a damaged one is not.
func TestKept(t *testing.T) {
	var packed bytes.Buffer
	if err := compress(&packed, []byte("module")); err != nil {
		t.Fatal(err)
	}
	m := &Module{packed.Bytes(), "support"}
	dir := filepath.Join(t.TempDir(), "kept")
	if err := m.Keep(dir); err != nil {
		t.Fatal(err)
	}
	got, err := read(dir)
	if err != nil || !bytes.Equal(got.Gzip, m.Gzip) || got.Support != m.Support {
		t.Error(got, err)
	}
	if err := os.WriteFile(filepath.Join(dir, moduleFile), packed.Bytes()[:packed.Len()-3], 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := read(dir); err == nil {
		t.Error("a damaged module is taken")
	}
}
