package study

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"simulate/sim/design/stream"
)

// Rows of equal inputs are no points of their own, however many there are of each and whichever are
// missing: of y = 3a + luck on tables of 100 combinations, intervals hold the shares of a and b.
func TestRowsOfEqualInputsCover(t *testing.T) {
	const sets = 100
	variance := 9./12 + 1
	for _, c := range []struct {
		name    string
		rows    func(k int) int // of combination k
		missing int             // every so many outcomes; 0 for none
		says    string
	}{
		{"three each", func(int) int { return 3 }, 0, "Rows with equal inputs are taken for replications: 3 of 100 points."},
		{"one to five", func(k int) int { return 1 + k%5 }, 0, "have the inputs of another row"},
		{"three each, some missing", func(int) int { return 3 }, 11, "27 rows of 300 left out, for y is missing there"},
	} {
		held := [2]int{}
		for set := range sets {
			draws := stream.New(stream.Key(uint64(set), "test/repeated"))
			normal := func() float64 {
				return math.Sqrt(-2*math.Log(stream.Open(draws.Uint64()))) * math.Cos(2*math.Pi*stream.Open(draws.Uint64()))
			}
			text := strings.Builder{}
			text.WriteString("a,b,y\n")
			n := 0
			for k := range 100 {
				a, b := stream.Open(draws.Uint64()), stream.Open(draws.Uint64())
				for range c.rows(k) {
					y := fmt.Sprint(3*a + normal())
					if n++; c.missing > 0 && n%c.missing == 0 {
						y = ""
					}
					fmt.Fprintf(&text, "%v,%v,%s\n", a, b, y)
				}
			}
			file := filepath.Join(t.TempDir(), "own.csv")
			if err := os.WriteFile(file, []byte(text.String()), 0o644); err != nil {
				t.Fatal(err)
			}
			s, err := OpenStudy(file, StudyOptions{Inputs: []string{"a", "b"},
				SkipMissing: c.missing > 0})
			if err != nil {
				t.Fatal(err)
			}
			v, err := s.Sensitivity("y", "", "first")
			if err != nil {
				t.Fatal(err)
			}
			for j, want := range []float64{9. / 12 / variance, 0} {
				if e := v.Sobol.Inputs[j].First; e.Low <= want && want <= e.High {
					held[j]++
				}
			}
			if says := strings.Join(append(s.Notes, v.Notes...), " "); !strings.Contains(says, c.says) {
				t.Fatalf("%s: %q does not say %q", c.name, says, c.says)
			}
		}
		if min(held[0], held[1]) < sets*88/100 {
			t.Errorf("%s: %v of %d intervals hold the shares", c.name, held, sets)
		}
	}
}
