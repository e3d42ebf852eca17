package report

import (
	"context"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/run"
	"simulate/sim/scenario"
)

// large are scenarios of many labs, events, segments and ten years, as those that are built in.
func large(t testing.TB, names ...string) (out []*scenario.Scenario) {
	t.Helper()
	for _, name := range names {
		s, err := scenario.Load(name, scenario.Options{Set: []string{"reference_replications=2"}})
		if err != nil {
			t.Fatal(err)
		}
		s.Replications = 2
		out = append(out, s)
	}
	return out
}

// largePage is the page of a comparison of built-in scenarios, and of a run where there is one.
func largePage(t testing.TB, names ...string) string {
	t.Helper()
	if len(names) == 1 {
		return build(t, measuredFolder(t, large(t, names...)...))
	}
	scenarios := large(t, names...)
	cases, comparison, err := compare.Cases(scenarios[0], scenarios[1:], compare.Options{})
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "compare")
	if _, err := run.Run(context.Background(), run.Spec{Scenarios: cases, Compare: compare.Tables(comparison),
		Name: "large", Out: dir}); err != nil {
		t.Fatal(err)
	}
	return build(t, dir)
}

// largeSweep is the page of a sweep of a built-in scenario over a policy and an assumption.
func largeSweep(t testing.TB) string {
	t.Helper()
	spec := run.SweepSpec{Scenario: large(t, "public-compute-10b")[0], Replications: 2}
	return build(t, sweepOf(t, spec, "policies.public_compute.grant.amount=$0/yr,$10B/yr", "market.eta=0.9,1.2"))
}

// Pages go by mail: those of one scenario, of three cases and of six stay below 1.5 MB and carry
// everything, figures and scenarios once.
func TestPagesAreSmall(t *testing.T) {
	if testing.Short() {
		t.Skip("makes pages of eleven scenarios")
	}
	six := []string{"baseline", "deepseek-shock", "public-compute-10b", "open-weight-mandate", "jump-for-all",
		"leader-shock"}
	for name, page := range map[string]string{"a run": largePage(t, "deepseek-shock"), "three cases": largePage(t,
		six[:3]...), "six cases": largePage(t, six...), "a sweep": largeSweep(t)} {
		if len(page) > mostBytes {
			t.Errorf("%s: %d bytes", name, len(page))
		}
		if strings.Contains(page, "So that the page stays below") {
			t.Errorf("%s: something is left out", name)
		}
		if n := strings.Count(page, `"figure-1"`); n != 1 || strings.Contains(page, "data:image") {
			t.Errorf("%s: the first figure stands %d times, or as a link", name, n)
		}
		loadsNothing(t, page)
		wellFormed(t, page)
		t.Logf("%s: %d bytes", name, len(page))
	}
}

// A page that would be too large carries less, level by level, and says what.
func TestALargePageCarriesLess(t *testing.T) {
	if testing.Short() {
		t.Skip("draws a page five times")
	}
	dir := compareFolder(t)
	f, _, err := open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	// with a second case among those that were asked for, some figures show one of several
	p, err := f.runPage()
	if err != nil {
		t.Fatal(err)
	}
	p.looks = &f.looks
	before := 0
	for level := everything; level <= lightest; level++ {
		b, err := p.renderAt(level)
		if err != nil {
			t.Fatal(err)
		}
		page := string(b)
		if level > everything && len(page) >= before {
			t.Errorf("level %d has %d bytes, the one before %d", level, len(page), before)
		}
		before = len(page)
		for what, from := range map[string]int{"figures of single cases are drawn by JavaScript": 1,
			"no middle half of the replications": 2, "charts have no bands": 3, "none of single labs": 4} {
			if has := strings.Contains(page, what); has != (level >= from) && !(level > 2 && from == 2) {
				t.Errorf("level %d says %q: %v", level, what, has)
			}
		}
		drawn := len(regexp.MustCompile(`<figure id="figure-\d+"><(svg|div data-drawing)`).FindAllString(page, -1))
		if all := strings.Count(page, `<figure id="figure-`); drawn != all || all < 10 {
			t.Errorf("level %d draws %d of %d figures", level, drawn, all)
		}
		if m := regexp.MustCompile(`id="drawings">([^<]*)<`).FindStringSubmatch(page); m != nil {
			if n := strings.Count(unpacked(t, m[1]), "<svg "); n != strings.Count(page, `data-drawing="`) || n == 0 {
				t.Errorf("level %d packs %d figures and shows %d", level, n, strings.Count(page, `data-drawing="`))
			}
		}
		wellFormed(t, page)
		loadsNothing(t, page)
	}
}

// A drawing becomes an element with its words and lines; what it has in common with others stands
// in the style, and elements that no figure has are refused.
func TestVector(t *testing.T) {
	const head = `<?xml version="1.0"?><svg width="9mm" height="9mm" viewBox="0 0 50 50"><title>t</title><desc>d</desc>`
	var l looks
	got, err := l.vector([]byte(head+`<g transform="scale(1, -1)">`+
		`<path d="M1,2L3.04,2.06L3,9" style="fill:none;stroke:#123456" />`+"\n"+
		`<path d="M10,10L10.5,9.6" style="fill:none;stroke:#123456" />`+
		`<path d="M0,0L1,0L1,1Z" style="fill:#FFFFFF" /></g>`+
		`<g font-family="Inter, 'A B'">`+
		`<text x="1.00" y="2.5" font-size="9" textLength="60.04" fill="#000">a &lt;b&gt;</text>`+
		`<text x="1" y="2" font-size="9" textLength="4" fill="#000">c</text></g></svg>`), `what "it" shows`)
	if err != nil {
		t.Fatal(err)
	}
	want := `<svg viewBox="0 0 50 50" role="img" aria-label="what &#34;it&#34; shows"><g transform="scale(1, -1)">` +
		`<path class="f0" d="M1 2l2 .1 0 6.9M10 10l.5-.4"/><path class="f1" d="M0 0l1 0 0 1z"/></g>` +
		`<g><text class="f2" x="1" y="2.5" textLength="60" lengthAdjust="spacingAndGlyphs">a &lt;b&gt;</text>` +
		`<text class="f2" x="1" y="2">c</text></g></svg>`
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if rules := l.rules(); !strings.Contains(rules, ".f0{fill:none;stroke:#123456}") ||
		!strings.Contains(rules, ".f2{font-family:Inter, 'A B';font-size:9px;fill:#000}") {
		t.Error(rules)
	}
	for _, bad := range []string{`<script>alert(1)</script>`, `<foreignObject/>`, `<image href="x"/>`, `<path d="X1,2"/>`,
		`<path d="M1"/>`, `<text x="a" y="1" textLength="1">b</text>`} {
		if out, err := l.vector([]byte(head+bad+"</svg>"), ""); err == nil {
			t.Errorf("%s becomes %s", bad, out)
		}
	}
	if _, err := l.vector([]byte(head+"<g>"), ""); err == nil {
		t.Error("a drawing that ends in the middle is taken")
	}
}
