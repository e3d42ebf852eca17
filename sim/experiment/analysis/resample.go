package analysis

import (
	"fmt"
	"math"
	"slices"

	"simulate/internal/quantity"
	"simulate/sim/design/stream"
)

// Estimate is a value with its confidence interval.
type Estimate struct{ Value, Low, High float64 }

// times is the estimate in a smaller unit.
func (e Estimate) times(unit float64) Estimate {
	return Estimate{e.Value * unit, e.Low * unit, e.High * unit}
}

var missing = Estimate{math.NaN(), math.NaN(), math.NaN()}

// Resampling says how intervals are found. The zero value is usual.
type Resampling struct {
	Resamples  int     // bootstrap resamples; 0 for 1000
	Confidence float64 // of intervals, in (0, 1); 0 for 0.95
	Seed       uint64  // of the resampling
}

func (o Resampling) defaults() (Resampling, error) {
	if o.Resamples == 0 {
		o.Resamples = 1000
	}
	if o.Resamples < 100 {
		return o, fmt.Errorf("%s are too few for an interval; take at least 100", quantity.Plural(o.Resamples,
			"resample"))
	}
	var err error
	o.Confidence, err = confidence(o.Confidence)
	return o, err
}

// begin fills the defaults in, refuses inputs and outcomes from which no index follows, and returns
// the number of replications.
func (o *Resampling) begin(in Inputs, y [][]float64) (replications int, err error) {
	if *o, err = o.defaults(); err != nil {
		return 0, err
	}
	if err := in.check(); err != nil {
		return 0, err
	}
	if err := in.varying(); err != nil {
		return 0, err
	}
	return checkOutcomes(len(in.Rows), y)
}

// usualConfidence is the level of intervals unless told otherwise.
const usualConfidence = 0.95

func confidence(c float64) (float64, error) {
	if c == 0 {
		return usualConfidence, nil
	}
	if !(c > 0 && c < 1) {
		return 0, fmt.Errorf("a confidence of %g is not between 0 and 1; write 0.95 for 95 %%", c)
	}
	return c, nil
}

// bootstrap gives intervals of statistics of n exchangeable units. statistics maps the number of
// times each unit is drawn to the values; each unit once gives the estimates. Intervals are
// percentiles of the resamples, moved by the bias they show.
func bootstrap(n int, o Resampling, statistics func(times []float64) []float64) ([]Estimate, error) {
	times := make([]float64, n)
	for i := range times {
		times[i] = 1
	}
	values := statistics(times)
	resampled := make([][]float64, len(values))
	draws := stream.New(stream.Key(o.Seed, "analysis/bootstrap"))
	for range o.Resamples {
		clear(times)
		for range n {
			times[draws.Below(n)]++
		}
		for k, v := range statistics(times) {
			if !math.IsNaN(v) && !math.IsInf(v, 0) {
				resampled[k] = append(resampled[k], v)
			}
		}
	}
	out := make([]Estimate, len(values))
	for k, v := range values {
		out[k] = Estimate{v, math.NaN(), math.NaN()}
		if math.IsNaN(v) {
			continue
		}
		x := resampled[k]
		if len(x) < o.Resamples*9/10 {
			return nil, fmt.Errorf("the outcome varies at too few of the points for an interval; take more samples")
		}
		slices.Sort(x)
		mean := 0.0
		for _, s := range x {
			mean += s / float64(len(x))
		}
		tail := (1 - o.Confidence) / 2
		out[k].Low = v + quantile(x, tail) - mean
		out[k].High = v + quantile(x, 1-tail) - mean
	}
	return out, nil
}

// quantile is of type 7 (Hyndman & Fan 1996), of values in ascending order.
func quantile(sorted []float64, p float64) float64 {
	h := float64(len(sorted)-1) * p
	i := min(int(h), len(sorted)-2)
	if i < 0 {
		return sorted[0]
	}
	return sorted[i] + (h-float64(i))*(sorted[i+1]-sorted[i])
}

// widen adds to intervals the uncertainty from the choice of seeds, by the jackknife over R ≥ 3
// replications: without(r) gives the statistics with replication r left out, their variance is
// (R−1)/R Σ (θ_r − θ̄)², and Student's t of R − 1 gives the reach.
func widen(e []Estimate, replications int, confidence float64, without func(r int) []float64) {
	if replications < 3 {
		return
	}
	R := float64(replications)
	mean, square := make([]float64, len(e)), make([]float64, len(e))
	for r := range replications {
		for k, v := range without(r) {
			mean[k] += v / R
			square[k] += v * v / R
		}
	}
	t := studentsT(replications, confidence)
	for k := range e {
		half := t * math.Sqrt(max(0, (R-1)*(square[k]-mean[k]*mean[k])))
		e[k].Low = e[k].Value - math.Hypot(e[k].Value-e[k].Low, half)
		e[k].High = e[k].Value + math.Hypot(e[k].High-e[k].Value, half)
	}
}

// leastForLuck is how many replications the interval of the share that luck makes needs.
const leastForLuck = 10

// luckShare gives the share of the variance that seeds make its interval. Luck that points share is
// known by R − 1 comparisons of seeds alone, whose variance is that of a χ² over them: where at
// least ten replications tell it, the interval is found on the scale of the logit, from the
// jackknife over seeds and the resamples over points together. Below, it is empty.
func luckShare(e Estimate, replications int, level float64, without func(r int) float64) Estimate {
	none := Estimate{e.Value, math.NaN(), math.NaN()}
	if replications < leastForLuck || !(e.Value > 0 && e.Value < 1) {
		return none
	}
	logit := func(p float64) float64 {
		p = min(max(p, 1e-9), 1-1e-9)
		return math.Log(p / (1 - p))
	}
	R := float64(replications)
	mean, square := 0.0, 0.0
	for r := range replications {
		v := logit(without(r))
		mean += v / R
		square += v * v / R
	}
	variance := max(0, (R-1)*(square-mean*mean))
	seeds := studentsT(replications, level) * math.Sqrt(variance)
	at := logit(e.Value)
	skew := variance / 2 // the log of a χ² of k over k lies 1/k, half its variance, below 0 on average
	low := at + skew - math.Hypot(seeds, at-logit(e.Low))
	high := at + skew + math.Hypot(seeds, logit(e.High)-at)
	back := func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
	return Estimate{e.Value, back(low), back(high)}
}
