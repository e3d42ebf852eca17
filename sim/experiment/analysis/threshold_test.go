package analysis

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"simulate/internal/quantity"
	"simulate/sim/design/stream"
)

// noise is the same standard normal for a replication at every value of the lever.
func noise(seed uint64, r int) float64 {
	return normal(stream.New(stream.Of(stream.Key(seed, "threshold"), uint64(r))))
}

func repeat(f func(x float64, r int) float64) func(float64, int) ([]float64, error) {
	return func(x float64, n int) ([]float64, error) {
		y := make([]float64, n)
		for r := range y {
			y[r] = f(x, r)
		}
		return y, nil
	}
}

// The mean is 1000·exp(−x/4) + 50 noise: it falls through 400 at 4 ln 2.5 = 3.665. The interval
// must be as narrow as asked and hold the truth about as often as it says.
func TestThreshold(t *testing.T) {
	truth, misses := 4*math.Log(2.5), 0
	for seed := range uint64(60) {
		c, err := Threshold(repeat(func(x float64, r int) float64 { return 1000*math.Exp(-x/4) + 50*noise(seed, r) }),
			ThresholdOptions{Low: 0, High: 10, Bound: 400, Tolerance: 0.2})
		if err != nil {
			t.Fatal(err)
		}
		if !c.Reached || c.At.High-c.At.Low > 0.2 || c.Rises || c.At.Value < c.At.Low || c.At.Value > c.At.High {
			t.Errorf("crossing %+v", c.At)
		}
		if truth < c.At.Low || truth > c.At.High {
			misses++
		}
		if c.Replications < 64 || c.Replications > 1024 || c.Runs > 40*c.Replications {
			t.Errorf("%d replications, %d runs", c.Replications, c.Runs)
		}
	}
	if misses > 6 {
		t.Errorf("%d of 60 intervals of 95 %% miss the truth", misses)
	}
}

// The interval keeps its promise also where the search stops early, at whatever number of
// replications happens to look narrow: of 800 searches at least 94 % of the intervals hold the
// truth.
func TestThresholdCoversWhereItStopsEarly(t *testing.T) {
	const searches = 800
	truth, held := 4*math.Log(2.5), 0
	stops := map[int]int{}
	for seed := range uint64(searches) {
		c, err := Threshold(repeat(func(x float64, r int) float64 { return 1000*math.Exp(-x/4) + 50*noise(1000+seed, r) }),
			ThresholdOptions{Low: 0, High: 10, Bound: 400, Tolerance: 0.5, Most: 256})
		if err != nil {
			t.Fatal(err)
		}
		if c.At.Low <= truth && truth <= c.At.High {
			held++
		}
		stops[c.Replications]++
	}
	if len(stops) < 2 || held < searches*94/100 {
		t.Errorf("%d of %d intervals hold the truth; searches end at %v", held, searches, stops)
	}
}

// What few runs or none of many show is told beside the crossing that knows nothing of it: of luck
// that one run in twenty has, half of the searches see none, and all that miss the truth say so.
func TestThresholdTellsOfRareLuck(t *testing.T) {
	const searches = 200
	truth, missed, told := 4*math.Log(2.5), 0, 0
	for seed := range uint64(searches) {
		c, err := Threshold(repeat(func(x float64, r int) float64 {
			luck := -0.05
			if stream.Open(stream.New(stream.Of(stream.Key(seed, "rare"), uint64(r))).Uint64()) < 0.05 {
				luck = 0.95
			}
			return 1000*math.Exp(-x/4) + 230*luck
		}), ThresholdOptions{High: 10, Bound: 400, Tolerance: 0.5, Most: 256})
		if err != nil {
			t.Fatal(err)
		}
		if c.At.Low <= truth && truth <= c.At.High {
			continue
		}
		missed++
		if says := c.Sentence("m", "400", "x", quantity.ThreeDigits); strings.Contains(says, "differs from another") ||
			strings.Contains(says, "a long tail") {
			told++
		}
	}
	if missed < searches/10 || told < missed {
		t.Errorf("%d of %d intervals miss, and %d of these say why they may", missed, searches, told)
	}
}

func TestThresholdExactAndRising(t *testing.T) {
	c, err := Threshold(repeat(func(x float64, _ int) float64 { return x * x }), ThresholdOptions{Low: 0, High: 10,
		Bound: 30, Tolerance: 0.001})
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(c.At.Value-math.Sqrt(30)) > 0.001 || !c.Rises || !c.Reached || c.Replications != 16 {
		t.Errorf("without noise: %+v", c)
	}
	if says := c.Sentence("hhi", "30", "grant", quantity.ThreeDigits); says != fmt.Sprintf("hhi rises through 30 at "+
		"grant = 5.48 (95 %% interval 5.48 to 5.48, %d runs); no run of 16 differs from another there, and at most 17 %% of "+
		"runs would.", c.Runs) {
		t.Error(says)
	}
	if first, last := c.Evaluations[0], c.Evaluations[len(c.Evaluations)-1]; first.X != 0 || last.X != 10 ||
		last.Mean.Value != 100 {
		t.Errorf("evaluations from %+v to %+v", first, last)
	}
	// Noise so large that the tolerance cannot be reached is said.
	c, err = Threshold(repeat(func(x float64, r int) float64 { return x + 3*noise(1, r) }), ThresholdOptions{Low: 0,
		High: 10, Bound: 5, Most: 32})
	if err != nil {
		t.Fatal(err)
	}
	if c.Reached || c.Replications != 32 || !strings.Contains(c.Sentence("m", "5", "x", quantity.ThreeDigits),
		"wider than asked") {
		t.Errorf("noisy crossing %+v", c)
	}
}

// An end of the interval that lies outside of the range is said in words.
func TestCrossingSentence(t *testing.T) {
	c := Crossing{At: Estimate{2, math.Inf(-1), math.Inf(1)}, Runs: 1200, Confidence: .9}
	want := "lerner falls through 0.4 at market.sigma = 2 (90 % interval below the range searched to above the range " +
		"searched, 1,200 runs); " +
		"the interval is wider than asked for: allow more replications."
	if got := c.Sentence("lerner", "0.4", "market.sigma", quantity.ThreeDigits); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestThresholdRefuses(t *testing.T) {
	for _, c := range []struct {
		name string
		f    func(x float64, r int) float64
		o    ThresholdOptions
		says string
	}{
		{"no crossing", func(x float64, _ int) float64 { return x }, ThresholdOptions{High: 10, Bound: 20},
			"stays on one side of 20"},
		{"two crossings", func(x float64, _ int) float64 { return math.Abs(x - 5) }, ThresholdOptions{High: 10, Bound: 2.5},
			"more than once: between 2 and 4, and between 6 and 8"},
		{"lost in noise", func(x float64, r int) float64 { return x/100 + 9*noise(1, r) }, ThresholdOptions{High: 1,
			Bound: 0, Most: 64}, "does not clearly cross 0"},
		{"missing", func(x float64, _ int) float64 { return math.NaN() }, ThresholdOptions{High: 1},
			"missing or not finite in replication 1"},
		{"range", func(x float64, _ int) float64 { return x }, ThresholdOptions{Low: 1, High: 1}, "low end below"},
	} {
		if _, err := Threshold(repeat(c.f), c.o); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: error %v, want one that says %q", c.name, err, c.says)
		}
	}
	broken := func(float64, int) ([]float64, error) { return nil, fmt.Errorf("run 3 failed") }
	if _, err := Threshold(broken, ThresholdOptions{High: 1}); err == nil || !strings.Contains(err.Error(),
		"run 3 failed") {
		t.Errorf("an error of a run became %v", err)
	}
}
