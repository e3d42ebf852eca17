//go:build browser

package page

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"simulate/internal/browser"
	"simulate/internal/explore"
)

// TestLookAtPages keeps pictures of a page for viewing in the folder that PAGE_LOOK names.
func TestLookAtPages(t *testing.T) {
	out := os.Getenv("PAGE_LOOK")
	if out == "" {
		t.Skip("PAGE_LOOK names no folder")
	}
	b := browser.New(t)
	file := written(t, "deepseek-shock", 20)
	for _, width := range []int64{1200, 700, 360} {
		b.Open("file://"+file, width)
		b.Until(live)
		b.Until(`sameAs !== "checking"`)
		if width != 1200 {
			b.Text(`(speak("fr"), "")`)
			time.Sleep(300 * time.Millisecond)
		}
		if err := os.WriteFile(filepath.Join(out, fmt.Sprintf("page-%d.png", width)), b.Picture(), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Log(width, b.Text("sameAs"), b.Text(`document.documentElement.scrollWidth`), b.Text(`innerWidth`))
		b.Clean(file)
	}
}

// cut are the words of pictures that reach over an edge of theirs.
const cut = `[...document.querySelectorAll("figure svg")].flatMap((svg) => {
	const [, , w, h] = svg.getAttribute("viewBox").split(" ").map(Number);
	return [...svg.querySelectorAll("text")].filter((e) => { const b = e.getBBox();
	return b.x < -1 || b.y < -1 || b.x + b.width > w + 1 || b.y + b.height > h + 1; })
	.map((e) => e.textContent); }).join()`

// No word of a picture is cut off, at any width, on paper, in any language, nor a long name.
func TestNothingIsCut(t *testing.T) {
	b := browser.New(t)
	s := ownLabFile(t)
	for name, o := range map[string]Options{
		"own lab": {Scenario: s, Pairs: 2},
		"a long name": {Scenario: s, Pairs: 2, Texts: map[string]explore.Texts{"en": func() explore.Texts {
			en := explore.Languages()["en"]
			en["lab.institut"] = "Forschungszentrumsverbund Mitteldeutschland"
			return en
		}()}},
	} {
		file := writtenAs(t, o)
		b.Open("file://"+file, 1200)
		b.Until(live)
		for _, language := range strings.Split(b.Text(`Object.keys(data.texts).join(" ")`), " ") {
			b.Text(`(speak("` + language + `"), pinned = {...shown, state}, "")`)
			for _, width := range []int64{1280, 900, 700, 360} {
				b.Do(chromedp.EmulateViewport(width, 900))
				b.Text(`(printing = ` + strconv.FormatBool(width == 900) + `, drawCharts(), "")`)
				if got := b.Text(cut); got != "" {
					t.Errorf("%s, %s, %d px: %s", name, language, width, got)
				}
			}
		}
		b.Clean(file)
	}
	b.Text(`(document.querySelector("#sales text").textContent = "x".repeat(200), "")`)
	if b.Text(cut) == "" {
		t.Error("a text that reaches over the edge is not seen")
	}
}

// Who has set colours of his own sees the pictures on the ground for which they are drawn.
func TestForcedColours(t *testing.T) {
	b := browser.New(t)
	file := written(t, "deepseek-shock", 2)
	b.Open("file://"+file, 1200)
	b.Until(live)
	browser.Call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "forced-colors", Value: "active"}, {Name: "prefers-color-scheme", Value: "dark"}}})
	b.Until(`getComputedStyle(document.documentElement).backgroundColor !== "rgb(255, 255, 255)"`)
	b.Is(contrasts, "")
	b.Clean(file)
}
