//go:build browser

package page

import (
	"html"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// at is the setting of market.eta in force, and whether the pictures show it.
const at = `state.set.join() + " " + !byId("problem").checkVisibility()`

// A link and copied settings bring another page to the same state; what is no such thing changes
// nothing and is told.
func TestShare(t *testing.T) {
	b := openBrowser(t)
	file := written(t, "deepseek-shock", 2)
	b.open("file://"+file, 1200)
	b.until(live)
	b.text(`(Object.defineProperty(navigator, "clipboard", {configurable: true,
		value: {writeText: async (s) => { globalThis.copied = s; }}}), "")`)
	b.text(drag("market.eta", .9))
	b.until(`shown.path !== data.path && state.set.length === 1 && sliding === null`)
	b.text(press("labs.add"))
	b.until(`shown.path.labs.some((l) => l.id === "my_lab")`)
	moved := b.text(`JSON.stringify([state, shown.path.metrics.hhi_sales])`)
	const now = `JSON.stringify([state, shown.path.metrics.hhi_sales])`
	b.text(press("share"))
	b.until(`globalThis.copied?.startsWith("file://") && byId("progress").textContent === t("copied")`)
	link := b.text(`copied`)
	b.text(press("copy"))
	b.until(`copied.startsWith("#v=1&program=")`)
	settings := b.text(`copied`)
	// without the clipboard, as where a frame forbids it
	b.text(`(Object.defineProperty(navigator, "clipboard", {value: undefined}),
		document.execCommand = () => { globalThis.copied = document.activeElement.value; }, "")`)
	b.text(press("copy"))
	b.until(`copied === ` + strconv.Quote(settings))

	b.open(link, 1200)
	b.until(live)
	b.until(now + ` === ` + strconv.Quote(moved))
	b.text(press("reset"))
	b.until(`state.set.length === 0 && JSON.stringify(shown.path.metrics) === JSON.stringify(data.path.metrics)`)
	paste := func(text string) {
		b.text(press("paste"))
		b.text(`(byId("pasted").value = ` + strconv.Quote(text) + `, byId("pasted").dispatchEvent(new Event("change")), "")`)
	}
	paste(settings)
	b.until(now + ` === ` + strconv.Quote(moved))
	b.until(done)
	b.is(`byId("pasted") === null`, "true")
	for _, wrong := range []string{"hello", "#v=1&sett=market.eta%3D1", "https://example.org/#top", "#program=0.4.0"} {
		paste(wrong)
		b.until(`byId("problem").checkVisibility() && byId("problem").textContent.includes("Nothing has changed")`)
		b.is(now, moved)
	}
	b.text(`(problem(null), document.querySelector(".skip").click(), "")`)
	b.until(`location.hash.startsWith("#v=1")`)
	b.is(now, moved)
	b.is(`byId("problem").hidden`, "true")
	b.clean(file)
}

// Addresses that are edited by hand, gone back to and forward are states like any other: they can
// be taken back, and a second page is not touched.
func TestAddressesInTurn(t *testing.T) {
	b := openBrowser(t)
	file := written(t, "deepseek-shock", 2)
	b.open("file://"+file+"#v=1&set=market.eta%3D0.8", 1200)
	b.until(live)
	b.until(at + ` === "market.eta=0.8 true"`)
	b.text(`(location.hash = "#v=1&set=market.eta%3D1.2", "")`)
	b.until(at + ` === "market.eta=1.2 true"`)
	b.text(`(location.hash = "#v=1&set=market.eta%3D99", "")`)
	b.until(at + ` === "market.eta=99 false"`)
	b.is(`byId("problem").textContent.includes("still those of the state before")`, "true")
	b.text(`(history.back(), "")`)
	b.until(at + ` === "market.eta=1.2 true"`)
	b.text(`(history.back(), "")`)
	b.until(at + ` === "market.eta=0.8 true"`)
	b.text(`(history.forward(), "")`)
	b.until(at + ` === "market.eta=1.2 true"`)
	b.text(press("undo"))
	b.until(at + ` === "market.eta=0.8 true"`)
	b.text(`(location.hash = "#v=1&program=0.1.0&set=market.eta%3D1", "")`)
	b.until(`byId("problem").textContent.includes("written by simulate 0.1.0")`)
	b.text(drag("market.eta", .5)) // does not make it this version's
	b.until(`sliding === null`)
	b.is(`location.hash.includes("program=0.1.0") && byId("problem").checkVisibility()`, "true")
	b.text(press("reset"))
	b.until(`state.set.length === 0 && byId("problem").hidden && location.hash === ""`)
	b.clean(file)
}

// A language that is chosen while runs come has its sentences in the end.
func TestLanguageBetween(t *testing.T) {
	b := openBrowser(t)
	file := written(t, "deepseek-shock", 20)
	b.open("file://"+file, 1200)
	b.until(live)
	for n, code := range []string{"fr", "en", "fr"} {
		b.text(`(move(withSetting(state, "market.eta=1.` + strconv.Itoa(n+1) + `")), "")`)
		b.until(`shown.path.measured && shown.summary === null`)
		b.text(`(speak("` + code + `"), "")`)
		b.until(done)
		word := map[string]string{"fr": "paires de tirages)", "en": "pairs of runs)"}[code]
		b.until(`byId("sentences").textContent.includes("20 ` + word + `") ||
			byId("sentences").textContent.includes("20\u00a0` + word + `")`)
		b.is(`document.title.includes(byId("title").textContent) && document.documentElement.lang`, code)
	}
	b.clean(file)
}

// The page works in a frame that has no address of its own.
func TestInAFrame(t *testing.T) {
	b := openBrowser(t)
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
	b.open("file://"+host, 1200)
	inside := `document.querySelector("iframe").contentDocument`
	b.until(inside + `?.documentElement.dataset.live === "yes"`)
	b.until(inside + `.getElementById("same").dataset.is === "same"`)
	b.text(strings.Replace(drag("market.eta", .9), "document.", inside+".", 1))
	b.until(inside + `.getElementById("changed").textContent.includes("market.eta")`)
	b.until(inside + `.getElementById("progress").textContent.startsWith("2 of 2")`)
	b.is(inside+`.querySelector('button[data-key="share"]') === null && `+
		inside+`.querySelector('button[data-key="copy"]') !== null`,
		"true")
	b.text(inside + `.querySelector('button[data-key="undo"]').click()`)
	b.until(inside + `.getElementById("changed").hidden`)
	b.mutex.Lock()
	defer b.mutex.Unlock()
	for _, c := range b.complaints {
		t.Error(c)
	}
}
