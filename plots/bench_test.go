package plots

import "testing"

// BenchmarkFigures draws all figures of a folder of one case as files of 300 dots per inch.
func BenchmarkFigures(b *testing.B) {
	dir, out := usualWorld().write(b), b.TempDir()
	for b.Loop() {
		if _, err := Draw(dir, out, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
