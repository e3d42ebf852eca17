package compare

import (
	"testing"

	"simulate/sim/experiment/results"
)

// Sentences call a lab as figures do: by the name of its file, else by its key in words.
func TestSentencesCallLabsByTheirNames(t *testing.T) {
	c := results.Case{LabNames: map[string]string{"amalia": "Institut für KI"}}
	for id, want := range map[string]string{"amalia": "Institut für KI", "amalia#2": "Institut für KI 2",
		"openai": "OpenAI", "university_lab": "university lab"} {
		if got := labName(c, id); got != want {
			t.Errorf("%s is called %q, want %q", id, got, want)
		}
	}
}
