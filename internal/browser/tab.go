//go:build browser

package browser

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Tab is a tab of a headless Chromium with an empty profile that notes what pages complain about
// and ask for.
type Tab struct {
	T   testing.TB // the test that fails, which a subtest may take over
	Ctx context.Context

	mutex      sync.Mutex
	complaints []string
	asked      []string // URLs other than data: and blob:
}

// New opens a tab, and skips the test where there is no Chromium.
func New(t testing.TB) *Tab {
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
	b := &Tab{T: t, Ctx: ctx}
	// the browser lives as long as the context of its first command, which therefore has no limit
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

func (b *Tab) note(event any) {
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
	case *page.EventJavascriptDialogOpening:
		b.complaints = append(b.complaints, "dialog: "+e.Message)
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, "data:") && !strings.HasPrefix(e.Request.URL, "blob:") {
			b.asked = append(b.asked, e.Request.URL)
		}
	}
}

// Do runs steps within a minute.
func (b *Tab) Do(steps ...chromedp.Action[chromedp.Void]) {
	b.T.Helper()
	ctx, cancel := context.WithTimeout(b.Ctx, time.Minute)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.T.Fatal(err)
	}
}

// Call sends one command of the protocol to a tab.
func Call[P, R any](b *Tab, command cdp.Command[P, R], parameters P) (result R) {
	b.T.Helper()
	b.Do(func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		var err error
		result, err = cdp.Call(ctx, tab, command, parameters)
		return chromedp.Void{}, err
	})
	return result
}

// Text is the value of an expression as text.
func (b *Tab) Text(expression string) string {
	b.T.Helper()
	ctx, cancel := context.WithTimeout(b.Ctx, time.Minute)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[string]("String("+expression+")"))
	if err != nil {
		b.T.Fatalf("%s: %v", expression, err)
	}
	return v
}

// Is fails where an expression has another value.
func (b *Tab) Is(expression, want string) {
	b.T.Helper()
	if got := b.Text(expression); got != want {
		b.T.Errorf("%s is %s, not %s", expression, got, want)
	}
}

// Until waits for an expression to be true; where it stays false the test fails with what the page
// complained of and how its text begins.
func (b *Tab) Until(expression string) {
	b.T.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if b.Text(expression) == "true" {
			return
		}
	}
	says := b.Text(`document.body.innerText.slice(0, 400)`)
	b.T.Fatalf("%s does not come true; complaints %q; the page says %q", expression, b.Complaints(), says)
}

// Open shows a page at a width and waits for the elements that must appear.
func (b *Tab) Open(url string, width int64, appear ...string) {
	b.T.Helper()
	b.mutex.Lock()
	b.complaints, b.asked = nil, nil
	b.mutex.Unlock()
	b.Do(chromedp.EmulateViewport(width, 900), chromedp.Navigate("about:blank"), chromedp.Navigate(url))
	for _, selector := range appear {
		b.Do(chromedp.WaitReady(chromedp.CSS(selector)))
	}
}

// Complaints are what the page complained of since it was opened.
func (b *Tab) Complaints() []string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return append([]string(nil), b.complaints...)
}

// Clean fails where the page of a file complained or asked for anything but itself.
func (b *Tab) Clean(file string) {
	b.T.Helper()
	for _, c := range b.Complaints() {
		b.T.Errorf("%s: %s", file, c)
	}
	b.mutex.Lock()
	defer b.mutex.Unlock()
	for _, url := range b.asked {
		if address, _, _ := strings.Cut(url, "#"); address != "file://"+file && url != "about:blank" {
			b.T.Errorf("the page asks for %s", url)
		}
	}
}

// Picture is the whole page as a PNG.
func (b *Tab) Picture() []byte {
	b.T.Helper()
	png, err := chromedp.Run(b.Ctx, chromedp.FullScreenshot(100))
	if err != nil {
		b.T.Fatal(err)
	}
	return png
}
