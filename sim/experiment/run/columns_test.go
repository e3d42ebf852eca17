package run

import (
	"math"
	"os"
	"slices"
	"testing"
)

// Columns are the same whether rows stay in memory or lie in a file, and rows may differ in length.
func TestColumnsSpill(t *testing.T) {
	dir := t.TempDir()
	var rows [][]float64
	for r := range 57 {
		row := make([]float64, r*7%11)
		for i := range row {
			row[i] = float64(100*r + i)
		}
		rows = append(rows, row)
	}
	for _, most := range []int{1, 40, 1000} {
		c := newColumns(dir, most)
		for range 2 { // a second case in the same space
			c.reset()
			for _, row := range rows {
				if err := c.add(row); err != nil {
					t.Fatal(err)
				}
			}
			for i := range 12 {
				got, err := c.column(i, nil)
				if err != nil {
					t.Fatal(err)
				}
				var want []float64
				for _, row := range rows {
					v := math.NaN()
					if i < len(row) {
						v = row[i]
					}
					want = append(want, v)
				}
				if !slices.EqualFunc(got, want, func(a, b float64) bool { return a == b || a != a && b != b }) {
					t.Fatalf("bound %d, column %d: %v, want %v", most, i, got, want)
				}
			}
		}
		if spilled := c.file != nil; spilled == (most == 1000) {
			t.Errorf("with a bound of %d values there is a file: %v", most, spilled)
		}
		c.close()
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("%s is left behind", left[0].Name())
	}
}
