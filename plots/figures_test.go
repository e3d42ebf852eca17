package plots

import (
	"bytes"
	"errors"
	"flag"
	"image"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"simulate/internal/quantity"
	"simulate/plots/chart"
	"simulate/sim/table"
)

var update = flag.Bool("update", false, "rewrite the golden pictures")

// charts opens the world's results and draws one figure, or all that have inputs.
func charts(t *testing.T, dir string, only ...string) map[string]*chart.Chart {
	t.Helper()
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	r.names = func(id string) string { return map[string]string{"market.eta": "Outer elasticity η"}[id] }
	all := map[string]*chart.Chart{}
	for _, f := range Figures {
		if len(only) > 0 && !slices.Contains(only, f.Name) {
			continue
		}
		drawn, err := f.Draw(r)
		var reason Absent
		if err != nil && !errors.As(err, &reason) {
			t.Fatalf("%s: %v", f.Name, err)
		}
		for _, ch := range drawn {
			ch.Source = r.Manifest.source(r.Manifest.Cases...)
			all[f.Name+ch.Suffix] = ch
		}
	}
	return all
}

// TestGolden compares small pictures, with a tolerance for other processors' rounding.
func TestGolden(t *testing.T) {
	dir := usualWorld().write(t)
	for name, ch := range charts(t, dir) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden(t, name, ch)
		})
	}
}

func golden(t *testing.T, name string, ch *chart.Chart) {
	t.Helper()
	got, err := ch.PNG(50)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("testdata", name+".png")
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if differ := differing(t, got, want); differ > .002 {
		t.Errorf("%.1f %% of the pixels differ from %s; look at the figure, then run go test ./plots -run Golden -update",
			100*differ, file)
	}
}

// differing is the share of pixels of which a colour differs by more than a tenth of its range.
func differing(t *testing.T, a, b []byte) float64 {
	t.Helper()
	first, err := png.Decode(bytes.NewReader(a))
	if err != nil {
		t.Fatal(err)
	}
	second, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if first.Bounds() != second.Bounds() {
		return 1
	}
	n, box := 0, first.Bounds()
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			r, g, b, _ := first.At(x, y).RGBA()
			r2, g2, b2, _ := second.At(x, y).RGBA()
			if far(r, r2) || far(g, g2) || far(b, b2) {
				n++
			}
		}
	}
	return float64(n) / float64(box.Dx()*box.Dy())
}

func far(a, b uint32) bool { return max(a, b)-min(a, b) > 0xffff/10 }

func TestDrawWritesFilesAndSkips(t *testing.T) {
	w := usualWorld()
	dir, out := w.write(t), filepath.Join(t.TempDir(), "figures")
	if err := os.Remove(filepath.Join(dir, "segment_summary.csv")); err != nil {
		t.Fatal(err)
	}
	skipped := map[string]string{}
	files, err := Draw(dir, out, Options{Format: "svg", Skipped: func(f, reason string) { skipped[f] = reason }})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != usualFigures(t)-1+1 || files[0] != filepath.Join(out, "hhi_sales.svg") {
		t.Errorf("files %v", files)
	}
	if len(skipped) != 1 || !strings.Contains(skipped["segments"], "segment_summary") {
		t.Errorf("skipped %v", skipped)
	}
	for _, f := range files {
		if _, err := os.Stat(f); err != nil {
			t.Error(err)
		}
	}
	var reason Absent
	if _, err := Draw(dir, out, Options{Figures: []string{"segments"}}); !errors.As(err, &reason) {
		t.Errorf("a figure asked for by name without inputs gave %v", err)
	}
	if _, err := Draw(dir, out, Options{Figures: []string{"segment"}}); err == nil || !strings.Contains(err.Error(),
		"hhi_sales") {
		t.Errorf("an unknown figure gave %v", err)
	}
	if _, err := Draw(dir, out, Options{Format: "gif"}); err == nil {
		t.Error("a format nobody draws was taken")
	}
}

// usualFigures is the number of figures that every results folder has; industry, of stochastic
// scenarios, comes on top.
func usualFigures(t *testing.T) int {
	n := 0
	empty, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range Figures {
		var reason Absent
		if _, err := f.Draw(empty); !errors.As(err, &reason) || !reason.Elsewhere {
			n++
		}
	}
	return n
}

func TestEmptyFolderSkipsAll(t *testing.T) {
	n := 0
	out := filepath.Join(t.TempDir(), "figures")
	files, err := Draw(t.TempDir(), out, Options{Skipped: func(_, _ string) { n++ }})
	if err != nil || len(files) != 0 || n != usualFigures(t) {
		t.Errorf("%d files, %d skipped, %v", len(files), n, err)
	}
	if _, err := os.Stat(out); !os.IsNotExist(err) {
		t.Errorf("a folder for no figure: %v", err)
	}
}

func TestPNGTellsResolutionAndSource(t *testing.T) {
	ch := charts(t, usualWorld().write(t), "hhi_sales")["hhi_sales"]
	b, err := ch.PNG(300)
	if err != nil {
		t.Fatal(err)
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if config.Width != 1890 || config.Height != 1181 {
		t.Errorf("%d × %d pixels, want 16 × 10 cm at 300 dpi", config.Width, config.Height)
	}
	// 300 dots an inch are 11,811 a metre, 0x2E23, in both directions; the unit 1 is the metre.
	if !bytes.Contains(b, []byte("pHYs\x00\x00\x2e\x23\x00\x00\x2e\x23\x01")) {
		t.Error("the resolution is missing")
	}
	if !bytes.Contains(b, []byte("Source: simulate 0.1.0 · scenario deepseek-shock · seed 20250120 · 200 replications")) {
		t.Error("the source is missing")
	}
	again, err := ch.PNG(300)
	if err != nil || !bytes.Equal(b, again) {
		t.Error("the same chart gave other bytes")
	}
}

// TestDataIsExact follows numbers from the table to the layers.
func TestDataIsExact(t *testing.T) {
	dir := usualWorld().write(t)
	ch := charts(t, dir)
	summary, err := table.Read(filepath.Join(dir, "summary.csv"))
	if err != nil {
		t.Fatal(err)
	}
	hhi := summary.Where("metric", "hhi_sales")
	var mean chart.Line
	for _, l := range ch["hhi_sales"].Panels[0].Layers {
		if l, ok := l.(chart.Line); ok {
			mean = l
		}
	}
	if !slices.Equal(mean.Y, hhi.Number("mean")) {
		t.Error("the line of means is not the table's column")
	}
	if mean.X[0] != 2024 || mean.X[4] != 2025 || math.Abs(mean.X[1]-2024.25) > 1e-9 {
		t.Errorf("dates begin with %v", mean.X[:5])
	}
	for k, p := range ch["shares"].Panels {
		top := p.Layers[0].(chart.Band)
		for _, l := range p.Layers {
			if b, ok := l.(chart.Band); ok {
				top = b
			}
		}
		for i, v := range top.Hi {
			if math.Abs(v-1) > 1e-9 {
				t.Errorf("panel %d: shares add to %g at %g", k, v, top.X[i])
			}
		}
	}
}

// TestRareLabsCountAsZero checks that means over the replications in which a lab exists become
// means over all.
func TestRareLabsCountAsZero(t *testing.T) {
	rare := &class{runs: 200, labs: []*lab{
		{variable: map[string]*path{"sales_share": {date: []float64{2030}, n: []float64{50}, mean: []float64{.02},
			q50: []float64{.03}}}},
		{variable: map[string]*path{"sales_share": {date: []float64{2030}, n: []float64{200}, mean: []float64{.01},
			q50: []float64{.03}}}},
	}}
	if got := rare.sum("sales_share", 2030); math.Abs(got-.015) > 1e-12 {
		t.Errorf("the class sells %g, want .02 in a quarter of the replications and .01 in all", got)
	}
	if got := rare.mean("sales_share", 2030); got != .01 {
		t.Errorf("the mean is %g, want that of the lab which exists in at least half the replications", got)
	}
}

// Every figure of a run draws means, the statistic of the sentences, and says so; none draws or
// names a median.
func TestFiguresDrawMeans(t *testing.T) {
	skewed := &path{date: []float64{2025, 2030}, n: []float64{9, 9}, mean: []float64{20, 40}, q05: []float64{1, 2},
		q25: []float64{2, 3}, q50: []float64{4, 8}, q75: []float64{9, 12}, q95: []float64{60, 90}}
	p := fan{format: quantity.Plain, ticks: 5}.panel([]series{{name: "one", path: skewed}})
	if len(p.Ends) != 1 || p.Ends[0].At != 40 {
		t.Errorf("a line ends at %+v, not at the mean", p.Ends)
	}
	drawn := false
	for _, l := range p.Layers {
		if line, is := l.(chart.Line); is {
			drawn = drawn || slices.Equal(line.Y, skewed.mean)
			if slices.Equal(line.Y, skewed.q50) {
				t.Error("a median is drawn")
			}
		}
	}
	if !drawn {
		t.Error("no mean is drawn")
	}
	for name, ch := range charts(t, usualWorld().write(t)) {
		title, subtitle, notes, line := ch.Words()
		words := strings.ToLower(strings.Join([]string{title, subtitle, notes, line}, " "))
		if strings.Contains(words, "median") {
			t.Errorf("%s speaks of a median: %s", name, words)
		}
		if !strings.Contains(words, "mean") && !strings.Contains(words, "share") {
			t.Errorf("%s does not name its statistic: %s", name, words)
		}
	}
}

func TestParquetGivesTheSamePicture(t *testing.T) {
	dir := usualWorld().write(t)
	before, err := charts(t, dir, "hhi_sales")["hhi_sales"].PNG(50)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "summary.csv")
	tb, err := table.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := tb.Save(filepath.Join(dir, "summary.parquet")); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	after, err := charts(t, dir, "hhi_sales")["hhi_sales"].PNG(50)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before, after) {
		t.Error("the figure from Parquet differs from that from CSV")
	}
}
