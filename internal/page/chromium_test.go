//go:build browser

package page

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"simulate/internal/browser"
	"simulate/sim/scenario"
)

var asks int

// ask is the answer of the page's engine to a message, as the expression of its part writes it.
func ask(b *browser.Tab, message, part string) string {
	b.T.Helper()
	asks++
	name := "answer" + strconv.Itoa(asks)
	b.Text(`(globalThis.` + name + ` = null, front.ask(` + message + `).then((a) => { globalThis.` + name +
		` = a; }), "")`)
	b.Until(`globalThis.` + name + ` !== null`)
	out := b.Text(name + part)
	b.Text(`(delete globalThis.` + name + `, "")`)
	return out
}

const (
	live = `document.documentElement.dataset.live === "yes"`
	done = `shown.summary && shown.summary.n === data.pairs`
)

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
