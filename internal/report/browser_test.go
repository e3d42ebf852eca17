//go:build browser

package report

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"

	"simulate/internal/browser"
)

// saved writes the page of a folder and returns its absolute path.
func saved(t *testing.T, dir string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "report.html")
	if err := Write(dir, file, nil); err != nil {
		t.Fatal(err)
	}
	return file
}

const (
	metricPaths = `document.querySelectorAll("#metric-chart .plot svg path").length`
	metricChart = `document.querySelector("#metric-chart .plot").innerHTML`
)

// choose gives a control of a chart another value, as a reader does.
func choose(control, set string) string {
	return `(() => { const c = document.querySelector('` + control + `'); ` + set +
		`; c.dispatchEvent(new Event("change", {bubbles: true})); return ""; })()`
}

// The charts of a comparison draw, answer to every control and to the pointer, and the page asks
// for nothing and complains of nothing.
func TestChartsInABrowser(t *testing.T) {
	b := browser.New(t)
	file := saved(t, compareFolder(t))
	for _, width := range []int64{1200, 700, 420} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			b.T = t
			b.Open("file://"+file, width, "#metric-chart .plot svg path")
			b.Is(`document.documentElement.scrollWidth <= innerWidth`, "true")
			b.Is(`document.querySelector(".charts").hidden`, "false")
			b.Is(`document.querySelectorAll("#lab-chart .plot svg path").length > 3`, "true")
			b.Is(`document.querySelector("#metric-chart .plot svg").getAttribute("aria-label").startsWith("HHI, sales")`, "true")
			b.Is(`document.querySelectorAll("#metric-chart [aria-label='line'] path").length`, "2")
			first, paths := b.Text(metricChart), b.Text(metricPaths)
			b.Text(choose("#metric-chart select[name=metric]", `c.value = "supplier_revenue"`))
			second := b.Text(metricChart)
			if second == first {
				t.Error("another metric leaves the chart as it was")
			}
			b.Is(`document.querySelector("#metric-chart .plot svg").getAttribute("aria-label").startsWith("Supplier revenue")`,
				"true")
			b.Is(`document.querySelector("#metric-chart figcaption").textContent.includes("supplier_revenue")`, "true")
			b.Text(choose("#metric-chart input[name=log]", `c.checked = true`))
			if b.Text(metricChart) == second {
				t.Error("a log axis leaves the chart as it was")
			}
			b.Text(choose("#metric-chart select[name=show]", `c.value = "differences"`))
			b.Is(`document.querySelectorAll("#metric-chart [aria-label='line'] path").length`, "1")
			b.Text(choose("#metric-chart select[name=show]", `c.value = "values"`))
			b.Text(choose("#metric-chart input[value=base]", `c.checked = false`))
			b.Is(`document.querySelectorAll("#metric-chart [aria-label='line'] path").length`, "1")
			if b.Text(metricPaths) == paths {
				t.Error("a case taken away leaves as many paths")
			}
			labs := b.Text(`document.querySelector("#lab-chart .plot").innerHTML`)
			b.Text(choose("#lab-chart select[name=variable]", `c.value = "revenue"`))
			b.Text(choose("#lab-chart input[name=log]", `c.checked = true`))
			if b.Text(`document.querySelector("#lab-chart .plot").innerHTML`) == labs {
				t.Error("another variable leaves the labs as they were")
			}
			b.Text(`(() => { const s = document.querySelector("#metric-chart .plot svg"), r = s.getBoundingClientRect();
				const at = {clientX: r.left + r.width / 2, clientY: r.top + r.height / 2};
				for (const kind of ["pointerenter", "pointermove"])
					s.dispatchEvent(new PointerEvent(kind, {bubbles: true, pointerType: "mouse", ...at}));
				return ""; })()`)
			time.Sleep(200 * time.Millisecond) // tips follow at the next frame
			b.Is(`/median \$[\d.]+[BMT]/.test(document.querySelector("#metric-chart [aria-label='tip']").textContent)`, "true")
			b.Clean(file)
		})
	}
}

// The chart of a sweep draws, and pages of back-tests and calibrations are quiet too.
func TestOtherPagesInABrowser(t *testing.T) {
	b := browser.New(t)
	sweep := saved(t, sweepFolder(t))
	b.Open("file://"+sweep, 700, "#point-chart .plot svg circle")
	b.Is(`document.querySelectorAll("#point-chart .plot [aria-label='dot'] circle").length`, "2")
	before := b.Text(`document.querySelector("#point-chart .plot").innerHTML`)
	b.Text(choose("#point-chart select[name=metric]", `c.value = "lerner"`))
	if b.Text(`document.querySelector("#point-chart .plot").innerHTML`) == before {
		t.Error("another metric leaves the chart as it was")
	}
	b.Clean(sweep)
	for _, dir := range []string{backtestFolder(t), calibrateFolder(t)} {
		file := saved(t, dir)
		b.Open("file://"+file, 420, "main section")
		b.Is(`document.documentElement.scrollWidth <= innerWidth`, "true")
		b.Is(`Array.from(document.images).every((i) => { i.loading = "eager"; return i.alt.length > 20; })`, "true")
		b.Is(`Array.from(document.querySelectorAll("figure > svg")).every((s) =>
			s.getAttribute("aria-label").length > 20 && s.clientWidth > 100)`, "true")
		b.Is(`document.scripts.length`, "1")
		b.Clean(file)
	}
}

// Without JavaScript the page says so and the figures are there.
func TestWithoutJavaScript(t *testing.T) {
	b := browser.New(t)
	file := saved(t, runFolder(t, "base"))
	browser.Call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	b.Open("file://"+file, 1200, "noscript p")
	b.Is(
		`document.querySelector(".charts").hidden && document.querySelector("noscript p").offsetHeight > 0 &&
			document.querySelectorAll("figure > svg").length > 5`,
		"true",
	)
	b.Clean(file)
}

// TestLookAtPages keeps pictures of pages for viewing in the folder that REPORT_LOOK names.
func TestLookAtPages(t *testing.T) {
	out := os.Getenv("REPORT_LOOK")
	if out == "" {
		t.Skip("REPORT_LOOK names no folder")
	}
	b := browser.New(t)
	for name, dir := range map[string]string{"compare": compareFolder(t), "sweep": sweepFolder(t),
		"backtest": backtestFolder(t), "calibrate": calibrateFolder(t)} {
		for _, width := range []int64{1200, 420} {
			b.Open("file://"+saved(t, dir), width, "main section")
			picture := filepath.Join(out, fmt.Sprintf("%s-%d.png", name, width))
			if err := os.WriteFile(picture, b.Picture(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
