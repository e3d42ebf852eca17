//go:build browser

package page

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestLookAtPages keeps pictures of a page for viewing in the folder that PAGE_LOOK names.
func TestLookAtPages(t *testing.T) {
	out := os.Getenv("PAGE_LOOK")
	if out == "" {
		t.Skip("PAGE_LOOK names no folder")
	}
	b := openBrowser(t)
	file := written(t, "deepseek-shock", 20)
	for _, width := range []int64{1200, 700, 360} {
		b.open("file://"+file, width)
		b.until(live)
		b.until(`sameAs !== "checking"`)
		if width != 1200 {
			b.text(`(speak("fr"), "")`)
			time.Sleep(300 * time.Millisecond)
		}
		picture, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(out, fmt.Sprintf("page-%d.png", width)), picture, 0o644); err != nil {
			t.Fatal(err)
		}
		t.Log(width, b.text("sameAs"), b.text(`document.documentElement.scrollWidth`), b.text(`innerWidth`))
		b.clean(file)
	}
}
