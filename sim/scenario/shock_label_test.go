package scenario

import (
	"os"
	"path/filepath"
	"testing"
)

// A shock without a label is called by what it gains, and not by one number for several or for what
// is drawn.
func TestLabelsOfShocks(t *testing.T) {
	for shock, want := range map[string]string{
		"efficiency: 4x": "4× efficiency, DeepSeek",
		"training_efficiency: 4x, serving_efficiency: 1.5x": "4× training efficiency and 1.5× serving efficiency, " +
			"DeepSeek",
		"training_efficiency: 2x to 8x, serving_efficiency: 1.5x": "drawn training efficiency and 1.5× serving " +
			"efficiency, DeepSeek",
		"efficiency: 2x to 8x": "drawn efficiency, DeepSeek",
	} {
		file := filepath.Join(t.TempDir(), "my.yaml")
		text := "extends: baseline\nevents: [{at: 2025-03, shock: {lab: deepseek, " + shock + "}}]\n"
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		s, err := Load(file, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Config().Shocks[0].Label; got != want {
			t.Errorf("%s is %q, want %q", shock, got, want)
		}
	}
}
