//go:build browser

package report

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	pages "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browser is a tab of a headless Chromium with an empty profile that notes what pages complain
// about and ask for.
type browser struct {
	t   *testing.T
	ctx context.Context

	mutex      sync.Mutex
	complaints []string
	asked      []string // URLs other than data:
}

// openBrowser skips the test where there is no Chromium.
func openBrowser(t *testing.T) *browser {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium-headless-shell", "chromium", "chromium-browser"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("no Chromium")
	}
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()),
		chromedp.NoSandbox}
	for _, flag := range []string{"headless", "disable-gpu", "no-first-run", "disable-background-networking",
		"disable-component-update", "disable-sync", "disable-dev-shm-usage"} {
		options = append(options, chromedp.Flag(flag, true))
	}
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, closeTab := chromedp.NewContext(ctx)
	t.Cleanup(func() { closeTab(); stop() })
	b := &browser{t: t, ctx: ctx}
	// the browser lives as long as this context
	if err := chromedp.Do(ctx, func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, tab, network.Enable, network.EnableParams{})
		return chromedp.Void{}, err
	}); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Listen(ctx, b.note); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *browser) note(event any) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		b.complaints = append(b.complaints, "exception: "+e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		if e.Type == "error" || e.Type == "warning" || e.Type == "assert" {
			b.complaints = append(b.complaints, fmt.Sprintf("console.%s: %v", e.Type, e.Args))
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == "error" || e.Entry.Level == "warning" {
			b.complaints = append(b.complaints, "log: "+e.Entry.Text)
		}
	case *pages.EventJavascriptDialogOpening:
		b.complaints = append(b.complaints, "dialog: "+e.Message)
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, "data:") {
			b.asked = append(b.asked, e.Request.URL)
		}
	}
}

// do runs steps within a minute.
func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, time.Minute)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// text is the value of an expression as text.
func (b *browser) text(expression string) string {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, time.Minute)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[string]("String("+expression+")"))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// is fails where an expression has another value.
func (b *browser) is(expression, want string) {
	b.t.Helper()
	if got := b.text(expression); got != want {
		b.t.Errorf("%s is %s, not %s", expression, got, want)
	}
}

// open shows a page at a width and waits for what must appear; clean checks afterwards that it was
// quiet.
func (b *browser) open(file string, width int64, appears string) {
	b.t.Helper()
	b.mutex.Lock()
	b.complaints, b.asked = nil, nil
	b.mutex.Unlock()
	b.do(chromedp.EmulateViewport(width, 900), chromedp.Navigate("file://"+file),
		chromedp.WaitReady(chromedp.CSS(appears)))
}

func (b *browser) clean(file string) {
	b.t.Helper()
	b.mutex.Lock()
	defer b.mutex.Unlock()
	for _, c := range b.complaints {
		b.t.Errorf("%s: %s", file, c)
	}
	for _, url := range b.asked {
		if url != "file://"+file {
			b.t.Errorf("the page asks for %s", url)
		}
	}
}

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
	b := openBrowser(t)
	file := saved(t, compareFolder(t))
	for _, width := range []int64{1200, 700, 420} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			b.t = t
			b.open(file, width, "#metric-chart .plot svg path")
			b.is(`document.documentElement.scrollWidth <= innerWidth`, "true")
			b.is(`document.querySelector(".charts").hidden`, "false")
			b.is(`document.querySelectorAll("#lab-chart .plot svg path").length > 3`, "true")
			b.is(`document.querySelector("#metric-chart .plot svg").getAttribute("aria-label").startsWith("HHI, sales")`, "true")
			b.is(`document.querySelectorAll("#metric-chart [aria-label='line'] path").length`, "2")
			first, paths := b.text(metricChart), b.text(metricPaths)
			b.text(choose("#metric-chart select[name=metric]", `c.value = "supplier_revenue"`))
			second := b.text(metricChart)
			if second == first {
				t.Error("another metric leaves the chart as it was")
			}
			b.is(`document.querySelector("#metric-chart .plot svg").getAttribute("aria-label").startsWith("Supplier revenue")`,
				"true")
			b.is(`document.querySelector("#metric-chart figcaption").textContent.includes("supplier_revenue")`, "true")
			b.text(choose("#metric-chart input[name=log]", `c.checked = true`))
			if b.text(metricChart) == second {
				t.Error("a log axis leaves the chart as it was")
			}
			b.text(choose("#metric-chart select[name=show]", `c.value = "differences"`))
			b.is(`document.querySelectorAll("#metric-chart [aria-label='line'] path").length`, "1")
			b.text(choose("#metric-chart select[name=show]", `c.value = "values"`))
			b.text(choose("#metric-chart input[value=base]", `c.checked = false`))
			b.is(`document.querySelectorAll("#metric-chart [aria-label='line'] path").length`, "1")
			if b.text(metricPaths) == paths {
				t.Error("a case taken away leaves as many paths")
			}
			labs := b.text(`document.querySelector("#lab-chart .plot").innerHTML`)
			b.text(choose("#lab-chart select[name=variable]", `c.value = "revenue"`))
			b.text(choose("#lab-chart input[name=log]", `c.checked = true`))
			if b.text(`document.querySelector("#lab-chart .plot").innerHTML`) == labs {
				t.Error("another variable leaves the labs as they were")
			}
			b.text(`(() => { const s = document.querySelector("#metric-chart .plot svg"), r = s.getBoundingClientRect();
				const at = {clientX: r.left + r.width / 2, clientY: r.top + r.height / 2};
				for (const kind of ["pointerenter", "pointermove"])
					s.dispatchEvent(new PointerEvent(kind, {bubbles: true, pointerType: "mouse", ...at}));
				return ""; })()`)
			time.Sleep(200 * time.Millisecond) // tips follow at the next frame
			b.is(`/median \$[\d.]+[BMT]/.test(document.querySelector("#metric-chart [aria-label='tip']").textContent)`, "true")
			b.clean(file)
		})
	}
}

// The chart of a sweep draws, and pages of back-tests and calibrations are quiet too.
func TestOtherPagesInABrowser(t *testing.T) {
	b := openBrowser(t)
	sweep := saved(t, sweepFolder(t))
	b.open(sweep, 700, "#point-chart .plot svg circle")
	b.is(`document.querySelectorAll("#point-chart .plot [aria-label='dot'] circle").length`, "2")
	before := b.text(`document.querySelector("#point-chart .plot").innerHTML`)
	b.text(choose("#point-chart select[name=metric]", `c.value = "lerner"`))
	if b.text(`document.querySelector("#point-chart .plot").innerHTML`) == before {
		t.Error("another metric leaves the chart as it was")
	}
	b.clean(sweep)
	for _, dir := range []string{backtestFolder(t), calibrateFolder(t)} {
		file := saved(t, dir)
		b.open(file, 420, "main section")
		b.is(`document.documentElement.scrollWidth <= innerWidth`, "true")
		b.is(`Array.from(document.images).every((i) => { i.loading = "eager"; return i.alt.length > 20; })`, "true")
		b.is(`Array.from(document.querySelectorAll("figure > svg")).every((s) =>
			s.getAttribute("aria-label").length > 20 && s.clientWidth > 100)`, "true")
		b.is(`document.scripts.length`, "1")
		b.clean(file)
	}
}

// Without JavaScript the page says so and the figures are there.
func TestWithoutJavaScript(t *testing.T) {
	b := openBrowser(t)
	file := saved(t, runFolder(t, "base"))
	disable := func(off bool) chromedp.Action[chromedp.Void] {
		return func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
			_, err := cdp.Call(ctx, tab, emulation.SetScriptExecutionDisabled,
				emulation.SetScriptExecutionDisabledParams{Value: off})
			return chromedp.Void{}, err
		}
	}
	b.do(disable(true))
	b.open(file, 1200, "noscript p")
	b.is(
		`document.querySelector(".charts").hidden && document.querySelector("noscript p").offsetHeight > 0 &&
			document.querySelectorAll("figure > svg").length > 5`,
		"true",
	)
	b.clean(file)
}

// TestLookAtPages keeps pictures of pages for viewing in the folder that REPORT_LOOK names.
func TestLookAtPages(t *testing.T) {
	out := os.Getenv("REPORT_LOOK")
	if out == "" {
		t.Skip("REPORT_LOOK names no folder")
	}
	b := openBrowser(t)
	for name, dir := range map[string]string{"compare": compareFolder(t), "sweep": sweepFolder(t),
		"backtest": backtestFolder(t), "calibrate": calibrateFolder(t)} {
		for _, width := range []int64{1200, 420} {
			b.open(saved(t, dir), width, "main section")
			picture, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(out, fmt.Sprintf("%s-%d.png", name, width)), picture, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
