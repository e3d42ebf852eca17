//go:build browser

package report

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	downloads "github.com/chromedp/cdproto/browser"
	pages "github.com/chromedp/cdproto/page"

	"simulate/internal/browser"
)

// A file that the page carries is saved, from file:// and under the page's policy, byte for byte.
func TestFilesAreSavedInABrowser(t *testing.T) {
	b := browser.New(t)
	dir := compareFolder(t)
	file, out := saved(t, dir), t.TempDir()
	b.Open("file://"+file, 1200, "p.save a[href]")
	browser.Call(b, downloads.SetDownloadBehavior, downloads.SetDownloadBehaviorParams{Behavior: "allow",
		DownloadPath: out})
	for name, at := range map[string]string{"levers.yaml": "scenarios/levers.yaml", "manifest.json": "manifest.json"} {
		b.Text(`(() => { document.querySelector('p.save a[download="` + name + `"]').click(); return ""; })()`)
		want, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(at)))
		if err != nil {
			t.Fatal(err)
		}
		var got []byte
		for wait := 0; wait < 100 && string(got) != string(want); wait++ {
			time.Sleep(100 * time.Millisecond)
			got, _ = os.ReadFile(filepath.Join(out, name))
		}
		if string(got) != string(want) {
			t.Errorf("%s: %d bytes are saved of %d", name, len(got), len(want))
		}
	}
}

// What answers prints on two pages, for one case, several and many.
func TestTwoPrintedPagesInABrowser(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("no pdftotext")
	}
	b := browser.New(t)
	ten := []string{"baseline", "deepseek-shock", "public-compute-10b", "open-weight-mandate", "jump-for-all",
		"leader-shock", "compute-tax", "merger-rule", "interoperability", "disclosure-duty"}
	for name, page := range map[string]string{"run": largePage(t, "deepseek-shock"), "three": largePage(t, ten[:3]...),
		"ten": largePage(t, ten...), "sweep": largeSweep(t), "futures": build(t, futuresFolder(t)),
		"back-test": build(t, backtestFolder(t)), "calibration": build(t, calibrateFolder(t)), "described": build(t,
			runFolder(t, "levers"))} {
		file := filepath.Join(t.TempDir(), name+".html")
		if err := os.WriteFile(file, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
		b.Open("file://"+file, 1200, "figure svg") // not every kind has charts
		pdf := browser.Call(b, pages.PrintToPDF, pages.PrintToPDFParams{}).Data
		read := exec.Command("pdftotext", "-l", "4", "-", "-")
		read.Stdin = strings.NewReader(string(pdf))
		text, err := read.Output()
		if err != nil {
			t.Fatal(err)
		}
		begins := slices.IndexFunc(strings.Split(string(text), "\f"), func(page string) bool {
			return strings.Contains("\n"+page, "\nAppendix\n")
		})
		if begins < 1 || begins > 2 {
			t.Errorf("%s: %d pages stand before the appendix", name, begins)
		}
		b.Clean(file)
	}
}
