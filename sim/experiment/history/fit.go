package history

import (
	"math"
	"slices"

	"simulate/sim"
	"simulate/sim/observed"
	"simulate/sim/scenario"
)

// Implausible is the distance from which on a vector is left out: three standard deviations
// (Pukelsheim 1994: at least 95 % of any unimodal distribution lies within).
const Implausible = 3

// within90 is half the width of a normal distribution's 90 % interval in standard deviations.
const within90 = 1.6448536269514722

// Target is an observed value that a run is held against.
type Target struct {
	Series *Series
	Point  observed.Point
	// Standard deviations of the error of what was observed, of luck between runs, and of what the
	// model leaves out; of logs where Series.Log.
	Error, Luck, Discrepancy float64

	index   int // of the series among those watched
	at      window
	perYear int // steps
}

// targets are some observations of each series, as far as the clock holds them.
func targets(cfg *sim.Config, all []*Series, discrepancy float64, some func(*Series) []observed.Point) []*Target {
	var out []*Target
	for i, s := range all {
		for _, p := range some(s) {
			w, covered := cover(cfg, p)
			if !covered {
				continue
			}
			t := &Target{Series: s, Point: p, index: i, at: w, perYear: cfg.StepsPerYear, Discrepancy: discrepancy}
			if !s.Log {
				t.Discrepancy *= math.Abs(p.Value)
			}
			if !math.IsNaN(p.Low) {
				t.Error = (s.scale(p.High) - s.scale(p.Low)) / (2 * within90)
			}
			out = append(out, t)
		}
	}
	return out
}

// value is what a run gives for the observation.
func (t *Target) value(run paths) float64 { return t.Series.value(run[t.index], t.at, t.perYear) }

// distance is how far a run's value lies from the observation, in standard deviations of all that
// may part them: error of observation, luck, and discrepancy of the model (Craig et al. 1997;
// Vernon, Goldstein & Bower 2010). An undefined value is infinitely far.
func (t *Target) distance(value float64) float64 {
	v := t.Series.scale(value)
	if math.IsNaN(v) {
		return math.Inf(1)
	}
	return math.Abs(v-t.Series.scale(t.Point.Value)) / math.Hypot(math.Hypot(t.Error, t.Luck), t.Discrepancy)
}

// space is the parameters that are uncertain, and what else runs of a study share.
type space struct {
	scenario *scenario.Scenario
	base     *sim.Config // whose parameters are replaced
	knobs    []*scenario.Knob
	seed     uint64
}

// uncertain lists the numbers of a scenario that have an interval, without those of inputs that
// were cut and without those that --set gives one value.
func uncertain(s *scenario.Scenario, cut []Input) []*scenario.Knob {
	var out []*scenario.Knob
	for _, l := range s.Knobs() {
		gone := slices.ContainsFunc(cut, func(in Input) bool { return in.holds(l.Path) })
		if l.HasRange && l.Words == nil && !l.Fixed() && !gone {
			out = append(out, l)
		}
	}
	return out
}

// values are the parameters at a point of the unit cube, in the model's units.
func (s *space) values(u []float64) []float64 {
	v := make([]float64, len(s.knobs))
	for j, l := range s.knobs {
		v[j] = l.Quantile(u[j])
	}
	return v
}

// config is the configuration with parameters replaced; nil keeps them. It fails where the values
// are impossible together.
func (s *space) config(values []float64, stochastic bool) (*sim.Config, error) {
	knobs := s.knobs
	if values == nil {
		knobs = nil
	}
	cfg, err := s.scenario.Vary(s.base, knobs, values)
	if err != nil {
		return nil, err
	}
	cfg.Stochastic = stochastic
	return cfg, nil
}

// sample is a vector of parameters and how far the deterministic run with it lies from each target.
type sample struct {
	u, values []float64
	distances []float64 // nil where the values are impossible together or the run broke off
	reached   []float64 // the run's value at each target
}

// worst is the largest distance over the targets that count.
func (s *sample) worst(counts []bool) float64 {
	if s.distances == nil {
		return math.Inf(1)
	}
	most := 0.0
	for i, d := range s.distances {
		if counts[i] {
			most = math.Max(most, d)
		}
	}
	return most
}

// reached tells how many vectors meet each target, and which targets count: one that neither a
// vector nor the scenario's own values meet is a misfit of the model or of its inputs and would
// rule out everything.
func reached(tried []*sample, base *sample, aims []*Target) (met []int, counts []bool) {
	met, counts = make([]int, len(aims)), make([]bool, len(aims))
	for i := range aims {
		for _, x := range tried {
			if x.distances != nil && x.distances[i] <= Implausible {
				met[i]++
			}
		}
		counts[i] = met[i] > 0 || base.distances[i] <= Implausible
	}
	return met, counts
}

// place is where a value lies in the prior of a knob: 0 at its lower end, 1 at its upper.
func place(l *scenario.Knob, v float64) float64 {
	lo, hi := 0.0, 1.0
	for range 60 { // the prior's quantiles rise
		if mid := (lo + hi) / 2; l.Quantile(mid) < v {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo
}
