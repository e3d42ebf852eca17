package design

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

func must(t *testing.T, name string, s Spec) *Points {
	t.Helper()
	d, err := LookUp(name)
	if err != nil {
		t.Fatal(err)
	}
	p, err := d.Make(s)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return p
}

func spearman(rows [][]float64, a, b int) float64 {
	rank := func(j int) []float64 {
		order, r := make([]int, len(rows)), make([]float64, len(rows))
		for i, row := range rows {
			r[i] = row[j]
		}
		floats.Argsort(r, order)
		for k, i := range order {
			r[i] = float64(k)
		}
		return r
	}
	return stat.Correlation(rank(a), rank(b), nil)
}

// Every design: the same points from the same spec, row by row as all at once, inside the open
// cube, other points from another seed where it is random, and a refusal of no inputs.
func TestEveryDesign(t *testing.T) {
	for _, d := range Designs {
		s := Spec{Dimensions: 3, Samples: 16, Seed: 1}
		switch d.Name {
		case "grid":
			s.Levels = []int{2, 3, 4}
		case "list":
			s.Levels = []int{5, 5, 5}
		}
		p := must(t, d.Name, s)
		all := p.All()
		for i, row := range all {
			if got := must(t, d.Name, s).Row(i, nil); !reflect.DeepEqual(got, row) {
				t.Errorf("%s: row %d is %v alone and %v among all", d.Name, i, got, row)
			}
			for _, u := range row {
				if !(u > 0 && u < 1) {
					t.Errorf("%s: row %d has coordinate %g outside (0, 1)", d.Name, i, u)
				}
			}
		}
		s.Seed = 2
		if other := must(t, d.Name, s).All(); reflect.DeepEqual(other, all) == (d.From == Sampled) {
			t.Errorf("%s: sampled is %v, but another seed gives the same points: %v", d.Name, d.From == Sampled,
				d.From != Sampled)
		}
		if (d.From == Sampled) != (d.Samples > 0) || d.Fills && d.Order != AnyOrder {
			t.Errorf("%s: %d samples, fills %v, order %v", d.Name, d.Samples, d.Fills, d.Order)
		}
		s.Dimensions = 0
		if _, err := d.Make(s); err == nil {
			t.Errorf("%s: took a design without inputs", d.Name)
		}
		s.Dimensions, s.Correlations = 3, []Correlation{{0, 1, 0.5}}
		if _, err := d.Make(s); (err == nil) != d.Fills {
			t.Errorf("%s: Fills is %v, but imposing a correlation gave %v", d.Name, d.Fills, err)
		}
	}
}

func TestGridListAndOneAtATime(t *testing.T) {
	got := must(t, "grid", Spec{Dimensions: 2, Levels: []int{2, 3}}).All()
	want := [][]float64{{0.25, 1. / 6}, {0.25, 0.5}, {0.25, 5. / 6}, {0.75, 1. / 6}, {0.75, 0.5}, {0.75, 5. / 6}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("grid %v, want %v", got, want)
	}
	// Value ⌊uL⌋ of L is exact for any number of values.
	for n := 1; n < 300; n++ {
		for i, row := range must(t, "list", Spec{Dimensions: 1, Levels: []int{n}}).All() {
			if int(row[0]*float64(n)) != i {
				t.Fatalf("row %d of a list of %d picks value %d", i, n, int(row[0]*float64(n)))
			}
		}
	}
	got = must(t, "oat", Spec{Dimensions: 2, Low: []float64{0, 0.1}}).All()
	want = [][]float64{{0.5, 0.5}, {0, 0.5}, {0.95, 0.5}, {0.5, 0.1}, {0.5, 0.95}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("one at a time %v, want %v", got, want)
	}
}

func TestLatinHypercube(t *testing.T) {
	const n = 500
	s := Spec{Dimensions: 3, Samples: n, Seed: 7}
	rows := must(t, "lhs", s).All()
	for j := range 3 {
		seen := make([]bool, n)
		for _, r := range rows {
			k := int(r[j] * n)
			if seen[k] {
				t.Fatalf("input %d has two points in slice %d", j, k)
			}
			seen[k] = true
		}
	}
	s.Dimensions = 4
	for i, r := range must(t, "lhs", s).All() {
		if !reflect.DeepEqual(r[:3], rows[i]) {
			t.Fatal("an input more moved the columns of the others")
		}
	}
}

func TestRankCorrelations(t *testing.T) {
	wanted := []Correlation{{0, 1, 0.7}, {2, 1, -0.4}}
	for _, name := range []string{"lhs", "sobol"} {
		rows := must(t, name, Spec{Dimensions: 3, Samples: 1024, Seed: 3, Correlations: wanted}).All()
		for _, c := range append(wanted, Correlation{0, 2, 0}) {
			if got := spearman(rows, c.A, c.B); math.Abs(got-c.Rank) > 0.02 {
				t.Errorf("%s: rank correlation of %d and %d is %.3f, want %.2f", name, c.A, c.B, got, c.Rank)
			}
		}
		for j := range 3 { // margins stay uniform
			counts := make([]int, 16)
			for _, r := range rows {
				counts[int(r[j]*16)]++
			}
			for k, c := range counts {
				if c < 58 || c > 70 || name == "lhs" && c != 64 {
					t.Errorf("%s: slice %d of input %d holds %d of 1024 points, want 64", name, k, j, c)
				}
			}
		}
	}
}

func TestMorrisTrajectories(t *testing.T) {
	const d, r = 5, 40
	for _, p := range []int{4, 6} {
		rows := must(t, "morris", Spec{Dimensions: d, Samples: r, Seed: 9, Levels: []int{p}}).All()
		if len(rows) != r*(d+1) {
			t.Fatalf("%d rows, want %d", len(rows), r*(d+1))
		}
		ups, first := 0, map[int]int{}
		for k := range r {
			moved := map[int]bool{}
			for i := k * (d + 1); i < k*(d+1)+d; i++ {
				for j := range d {
					if step := rows[i+1][j] - rows[i][j]; step != 0 {
						if math.Abs(math.Abs(step)-0.5) > 1e-15 || moved[j] {
							t.Fatalf("row %d moves input %d by %g", i+1, j, step)
						}
						if len(moved) == 0 {
							first[j]++
						}
						moved[j] = true
						if step > 0 {
							ups++
						}
					}
				}
				if len(moved) != i-k*(d+1)+1 {
					t.Fatalf("row %d does not move exactly one input", i+1)
				}
			}
		}
		if ups < 70 || ups > 130 {
			t.Errorf("%d of %d steps go up", ups, r*d)
		}
		if len(first) != d {
			t.Errorf("trajectories begin with inputs %v only", first)
		}
	}
}

func TestSaltelliLayout(t *testing.T) {
	const d = 3
	for _, second := range []bool{false, true} {
		s := Spec{Dimensions: d, Samples: 8, Seed: 5, SecondOrder: second}
		rows := must(t, "saltelli", s).All()
		base := must(t, "sobol", Spec{Dimensions: 2 * d, Samples: 8, Seed: 5}).All()
		block := len(rows) / 8
		for k := range 8 {
			a, b := base[k][:d], base[k][d:]
			want := [][]float64{a}
			for j := range d {
				x := slices.Clone(a)
				x[j] = b[j]
				want = append(want, x)
			}
			if second {
				for j := range d {
					x := slices.Clone(b)
					x[j] = a[j]
					want = append(want, x)
				}
			}
			want = append(want, b)
			if got := rows[k*block : (k+1)*block]; !reflect.DeepEqual(got, want) {
				t.Fatalf("block %d is %v, want %v", k, got, want)
			}
		}
	}
}

func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		design string
		spec   Spec
		says   string
	}{
		{"sobol", Spec{Dimensions: 2, Samples: 1000}, "512 or 1,024"},
		{"sobol", Spec{Dimensions: 257, Samples: 2}, "256"},
		{"saltelli", Spec{Dimensions: 129, Samples: 2}, "258 dimensions"},
		{"sobol", Spec{Dimensions: 2, Samples: 4, Unscrambled: true, Correlations: []Correlation{{0, 1, 0.5}}}, "scrambled"},
		{"lhs", Spec{Dimensions: 2, Samples: 0}, "at least 1"},
		{"lhs", Spec{Dimensions: 3, Samples: 99, Correlations: []Correlation{{0, 1, 0.9}, {1, 2, 0.9}, {0, 2, -0.9}}},
			"contradict"},
		{"lhs", Spec{Dimensions: 2, Samples: 2, Correlations: []Correlation{{0, 1, 0.9}}}, "too few"},
		{"lhs", Spec{Dimensions: 2, Samples: 9, Correlations: []Correlation{{0, 2, 0.9}}}, "names input 3"},
		{"lhs", Spec{Dimensions: 2, Samples: 9, Correlations: []Correlation{{0, 1, 1}}}, "strictly between"},
		{"lhs", Spec{Dimensions: 2, Samples: 9, Correlations: []Correlation{{0, 1, 0.1}, {1, 0, 0.1}}}, "twice"},
		{"grid", Spec{Dimensions: 9, Levels: []int{99, 99, 99, 99, 99, 99, 99, 99, 99}}, "points, more than"},
		{"grid", Spec{Dimensions: 2, Levels: []int{3}}, "each of its 2 inputs"},
		{"list", Spec{Dimensions: 2, Levels: []int{3, 4}}, "equally long"},
		{"morris", Spec{Dimensions: 2, Samples: 3, Levels: []int{5}}, "even"},
		{"oat", Spec{Dimensions: 1, Low: []float64{0.6}}, "low ≤ base"},
	} {
		d, _ := LookUp(c.design)
		if _, err := d.Make(c.spec); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s %+v: error %v, want one that says %q", c.design, c.spec, err, c.says)
		}
	}
	if _, err := LookUp("sobl"); err == nil || !strings.Contains(err.Error(), `"sobol"`) {
		t.Errorf("misspelt design: %v", err)
	}
}
