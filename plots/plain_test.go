package plots

import (
	"bytes"
	"testing"

	"simulate/internal/visible"
	"simulate/plots/chart"
)

// TestOutsideTextIsOnlyShown: neither format of a figure holds control characters of a title.
func TestOutsideTextIsOnlyShown(t *testing.T) {
	ch := &chart.Chart{Title: "a\x1b]0;owned\aX", Subtitle: "\u202eb & <c>", Source: "d\x9be"}
	svg, err := ch.SVG()
	if err != nil {
		t.Fatal(err)
	}
	if r, found := visible.Hidden(string(svg)); found {
		t.Errorf("the SVG holds %U", r)
	}
	png, err := ch.PNG(30)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(png, []byte("\x1b]0;")) || !bytes.Contains(png, []byte("a\uFFFD]0;owned")) {
		t.Error("the PNG's title is not plain text")
	}
}
