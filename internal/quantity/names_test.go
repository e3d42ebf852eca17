package quantity_test

import (
	"testing"

	"simulate/internal/quantity"
)

func TestWords(t *testing.T) {
	for id, want := range map[string]string{"deepseek-shock": "DeepSeek shock", "university_lab": "University lab",
		"xai": "xAI", "us": "US", "": "",
		"public-compute-10b": "Public compute 10B", "compute-cap-1e25": "Compute cap 10²⁵", "deepseek-8x": "DeepSeek 8×",
		"r1-secret": "R1 secret", "lab_b": "Lab b", "x": "X"} {
		if got := quantity.Words(id); got != want {
			t.Errorf("%q is %q, want %q", id, got, want)
		}
	}
}

func TestNamesInTheMiddleOfASentence(t *testing.T) {
	for name, want := range map[string]string{"Public compute": "public compute", "DeepSeek shock": "DeepSeek shock",
		"HHI, sales": "HHI, sales", "Entry ticket": "entry ticket", "Lerner index": "Lerner index",
		"Übrige Labore": "übrige Labore", "": ""} {
		if got := quantity.Within(name); got != want {
			t.Errorf("%q becomes %q", name, got)
		}
	}
}
