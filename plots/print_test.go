package plots

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"

	"simulate/plots/chart"
)

// svgText lists the lines of text of a picture, and counts its elements.
func svgText(t *testing.T, b []byte) (lines []string, elements map[string]int) {
	t.Helper()
	elements = map[string]int{}
	inside := false
	for d := xml.NewDecoder(bytes.NewReader(b)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return lines, elements
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			elements[token.Name.Local]++
			inside = token.Name.Local == "text"
		case xml.CharData:
			if inside {
				lines = append(lines, string(token))
			}
			inside = false
		}
	}
}

// Text of an SVG file can be searched and edited, and nothing outside the file is asked for.
func TestSVGKeepsTextAndIsSelfContained(t *testing.T) {
	ch := charts(t, usualWorld().write(t), "budget_capability")["budget_capability"]
	b, err := ch.SVG()
	if err != nil {
		t.Fatal(err)
	}
	lines, elements := svgText(t, b)
	if elements["image"] != 0 || elements["title"] != 1 || elements["path"] < 60 || bytes.Contains(b, []byte("href")) {
		t.Errorf("elements %v", elements)
	}
	all := strings.Join(lines, "\n")
	for _, want := range []string{"Budget, US dollars a year (log scale)", "OpenAI", "$10B", "Source: simulate 0.1.0"} {
		if !strings.Contains(all, want) {
			t.Errorf("no line of text has %q", want)
		}
	}
}

// pdfText is what pdftotext gives back of a file; the test is skipped where it is not installed.
func pdfText(t *testing.T, b []byte) string {
	t.Helper()
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed")
	}
	file := filepath.Join(t.TempDir(), "figure.pdf")
	if err := os.WriteFile(file, b, 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(program, "-layout", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// Every line of a page comes back from its PDF, in regular and bold type, Greek, raised figures and
// minus signs included; and the same chart has the same bytes.
func TestPDFKeepsText(t *testing.T) {
	ch := charts(t, usualWorld().write(t), "prices")["prices"]
	ch.Title, ch.Panels[0].XUnit = "Łódź: η̂, η and σ_R rise by −3×10⁻⁶", "Outer elasticity η"
	b, err := ch.PDF()
	if err != nil {
		t.Fatal(err)
	}
	again, err := ch.PDF()
	if err != nil || !bytes.Equal(b, again) {
		t.Errorf("the same chart gave other bytes, %v", err)
	}
	if fonts := bytes.Count(b, []byte("/FontFile2 ")); fonts != 2 {
		t.Errorf("%d fonts are embedded, want regular and bold", fonts)
	}
	if len(b) > 80_000 {
		t.Errorf("%d bytes: whole fonts are embedded", len(b))
	}
	text := strings.Join(strings.Fields(pdfText(t, b)), " ")
	for _, want := range []string{"η and σ_R rise by −3×10⁻⁶", "Łódź", "Outer elasticity η",
		"Fixed capability", "Source: simulate 0.1.0 · " +
			"scenario deepseek-shock"} {
		if !strings.Contains(text, want) {
			t.Errorf("the text of the page lacks %q:\n%s", want, text)
		}
	}
}

// A figure has the width and height that are asked for, in every format.
func TestFiguresHaveTheStatedSize(t *testing.T) {
	ch := charts(t, usualWorld().write(t), "hhi_sales")["hhi_sales"]
	ch.Size = chart.Size{Width: 85 * vg.Millimeter, Height: 75 * vg.Millimeter}
	b, err := ch.PNG(300)
	if err != nil {
		t.Fatal(err)
	}
	config, err := png.DecodeConfig(bytes.NewReader(b))
	if err != nil || config.Width != 1004 || config.Height != 886 {
		t.Errorf("%d × %d dots, want 85 × 75 mm at 300 an inch; %v", config.Width, config.Height, err)
	}
	if b, err = ch.SVG(); err != nil || !bytes.Contains(b, []byte(`<svg width="85mm" height="75mm"`)) {
		t.Errorf("SVG: %v\n%.300s", err, b)
	}
	if b, err = ch.PDF(); err != nil || !bytes.Contains(b, []byte("/MediaBox [0 0 240.94 212.60]")) {
		t.Errorf("PDF: %v", err)
	}
	ch.Size.Height = 20 * vg.Millimeter
	var low chart.TooLow
	if _, err := ch.PNG(50); !errors.As(err, &low) || low.Least < 40*vg.Millimeter {
		t.Errorf("a height of 20 mm: %v", err)
	}
}

// Whatever the width, text finds room; a bare figure has neither title nor source.
func TestTextFindsRoomAtAnyWidth(t *testing.T) {
	t.Parallel()
	dir := usualWorld().write(t)
	for _, width := range []vg.Length{60, 85, 250} {
		for figure, ch := range charts(t, dir) {
			ch.Size.Width = width * vg.Millimeter
			textFindsRoom(t, figure, ch)
			ch.Bare = true
			textFindsRoom(t, "bare "+figure, ch)
			if l := ch.LayOut(); l.Title != nil || l.Notes != nil {
				t.Errorf("%s is not bare", figure)
			}
		}
	}
}

// A caption says in text and in LaTeX what a bare figure leaves out.
func TestCaptionsStandBesideFigures(t *testing.T) {
	out := t.TempDir()
	files, err := Draw(usualWorld().write(t), out, Options{Figures: []string{"hhi_sales"}, Format: "pdf", Captions: true,
		Bare: true, Size: chart.Size{Width: 85 * vg.Millimeter}})
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	text, err := os.ReadFile(filepath.Join(out, "hhi_sales.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Sales concentration (HHI): ", "thresholds of the US merger guidelines.",
		"50% and 90% bands",
		"Source: simulate 0.1.0"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the caption lacks %q: %s", want, text)
		}
	}
	tex, err := os.ReadFile(filepath.Join(out, "hhi_sales.tex"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`\includegraphics[width=85mm]{hhi_sales}`, `50\% and 90\% bands`,
		`\label{fig:hhi_sales}`} {
		if !strings.Contains(string(tex), want) {
			t.Errorf("the LaTeX lacks %q: %s", want, tex)
		}
	}
}

// What a PNG file holds is the picture, dot by dot.
func TestPNGHoldsThePicture(t *testing.T) {
	ch := &chart.Chart{Title: "Aη", Panels: []*chart.Panel{{Unit: "x"}}, Columns: 1}
	b, err := ch.PNG(72)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	box := img.Bounds()
	for y := range box.Dy() {
		for x := range box.Dx() {
			r, g, b, a := img.At(x, y).RGBA()
			count[fmt.Sprintf("%02x%02x%02x%02x", r>>8, g>>8, b>>8, a>>8)]++
		}
	}
	if count["ffffffff"] < box.Dx()*box.Dy()*8/10 || count["d55e00ff"] < 20 || count["20242bff"] == 0 {
		t.Errorf("paper %d, accent %d, ink %d of %d dots", count["ffffffff"], count["d55e00ff"], count["20242bff"],
			box.Dx()*box.Dy())
	}
}

// The figure of prices says that values stand at the right where they do, which is where one case
// is drawn.
func TestPricesSayOnlyWhatTheyShow(t *testing.T) {
	for cases, w := range map[int]world{1: usualWorld(), 4: manyCases()} {
		ch := charts(t, w.write(t), "prices")["prices"]
		labels := 0
		for _, p := range ch.Panels {
			labels += len(p.Ends)
		}
		if said := strings.Contains(ch.Subtitle, "at the right"); said != (labels > 0) {
			t.Errorf("%d cases or more: %d values at the right, and the subtitle is %q", cases, labels, ch.Subtitle)
		}
	}
}
