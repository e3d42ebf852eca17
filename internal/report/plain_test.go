package report

import (
	"strings"
	"testing"

	"simulate/internal/visible"
)

// TestOutsideTextIsOnlyShown: a title with control characters leaves none in the page, whose own
// parts have none either.
func TestOutsideTextIsOnlyShown(t *testing.T) {
	p := &page{Title: "a\x1b]0;owned\aX\u202eb <script>alert(1)</script>", Data: &sweepData{}}
	html, err := p.render()
	if err != nil {
		t.Fatal(err)
	}
	if r, found := visible.Hidden(string(html)); found {
		t.Errorf("the page holds %U", r)
	}
	if strings.Contains(string(html), "<script>alert") || !strings.Contains(string(html),
		"a\uFFFD]0;owned\uFFFDX\uFFFDb") {
		t.Error("the title is not shown as text")
	}
	for _, name := range []string{"scale.js", "page.js", "page.css", "assets/d3-7.9.2.min.js",
		"assets/plot-0.6.17.umd.min.js"} {
		if r, found := visible.Hidden(asset(name)); found {
			t.Errorf("%s holds %U, which the page would change", name, r)
		}
	}
}
