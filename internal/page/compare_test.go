//go:build browser

package page

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"

	"simulate/internal/browser"
)

// A pinned run and the last move are compared in numbers, in all charts of lines, and each unnamed
// line is explained.
func TestCompared(t *testing.T) {
	b := browser.New(t)
	file := written(t, "deepseek-shock", 5)
	b.Open("file://"+file, 1200)
	b.Until(live)
	b.Is(`byId("compared").textContent`, "")
	const hhi = `points(shown.path.metrics.hhi_sales.at(-1))`
	first := b.Text(hhi)
	b.Text(press("pin"))
	b.Text(`(move(withSetting(state, "market.eta=0.7")), "")`)
	b.Until(`shown.summary?.n === 5 && shown.path !== data.path`)
	second := b.Text(hhi)
	said := b.Text(`byId("compared").textContent`)
	if first == second || !strings.Contains(said, "pinned run") || !strings.Contains(said, first) ||
		!strings.Contains(said, second) || !strings.Contains(said, b.Text(`points(changeOf(data).at(-1))`)) {
		t.Errorf("from %s to %s the page says %q", first, second, said)
	}
	const dashed = `["change", "concentration", "lags", "prices", "supplier"].filter((i) =>
		!byId(i).innerHTML.includes('stroke-dasharray="%"') || !byId(i).textContent.includes("?")).join()`
	look := func(dash, word string) string { return strings.NewReplacer("%", dash, "?", word).Replace(dashed) }
	b.Is(look("5 3", "dashed"), "")
	b.Is(`["concentration", "lags", "prices", "supplier"].filter((i) =>
		!byId(i).textContent.includes("grey: ")).join()`, "")
	browser.Call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}})
	b.Text(`byId("b-replay").click()`)
	b.Is(look("1 3", "dotted"), "")
	said = b.Text(`byId("compared").lastChild.textContent`)
	if !strings.Contains(said, "(market.eta=0.7)") || !strings.Contains(said, "from "+first+" to "+second) {
		t.Errorf("of the last move the page says %q", said)
	}
	b.Text(press("undo"))
	b.Until(`shown.path !== null && state.set.length === 0 && shown.summary?.n === 5`)
	b.Text(`byId("b-replay").click()`)
	b.Is(`byId("compared").lastChild.textContent.includes("(without market.eta=0.7)")`, "true")
	b.Text(press("unpin"))
	b.Is(`byId("compared").textContent.includes("pinned") || byId("change").innerHTML.includes('="5 3"')`, "false")
	b.Clean(file)
}

// Runs that come while the last move is replayed are not lost.
func TestReplayWhileRunsCome(t *testing.T) {
	b := browser.New(t)
	file := written(t, "deepseek-shock", 5) // one block
	b.Open("file://"+file, 1200)
	b.Until(live)
	b.Text(`(globalThis.ask = front.ask, globalThis.gate = new Promise((r) => { globalThis.open = r; }),
		front.ask = async (m) => { const a = await ask(m); if (m.do === "gather" && m.blocks?.length) await gate; return a; },
		globalThis.later = setTimeout, globalThis.setTimeout = (f, ms) => { if (ms === 900) globalThis.resume = f;
		else later(f, ms); }, "")`)
	b.Text(`(move(withSetting(state, "market.eta=0.7")), "")`)
	b.Until(`shown.path !== data.path && shown.base !== data.base`)
	b.Text(`byId("b-replay").click()`)
	b.Until(`globalThis.resume !== undefined && shown.path === data.path`)
	b.Text(`(open(), "")`)
	b.Until(`shown.summary?.n === 5`)
	b.Text(`(resume(), "")`)
	b.Until(`shown.ghost && shown.path !== data.path`)
	b.Is(`shown.summary?.n`, "5")
	b.Clean(file)
}

// A button that has nothing to do says so and stays where keys find it; a pressed one keeps the
// focus, though it is written anew.
func TestButtons(t *testing.T) {
	b := browser.New(t)
	file := written(t, "deepseek-shock", 2)
	b.Open("file://"+file, 1200)
	b.Until(live)
	const idle = `[...document.querySelectorAll("#tools [aria-disabled=true]")].map((e) => e.dataset.key).join()`
	b.Is(idle, "undo,redo,reset,replay")
	b.Text(`(move(withSetting(state, "market.eta=0.7")), "")`)
	b.Is(idle, "redo")
	b.Text(press("undo"))
	b.Until(idle + ` === "undo,reset"`)
	for _, id := range []string{"b-pin", "b-paste", "b-undo", "l-fr", "l-en"} {
		b.Text(`(byId("` + id + `").focus(), byId("` + id + `").click(), "")`)
		if id == "b-paste" { // the field comes for what is pasted
			b.Is(`document.activeElement.id`, "pasted")
			continue
		}
		b.Is(`document.activeElement.id`, id)
	}
	b.Is(`[...document.querySelectorAll("#languages [aria-pressed=true]")].map((e) => e.lang).join()`, "en")
	b.Clean(file)
}

// Where a page may not copy, it shows what was to be copied, and does not say that it was.
func TestCopyByHand(t *testing.T) {
	b := browser.New(t)
	file := written(t, "deepseek-shock", 2)
	b.Open("file://"+file, 1200)
	b.Until(live)
	b.Text(`(Object.defineProperty(navigator, "clipboard", {configurable: true, value: undefined}),
		document.execCommand = () => false, "")`)
	b.Text(press("share"))
	b.Until(`byId("note").textContent === t("copy.by_hand")`)
	b.Is(`byId("handed").value === location.href.split("#")[0] + write() && document.activeElement === byId("handed") &&
		byId("handed").selectionEnd === byId("handed").value.length`, "true")
	b.Text(`(document.execCommand = () => true, "")`)
	b.Text(press("copy"))
	b.Until(`byId("note").textContent === t("copied")`)
	b.Is(`byId("handed")`, "null")
	b.Clean(file)
}
