package explore

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/internal/visible"
	"simulate/sim/scenario"
)

// tag is the code of a language as pages take it: de, pt-BR, zh-Hant, sr-Latn-RS.
var tag = regexp.MustCompile(`^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$`)

// IsLanguage tells whether a word is the code of a language.
func IsLanguage(code string) bool { return tag.MatchString(code) }

// TextKeys are the keys under which the page of a scenario looks for a text: those of the program's
// own languages, and the names of what the scenario itself has.
func TextKeys(sc *scenario.Scenario) []string {
	keys := map[string]bool{"scenario." + sc.Name: true, "description." + sc.Name: true}
	for _, t := range Languages() {
		for key := range t {
			keys[key] = true
		}
	}
	for _, m := range markers(sc.Config()) {
		keys["label."+m.Label] = true
	}
	for _, p := range sc.Config().Policies {
		keys["policy."+p.ID] = true
	}
	for i := range sc.Config().Labs {
		keys["lab."+classOf(sc.Config().Labs[i].ID)] = true
	}
	for _, k := range sc.Knobs() {
		keys["slider."+k.Path], keys["meaning."+k.Path] = true, true
	}
	return slices.Sorted(maps.Keys(keys))
}

// places are where values go in a text: {value}, {date}.
var places = regexp.MustCompile(`\{\w+\}`)

func placesIn(text string) []string {
	out := places.FindAllString(text, -1)
	slices.Sort(out)
	return out
}

// ReadTexts reads a language file: a JSON object of texts by key, in the place of those of a
// language. Each key must be known and each text have the places of the one that it replaces. name
// is the code of the language; a new one begins with the English texts and gives its own name as
// "language".
func ReadTexts(data []byte, name string, keys []string) (Texts, error) {
	var own Texts
	if err := json.Unmarshal(data, &own); err != nil {
		return nil, fmt.Errorf("a language file is a JSON object such as {\"question\": \"…\"}: %w", err)
	}
	english := Languages()["en"]
	out := Languages()[name]
	if out == nil {
		if own["language"] == "" {
			return nil, fmt.Errorf("%s is a language of your own, and the file does not say what it calls itself; add "+
				"\"language\": \"…\"", name)
		}
		out = maps.Clone(english)
	}
	for _, key := range slices.Sorted(maps.Keys(own)) {
		text := own[key]
		if !slices.Contains(keys, key) {
			return nil, fmt.Errorf("there is no text %q; %s", key, quantity.DidYouMean(key, keys))
		}
		if r, found := visible.Hidden(text); found {
			return nil, fmt.Errorf("the text %q holds the control character %U; leave it out", key, r)
		}
		if text == "" && english[key] != "" {
			return nil, fmt.Errorf("the text %q is empty; leave the key out to keep the text of the program", key)
		}
		if want := placesIn(english[key]); !slices.Equal(slices.Compact(want), slices.Compact(placesIn(text))) {
			return nil, fmt.Errorf("the text %q has the places %s and needs %s, for values", key, listed(placesIn(text)),
				listed(want))
		}
		if key == "months" && len(strings.Fields(text)) != 12 {
			return nil, fmt.Errorf("the text %q has %s and needs twelve, from January on", key,
				quantity.Plural(len(strings.Fields(text)), "word"))
		}
		out[key] = text
	}
	return out, nil
}

func listed(words []string) string {
	if len(words) == 0 {
		return "none"
	}
	return strings.Join(words, " ")
}
