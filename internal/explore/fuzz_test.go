package explore

import (
	"slices"
	"testing"

	"simulate/internal/visible"
	"simulate/sim/scenario"
)

// FuzzTexts: no language file panics; one that is read has a text for every key of the English one
// with its places, without control characters.
func FuzzTexts(f *testing.F) {
	for _, text := range []string{`{}`, `null`, `[]`, `{"question": "\u001b[1m"}`, `{"question": "x {value} {", "xx": 1}`,
		`{"number.group": "", "question": "\ud800"}`} {
		f.Add([]byte(text))
	}
	for _, name := range []string{"en", "fr"} {
		text, err := languageFiles.ReadFile("languages/" + name + ".json")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	english := Languages()["en"]
	sc, err := scenario.Load("baseline", scenario.Options{})
	if err != nil {
		f.Fatal(err)
	}
	keys := TextKeys(sc)
	f.Fuzz(func(t *testing.T, data []byte) {
		texts, err := ReadTexts(data, "en", keys)
		if err != nil {
			if err.Error() == "" {
				t.Error("refused without a word")
			}
			return
		}
		for key, text := range english {
			if !slices.Equal(slices.Compact(placesIn(text)), slices.Compact(placesIn(texts[key]))) {
				t.Errorf("%s is %q", key, texts[key])
			}
		}
		for key, text := range texts {
			if _, found := visible.Hidden(text); found {
				t.Errorf("%s: %q", key, text)
			}
			texts.fill(key, "value", "1", "name", "x")
			texts.plain(-12345.678, 2)
		}
	})
}
