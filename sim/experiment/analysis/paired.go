package analysis

import (
	"math"

	"simulate/sim/portable"
)

// student returns the mean of a sample with Student's interval of a level, and its standard error.
// With one value, or none that differs, the interval is the value.
func student(x []float64, level float64) (Estimate, float64) {
	m, sd := meanAndDeviation(x)
	if len(x) < 2 || sd == 0 {
		return Estimate{m, m, m}, 0
	}
	se := sd / math.Sqrt(float64(len(x)))
	t := studentsT(len(x), level)
	return Estimate{m, m - float64(t*se), m + float64(t*se)}, se
}

// meanAndDeviation are the mean and the standard deviation of a sample, whatever its unit: neither
// overflows before the values do.
func meanAndDeviation(x []float64) (m, sd float64) {
	largest := 0.0
	for _, v := range x {
		largest = max(largest, math.Abs(v))
	}
	if largest > 1e-140 && largest < 1e140 {
		return portable.MeanStdDev(x)
	}
	if largest == 0 {
		return 0, 0
	}
	scaled := make([]float64, len(x))
	for i, v := range x {
		scaled[i] = v / largest
	}
	m, sd = portable.MeanStdDev(scaled)
	return m * largest, sd * largest
}

// studentsT is how many standard errors of a mean of n values its interval of a level reaches to
// either side.
func studentsT(n int, level float64) float64 { return quantileT(float64(n-1), level) }

// quantileT is the same for degrees of freedom, which need not be whole.
func quantileT(freedom, level float64) float64 { return portable.StudentQuantile((1+level)/2, freedom) }

// Margin is how far from zero the change must lie to be clear at 5 % when it is the largest of as
// many looked at (Bonferroni), by Student's t. It is 0 where the pairs show no error: a single one,
// or none that differs.
func (d Difference) Margin(looks int) float64 {
	if d.Replications < 2 || !(d.SE > 0) {
		return 0
	}
	return d.SE * studentsT(d.Replications, 1-(1-usualConfidence)/float64(max(1, looks)))
}

// Difference is what an alternative changes from a base under common random numbers. Without a pair
// all numbers are NaN; a single pair has no standard error and no interval, and several pairs that
// all change by the same have no interval.
type Difference struct {
	Replications      int      // pairs
	Base, Alternative float64  // means over the pairs
	Change            Estimate // mean of the paired differences, alternative − base, with Student's interval of 95 %
	SE                float64  // of the change
	// VarianceSaved is 1 − Var(d)/(Var(a) + Var(b)): the part of the variance of the change that
	// sharing seeds took away; negative where sharing them did harm, NaN where neither sample varies.
	VarianceSaved float64
}

// Alike tells whether several pairs all change by the same, so that there is no interval.
func (d Difference) Alike() bool { return d.Replications > 1 && d.SE == 0 }

// rounding is how small an error is, as a part of what is compared, that the rounding of a
// difference makes.
const rounding = 1e-14

// Paired compares outcomes replication by replication: values with the same index ran with the same
// seeds, and make a pair where their difference is a finite number.
func Paired(base, alternative []float64) Difference {
	var a, b, d []float64
	for r, x := range base {
		if change := alternative[r] - x; !math.IsNaN(change) && !math.IsInf(change, 0) {
			a, b, d = append(a, x), append(b, alternative[r]), append(d, change)
		}
	}
	out := Difference{Replications: len(d), Base: math.NaN(), Alternative: math.NaN(), Change: missing, SE: math.NaN(),
		VarianceSaved: math.NaN()}
	if len(d) == 0 {
		return out
	}
	out.Base, out.Alternative, out.Change.Value = mean(a), mean(b), d[0]
	if len(d) == 1 {
		return out
	}
	// no pair differs from another but by the rounding of what is compared: nothing tells an interval
	largest := 0.0
	for r := range a {
		largest = max(largest, math.Abs(a[r]), math.Abs(b[r]))
	}
	if out.Change, out.SE = student(d, usualConfidence); !(out.SE > rounding*largest) {
		out.SE, out.Change.Low, out.Change.High = 0, math.NaN(), math.NaN()
	}
	_, sdA := portable.MeanStdDev(a)
	_, sdB := portable.MeanStdDev(b)
	_, sdD := portable.MeanStdDev(d)
	if v := float64(sdA*sdA) + float64(sdB*sdB); v > 0 {
		out.VarianceSaved = 1 - float64(sdD*sdD)/v
	}
	return out
}
