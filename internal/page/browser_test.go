//go:build browser

package page

import (
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"simulate/internal/browser"
)

// drag puts a slider where a reader would.
func drag(path string, at float64) string {
	return fmt.Sprintf(
		`(() => { const s = document.querySelector('input[data-path="%s"]'); s.value = %v;
		s.dispatchEvent(new Event("input", {bubbles: true}));
		s.dispatchEvent(new Event("change", {bubbles: true})); return ""; })()`,
		path,
		at,
	)
}

// press clicks a button by the key of its text.
func press(key string) string {
	return `(document.querySelector('button[data-key="` + key + `"]').click(), "")`
}

// A reader moves a slider, pins, takes back, shares, reloads and goes offline; the page complains
// of nothing and asks for nothing.
func TestAReader(t *testing.T) {
	b := browser.New(t)
	file := written(t, "deepseek-shock", 5)
	info, err := os.Stat(file)
	if err != nil || info.Size() > 4_000_000 {
		t.Errorf("the page has %d bytes", info.Size())
	}
	browser.Call(b, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: true})
	b.Open("file://"+file, 1200)
	b.Until(live)
	b.Until(`sameAs === "same"`)
	first := b.Text(`JSON.stringify(shown.path.metrics.hhi_sales)`)
	charts := b.Text(`byId("concentration").innerHTML`)
	b.Text(drag("market.eta", 0.9))
	b.Until(`JSON.stringify(shown.path.metrics.hhi_sales) !== ` + strconv.Quote(first))
	b.Until(done)
	b.Is(`location.hash.includes("market.eta")`, "true")
	b.Is(
		`document.querySelectorAll("#sentences p").length > 1 &&
			byId("sentences").textContent.includes("95 % interval of the mean")`,
		"true",
	)
	if b.Text(`byId("concentration").innerHTML`) == charts {
		t.Error("a moved slider leaves the picture as it was")
	}
	b.Text(press("pin"))
	b.Is(`byId("concentration").innerHTML.includes("stroke-dasharray=\"5 3\"")`, "true")
	moved := b.Text(`JSON.stringify(shown.path.metrics.hhi_sales)`)
	b.Text(press("undo"))
	b.Until(`JSON.stringify(shown.path.metrics.hhi_sales) === ` + strconv.Quote(first))
	b.Text(press("redo"))
	b.Until(`JSON.stringify(shown.path.metrics.hhi_sales) === ` + strconv.Quote(moved))
	b.Text(press("replay"))
	b.Until(`byId("concentration").innerHTML.includes("stroke-dasharray=\"1 3\"")`)
	address := b.Text(`location.href`)
	b.Open(address, 1200)
	b.Until(live)
	b.Until(`JSON.stringify(shown.path.metrics.hhi_sales) === ` + strconv.Quote(moved))
	b.Text(`(document.querySelector('input[data-policy="mandate"]').click(), "")`)
	b.Until(`(shown.path.markers ?? []).length === 2`)
	b.Until(done)
	b.Text(press("labs.add"))
	b.Until(`shown.path.labs.some((l) => l.id === "my_lab") && controls.labs.some((l) => l.label === "my_lab")`)
	b.Text(press("event.remove"))
	b.Until(`(shown.path.markers ?? []).length === 1`)
	b.Text(press("reset"))
	b.Until(`JSON.stringify(shown.path.metrics.hhi_sales) === ` + strconv.Quote(first))
	b.Text(`(speak("fr"), "")`)
	b.Is(`document.documentElement.lang + byId("sentences").textContent.includes("intervalle à 95 %")`, "frtrue")
	for _, width := range []int64{1200, 700, 360} {
		b.Do(chromedp.EmulateViewport(width, 900))
		time.Sleep(200 * time.Millisecond)
		b.Is(`document.documentElement.scrollWidth <= innerWidth`, "true")
	}
	b.Clean(file)
}

// Wrong addresses get the program's own messages.
func TestWrongAddresses(t *testing.T) {
	b := browser.New(t)
	file := written(t, "baseline", 2)
	for hash, want := range map[string]string{
		"v=7":                        "form 7",
		"v=0":                        "form -1",
		"v=abc":                      "form -1",
		"v=1&program=0.1.0":          "written by simulate 0.1.0",
		"v=1&set=market.eta%3D99":    "outside the allowed range",
		"v=1&scenario=nothing":       "no built-in scenario",
		"v=1&set=market.sigma%3D1.1": "no unique equilibrium",
	} {
		b.Open("file://"+file+"#"+hash, 700)
		b.Until(live)
		b.Until(`byId("problem").textContent.includes(` + strconv.Quote(want) + `)`)
	}
	b.Clean(file)
}

// A slider's answer comes before the runs, and memory does not grow with moves.
func TestMoves(t *testing.T) {
	b := browser.New(t)
	file := written(t, "deepseek-shock", 5)
	b.Open("file://"+file, 1200)
	b.Until(live)
	b.Until(`sameAs !== "checking"`)
	b.Text(
		`(globalThis.times = [], globalThis.moves = async (n) => { for (let i = 0; i < n; i++) { const t0 = performance.now();
		const eta = "market.eta=" + (1 + (times.length % 97) / 200).toFixed(3);
		const a = await front.ask({do: "path", state: {v: 1, set: [eta]}});
		times.push(performance.now() - t0);
		if (a.error) throw a.error; } }, "")`,
	)
	b.Text(`(moves(50), "")`)
	b.Until(`times.length === 50`)
	memory := func() float64 {
		v, err := strconv.ParseFloat(ask(b, `{do: "memory"}`, ".ok"), 64)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	early := memory()
	t.Log("median of 50 moves, ms:", b.Text(`[...times].sort((a, b) => a - b)[25]`))
	for _, path := range []string{"labs.meta.budget=$${5 + i}B/yr", "events.0.at=${2026 + i % 8}-0${1 + i % 9}"} {
		b.Text("(globalThis.others = [], (async () => { for (let i = 0; i < 50; i++) { const t0 = performance.now(); " +
			"const a = await front.ask({do: 'path', state: {v: 1, set: [`" + path + "`]}}); " +
			"others.push(performance.now() - t0); if (a.error) throw a.error; } })(), '')")
		b.Until(`others.length === 50`)
		t.Log("median of 50 moves of", path, "ms:", b.Text(`[...others].sort((a, b) => a - b)[25]`))
	}
	b.Text(`(moves(450), "")`)
	b.Until(`times.length === 500`)
	if late := memory(); late > 1.1*early {
		t.Errorf("the module takes %.1f MB after 50 moves and %.1f MB after 500", early/1e6, late/1e6)
	} else {
		t.Logf("the module takes %.1f MB after 50 moves and %.1f MB after 500", early/1e6, late/1e6)
	}
	b.Text(
		`(globalThis.t0 = performance.now(), globalThis.first = 0,
			move(withSetting(state, "market.eta=1.2")).then(() => { globalThis.all = performance.now() - t0; }), "")`,
	)
	b.Until(`globalThis.all > 0`)
	t.Log("5 pairs after a move, ms:", b.Text(`all`))
	b.Is(`shown.summary.n`, "5")
	b.Clean(file)
}

// Without scripts the picture, the numbers and what the page is not for are there.
func TestWithoutScripts(t *testing.T) {
	b := browser.New(t)
	file := written(t, "deepseek-shock", 2)
	browser.Call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	b.Open("file://"+file, 1200)
	b.Until(`document.querySelector("noscript p")?.offsetHeight > 0`)
	b.Is(
		`document.querySelector("#concentration svg").getBoundingClientRect().height > 200 &&
			document.querySelector("#controls").hidden`,
		"true",
	)
	b.Clean(file)
}
