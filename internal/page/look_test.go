//go:build browser

package page

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"simulate/internal/browser"
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
