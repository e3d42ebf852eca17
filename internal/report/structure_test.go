package report

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"html"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	tags   = regexp.MustCompile(`(?s)<script.*?</script>|<style>.*?</style>`)
	opened = regexp.MustCompile(`<(/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z-]+(?:="[^"]*")?)*)\s*>`)
)

// wellFormed checks what a page for readers owes them: tags that close, one h1, headings in order,
// captions, alternative texts, and links that lead somewhere.
func wellFormed(t *testing.T, page string) {
	t.Helper()
	body := tags.ReplaceAllString(page, "")
	void := map[string]bool{"meta": true, "img": true, "input": true}
	var stack []string
	level, first := 1, 0
	ids := map[string]bool{}
	for _, m := range opened.FindAllStringSubmatch(body, -1) {
		name := m[2]
		if m[1] != "" {
			if len(stack) == 0 || stack[len(stack)-1] != name {
				t.Fatalf("</%s> closes %v", name, stack)
			}
			stack = stack[:len(stack)-1]
			continue
		}
		if !void[name] {
			stack = append(stack, name)
		}
		if len(name) == 2 && name[0] == 'h' && name[1] <= '9' {
			n, _ := strconv.Atoi(name[1:])
			if n > level+1 {
				t.Errorf("a heading of level %d follows one of level %d", n, level)
			}
			level = n
			if n == 1 {
				first++
			}
		}
		if name == "img" && !regexp.MustCompile(` alt="[^"]{20,}"`).MatchString(m[3]) ||
			name == "svg" && !regexp.MustCompile(` role="img" aria-label="[^"]{20,}"`).MatchString(m[3]) {
			t.Errorf("a picture without alternative text: %.80s", m[3])
		}
		if id := regexp.MustCompile(` id="([^"]*)"`).FindStringSubmatch(m[3]); id != nil {
			if ids[id[1]] {
				t.Errorf("two elements are called %s", id[1])
			}
			ids[id[1]] = true
		}
	}
	if len(stack) > 0 {
		t.Errorf("left open: %v", stack)
	}
	if first != 1 {
		t.Errorf("%d elements h1", first)
	}
	if n, m := strings.Count(body, "<table>"), strings.Count(body, "<caption>"); n != m || n == 0 {
		t.Errorf("%d tables, %d captions", n, m)
	}
	for _, m := range regexp.MustCompile(`href="#([^"]*)"`).FindAllStringSubmatch(body, -1) {
		if !ids[m[1]] {
			t.Errorf("the link #%s leads nowhere", m[1])
		}
	}
	if i := strings.Index(body, "ZgotmplZ"); i >= 0 {
		t.Errorf("the template refused a value: %s", body[max(0, i-80):i+20])
	}
}

// loadsNothing looks for whatever could make a browser ask another place, and holds the page's
// policy against its scripts.
func loadsNothing(t *testing.T, page string) {
	t.Helper()
	body := tags.ReplaceAllString(page, "")
	loads := regexp.MustCompile(`\s(src|srcset|data|poster|action|formaction|background)="([^"]*)"`)
	for _, m := range loads.FindAllStringSubmatch(body, -1) {
		if !strings.HasPrefix(m[2], "data:image/") {
			t.Errorf("%s loads %.60s", m[1], m[2])
		}
	}
	for _, m := range regexp.MustCompile(`\shref="([^"]*)"`).FindAllStringSubmatch(body, -1) {
		if !strings.HasPrefix(m[1], "#") && !strings.HasPrefix(m[1], "data:") {
			t.Errorf("a link to %.60s", m[1])
		}
	}
	style := regexp.MustCompile(`(?s)<style>(.*?)</style>`).FindStringSubmatch(page)[1]
	for _, bad := range []string{"@import", "url("} {
		if strings.Contains(style, bad) {
			t.Errorf("the style holds %s", bad)
		}
	}
	for _, bad := range []string{"<link", "<iframe", "<object", "<embed", "<base"} {
		if strings.Contains(body, bad) {
			t.Errorf("the page holds %s", bad)
		}
	}
	for _, m := range opened.FindAllStringSubmatch(body, -1) {
		if regexp.MustCompile(`\son[a-z]+=`).MatchString(m[3]) {
			t.Errorf("<%s> has a handler: %.80s", m[2], m[3])
		}
	}
	policy := html.UnescapeString(
		regexp.MustCompile(`Content-Security-Policy" content="([^"]*)"`).FindStringSubmatch(page)[1],
	)
	var scripts []string
	for _, m := range regexp.MustCompile(`(?s)<script>(.*?)</script>`).FindAllStringSubmatch(page, -1) {
		scripts = append(scripts, m[1])
	}
	for _, m := range regexp.MustCompile(`<script type="text/plain" class="program">([^<]*)<`).FindAllStringSubmatch(page,
		-1) {
		scripts = append(scripts, unpacked(t, m[1]))
	}
	if n := strings.Count(policy, "'sha256-"); n != len(scripts) || n == 0 || !strings.HasPrefix(policy,
		"default-src 'none';") {
		t.Errorf("%d scripts under the policy %s", len(scripts), policy)
	}
	for _, s := range scripts {
		sum := sha256.Sum256([]byte(s))
		if !strings.Contains(policy, base64.StdEncoding.EncodeToString(sum[:])) {
			t.Errorf("the policy does not let this script run: %.60s", s)
		}
	}
}

// unpacked is what the page's script makes of what the page carries.
func unpacked(t *testing.T, packed string) string {
	t.Helper()
	zipped, err := packing.DecodeString(packed)
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(zipped))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
