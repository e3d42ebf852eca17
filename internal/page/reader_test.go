//go:build browser

package page

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	cdbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	cdpage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"simulate/internal/browser"
	"simulate/sim/scenario"
)

// A moved slider shows the expected path first and pairs of runs after it, never the other way.
func TestPathBeforeBands(t *testing.T) {
	b := browser.New(t)
	b.Open("file://"+written(t, "deepseek-shock", 10), 1200)
	b.Until(live)
	b.Text(
		`(globalThis.seen = [], new MutationObserver(() => seen.push(byId("change").textContent.includes("Expected path")
		? "path" : "bands")).observe(byId("change"), {childList: true}), "")`,
	)
	b.Text(drag("market.eta", .9))
	b.Until(`seen.length > 0`)
	b.Until(done)
	b.Is(`seen[0] + " " + seen.at(-1)`, "path bands")
	b.Is(`seen.lastIndexOf("path") < seen.indexOf("bands")`, "true")
	b.Is(`shown.summary.changes.hhi_sales.low.filter((v) => v != null).length > 10`, "true")
}

// Everything that can be clicked can be reached and moved by keys, and has a name.
func TestKeyboard(t *testing.T) {
	b := browser.New(t)
	b.Open("file://"+written(t, "deepseek-shock", 2), 1200)
	b.Until(live)
	b.Until(`sameAs === "same"`)
	b.Text(`(globalThis.reached = new Set(), document.addEventListener("focusin", (e) => reached.add(e.target)),
		globalThis.all = [...document.querySelectorAll("button, input, select, summary, a, .term")].filter((e) =>
		e.checkVisibility()), "")`)
	n, err := strconv.Atoi(b.Text(`all.length`))
	if err != nil || n < 50 {
		t.Fatalf("the page has %d things to use, %v", n, err)
	}
	for range n + 10 {
		b.Do(chromedp.KeyEvent(kb.Tab))
	}
	b.Is(`all.filter((e) => !reached.has(e)).map((e) => e.outerHTML).join("\n")`, "")
	b.Is(`[...document.querySelectorAll("input, select")].filter((e) => !e.labels.length && !e.ariaLabel).length`, "0")
	b.Is(`[...document.querySelectorAll("svg")].filter((e) => e.getAttribute("role") !== "img" ||
		!e.getAttribute("aria-label")).length`, "0")
	before := b.Text(`JSON.stringify(shown.path.metrics.hhi_sales)`)
	b.Text(`(document.querySelector('input[data-path="market.eta"]').focus(), "")`)
	b.Do(chromedp.KeyEvent(kb.ArrowRight))
	b.Until(`JSON.stringify(shown.path.metrics.hhi_sales) !== ` + strconv.Quote(before))
	b.Until(done)
	b.Is(`document.activeElement.dataset.path`, "market.eta")
	b.Is(
		`document.querySelector(".term").focus() ?? getComputedStyle(document.activeElement, "::after").content.length > 20`,
		"true",
	)
}

// contrasts are the texts of the page whose colour stands out too little from what lies under it: a
// ratio below 4.5, or 3 for large texts.
const contrasts = `(() => {
	const light = (c) => { const [r, g, b] = c.map((v) => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
		return .2126 * r + .7152 * g + .0722 * b; };
	const rgb = (s) => (s.match(/[\d.]+/g) ?? []).map(Number);
	const under = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor);
		if (c.length === 3 || c[3] > 0) return c.slice(0, 3); } return [255, 255, 255]; };
	const out = [];
	for (const e of document.querySelectorAll("body *")) {
		if (!e.checkVisibility() || ![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
		if (/^(SCRIPT|STYLE|OPTION)$/.test(e.tagName)) continue;
		const look = getComputedStyle(e), svg = e instanceof SVGElement;
		const a = light(rgb(svg ? look.fill : look.color)), b = light(under(svg ? e.closest("figure") : e));
		const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
		const size = parseFloat(look.fontSize), large = size >= 24 || size >= 18.66 && look.fontWeight >= 700;
		if (ratio < (large ? 3 : 4.5)) out.push(ratio.toFixed(2) + " " + e.textContent.trim());
	}
	return out.join("\n");
})()`

func TestContrast(t *testing.T) {
	b := browser.New(t)
	b.Open("file://"+written(t, "deepseek-shock", 2), 1200)
	b.Until(live)
	b.Is(contrasts, "")
	b.Text(`(document.querySelector("h1").style.color = "#999", "")`)
	if b.Text(contrasts) == "" {
		t.Error("a grey title is taken for one that stands out")
	}
}

// Each download arrives, and is what its button says.
func TestDownloads(t *testing.T) {
	b := browser.New(t)
	dir := t.TempDir()
	browser.Call(b, cdbrowser.SetDownloadBehavior, cdbrowser.SetDownloadBehaviorParams{
		Behavior: cdbrowser.SetDownloadBehaviorBehaviorAllow, DownloadPath: dir})
	b.Open("file://"+written(t, "deepseek-shock", 2), 1200)
	b.Until(live)
	b.Text(drag("market.eta", .8))
	b.Until(`location.hash.includes("market.eta")`)
	b.Until(done)
	fetch := func(key, name string) []byte {
		b.Text(press(key))
		file := filepath.Join(dir, name)
		for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
			if data, err := os.ReadFile(file); err == nil && len(data) > 0 {
				return data
			}
		}
		t.Fatalf("%s brings no file %s", key, name)
		return nil
	}
	text := fetch("download.scenario", "deepseek-shock.yaml")
	if _, err := scenario.Load(filepath.Join(dir, "deepseek-shock.yaml"), scenario.Options{}); err != nil {
		t.Errorf("%v in\n%s", err, text)
	}
	csv := fetch("download.csv", "market.csv")
	if !bytes.HasPrefix(csv, []byte("case,replication,date,")) || bytes.Count(csv, []byte("\n")) < 80 {
		t.Errorf("market.csv has %d bytes", len(csv))
	}
	picture, err := png.Decode(bytes.NewReader(fetch("download.png", "deepseek-shock-changed.png")))
	if err != nil || picture.Bounds().Dx() < 1500 {
		t.Errorf("a picture of %v, %v", picture, err)
	}
	svg := fetch("download.svg", "deepseek-shock-changed.svg")
	if n := bytes.Count(svg, []byte("@font-face")); n != len(faces) {
		t.Errorf("the SVG carries %d fonts", n)
	}
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("%v in %s", err, svg)
		}
	}
	if !strings.Contains(string(svg), "against the same world without DeepSeek R1") {
		t.Errorf("the SVG is another picture: %.300s", svg)
	}
}

// On paper the answer, the pictures and how far to trust them stand on one sheet, without what only
// a screen can use.
func TestPrint(t *testing.T) {
	b := browser.New(t)
	b.Open("file://"+written(t, "deepseek-shock", 2), 1200)
	b.Until(live)
	browser.Call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	b.Is(`["controls", "tools"].map((i) => byId(i).checkVisibility()).join()`, "false,false")
	b.Is(`["sentences", "change", "concentration", "supplier"].map((i) => byId(i).checkVisibility()).join()`,
		"true,true,true,true")
	yes := true
	for _, language := range []string{"en", "fr"} {
		b.Text(`(speak("` + language + `"), "")`)
		b.Until(`byId("sentences").children.length > 1`)
		pdf := browser.Call(b, cdpage.PrintToPDF, cdpage.PrintToPDFParams{PrintBackground: &yes, PreferCSSPageSize: &yes})
		if pages := bytes.Count(pdf.Data, []byte("/Type /Page\n")); pages != 1 {
			t.Errorf("in %s the page prints on %d sheets", language, pages)
		}
		if out := os.Getenv("PAGE_LOOK"); out != "" {
			if err := os.WriteFile(filepath.Join(out, "page-"+language+".pdf"), pdf.Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	b.Is(`printing`, "false")
}

// Who wants no motion sees the last move at once.
func TestReducedMotion(t *testing.T) {
	b := browser.New(t)
	b.Open("file://"+written(t, "deepseek-shock", 2), 1200)
	browser.Call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}})
	b.Until(live)
	b.Text(drag("market.eta", .8))
	b.Until(`location.hash.includes("market.eta")`)
	b.Until(done)
	b.Is(`(replay(), !!shown.ghost)`, "true")
}

// The language of the page writes values, dates, events and descriptions.
func TestLanguageOfValues(t *testing.T) {
	b := browser.New(t)
	b.Open("file://"+written(t, "deepseek-shock", 2), 1200)
	b.Until(live)
	b.Text(`(speak("fr"), "")`)
	b.Is(`[...document.querySelectorAll("output, .ends span")].map((e) => e.textContent).filter((s) =>
		/\d\.\d|\$\d|years|year|months|days|x$|\/yr/.test(s)).join()`, "")
	b.Is(`byId("description").textContent.startsWith("Un laboratoire doté")`, "true")
	for _, c := range [][2]string{{"$1.19B/yr", "1,19 Md $ par an"}, {"0.33 years", "0,33 an"}, {"2 years", "2 ans"},
		{"6 months", "6 mois"}, {"2025-01",
			"janvier 2025"},
		{"4.5x", "× 4,5"}, {"3x/yr", "× 3 par an"}, {"0.35", "0,35"}, {"sigma", "sigma"}} {
		b.Is(`local("`+c[0]+`").replaceAll("\u00a0", " ").replaceAll("\u202f", " ")`, c[1])
	}
}

// How long a reader waits is told and not judged: it depends on the machine.
func TestWaits(t *testing.T) {
	b := browser.New(t)
	b.Open("file://"+written(t, "deepseek-shock", 50), 1200)
	b.Until(live)
	t.Log("live after, ms:", b.Text(`liveAfter`))
	b.Until(`sameAs !== "checking"`)
	b.Text(`(globalThis.t0 = performance.now(), globalThis.all = 0, move(withSetting(state, "market.eta=1.2")).then(() => {
		globalThis.all = performance.now() - t0; }), "")`)
	b.Until(`globalThis.all > 0`)
	t.Log("50 pairs after a move, ms:", b.Text(`all`))
}
