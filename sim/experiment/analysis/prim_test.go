package analysis

import (
	"math"
	"slices"
	"strings"
	"testing"

	"simulate/sim/design"
	"simulate/sim/design/stream"
)

// A planted box: cases of interest are exactly the runs with x1 above 0.6, x3 below 0.5. PRIM must
// find it, free of x2 and x4, with coverage and density 1.
func TestPRIMFindsAPlantedBox(t *testing.T) {
	in := points(t, "lhs", design.Spec{Dimensions: 4, Samples: 2000, Seed: 1}, same)
	in.Names = []string{"eta", "mu", "gamma", "nu"}
	interest := make([]bool, len(in.Rows))
	for i, r := range in.Rows {
		interest[i] = r[0] > 0.6 && r[2] < 0.5
	}
	d, err := PRIM(in, interest, PRIMOptions{})
	if err != nil {
		t.Fatal(err)
	}
	b := d.Chosen
	if b.Coverage < 0.98 || b.Density < 0.98 || math.Abs(b.Mass-0.2) > 0.02 {
		t.Errorf("coverage %.3f, density %.3f, mass %.3f; want 1, 1, 0.2", b.Coverage, b.Density, b.Mass)
	}
	if len(b.Restrictions) != 2 || b.Restrictions[0].Input != "eta" || b.Restrictions[1].Input != "gamma" {
		t.Fatalf("restrictions %+v, want of eta and gamma", b.Restrictions)
	}
	if e, g := b.Restrictions[0], b.Restrictions[1]; math.Abs(e.Low-0.6) > 0.01 || !math.IsInf(e.High,
		1) || math.Abs(g.High-0.5) > 0.01 || !math.IsInf(g.Low, -1) {
		t.Errorf("box %+v, want eta > 0.6, gamma < 0.5", b.Restrictions)
	}
	for _, r := range b.Restrictions {
		if r.QuasiP > 1e-50 {
			t.Errorf("quasi-p of %s is %g", r.Input, r.QuasiP)
		}
	}
	if says := d.Sentence("hhi > 2500", "run"); !strings.HasPrefix(says,
		"The runs in which hhi > 2500 lie where eta is above 0.60") ||
		!strings.Contains(says, " and gamma is below 0.49") || !strings.Contains(says, ": 100 % of the runs there are "+
		"such, against 19 % of all, and 99 % of all such runs are there.") {
		t.Error(says)
	}
	// The trajectory starts with everything and gives up coverage for density.
	first := d.Peeling[0]
	if first.Mass != 1 || first.Coverage != 1 || first.Density != float64(d.Cases)/float64(d.Runs) ||
		len(first.Restrictions) != 0 {
		t.Errorf("the trajectory starts at %+v", first)
	}
	for k := 1; k < len(d.Peeling); k++ {
		a, b := d.Peeling[k-1], d.Peeling[k]
		if removed := a.Runs - b.Runs; removed < 1 || removed > a.Runs/20+1 || b.Density < a.Density || b.Mass < 0.05 {
			t.Errorf("peel %d goes from %d runs of density %.3f to %d of %.3f", k, a.Runs, a.Density, b.Runs, b.Density)
		}
	}
}

// Noise: cases come with chance 0.9 in the box and 0.1 outside, which a restriction of noise inputs
// must not survive. Half of the box is a category, and an input has few values, so that ties are
// many.
func TestPRIMWithNoiseAndCategories(t *testing.T) {
	base := points(t, "lhs", design.Spec{Dimensions: 4, Samples: 3000, Seed: 2}, same)
	regions := []string{"us", "eu", "cn", "in"}
	text, years := make([]string, len(base.Rows)), make([]float64, len(base.Rows))
	interest := make([]bool, len(base.Rows))
	draws := stream.New(stream.Key(1, "prim"))
	for i, r := range base.Rows {
		text[i] = regions[int(4*r[0])]
		years[i] = math.Floor(5 * r[1])
		chance := 0.1
		if (text[i] == "us" || text[i] == "cn") && years[i] >= 2 {
			chance = 0.9
		}
		interest[i] = stream.Open(draws.Uint64()) < chance
	}
	in, err := Gather(Column{Name: "region", Text: text}, Column{Name: "delay", Numbers: years}, Column{Name: "x3",
		Numbers: column(base, 2)},
		Column{Name: "x4", Numbers: column(base, 3)})
	if err != nil {
		t.Fatal(err)
	}
	d, err := PRIM(in, interest, PRIMOptions{MinDensity: 0.85})
	if err != nil {
		t.Fatal(err)
	}
	b := d.Chosen
	if math.Abs(b.Density-0.9) > 0.03 || math.Abs(b.Coverage-0.3*0.9/(0.3*0.9+0.7*0.1)) > 0.03 {
		t.Errorf("density %.3f and coverage %.3f, want 0.9 and 0.79", b.Density, b.Coverage)
	}
	if b.Words() != "region being us or cn and delay above 1.5" &&
		b.Words() != "region being cn or us and delay above 1.5" {
		t.Errorf("box: %s", b.Words())
	}
	slices.Sort(b.Restrictions[0].Drop)
	if !slices.Equal(b.Restrictions[0].Drop, []string{"eu", "in"}) {
		t.Errorf("dropped %v", b.Restrictions[0].Drop)
	}
}

// Pasting undoes a peel that went too far: with peels of 30 % the sides of the planted box are
// overshot, with pastes of 1 % found.
func TestPRIMPastes(t *testing.T) {
	in := points(t, "lhs", design.Spec{Dimensions: 2, Samples: 2000, Seed: 3}, same)
	interest := make([]bool, len(in.Rows))
	for i, r := range in.Rows {
		interest[i] = r[0] > 0.45 && r[0] < 0.9
	}
	d, err := PRIM(in, interest, PRIMOptions{Peel: 0.3, Paste: 0.01})
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Pasting) == 0 {
		t.Fatal("nothing was pasted")
	}
	last := d.Peeling[len(d.Peeling)-1]
	for _, b := range d.Pasting {
		if b.Runs <= 0 || b.Density < last.Density-1 {
			t.Errorf("pasted box %+v", b)
		}
	}
	if b := d.Chosen; b.Coverage < 0.97 || b.Density < 0.97 {
		t.Errorf("coverage %.3f, density %.3f, %s", b.Coverage, b.Density, b.Words())
	}
}

// The first peel is the one of most density gained per run lost, here the 10 runs of category a
// without cases (30 of 100 to 30 of 90), though dropping the 50 runs of b = 0 raises density more
// (to 20 of 50).
func TestPeelingIsPatient(t *testing.T) {
	var category []string
	var b []float64
	var interest []bool
	for i := range 100 {
		category = append(category, map[bool]string{true: "a", false: "z"}[i%10 == 9])
		b = append(b, float64(i/50))
		interest = append(interest, i < 50 && i%5 == 0 || i >= 50 && (i%5 == 0 || i%5 == 1))
	}
	in, err := Gather(Column{Name: "category", Text: category}, Column{Name: "b", Numbers: b})
	if err != nil {
		t.Fatal(err)
	}
	d, err := PRIM(in, interest, PRIMOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if got := d.Peeling[1]; got.Words() != "category being z" || got.Runs != 90 || got.Cases != 30 {
		t.Errorf("first peel: %s, %d of %d", got.Words(), got.Cases, got.Runs)
	}
}

// A restriction that tells nothing is dropped, one that does is kept.
func TestInsignificantRestrictionsAreDropped(t *testing.T) {
	in := points(t, "lhs", design.Spec{Dimensions: 2, Samples: 400, Seed: 4}, same)
	interest, cases := make([]bool, 400), 0
	for i, r := range in.Rows {
		if interest[i] = r[0] > 0.7; interest[i] {
			cases++
		}
	}
	p := newPrim(in, interest, cases)
	p.limits.low[0], p.limits.high[1] = 0.6, 0.9
	p.fill()
	if b := p.describe(); len(b.Restrictions) != 2 || b.Restrictions[1].QuasiP < 0.1 {
		t.Fatalf("before: %+v", b.Restrictions)
	}
	if b := p.simplify(PRIMOptions{MaxQuasiP: 0.05}); b.Words() != "x1 above 0.6" || b.Coverage != 1 {
		t.Errorf("after: %s with coverage %.3f", b.Words(), b.Coverage)
	}
}

// The quasi-p value by hand: a box of 40 runs with 36 cases that holds 60 runs with 42 cases
// without the restriction; the chance of at least 36 of 40 at 0.7 is 0.0026.
func TestQuasiP(t *testing.T) {
	sum := 0.0
	for k := 36; k <= 40; k++ {
		c := 1.0
		for i := range k {
			c *= float64(40-i) / float64(i+1)
		}
		sum += c * math.Pow(0.7, float64(k)) * math.Pow(0.3, float64(40-k))
	}
	if got := atLeast(36, 40, 42./60); math.Abs(got-sum) > 1e-12 || math.Abs(got-0.0026) > 0.0001 {
		t.Errorf("quasi-p %.6f, want %.6f", got, sum)
	}
	rows := make([][]float64, 100)
	interest := make([]bool, 100)
	for i := range rows {
		rows[i] = []float64{float64(i), float64(i % 2)}
		interest[i] = i < 36 || i >= 40 && i < 46
	}
	p := newPrim(Inputs{Names: []string{"a", "b"}, Rows: rows}, interest, 42)
	p.limits.high[0] = 39.5
	p.fill()
	if r := p.describe().Restrictions; len(r) != 1 || math.Abs(r[0].QuasiP-atLeast(36, 40, 0.42)) > 1e-15 {
		t.Errorf("restrictions %+v", r)
	}
}

func TestWordsOfBoxes(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct {
		r    Restriction
		want string
	}{
		{Restriction{Input: "eta", Low: 1.2041, High: inf}, "eta above 1.2"},
		{Restriction{Input: "eta", Low: -inf, High: 12345.6}, "eta below 12,346"},
		{Restriction{Input: "eta", Low: 0.1, High: 0.25}, "eta between 0.1 and 0.25"},
		{Restriction{Input: "r", Keep: []string{"a"}, Drop: []string{"b"}}, "r being a"},
		{Restriction{Input: "r", Keep: []string{"a", "c", "d"}, Drop: []string{"b", "e"}}, "r other than b or e"},
	} {
		if got := c.r.Words(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
