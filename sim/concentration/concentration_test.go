package concentration

import (
	"math"
	"math/rand/v2"
	"testing"
)

// wantNear fails unless got is within tol of want, NaN equal to NaN.
func wantNear(t *testing.T, name string, got, want, tol float64) {
	t.Helper()
	if math.IsNaN(want) != math.IsNaN(got) || math.Abs(got-want) > tol {
		t.Errorf("%s = %.9g, want %.9g", name, got, want)
	}
}

// The ten incomes of the example in R's package ineq (Zeileis), with the values its functions
// print.
var inequalityIncomes = []float64{541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261}

func TestInequalityOfPublishedIncomes(t *testing.T) {
	x := inequalityIncomes
	wantNear(t, "Gini", Gini(x, nil), 0.4620911, 5e-8)
	wantNear(t, "Atkinson(0.5)", Atkinson(x, 0.5), 0.1796591, 5e-8)
	// μ = 6,658.6; (1/n)·Σ(x/μ)·ln(x/μ) worked out apart from this code.
	wantNear(t, "Theil", Theil(x), 0.362341242343895, 1e-12)
}

func TestMergerGuidelinesExample(t *testing.T) {
	// US Department of Justice: "four firms with shares of 30, 30, 20, and 20 percent, the HHI is
	// 2,600".
	x := []float64{20, 30, 20, 30}
	wantNear(t, "HHI", HHI(x, 0), 2600, 1e-9)
	wantNear(t, "effective number", EffectiveNumber(x, 0), 1/.26, 1e-12)
	wantNear(t, "CR1", CR(x, 0, 1, nil), .3, 1e-12)
	wantNear(t, "CR3", CR(x, 0, 3, nil), .8, 1e-12)
	wantNear(t, "CR9", CR(x, 0, 9, nil), 1, 1e-12)
	// Merging the two 30s adds 2·s_a·s_b·10⁴ = 1,800.
	wantNear(t, "HHI after merger", HHI([]float64{20, 60, 20}, 0), 2600+1800, 1e-9)
}

func TestCournotLernerIsHHIOverElasticity(t *testing.T) {
	// P = 100−Q with marginal costs 10, 20, 30: first-order conditions q_i = P−c_i add to Q = 3P−60,
	// so P = 40, q = 30, 20, 10 and ε = P/Q = 2/3. Sales-weighted Lerner Σs(P−c)/P =
	// (30²+20²+10²)/(60·40) = 7/12.
	q := []float64{30, 20, 10}
	wantNear(t, "HHI/ε", HHI(q, 0)/1e4/(40.0/60), 7.0/12, 1e-12)
}

func TestByHand(t *testing.T) {
	x := []float64{.5, .3, .2} // Σs² = .38, Σs³ = .16, Σs⁴ = .0722
	wantNear(t, "normalised", NormalisedHHI(x, 0), (.38-1./3)/(2./3), 1e-12)
	wantNear(t, "Gini", Gini(x, nil), (2*.5-2*.2)/3, 1e-12)
	wantNear(t, "entropy", Entropy(x, 0), .5*math.Log(2)-.3*math.Log(.3)-.2*math.Log(.2), 1e-12)
	wantNear(t, "Hill 3", Hill(x, 0, 3), 1/math.Sqrt(.16), 1e-12)
	wantNear(t, "Hill ∞", Hill(x, 0, math.Inf(1)), 2, 1e-12)
	wantNear(t, "Hall–Tideman", HallTideman(x, 0, nil), 1/(2*(.5+.6+.6)-1), 1e-12)
	wantNear(t, "dominance", Dominance(x), .0722/(.38*.38), 1e-12)
	wantNear(t, "Atkinson(1)", Atkinson(x, 1), 1-math.Cbrt(.03)*3, 1e-12)
	wantNear(t, "Atkinson(2)", Atkinson(x, 2), 1-3*3/(2+1/.3+5), 1e-12)
	wantNear(t, "Hymer–Pashigian", HymerPashigian(x, []float64{.4, .3, .2, .1}), .2, 1e-12)
	wantNear(t, "Gini with a zero", Gini([]float64{0, 1, 0}, nil), 2./3, 1e-12)
	wantNear(t, "Theil of one who has all", Theil([]float64{0, 1, 0}), math.Log(3), 1e-12)
	wantNear(t, "Atkinson(1) with a zero", Atkinson([]float64{0, 1, 0}, 1), 1, 1e-12)
}

func TestAtomisticRemainder(t *testing.T) {
	x, rest := []float64{30, 20}, 50.0
	wantNear(t, "HHI", HHI(x, rest), 1300, 1e-9)
	wantNear(t, "normalised", NormalisedHHI(x, rest), .13, 1e-12)
	wantNear(t, "CR4", CR(x, rest, 4, nil), .5, 1e-12)
	wantNear(t, "Hill 3", Hill(x, rest, 3), 1/math.Sqrt(.027+.008), 1e-12)
	wantNear(t, "entropy", Entropy(x, rest), math.NaN(), 0)
	wantNear(t, "Hall–Tideman", HallTideman(x, rest, nil), math.NaN(), 0)
	wantNear(t, "effective number of atoms", EffectiveNumber(nil, 1), math.NaN(), 0)
	// A remainder is the limit of ever more, ever smaller members.
	split := append([]float64{}, x...)
	for range 100000 {
		split = append(split, rest/100000)
	}
	wantNear(t, "HHI of the split", HHI(split, 0), HHI(x, rest), 0.1)
	wantNear(t, "dominance of the split", Dominance(split), Dominance(x), 1e-4)
}

func TestEveryMeasureAtItsLimits(t *testing.T) {
	equal := []float64{7, 7, 7, 7, 7}
	atEqual := map[string]float64{"hhi": 2000, "hhi_normalised": 0, "effective_number": 5, "cr1": .2, "cr4": .8,
		"gini": 0, "theil": 0,
		"atkinson": 0, "entropy": math.Log(5), "hill_0": 5, "hill_1": 5, "hill_3": 5, "hall_tideman": .2, "dominance": .2}
	atOne := map[string]float64{"hhi": 10000, "hhi_normalised": 1, "effective_number": 1, "cr1": 1, "cr4": 1, "gini": 0,
		"theil":    0,
		"atkinson": 0, "entropy": 0, "hill_0": 1, "hill_1": 1, "hill_3": 1, "hall_tideman": 1, "dominance": 1}
	for _, m := range Measures {
		want, ok := atEqual[m.Name]
		if !ok {
			t.Fatalf("%s has no expected value here", m.Name)
		}
		wantNear(t, m.Name+" of equals", m.Of(equal, 0), want, 1e-9)
		wantNear(t, m.Name+" of one", m.Of([]float64{3}, 0), atOne[m.Name], 1e-12)
		for _, none := range [][]float64{nil, {}, {0, 0}} {
			wantNear(t, m.Name+" of nothing", m.Of(none, 0), math.NaN(), 0)
		}
	}
}

func TestMeasuresIgnoreUnitAndOrder(t *testing.T) {
	x := append([]float64{}, inequalityIncomes...)
	y := append([]float64{}, x...)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(y), func(i, j int) { y[i], y[j] = y[j], y[i] })
	for i := range y {
		y[i] *= 1e20
	}
	before := append([]float64{}, y...)
	for _, m := range Measures {
		want := m.Of(x, 100)
		wantNear(t, m.Name, m.Of(y, 100e20), want, 1e-9*math.Max(1, math.Abs(want)))
	}
	for i := range y {
		if y[i] != before[i] {
			t.Fatal("a measure changed its argument")
		}
	}
}

func TestSortingMeasuresAllocateNothing(t *testing.T) {
	x, scratch := inequalityIncomes, make([]float64, len(inequalityIncomes))
	if n := testing.AllocsPerRun(10, func() {
		_ = Gini(x, scratch) + CR(x, 5, 4, scratch) + HallTideman(x, 0,
			scratch)
	}); n != 0 {
		t.Errorf("%v allocations, want 0", n)
	}
}

// Members of whom next to nothing is left beside the remainder are no infinite number of equals.
func TestEffectiveNumberOfNextToNothing(t *testing.T) {
	for _, x := range []float64{0, 1e-155, 1e-160, 1e-300} {
		if n := EffectiveNumber([]float64{x}, 1); math.IsInf(n, 0) {
			t.Errorf("%g beside 1 give %g", x, n)
		}
	}
}

// TestAmountsAreTheFunctions holds measures of a set to the functions of their names, to the last
// bit, whatever the members, and to no allocation once there is room.
func TestAmountsAreTheFunctions(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	var a Amounts
	for range 2000 {
		x, positive := make([]float64, random.IntN(30)), []float64{}
		for i := range x {
			if random.IntN(4) > 0 {
				x[i] = math.Exp(20 * random.Float64())
				positive = append(positive, x[i])
			}
		}
		rest := float64(random.IntN(2)) * math.Exp(20*random.Float64())
		a.Set(x, rest)
		for name, both := range map[string][2]float64{
			"HHI": {a.HHI(), HHI(x, rest)}, "effective number": {a.EffectiveNumber(), EffectiveNumber(x, rest)},
			"CR1": {a.CR(1), CR(x, rest, 1, nil)}, "CR4": {a.CR(4), CR(x, rest, 4, nil)}, "Gini": {a.Gini(), Gini(x, nil)},
			"Gini of positive": {a.GiniOfPositive(), Gini(positive, nil)},
		} {
			if got, want := both[0], both[1]; got != want && !(math.IsNaN(got) && math.IsNaN(want)) {
				t.Fatalf("%s of %v and %g: %v, want %v", name, x, rest, got, want)
			}
		}
	}
	x := []float64{3, 1, 2}
	if n := testing.AllocsPerRun(10, func() { a.Set(x, 1) }); n != 0 {
		t.Errorf("%v allocations, want 0", n)
	}
}
