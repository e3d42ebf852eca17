//go:build browser

package page

import (
	"html"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"simulate/internal/browser"
)

// at is the setting of market.eta in force, and whether the pictures show it.
const at = `state.set.join() + " " + !byId("problem").checkVisibility()`

// A link and copied settings bring another page to the same state; what is no such thing changes
// nothing and is told.
func TestShare(t *testing.T) {
	b := browser.New(t)
	file := written(t, "deepseek-shock", 2)
	b.Open("file://"+file, 1200)
	b.Until(live)
	b.Text(`(Object.defineProperty(navigator, "clipboard", {configurable: true,
		value: {writeText: async (s) => { globalThis.copied = s; }}}), "")`)
	b.Text(drag("market.eta", .9))
	b.Until(`shown.path !== data.path && state.set.length === 1 && sliding === null`)
	b.Text(press("labs.add"))
	b.Until(`shown.path.labs.some((l) => l.id === "my_lab")`)
	moved := b.Text(`JSON.stringify([state, shown.path.metrics.hhi_sales])`)
	const now = `JSON.stringify([state, shown.path.metrics.hhi_sales])`
	b.Text(press("share"))
	b.Until(`globalThis.copied?.startsWith("file://") && byId("note").textContent === t("copied")`)
	link := b.Text(`copied`)
	b.Text(press("copy"))
	b.Until(`copied.startsWith("#v=1&program=")`)
	settings := b.Text(`copied`)
	// without the clipboard, as where a frame forbids it
	b.Text(`(Object.defineProperty(navigator, "clipboard", {value: undefined}),
		document.execCommand = () => { globalThis.copied = document.activeElement.value; return true; }, "")`)
	b.Text(press("copy"))
	b.Until(`copied === ` + strconv.Quote(settings))

	b.Open(link, 1200)
	b.Until(live)
	b.Until(now + ` === ` + strconv.Quote(moved))
	b.Text(press("reset"))
	b.Until(`state.set.length === 0 && JSON.stringify(shown.path.metrics) === JSON.stringify(data.path.metrics)`)
	paste := func(text string) {
		b.Text(press("paste"))
		b.Text(`(byId("pasted").value = ` + strconv.Quote(text) + `, byId("pasted").dispatchEvent(new Event("change")), "")`)
	}
	paste(settings)
	b.Until(now + ` === ` + strconv.Quote(moved))
	b.Until(done)
	b.Is(`byId("pasted") === null`, "true")
	for _, wrong := range []string{"hello", "#v=1&sett=market.eta%3D1", "https://example.org/#top", "#program=0.4.0"} {
		paste(wrong)
		b.Until(`byId("problem").checkVisibility() && byId("problem").textContent.includes("Nothing has changed")`)
		b.Is(now, moved)
	}
	b.Text(`(problem(null), document.querySelector(".skip").click(), "")`)
	b.Until(`location.hash.startsWith("#v=1")`)
	b.Is(now, moved)
	b.Is(`byId("problem").hidden`, "true")
	b.Clean(file)
}

// Addresses that are edited by hand, gone back to and forward are states like any other: they can
// be taken back, and a second page is not touched.
func TestAddressesInTurn(t *testing.T) {
	b := browser.New(t)
	file := written(t, "deepseek-shock", 2)
	b.Open("file://"+file+"#v=1&set=market.eta%3D0.8", 1200)
	b.Until(live)
	b.Until(at + ` === "market.eta=0.8 true"`)
	b.Text(`(location.hash = "#v=1&set=market.eta%3D1.2", "")`)
	b.Until(at + ` === "market.eta=1.2 true"`)
	b.Text(`(location.hash = "#v=1&set=market.eta%3D99", "")`)
	b.Until(at + ` === "market.eta=99 false"`)
	b.Is(`byId("problem").textContent.includes("still those of the state before")`, "true")
	b.Text(`(history.back(), "")`)
	b.Until(at + ` === "market.eta=1.2 true"`)
	b.Text(`(history.back(), "")`)
	b.Until(at + ` === "market.eta=0.8 true"`)
	b.Text(`(history.forward(), "")`)
	b.Until(at + ` === "market.eta=1.2 true"`)
	b.Text(press("undo"))
	b.Until(at + ` === "market.eta=0.8 true"`)
	b.Text(`(location.hash = "#v=1&program=0.1.0&set=market.eta%3D1", "")`)
	b.Until(`byId("problem").textContent.includes("written by simulate 0.1.0")`)
	b.Text(drag("market.eta", .5)) // does not make it this version's
	b.Until(`sliding === null`)
	b.Is(`location.hash.includes("program=0.1.0") && byId("problem").checkVisibility()`, "true")
	b.Text(press("reset"))
	b.Until(`state.set.length === 0 && byId("problem").hidden && location.hash === ""`)
	b.Clean(file)
}

// A language that is chosen while runs come has its sentences in the end.
func TestLanguageBetween(t *testing.T) {
	b := browser.New(t)
	file := written(t, "deepseek-shock", 20)
	b.Open("file://"+file, 1200)
	b.Until(live)
	for n, code := range []string{"fr", "en", "fr"} {
		b.Text(`(move(withSetting(state, "market.eta=1.` + strconv.Itoa(n+1) + `")), "")`)
		b.Until(`shown.path.measured && shown.summary === null`)
		b.Text(`(speak("` + code + `"), "")`)
		b.Until(done)
		word := map[string]string{"fr": "paires de tirages)", "en": "pairs of runs)"}[code]
		b.Until(`byId("sentences").textContent.includes("20 ` + word + `") ||
			byId("sentences").textContent.includes("20\u00a0` + word + `")`)
		b.Is(`document.title.includes(byId("title").textContent) && document.documentElement.lang`, code)
	}
	b.Clean(file)
}

// A language that is chosen while the last block is gathered has its sentences in the end, though
// the answer that comes is in the one before.
func TestLanguageAtTheEnd(t *testing.T) {
	b := browser.New(t)
	file := written(t, "deepseek-shock", 5) // one block
	b.Open("file://"+file, 1200)
	b.Until(live)
	b.Text(`(globalThis.ask = front.ask, globalThis.held = 0,
		globalThis.gate = new Promise((r) => { globalThis.open = r; }),
		front.ask = async (m) => { const a = await ask(m); if (m.do === "gather" && m.blocks?.length) { held++; await gate; }
		return a; }, "")`)
	b.Text(`(move(withSetting(state, "market.eta=0.9")), "")`)
	b.Until(`held === 1`)
	b.Text(`(speak("fr"), "")`)
	b.Is(`document.documentElement.lang + " " + (shown.summary === null)`, "fr true")
	b.Text(`(open(), "")`)
	b.Until(`shown.summary?.n === 5 && byId("sentences").textContent.includes("paires de tirages)")`)
	b.Clean(file)
}

// The page works in a frame that has no address of its own.
func TestInAFrame(t *testing.T) {
	b := browser.New(t)
	page, err := os.ReadFile(written(t, "deepseek-shock", 2))
	if err != nil {
		t.Fatal(err)
	}
	host := filepath.Join(t.TempDir(), "host.html")
	text := `<!DOCTYPE html><html lang="en"><title>host</title><iframe width="900" height="800" srcdoc="` +
		html.EscapeString(string(page)) + `"></iframe></html>`
	if err := os.WriteFile(host, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	b.Open("file://"+host, 1200)
	inside := `document.querySelector("iframe").contentDocument`
	b.Until(inside + `?.documentElement.dataset.live === "yes"`)
	b.Until(inside + `.getElementById("same").dataset.is === "same"`)
	b.Text(strings.Replace(drag("market.eta", .9), "document.", inside+".", 1))
	b.Until(inside + `.getElementById("changed").textContent.includes("market.eta")`)
	b.Until(inside + `.getElementById("progress").textContent.startsWith("2 of 2")`)
	b.Is(inside+`.querySelector('button[data-key="share"]') === null && `+
		inside+`.querySelector('button[data-key="copy"]') !== null`,
		"true")
	b.Text(inside + `.querySelector('button[data-key="undo"]').click()`)
	b.Until(inside + `.getElementById("changed").hidden`)
	for _, c := range b.Complaints() {
		t.Error(c)
	}
}
