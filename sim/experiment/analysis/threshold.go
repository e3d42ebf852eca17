package analysis

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"simulate/internal/quantity"
)

// ThresholdOptions say where and how exactly a crossing is sought.
type ThresholdOptions struct {
	Low, High float64 // range of the knob
	Bound     float64 // that the mean of the metric crosses
	// Tolerance is the width of the interval at which the search is done, in units of the knob; 0
	// for a hundredth of the range.
	Tolerance  float64
	Start      int     // replications to begin with; 0 for 16, at least 2
	Most       int     // replications at most; 0 for 1024
	Grid       int     // values of the knob tried first, ends included; 0 for 6
	Confidence float64 // 0 for 0.95
	// Mean and Value write a mean of the metric and a value of the knob, each in its unit; nil for
	// three digits.
	Mean  func(float64) string `json:"-"`
	Value func(float64) string `json:"-"`
}

func (o ThresholdOptions) defaults() (ThresholdOptions, error) {
	if o.Mean == nil {
		o.Mean = quantity.ThreeDigits
	}
	if o.Value == nil {
		o.Value = quantity.ThreeDigits
	}
	if !(o.Low < o.High) || math.IsInf(o.High-o.Low, 0) {
		return o, fmt.Errorf("the knob needs a finite range, its low end below its high end, not %g to %g", o.Low, o.High)
	}
	if math.IsNaN(o.Bound) || math.IsInf(o.Bound, 0) {
		return o, fmt.Errorf("the bound must be a finite number, not %g", o.Bound)
	}
	if o.Tolerance == 0 {
		o.Tolerance = (o.High - o.Low) / 100
	}
	for _, v := range []struct {
		value *int
		usual int
	}{{&o.Start, 16}, {&o.Most, 1024}, {&o.Grid, 6}} {
		if *v.value == 0 {
			*v.value = v.usual
		}
	}
	o.Most = max(o.Most, o.Start)
	if !(o.Tolerance > 0) || o.Start < 2 || o.Grid < 2 {
		return o, fmt.Errorf("the search needs a positive tolerance, at least 2 replications and at least 2 values to " +
			"begin with")
	}
	var err error
	o.Confidence, err = confidence(o.Confidence)
	return o, err
}

// everyLook is the level of an interval at one number of replications at which those at all numbers
// that may be tried hold together at the confidence asked for (Bonferroni): the search ends at the
// first that is narrow enough, which luck makes narrow or wrong.
func (o ThresholdOptions) everyLook() float64 {
	looks := 1
	for n := o.Start; n < o.Most; n = min(2*n, o.Most) {
		looks++
	}
	return 1 - (1-o.Confidence)/float64(looks)
}

// Crossing is where the mean of a metric crosses a bound.
type Crossing struct {
	// At is the value of the knob, with the values at which the ends of the mean's interval cross
	// the bound. An end that lies outside of the searched range is infinite.
	At           Estimate
	Rises        bool // the mean rises through the bound
	Replications int  // of the last evaluations
	Runs         int  // needed in all, if evaluate keeps the replications that it has
	Reached      bool // the interval is within the tolerance
	Evaluations  []Evaluation
	Confidence   float64
	// Alike tells that all runs next to the crossing are the same, so that the interval knows
	// nothing of luck, and LongTail that a few of them make the mean, so that it may hold less than
	// promised.
	Alike, LongTail bool
}

// Evaluation is the mean of the metric at a value of the knob.
type Evaluation struct {
	X            float64
	Replications int
	Mean         Estimate
}

// Threshold finds the value of a knob at which the mean of a metric crosses a bound. evaluate
// returns the metric in replications 0 … n−1 at a value of the knob, with the seeds of a
// replication the same at every value, so that the mean over n replications is one curve. The range
// is first tried at a few values; then the crossings of the curve and of its interval are bracketed
// and halved. While their interval is wider than the tolerance, replications double. The interval
// holds at its confidence whatever the number of replications at which the search ends.
//
// It is an error if the mean does not clearly cross the bound, or crosses it more than once.
func Threshold(evaluate func(x float64, replications int) ([]float64, error), o ThresholdOptions) (*Crossing, error) {
	o, err := o.defaults()
	if err != nil {
		return nil, err
	}
	s := &search{evaluate: evaluate, options: o, known: map[float64][]float64{}}
	n := o.Start
	bracket, err := s.bracket(&n)
	if err != nil {
		return nil, err
	}
	low, high := bracket[0], bracket[1]
	for {
		at, err := s.crossing(low, high, n)
		if err != nil {
			return nil, err
		}
		reached := at.High-at.Low <= o.Tolerance
		if !reached && n < o.Most {
			if width := at.High - at.Low; !math.IsInf(width, 0) { // look closely, with as much again on both sides
				low, high = max(bracket[0], at.Low-width), min(bracket[1], at.High+width)
			}
			n = min(2*n, o.Most)
			continue
		}
		if math.IsInf(at.Value, 0) {
			return nil, fmt.Errorf("with %s the mean no longer crosses %s between %s and %s; it stays too close "+
				"to it, choose another bound",
				quantity.Plural(n, "replication"), o.Mean(o.Bound), o.Value(o.Low),
				o.Value(o.High))
		}
		out := &Crossing{At: at, Rises: s.rises, Replications: n, Runs: s.runs, Reached: reached, Confidence: o.Confidence}
		for x, y := range s.known {
			m, _ := student(y, o.Confidence)
			out.Evaluations = append(out.Evaluations, Evaluation{x, len(y), m})
		}
		nearest := s.nearest(at.Value, n)
		_, sd := meanAndDeviation(nearest)
		out.Alike, out.LongTail = sd == 0, LongTail(nearest)
		slices.SortFunc(out.Evaluations, func(a, b Evaluation) int { return cmp.Compare(a.X, b.X) })
		return out, nil
	}
}

// search evaluates the curve and keeps what it has seen.
type search struct {
	evaluate func(float64, int) ([]float64, error)
	options  ThresholdOptions
	known    map[float64][]float64
	runs     int
	rises    bool
}

// at is the mean less the bound, with its interval, in the first n replications.
func (s *search) at(x float64, n int) (Estimate, error) {
	if len(s.known[x]) < n {
		s.runs += n - len(s.known[x])
		y, err := s.evaluate(x, n)
		if err != nil {
			return Estimate{}, fmt.Errorf("at %g: %w", x, err)
		}
		if len(y) != n {
			return Estimate{}, fmt.Errorf("at %g: %s came for %s", x, quantity.Plural(len(y), "outcome"),
				quantity.Plural(n, "replication"))
		}
		if r := slices.IndexFunc(y, func(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) }); r >= 0 {
			return Estimate{}, fmt.Errorf("at %g the metric is missing or not finite in replication %d; choose a metric or "+
				"date at which every run has one", x, r+1)
		}
		s.known[x] = slices.Clone(y)
	}
	m, _ := student(s.known[x][:n], s.options.everyLook())
	b := s.options.Bound
	return Estimate{m.Value - b, m.Low - b, m.High - b}, nil
}

// nearest are the outcomes of n replications at the value next to x of those that have them.
func (s *search) nearest(x float64, n int) (y []float64) {
	at := math.Inf(1)
	for v, of := range s.known {
		if len(of) >= n && (y == nil || math.Abs(v-x) < math.Abs(at-x) || math.Abs(v-x) == math.Abs(at-x) && v < at) {
			at, y = v, of[:n]
		}
	}
	return y
}

// sign is that of a value whose interval excludes zero, otherwise 0.
func sign(e Estimate) int {
	switch {
	case e.Low > 0:
		return 1
	case e.High < 0:
		return -1
	}
	return 0
}

// bracket finds two values between which the mean clearly crosses the bound once, doubling n until
// it does.
func (s *search) bracket(n *int) ([2]float64, error) {
	o := s.options
	xs := make([]float64, o.Grid)
	for k := range xs {
		xs[k] = o.Low + (o.High-o.Low)*float64(k)/float64(o.Grid-1)
	}
	for ; ; *n = min(2**n, o.Most) {
		var brackets [][2]float64
		last, unclear := -1, 0
		signs := make([]int, len(xs))
		for k, x := range xs {
			e, err := s.at(x, *n)
			if err != nil {
				return [2]float64{}, err
			}
			if signs[k] = sign(e); signs[k] == 0 {
				unclear++
				continue
			}
			if last >= 0 && signs[k] != signs[last] {
				brackets = append(brackets, [2]float64{xs[last], x})
				s.rises = signs[k] > 0
			}
			last = k
		}
		switch {
		case len(brackets) == 1:
			return brackets[0], nil
		case len(brackets) > 1:
			return [2]float64{}, fmt.Errorf("the mean crosses %s more than once: between %s and %s, and between %s and %s; "+
				"search a narrower range",
				o.Mean(o.Bound), o.Value(brackets[0][0]), o.Value(brackets[0][1]),
				o.Value(brackets[1][0]), o.Value(brackets[1][1]))
		case unclear == 0 || *n == o.Most:
			return [2]float64{}, s.noCrossing(xs, signs, *n)
		}
	}
}

func (s *search) noCrossing(xs []float64, signs []int, n int) error {
	o := s.options
	words := make([]string, 0, 2)
	for _, x := range []float64{xs[0], xs[len(xs)-1]} {
		m, _ := student(s.known[x][:n], o.Confidence)
		words = append(words, fmt.Sprintf("%s (%s to %s) at %s", o.Mean(m.Value), o.Mean(m.Low),
			o.Mean(m.High), o.Value(x)))
	}
	what, remedy := fmt.Sprintf("stays on one side of %s", o.Mean(o.Bound)), "search a wider range or "+
		"choose another bound"
	if slices.Contains(signs, 0) {
		what, remedy = fmt.Sprintf("does not clearly cross %s", o.Mean(o.Bound)), "allow more replications, "+
			"search a wider range or choose another bound"
	}
	return fmt.Errorf("the mean %s with %s: it is %s; %s", what, quantity.Plural(n, "replication"),
		quantity.List(words), remedy)
}

// Sentence says where a metric crosses its bound, and how surely. write gives a value of the knob
// in its unit.
func (c *Crossing) Sentence(metric, bound, knob string, write func(float64) string) string {
	verb := "falls"
	if c.Rises {
		verb = "rises"
	}
	end := func(v float64) string {
		switch {
		case math.IsInf(v, -1):
			return "below the range searched"
		case math.IsInf(v, 1):
			return "above the range searched"
		}
		return write(v)
	}
	text := fmt.Sprintf("%s %s through %s at %s = %s (%s interval %s to %s, %s runs)", metric, verb, bound, knob,
		write(c.At.Value),
		quantity.ExactShare(c.Confidence), end(c.At.Low), end(c.At.High), quantity.ThreeDigits(float64(c.Runs)))
	switch {
	case c.Alike:
		text += fmt.Sprintf("; no run of %s differs from another there, and at most %s of runs would",
			quantity.Count(c.Replications), quantity.FineShare(quantity.RuleOfThree(c.Replications)))
	case c.LongTail:
		text += "; a few runs make the mean there (a long tail), so that the interval may hold it less often than promised"
	}
	if !c.Reached {
		text += "; the interval is wider than asked for: allow more replications"
	}
	return text + "."
}
