package explore

import (
	"testing"

	"simulate/internal/visible"
)

// FuzzTexts: no language file panics; one that is read has a text for every key of the English one
// and no others, without control characters.
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
	f.Fuzz(func(t *testing.T, data []byte) {
		texts, err := ReadTexts(data)
		if err != nil {
			if err.Error() == "" {
				t.Error("refused without a word")
			}
			return
		}
		if len(texts) != len(english) {
			t.Errorf("%d texts of %d", len(texts), len(english))
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
