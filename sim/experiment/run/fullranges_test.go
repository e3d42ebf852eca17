package run

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"simulate/sim"
	"simulate/sim/scenario"
)

// howMany is a number of runs from the environment, with a default for everyday.
func howMany(t *testing.T, variable string, everyday int) int {
	t.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return everyday
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("%s is %q, not a number of runs", variable, text)
	}
	return n
}

// anywhere draws a value from the whole of an allowed range: its ends now and then, orders of
// magnitude alike where it spans some.
func anywhere(random *rand.Rand, low, high float64) float64 {
	if math.IsInf(high, 1) {
		high = math.Max(1000, 1000*low)
	}
	switch u := random.Float64(); {
	case u < 0.05:
		return low
	case u < 0.1:
		return high
	}
	switch {
	case low > 0 && high/low > 20:
		return math.Exp(math.Log(low) + random.Float64()*math.Log(high/low))
	case low == 0 && high >= 1000:
		return high * math.Pow(10, -12*random.Float64())
	}
	return low + random.Float64()*(high-low)
}

// TestFullRanges runs the baseline for its whole clock at vectors over the full allowed ranges of
// all parameters: each run ends with finite metrics, or is refused before its first step by a
// message that names a parameter.
// SIMULATE_FULL_VECTORS sets their number, SIMULATE_FULL_SEED their choice.
func TestFullRanges(t *testing.T) {
	everyday := 240
	if testing.Short() {
		everyday = 60
	}
	n, seed := howMany(t, "SIMULATE_FULL_VECTORS", everyday), uint64(howMany(t, "SIMULATE_FULL_SEED", 1))
	s, err := scenario.Load("baseline", scenario.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var knobs []*scenario.Knob
	for _, f := range sim.Registry() {
		if k, found := s.Knob(f.Path); found {
			knobs = append(knobs, k)
		}
	}
	refused, broken, wrong := 0, 0, map[string]int{}
	for i := range n {
		random := rand.New(rand.NewPCG(seed, uint64(i)))
		values := make([]float64, len(knobs))
		for j, k := range knobs {
			if values[j] = anywhere(random, k.Low, k.High); k.Words != nil {
				values[j] = float64(random.IntN(len(k.Words)))
			}
		}
		if i%8 > 0 {
			agree(random, knobs, values)
		}
		cfg, err := s.Vary(s.Config(), knobs, values)
		if err != nil {
			refused++
			continue
		}
		if why := runsWell(cfg, s.Seed, i+1, 1); why != "" {
			wrong[why]++
			broken++
			t.Logf("vector %d of seed %d: %s", i, seed, why)
		}
	}
	if broken > 0 {
		t.Errorf("%d of %d vectors end in no finite numbers", broken, n)
	}
	if 2*refused > n {
		t.Errorf("%d of %d vectors are refused: the draws no longer test runs", refused, n)
	}
	t.Logf("%d vectors of %d parameters, %d refused before the first step", n, len(knobs), refused)
	for _, why := range sortedKeys(wrong) {
		t.Logf("%d × %s", wrong[why], why)
	}
}

// agree draws anew what values must satisfy together, so that most vectors are accepted:
// substitution above the elasticities and the ends of entrants' budgets in order.
func agree(random *rand.Rand, knobs []*scenario.Knob, values []float64) {
	at := func(path string) *float64 {
		return &values[slices.IndexFunc(knobs, func(k *scenario.Knob) bool { return k.Path == path })]
	}
	sigma := at("market.sigma")
	least := math.Max(*at("market.eta"), *at("market.host_substitution"))
	for _, path := range []string{"market.eta", "market.host_substitution", "market.epsilon_min"} {
		k := knobs[slices.IndexFunc(knobs, func(k *scenario.Knob) bool { return k.Path == path })]
		*at(path) = math.Max(k.Low, math.Min(*at(path), 5))
		least = math.Max(least, *at(path))
	}
	high := knobs[slices.IndexFunc(knobs, func(k *scenario.Knob) bool { return k.Path == "market.sigma" })].High
	least = math.Min(least*1.01, high)
	*sigma = least + (high-least)*random.Float64()
	if low, high := at("industry.entrant_budget_low"), at("industry.entrant_budget_high"); *low > *high {
		*low, *high = *high, *low
	}
}

func sortedKeys(m map[string]int) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// runsWell does a run and says what is wrong with it; "" for one that ends with finite metrics or
// is refused.
func runsWell(cfg *sim.Config, seed uint64, replication, references int) (why string) {
	defer func() {
		if v := recover(); v != nil {
			why = fmt.Sprint("panic: ", v)
		}
	}()
	cfg.ReferenceReplications = references
	m, err := sim.New(cfg)
	if err != nil {
		return "" // refused
	}
	ref, err := sim.NewReference(cfg)
	if err != nil {
		return "reference: " + withoutNumbers(err.Error())
	}
	m.Reset(seed, replication, ref)
	for {
		for _, x := range sim.Metrics {
			if math.IsInf(x.Of(m), 0) {
				return x.Name + " is infinite"
			}
		}
		if m.Done() {
			return ""
		}
		if err := m.Step(); err != nil {
			return withoutNumbers(err.Error())
		}
	}
}

// withoutNumbers is a message in which numbers, which differ from run to run, are #.
func withoutNumbers(text string) string {
	var out []rune
	for _, r := range text {
		if r >= '0' && r <= '9' || r == '.' {
			if len(out) > 0 && out[len(out)-1] == '#' {
				continue
			}
			r = '#'
		}
		out = append(out, r)
	}
	return string(out)
}
