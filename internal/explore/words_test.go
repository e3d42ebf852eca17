package explore

import (
	"math"
	"slices"
	"strings"
	"testing"

	"simulate/sim/scenario"
)

// Every text stands in both languages with the same places, and every built-in scenario and offered
// policy has its French name.
func TestEveryTextIsTranslated(t *testing.T) {
	all := Languages()
	en, fr := all["en"], all["fr"]
	for key, text := range en {
		if fr[key] == "" {
			t.Errorf("%q has no French text", key)
		} else if !slices.Equal(placesIn(text), placesIn(fr[key])) {
			t.Errorf("%q has other places in French", key)
		} else if fr[key] == text && len(strings.Fields(text)) > 2 && key != "months" {
			t.Errorf("%q is the same in both languages", key)
		}
	}
	names := map[string]bool{}
	for _, b := range scenario.Builtins() {
		names["scenario."+b.Name], names["description."+b.Name] = true, true
		sc, err := scenario.Load(b.Name, scenario.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range markers(sc.Config()) {
			names["label."+m.Label] = true
		}
	}
	offered, err := short(t, "baseline").Offered()
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range offered {
		names["policy."+o.ID] = true
	}
	for name := range names {
		if fr[name] == "" {
			t.Errorf("%s has no French name in languages/fr.json", name)
		}
	}
	for key := range fr {
		kind, _, _ := strings.Cut(key, ".")
		names := []string{"scenario", "description", "label", "policy", "meaning"}
		if en[key] == "" && !slices.Contains(names, kind) {
			t.Errorf("%q is in French only", key)
		}
	}
	for _, key := range []string{"english", "source", "problem"} {
		if !strings.Contains(fr[key], "anglais") {
			t.Errorf("%s introduces English words and does not say so in French: %s", key, fr[key])
		}
	}
	for _, path := range Usual {
		if en["slider."+path] == "" {
			t.Errorf("the slider %s has no label", path)
		}
		if fr["meaning."+path] == "" {
			t.Errorf("the slider %s has no meaning in French", path)
		}
	}
	for _, metric := range Told {
		if en["metric."+metric] == "" {
			t.Errorf("the metric %s has no words", metric)
		}
	}
}

// Every word of the glossary has its meaning, and stands in a text, in each language.
func TestGlossary(t *testing.T) {
	for code, texts := range Languages() {
		var said strings.Builder
		words := 0
		for key, text := range texts {
			if kind, _, _ := strings.Cut(key, "."); kind != "term" && kind != "glossary" {
				said.WriteString(text + "\n")
			}
		}
		for key, word := range texts {
			name, isWord := strings.CutPrefix(key, "term.")
			if !isWord {
				continue
			}
			words++
			if texts["glossary."+name] == "" {
				t.Errorf("%s: %q has no meaning", code, word)
			}
			if !strings.Contains(said.String(), word) {
				t.Errorf("%s: no text holds the word %q", code, word)
			}
		}
		if words < 8 {
			t.Errorf("%s has %d words", code, words)
		}
	}
}

// Numbers are written by the language.
func TestValues(t *testing.T) {
	all := Languages()
	for _, c := range []struct {
		metric, en, fr string
		v              float64
	}{
		{"hhi_sales", "1,234", "1 234", 1234.4},
		{"hhi_sales", "−81", "−81", -81.2},
		{"hosted_open_share", "2.3 points", "2,3 points", .0231},
		{"supplier_revenue", "$4.88B", "4,88 Md $", 4.881e9},
		{"supplier_revenue", "−$1.2M", "−1,2 M $", -1.2e6},
		{"labs_near_frontier_own_run", "0.18", "0,18", .18},
		{"labs_near_frontier_own_run", "0", "0", 1e-9},
	} {
		plain := strings.NewReplacer("\u202f", " ", "\u00a0", " ")
		if en, fr := all["en"].Value(c.metric, c.v), plain.Replace(all["fr"].Value(c.metric, c.v)); en != c.en || fr != c.fr {
			t.Errorf("%s %v is %q and %q, not %q and %q", c.metric, c.v, en, fr, c.en, c.fr)
		}
	}
	if got := all["fr"].Date("2025-12-31"); got != "décembre 2025" {
		t.Error(got)
	}
}

// A sentence says which interval it gives, and claims nothing that the pairs do not show.
func TestSentences(t *testing.T) {
	en := Languages()["en"]
	e := Effect{Metric: "hhi_sales", Date: "2025-12-31", When: "year", N: 20, Change: -810, Low: -887, High: -733,
		LowSpread: -1796, HighSpread: -72, Clear: true}
	for _, c := range []struct {
		change func(*Effect)
		want   string
	}{
		{func(*Effect) {}, "R1: the HHI of sales is 810 lower in December 2025 than without (95 % interval of the " +
			"mean: 733 to 887; in nine of ten runs 72 to 1,796; 20 pairs of runs)."},
		{func(e *Effect) { e.Change, e.Low, e.High, e.Clear = 5, -5, 15, false }, "R1: the HHI of sales is not " +
			"clearly different in December 2025: 5 (95 % interval of the mean: −5 to 15; in nine of ten runs " +
			"−1,796 to −72; 20 " +
			"pairs of runs)."},
		{func(e *Effect) { e.N, e.Low, e.Clear = 1, Number(math.NaN()), false }, "R1: the HHI of sales differs by " +
			"−810 in December 2025 in the one pair of runs so far."},
		{func(e *Effect) { e.Low, e.Clear = Number(math.NaN()), false }, "R1: the HHI of sales differs by −810 in " +
			"December 2025 in each of 20 pairs of runs."},
		{func(e *Effect) { e.Change, e.Low, e.Clear = 0, Number(math.NaN()), false }, "R1: the HHI of sales is " +
			"the same in December 2025 as without, in each of 20 pairs of runs."},
		{func(e *Effect) { e.Change = Number(math.NaN()) }, "R1: the HHI of sales is not defined in " +
			"December 2025."},
	} {
		one := e
		c.change(&one)
		if got := en.sentence(one, "R1"); got != c.want {
			t.Errorf("%q, not %q", got, c.want)
		}
	}
	for _, c := range []struct {
		m    Measured
		want string
	}{
		{Measured{Markers: []Marker{{Label: "a"}, {Label: "b"}}, Whole: true}, "the events and policies"},
		{Measured{Markers: []Marker{{Label: "a"}, {Label: "b"}}}, "a and b"},
		{Measured{Markers: []Marker{{Label: "a"}}, Whole: true}, "a"},
		{Measured{Markers: []Marker{{Label: "a"}}, Changed: true}, "a as changed here"},
	} {
		if got := en.What(c.m); got != c.want {
			t.Errorf("%+v is %q, not %q", c.m, got, c.want)
		}
	}
	sum := &Summary{Effects: []Effect{{Metric: "hhi_sales", When: "end", Date: "2034-12-31", N: 20, Change: 57, Low: 40,
		High: 74, LowSpread: 2, HighSpread: 99, Clear: true}}}
	if got := en.Against(sum, "baseline"); !strings.HasPrefix(got, "Against the scenario baseline, the HHI of sales is "+
		"57 "+
		"higher in December 2034 (95 %") {
		t.Error(got)
	}
}

// A language file replaces texts of the program's languages or makes one of its own; of what a
// scenario has it names title, events, policies and sliders.
func TestReadTexts(t *testing.T) {
	sc, err := scenario.Load("deepseek-shock", scenario.Options{})
	if err != nil {
		t.Fatal(err)
	}
	keys := TextKeys(sc)
	for _, c := range []struct{ code, file, key, want string }{
		{"en", `{"question": "Who wins?"}`, "question", "Who wins?"},
		{"en", `{"question": "Who wins?"}`, "language", "English"},
		{"fr", `{"question": "Qui gagne ?"}`, "effect", Languages()["fr"]["effect"]},
		{"fr", `{"scenario.baseline": "Le monde"}`, "scenario.baseline", "Le monde"},
		{"de", `{"language": "Deutsch", "question": "Wer gewinnt?"}`, "lead", Languages()["en"]["lead"]},
		{"de", `{"language": "Deutsch", "label.DeepSeek R1": "R1"}`, "label.DeepSeek R1", "R1"},
		{"de", `{"language": "Deutsch", "meaning.market.rho": "Sinn"}`, "meaning.market.rho", "Sinn"},
		{"en", `{"description.deepseek-shock": "Mine"}`, "description.deepseek-shock", "Mine"},
	} {
		got, err := ReadTexts([]byte(c.file), c.code, append(keys, "meaning.market.rho"))
		if err != nil || got[c.key] != c.want {
			t.Errorf("%s %s: %s is %q, %v", c.code, c.file, c.key, got[c.key], err)
		}
	}
	for _, c := range []struct{ code, file, want string }{
		{"en", `{"questoin": "x"}`, `"question"`},
		{"en", `[1]`, "JSON object"},
		{"de", `{"question": "x"}`, "what it calls itself"},
		{"en", `{"sentence.lower": "It falls"}`,
			"needs {date} {high_spread} {high} {low_spread} {low} {metric} {n} {value} {what}"},
		{"en", `{"effect": "What {this} changes"}`, "has the places {this} and needs none"},
		{"en", `{"effect": ""}`, "is empty"},
		{"en", `{"months": "Jan Feb"}`, "has 2 words and needs twelve"},
		{"en", `{"scenario.my-own": "x"}`, "there is no text"},
		{"en", `{"effect": "\u001b[1m"}`, "control character"},
	} {
		if _, err := ReadTexts([]byte(c.file), c.code, keys); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, not %q", c.file, err, c.want)
		}
	}
	for code, want := range map[string]bool{"de": true, "pt-BR": true, "sr-Latn-RS": true, "deutsch": false, "": false,
		"DE": false, "../x": false} {
		if IsLanguage(code) != want {
			t.Errorf("%q is taken for a language: %v", code, !want)
		}
	}
}

// The server answers what it is asked, and says in words what is wrong.
func TestServer(t *testing.T) {
	s := short(t, "deepseek-shock")
	var server Server
	if got := string(server.Answer([]byte(`{"do":"path"}`))); !strings.Contains(got, "no scenario is open") {
		t.Error(got)
	}
	server = Server{session: s, texts: Languages()}
	for message, want := range map[string]string{
		`{"do":"path","state":{"v":1}}`:                                     `"hhi_sales":[`,
		`{"do":"path","base":true,"state":{"v":1}}`:                         `"base":true`,
		`{"do":"slide","state":{"v":1},"path":"research.gamma","at":0.5}`:   `research.gamma=2.63x/yr`,
		`{"do":"gather","state":{"v":1},"lang":"fr","blocks":[]}`:           `"n":0`,
		`{"do":"yaml","state":{"v":1,"set":["market.eta=1.3"],"runs":3}}`:   `replications: 3`,
		`{"do":"search","state":{"v":1},"query":"depreciation"}`:            `chips.depreciation`,
		`{"do":"path","state":{"v":1,"set":["labs.deepseek.budget=many"]}}`: `"error":"labs.deepseek.budget`,
		`{"do":"nothing","state":{"v":1}}`:                                  `there is no answer to \"nothing\"`,
		`{"do":"controls","state":{"v":1,"set":["events=null"]}}`:           `"events":[]`,
		`{"do":"path","state":{"v":1,"set":["events.0.shock.lab=nobody"]}}`: `nobody`,
		`{"do":"block","state":{"v":1},"from":1,"n":1}`:                     `"base":[`,
		`{"do":"csv","state":{"v":1,"runs":1},"n":1}`:                       `deepseek-shock,1,`,
		`{`: `"error":`,
	} {
		if got := string(server.Answer([]byte(message))); !strings.Contains(got, want) {
			t.Errorf("%s: %.300s lacks %s", message, got, want)
		}
	}
}
