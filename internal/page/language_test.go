//go:build browser

package page

import (
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"

	"simulate/internal/browser"
	"simulate/internal/explore"
	"simulate/sim/scenario"
)

// marked is a language whose words all stand between ⟦ and ⟧, so that whatever a page says in other
// words than those of its language files is seen.
func marked() explore.Texts {
	out := explore.Texts{}
	all := explore.Languages()
	word := regexp.MustCompile(`\{\w+\}|\pL[\pL\pM’'-]*`)
	mark := func(text string) string {
		return word.ReplaceAllStringFunc(text, func(w string) string {
			if strings.HasPrefix(w, "{") {
				return w
			}
			return "⟦" + w + "⟧"
		})
	}
	for _, of := range []string{"en", "fr"} { // in French the names of scenarios, events and policies have texts too
		for key, text := range all[of] {
			if _, is := all["en"][key]; is && of == "fr" {
				continue
			}
			out[key] = mark(text)
		}
	}
	for key, place := range foreign {
		out[key] = strings.ReplaceAll(out[key], place, "⟦"+place+"⟧")
	}
	return out
}

// foreign are the texts that introduce what is in no language file: meanings and sources as the
// program has them, which the texts say to be English, and what a reader gave. What the program
// says of a mistake stands in an element that is marked as English.
var foreign = map[string]string{"english": "{text}", "source": "{text}", "written": "{text}",
	"address.wrong": "{part}", "changed": "{settings}", "compare.before": "{move}"}

// untranslated are the words on the page that stand in no text of its language: neither names of
// firms, PATHs, units and the program's own name, nor what the page itself marks as another
// language.
const untranslated = `(() => {
	const bare = (s) => {
		let depth = 0, out = "";
		for (const c of s) {
			if (c === "⟦") depth++;
			else if (c === "⟧") { depth--; out += " "; }
			else if (!depth) out += c;
		}
		return out;
	};
	const names = Object.entries(data.labels).filter(([id]) => !said("class." + id)).map(([, name]) => name)
		.sort((a, b) => b.length - a.length);
	const strange = (s) => { s = bare(s); for (const n of names) s = s.replaceAll(n, " ");
		s = s.replace(/simulate|[a-z_]+(\.[\w#-]+)+( \([^)\n]*\))?|\b(OOM|FLOP|H100e|USD|nats|yr)\b/g, " ");
		return (s.match(/\p{L}{2,}.*/gu) ?? []).join(" "); };
	const out = new Set(), own = document.documentElement.lang;
	const see = (where, s, e) => {
		if (!s || e && e.closest("[lang]").lang !== own) return;
		const w = strange(s);
		if (w) out.add(where + ": " + w);
	};
	see("title of the document", document.title);
	for (const e of document.querySelectorAll("body *")) {
		if (/^(SCRIPT|STYLE|NOSCRIPT)$/i.test(e.tagName) || e.closest("noscript")) continue;
		for (const n of e.childNodes) if (n.nodeType === 3) see(e.tagName + " " + e.id, n.data, e);
		for (const a of ["title", "aria-label", "aria-description", "aria-valuetext", "placeholder", "data-about"])
			see(a + " of " + e.tagName, e.getAttribute(a), e);
	}
	return [...out].join("\n");
})()`

// Whatever the page says, in whatever state, is a text of its language.
func TestEveryStringIsTranslated(t *testing.T) {
	sc, err := scenario.Load("deepseek-shock", scenario.Options{})
	if err != nil {
		t.Fatal(err)
	}
	texts := explore.Languages()
	texts["en-US"] = marked()
	b := browser.New(t)
	file := writtenAs(t, Options{Scenario: sc, Pairs: 5, Language: "en-US", Texts: texts})
	b.Open("file://"+file, 1200)
	b.Until(live)
	b.Until(`sameAs === "same"`)
	b.Is(`document.documentElement.lang`, "en-US")
	settled := func(set string) {
		b.Text(`(move({...emptyState(), ` + set + `}), "")`)
		b.Until(`byId("problem").hidden === false ||
			(controls && JSON.stringify(state.set) !== "[]" || state.scenario) && shown.summary?.n === data.pairs`)
	}
	for _, c := range []struct{ what, do, until string }{
		{"the page as it opens", ``, ``},
		{"a lab and a policy more, an event at another lab", `set: [` +
			`"labs.my_lab={region: eu, budget: $50M/yr, compute: 1000 H100e, ` +
			`capability: 0}", data.offered.map((p) => "policies." + p.id + "=" + p.text)[0], "events.0.shock.lab=all"]`, ``},
		{"two events", `set: ["events=[{at: 2026-01, label: '⟦a⟧', shock: {lab: meta, training_efficiency: 2x}}, ` +
			`{at: 2027-01, ` +
			`label: '⟦b⟧', shock: {lab: all, serving_efficiency: 2x}}]"]`, ``},
		{"nothing happens", `set: ["events=null"]`, ``},
		{"another scenario", `scenario: "policy-package"`, ``},
		{"a class of labs", `scenario: "entrant-race"`, ``},
		{"a mistake", `set: ["market.eta=99"]`, ``},
	} {
		if c.do != "" {
			settled(c.do)
		}
		if got := b.Text(untranslated); got != "" {
			t.Errorf("%s:\n%s", c.what, got)
		}
	}
	b.Text(`(move(emptyState()), "")`)
	for _, query := range []string{"growth", "market.conduct", "labs.meta.final_run_share", "labs", "no such thing"} {
		b.Text(`(results = null, byId("search").value = "` + query +
			`", byId("search").dispatchEvent(new Event("input")), "")`)
		b.Until(`results !== null && byId("found").textContent.length > 0`)
		if got := b.Text(untranslated); got != "" {
			t.Errorf("search for %s:\n%s", query, got)
		}
	}
	b.Text(`(query = "", drawControls(), "")`)
	b.Text(`(move(withSetting(state, "market.eta=0.9")), "")`)
	b.Until(`state.set.length === 1 && shown.summary?.n === 5`)
	browser.Call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}})
	b.Text(`(navigator.clipboard.writeText = async () => { throw 0; }, document.execCommand = () => false, "")`)
	for _, key := range []string{"pin", "replay", "copy", "paste"} {
		b.Text(press(key))
		if got := b.Text(untranslated); got != "" {
			t.Errorf("after %s:\n%s", key, got)
		}
	}
	b.Text(`(visit("#nonsense"), "")`)
	if got := b.Text(untranslated); got != "" {
		t.Errorf("after nonsense:\n%s", got)
	}
	b.Text(`(byId("same").textContent = "Same numbers", "")`)
	if b.Text(untranslated) == "" {
		t.Error("a string of the scripts' own is not seen")
	}
}
