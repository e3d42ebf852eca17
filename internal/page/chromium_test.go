//go:build browser

package page

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"simulate/sim/scenario"
)

// browser is a tab of a headless Chromium with an empty profile that notes what pages complain
// about and ask for.
type browser struct {
	t   *testing.T
	ctx context.Context

	mutex      sync.Mutex
	complaints []string
	asked      []string // URLs other than data: and blob:
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
	b.do(func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, tab, network.Enable, network.EnableParams{})
		return chromedp.Void{}, err
	})
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
		b.complaints = append(b.complaints, fmt.Sprintf("exception: %s %+v", e.ExceptionDetails.Text,
			e.ExceptionDetails.Exception))
	case *runtime.EventConsoleAPICalled:
		if e.Type == "error" || e.Type == "warning" || e.Type == "assert" {
			b.complaints = append(b.complaints, fmt.Sprintf("console.%s: %v", e.Type, e.Args))
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == "error" || e.Entry.Level == "warning" {
			b.complaints = append(b.complaints, "log: "+e.Entry.Text)
		}
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, "data:") && !strings.HasPrefix(e.Request.URL, "blob:") {
			b.asked = append(b.asked, e.Request.URL)
		}
	}
}

// do runs steps, without a limit of their own the first time, for the browser lives as long as that
// context.
func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
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

// until waits for an expression to be true.
func (b *browser) until(expression string) {
	b.t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if b.text(expression) == "true" {
			return
		}
	}
	b.t.Fatalf("%s does not come true; complaints %q; the page says %q", expression, b.complaints,
		b.text(`["problem", "progress", "same"].map((i) => document.getElementById(i).textContent).join("|")`))
}

var asks int

// ask is the answer of the page's engine to a message, as the expression of its part writes it.
func (b *browser) ask(message, part string) string {
	b.t.Helper()
	asks++
	name := "answer" + strconv.Itoa(asks)
	b.text(`(globalThis.` + name + ` = null, front.ask(` + message + `).then((a) => { globalThis.` + name +
		` = a; }), "")`)
	b.until(`globalThis.` + name + ` !== null`)
	out := b.text(name + part)
	b.text(`(delete globalThis.` + name + `, "")`)
	return out
}

// open shows a page at a width.
func (b *browser) open(url string, width int64) {
	b.t.Helper()
	b.mutex.Lock()
	b.complaints, b.asked = nil, nil
	b.mutex.Unlock()
	b.do(chromedp.EmulateViewport(width, 900), chromedp.Navigate("about:blank"), chromedp.Navigate(url))
}

const (
	live = `document.documentElement.dataset.live === "yes"`
	done = `shown.summary && shown.summary.n === data.pairs`
)

// clean fails where the page complained or asked for anything but itself.
func (b *browser) clean(file string) {
	b.t.Helper()
	b.mutex.Lock()
	defer b.mutex.Unlock()
	for _, c := range b.complaints {
		b.t.Errorf("%s: %s", file, c)
	}
	for _, url := range b.asked {
		if !strings.HasPrefix(url, "file://"+file) && url != "about:blank" {
			b.t.Errorf("the page asks for %s", url)
		}
	}
}

var module = sync.OnceValues(func() (*Module, error) { return Load(context.Background(), nil) })

// written is the page of a built-in scenario in a file.
func written(t *testing.T, name string, pairs int) string {
	t.Helper()
	s, err := scenario.Load(name, scenario.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return writtenAs(t, Options{Scenario: s, Pairs: pairs})
}

// writtenAs is a page in a file.
func writtenAs(t *testing.T, o Options) string {
	t.Helper()
	m, err := module()
	if err != nil {
		t.Fatal(err)
	}
	shown, err := Compute(o)
	if err != nil {
		t.Fatal(err)
	}
	html, err := shown.Write(m)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), o.Scenario.Name+".html")
	if err := os.WriteFile(file, html, 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}
