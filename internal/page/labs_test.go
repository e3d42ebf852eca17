//go:build browser

package page

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"simulate/internal/browser"
	"simulate/sim/scenario"
)

// ownLabFile is a scenario with a lab of its own that has a name which is no key.
func ownLabFile(t *testing.T) *scenario.Scenario {
	t.Helper()
	file := filepath.Join(t.TempDir(), "mine.yaml")
	text := `extends: baseline
clock: {end: 2027-01}
reference_replications: 2
labs:
  institut:
    name: Institut für KI "X" <b>
    archetype: public
    region: eu
    budget: {value: $40M/yr, source: a letter of 2024}
    compute: 500 H100
    openness: open
`
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	s, err := scenario.Load(file, scenario.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// What the charts show of labs as the page opens, before anything moves: their words, and the
// colours of the lines of lags by name.
const (
	wordsOf = `[...byId("%").querySelectorAll("text")].map((e) => e.textContent).join("|")`
	lagOf   = `specs().find((s) => s.id === "lags").lines.filter((l) =>
		l.name.startsWith("%")).map((l) => l.colour).join()`
)

// A scenario's own lab is called as its author calls it, and every chart of labs follows it from
// the start, in the colour of figures, with its lag by what it ships and by a run of its own.
func TestOwnLabIsFollowed(t *testing.T) {
	b := browser.New(t)
	file := writtenAs(t, Options{Scenario: ownLabFile(t), Pairs: 2})
	b.Open("file://"+file, 1200)
	b.Until(live)
	b.Until(`sameAs === "same"`)
	const name = `Institut für KI "X" <b>`
	for _, chart := range []string{"sales", "compute", "lags"} {
		words := strings.ReplaceAll(b.Text(strings.Replace(wordsOf, "%", chart, 1)), "|", " ")
		if !strings.Contains(strings.Join(strings.Fields(words), ""), strings.Join(strings.Fields(name), "")) {
			t.Errorf("%s does not name the lab: %s", chart, words)
		}
		b.Is(`byId("`+chart+`").innerHTML.includes(data.colours.institut)`, "true")
	}
	b.Is(`byId("lags").textContent.includes("own run")`, "true")
	b.Is(`byId("lab").selectedOptions[0].textContent`, name)
	b.Is(`document.querySelector('[data-path="labs.institut.budget"]').title.includes("Source: a letter of 2024")`, "true")
	b.Text(`(byId("lab").value = "xai", byId("lab").dispatchEvent(new Event("change")), "")`)
	b.Is(`byId("lags").textContent.includes("xAI") && byId("lags").textContent.includes("Institut")`, "true")
	b.Clean(file)
}

// Labs that the reader of a command asks for are followed too, and a class is one lab.
func TestAskedLabsAreFollowed(t *testing.T) {
	b := browser.New(t)
	s, err := scenario.Load("entrant-race", scenario.Options{Set: []string{"clock.end=2027-01",
		"reference_replications=2"}})
	if err != nil {
		t.Fatal(err)
	}
	file := writtenAs(t, Options{Scenario: s, Pairs: 2, Follow: []string{"mistral", "ai2"}})
	b.Open("file://"+file, 1200)
	b.Until(live)
	for id, name := range map[string]string{"mistral": "Mistral", "ai2": "Ai2", "start_up": "Start-ups"} {
		colour := b.Text(`data.colours.` + id)
		b.Is(strings.Replace(lagOf, "%", name, 1), colour+","+colour)
		b.Is(`data.colours.`+id+` === data.highlight`, strconv.FormatBool(id == "mistral")) // the first asked for
		b.Is(`byId("compute").textContent.includes("`+name+`")`, "true")
	}
	b.Is(`[data.colours.mistral, "#a9afb9", undefined].includes(data.colours.ai2)`, "false")
	b.Is(`controls.labs.filter((l) => l.label.startsWith("start_up")).map((l) => l.path).join()`, "labs.start_up.budget")
	b.Is(`shown.path.labs.filter((l) => l.id.startsWith("start_up")).map((l) => l.count > 10).join()`, "true")
	b.Text(`(speak("fr"), "")`)
	b.Until(`byId("lags").textContent.includes("Jeunes pousses")`)
	b.Clean(file)
}

// Without an own lab the lab whose budget can be moved is followed, as soon as the page opens.
func TestChosenLabIsFollowed(t *testing.T) {
	b := browser.New(t)
	file := written(t, "deepseek-shock", 2)
	b.Open("file://"+file, 1200)
	b.Until(live)
	b.Is(`byId("lags").textContent.includes("DeepSeek, own")`, "true")
	b.Text(press("labs.add"))
	b.Until(`byId("lags").textContent.includes("my lab, own")`)
	b.Clean(file)
}
