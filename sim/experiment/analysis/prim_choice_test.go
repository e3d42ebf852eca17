package analysis

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"simulate/sim/design/stream"
)

// blurred draws runs of which 88 % are of interest where the first input is above a half and the
// second below 0.6, and 12 % elsewhere.
func blurred(n, inputs int, seed uint64) (Inputs, []bool) {
	draws := stream.New(stream.Key(seed, "test/blurred"))
	in := Inputs{}
	for j := range inputs {
		in.Names = append(in.Names, fmt.Sprint("x", j+1))
	}
	interest := make([]bool, n)
	for i := range n {
		row := make([]float64, inputs)
		for j := range row {
			row[j] = stream.Open(draws.Uint64())
		}
		chance := 0.12
		if row[0] > 0.5 && row[1] < 0.6 {
			chance = 0.88
		}
		in.Rows, interest[i] = append(in.Rows, row), stream.Open(draws.Uint64()) < chance
	}
	return in, interest
}

// The chosen box has the density that is asked for wherever a box of the trajectory has it, and
// says so where none does.
func TestDensityAskedForIsKept(t *testing.T) {
	for seed := range uint64(20) {
		in, interest := blurred(150, 5, seed)
		for _, want := range []float64{0.6, 0.7, 0.8, 0.85, 0.9, 1} {
			d, err := PRIM(in, interest, PRIMOptions{MinDensity: want})
			if err != nil {
				t.Fatal(err)
			}
			top := 0.0
			for _, b := range slices.Concat(d.Peeling, d.Pasting) {
				top = max(top, b.Density)
			}
			if b := d.Chosen; b.Density < want && (top >= want || !d.Short) || b.Density >= want && d.Short {
				t.Errorf("seed %d: asked for %g, chosen %.3f, densest %.3f, short %v", seed, want, b.Density, top, d.Short)
			}
		}
	}
}

// A box is chosen by its number as the table of the peeling shows it.
func TestBoxByNumber(t *testing.T) {
	in, interest := blurred(300, 3, 1)
	free, err := PRIM(in, interest, PRIMOptions{})
	if err != nil {
		t.Fatal(err)
	}
	number := 4
	d, err := PRIM(in, interest, PRIMOptions{Box: &number})
	if err != nil {
		t.Fatal(err)
	}
	if d.Chosen.Words() != free.Peeling[4].Words() || d.Chosen.Runs != free.Peeling[4].Runs || len(d.Pasting) > 0 {
		t.Errorf("box 4 is %s, want %s", d.Chosen.Words(), free.Peeling[4].Words())
	}
}

// Drawn anew, the two inputs that matter are bounded nearly always and an input of noise seldom;
// the density in runs left over lies below the one in the runs that boxes were fitted to, and that
// of noise is its share.
func TestSurvivalOfABox(t *testing.T) {
	in, interest := blurred(400, 5, 7)
	d, err := PRIM(in, interest, PRIMOptions{Resamples: 40})
	if err != nil {
		t.Fatal(err)
	}
	s := d.Survival
	for k, r := range d.Chosen.Restrictions {
		if real := r.Input == "x1" || r.Input == "x2"; real && s.Bounded[k] < 0.9 || !real && s.Bounded[k] > 0.7 {
			t.Errorf("%s is bounded in %.2f of the draws", r.Words(), s.Bounded[k])
		}
	}
	if math.Abs(s.Density-0.8) > 0.05 || s.Density > d.Chosen.Density {
		t.Errorf("density %.3f in runs left over, %.3f in the runs themselves", s.Density, d.Chosen.Density)
	}
	noise := slices.Clone(interest)
	stream.Shuffle(stream.New(1), noise)
	d, err = PRIM(in, noise, PRIMOptions{Resamples: 20})
	if err != nil {
		t.Fatal(err)
	}
	share := float64(d.Cases) / float64(d.Runs)
	if d.Survival != nil && math.Abs(d.Survival.Density-share) > 0.1 {
		t.Errorf("of noise with a share of %.2f the density in runs left over is %.2f", share, d.Survival.Density)
	}
}

// What a box that was chosen by its number is worth in runs that it has not seen is told of boxes
// like it, and not of the one that would have been chosen else.
func TestSurvivalOfAChosenBox(t *testing.T) {
	in, interest := blurred(400, 5, 7)
	for _, number := range []int{2, 12} {
		d, err := PRIM(in, interest, PRIMOptions{Resamples: 40, Box: &number})
		if err != nil {
			t.Fatal(err)
		}
		if s := d.Survival; !s.ByMass || math.Abs(s.Density-d.Chosen.Density) > 0.1 ||
			math.Abs(s.Coverage-d.Chosen.Coverage) > 0.15 {
			t.Errorf("box %d has density %.2f and coverage %.2f, in runs left over %+v", number, d.Chosen.Density,
				d.Chosen.Coverage, s)
		}
	}
}

// Moving limits one after another counts as counting anew does, whatever the moves.
func TestCountsFollowLimits(t *testing.T) {
	in, interest := blurred(500, 3, 3)
	for i := range in.Rows {
		in.Rows[i][2] = math.Floor(4 * in.Rows[i][2])
	}
	in.Labels = [][]string{nil, nil, {"a", "b", "c", "d"}}
	p := newPrim(in, interest, 100)
	draws := stream.New(stream.Key(1, "test/limits"))
	u := func() float64 { return stream.Open(draws.Uint64()) }
	for step := range 200 {
		switch j := draws.Below(4); j {
		case 0, 1:
			low := u() - 0.2
			p.bound(j, low, low+u())
		case 2:
			c := draws.Below(4)
			if in := !p.limits.keep[2][c]; in || slices.Index(p.limits.keep[2],
				true) != c || slices.Contains(p.limits.keep[2][c+1:], true) {
				p.keep(2, c, in)
			}
		default:
			p.release(draws.Below(3))
		}
		anew := newPrim(in, interest, 100)
		anew.limits = p.limits.clone()
		anew.fill()
		if p.inside != anew.inside || p.hits != anew.hits || !slices.Equal(p.alone, anew.alone) || !slices.Equal(p.broken,
			anew.broken) || !slices.Equal(p.kept[2], anew.kept[2]) {
			t.Fatalf("step %d: %d and %d inside, alone %v and %v", step, p.inside, anew.inside, p.alone, anew.alone)
		}
	}
}

func BenchmarkPRIM(b *testing.B) {
	for _, size := range [][2]int{{10_000, 10}, {1_000_000, 5}} {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			in, interest := blurred(size[0], size[1], 1)
			for b.Loop() {
				if _, err := PRIM(in, interest, PRIMOptions{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkFirstOrder(b *testing.B) {
	for _, size := range [][2]int{{90_000, 20}, {1_000_000, 5}} {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			in, _ := blurred(size[0], size[1], 1)
			y := make([][]float64, len(in.Rows))
			for i, row := range in.Rows {
				y[i] = []float64{3*row[0] + row[1]*row[2]}
			}
			for b.Loop() {
				if _, err := FirstOrder(in, y, SobolOptions{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
